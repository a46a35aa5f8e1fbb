import CourseModel

/// Addresses as Europass has them: one text, beside a country.
enum LOQAddress {
    /// `Dorpsstraat 1, Gebouw A, 3992 AB Houten`.
    static func text(_ address: Address) -> String? {
        let town = [address.postcode, address.city].compactMap { $0 }.joined(separator: " ")
        let lines =
            [address.street].compactMap { $0 } + address.other + (town.isEmpty ? [] : [town])
        return lines.isEmpty ? nil : lines.joined(separator: ", ")
    }

    /// The parts of an address for another of us, as the subject of its text; `nil` when the text
    /// itself says them.
    static func subject(_ address: Address) -> String? {
        guard let text = text(address), read(text, country: address.country) != address else {
            return nil
        }
        let parts = [address.street, address.postcode, address.city].map { $0 ?? "" }
        return OwnURN.urn("address", parts + address.other)
    }

    /// What ``subject(_:)`` says, if it is one.
    static func parts(_ subject: String?, country: String?) -> Address? {
        guard let parts = subject.flatMap({ OwnURN.parts($0, of: "address") }), parts.count >= 3
        else { return nil }
        return Address(
            street: nonEmpty(parts[0]), postcode: nonEmpty(parts[1]), city: nonEmpty(parts[2]),
            country: country, other: parts.dropFirst(3).compactMap(nonEmpty))
    }

    /// The parts of an address as far as its text tells them apart.
    ///
    /// A town is one only where it stands with a postcode; a line of words alone may as well be a
    /// building, and stays what it is, a line.
    static func read(_ text: String, country: String?) -> Address {
        var address = Address(country: country)
        var lines = text.split(whereSeparator: { $0 == "," || $0 == "\n" || $0 == ";" })
            .map { foldedSpaces(String($0)) }.filter { !$0.isEmpty }
        if let index = lines.lastIndex(where: { town($0, country) != nil }),
            let town = town(lines[index], country)
        {
            (address.postcode, address.city) = town
            lines.remove(at: index)
        }
        if let index = lines.firstIndex(where: isStreet) {
            address.street = lines.remove(at: index)
        }
        address.other = lines
        return address
    }

    /// Whether a line is words with a number before or behind them: `Dorpsstraat 1a`.
    private static func isStreet(_ line: String) -> Bool {
        let words = line.split(separator: " ")
        guard words.count > 1, words.contains(where: { !$0.contains(where: \.isNumber) }) else {
            return false
        }
        return words.first?.first?.isNumber == true || words.last?.first?.isNumber == true
    }

    /// `3992 AB Houten`, `3992 AB`, `3992AB Houten`, `Oxford OX1 2JA`, and in countries that write
    /// it so `10117 Berlin`.
    private static func town(
        _ line: String, _ country: String?
    ) -> (postcode: String?, city: String?)? {
        let words = line.split(separator: " ").map(String.init)
        func city(_ words: some Collection<String>) -> String? {
            nonEmpty(words.joined(separator: " "))
        }
        guard let first = words.first else { return nil }
        if words.count > 1, DutchPostcode(first + " " + words[1]) != nil, words[1].utf8.count == 2 {
            return (first + " " + words[1], city(words.dropFirst(2)))
        }
        if country == nil || country == "NL", DutchPostcode(first)?.letters != nil {
            return (first, city(words.dropFirst()))
        }
        if words.count > 1, isBritish(words[words.count - 2], words[words.count - 1]) {
            return (words.suffix(2).joined(separator: " "), city(words.dropLast(2)))
        }
        if let digits = country.flatMap({ postcodeDigits[$0] }), first.utf8.count == digits,
            first.utf8.allSatisfy({ 48...57 ~= $0 })
        {
            return (first, city(words.dropFirst()))
        }
        return nil
    }

    /// `OX1 2JA`: a district of letters and digits, then a digit and two letters.
    private static func isBritish(_ outward: String, _ inward: String) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { 65...90 ~= byte }
        func isDigit(_ byte: UInt8) -> Bool { 48...57 ~= byte }
        let out = Array(outward.utf8)
        let inner = Array(inward.utf8)
        guard 2...4 ~= out.count, isLetter(out[0]), out.contains(where: isDigit),
            out.allSatisfy({ isLetter($0) || isDigit($0) }), inner.count == 3
        else { return false }
        return isDigit(inner[0]) && isLetter(inner[1]) && isLetter(inner[2])
    }

    /// How many digits the postcodes before a town have, by country (Universal Postal Union).
    private static let postcodeDigits: [String: Int] = [
        "AT": 4, "BE": 4, "BG": 4, "CH": 4, "CY": 4, "DK": 4, "HU": 4, "LI": 4, "LU": 4, "NO": 4,
        "SI": 4, "DE": 5, "EE": 5, "ES": 5, "FI": 5, "FR": 5, "HR": 5, "IT": 5, "LT": 5,
    ]
}
