/// What a reporter knows a report by.
enum ReportReference {
    /// Letters and digits that are not taken for one another (Crockford's base 32).
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    private static let length = 26

    /// A new one: 130 bits from the system's generator, so that none can be guessed.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(
            (0..<length).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            })
    }

    /// The reference that a person typed; `nil` when it is none.
    static func read(_ text: String) -> String? {
        let plain = text.lowercased().filter { $0 != "-" && $0 != " " }
        return plain.count == length && plain.allSatisfy(alphabet.contains) ? plain : nil
    }
}
