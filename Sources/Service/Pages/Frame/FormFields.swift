/// What someone filled in, by the names of the fields, as a form sends it
/// (`application/x-www-form-urlencoded`).
///
/// It lives as long as the request.
struct FormFields {
    private(set) var values: [String: [String]] = [:]

    /// The longest answer that is read, in characters.
    private static let longest = 2_000

    /// Reads the body of a form; fields that are left empty are none.
    ///
    /// - Throws: A ``Problem`` when it is no form, or holds more than one has fields for.
    init(body: [UInt8]) throws(Problem) {
        guard let text = String(validating: body, as: UTF8.self) else {
            throw Problem(.malformedRequest, faults: [.init("body", "is not UTF-8 text")])
        }
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(
                    parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else {
                throw Problem(
                    .malformedRequest, faults: [.init("body", "is not percent-encoded UTF-8")])
            }
            guard value.count <= Self.longest else {
                throw Problem(
                    .malformedRequest,
                    faults: [.init(name, "takes at most \(Self.longest) characters")])
            }
            let plain = value.filter { $0 != "\r" }
            if !plain.allSatisfy(\.isWhitespace) { values[name, default: []].append(plain) }
        }
    }

    /// A form that nobody filled in.
    init() {}

    /// The first value of a field.
    subscript(name: String) -> String? { values[name]?.first }

    /// All values of a field.
    func all(_ name: String) -> [String] { values[name] ?? [] }
}
