import CourseModel

/// `xs:dateTime`.
enum EDUDEXDateTime {
    /// The text when it is one, else its day at midnight; `nil` when there is no day in it.
    static func valid(_ text: String?) -> String? {
        guard let text, let day = CalendarDate(iso: text) else { return nil }
        let time = text.dropFirst(10)
        guard time.first == "T", isTime(time.dropFirst()) else { return "\(day)T00:00:00Z" }
        return text
    }

    /// `hh:mm:ss`, then perhaps a fraction, then perhaps a zone.
    private static func isTime(_ text: Substring) -> Bool {
        var rest = text.utf8[...]
        func digits(_ count: Int) -> Bool {
            guard rest.count >= count, rest.prefix(count).allSatisfy({ 48...57 ~= $0 }) else {
                return false
            }
            rest = rest.dropFirst(count)
            return true
        }
        func take(_ byte: UInt8) -> Bool {
            guard rest.first == byte else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard TimeOfDay(iso: text) != nil, digits(2), take(58), digits(2), take(58), digits(2)
        else { return false }
        if take(46) {
            let places = rest.prefix { 48...57 ~= $0 }
            guard !places.isEmpty else { return false }
            rest = rest.dropFirst(places.count)
        }
        if rest.isEmpty { return true }
        if take(90) { return rest.isEmpty }
        guard take(43) || take(45), digits(2), take(58), digits(2) else { return false }
        return rest.isEmpty
    }
}
