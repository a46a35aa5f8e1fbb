/// The members of an `Accept…` header with their weights (RFC 9110, 12.4.2 and 12.5).
struct AcceptHeader {
    /// A member and its weight in thousandths.
    struct Member {
        var value: Substring
        var weight: Int
    }

    /// Two names of the same thing (RFC 7303, 9.2).
    private static let alike = ["text/xml": "application/xml", "application/xml": "text/xml"]

    let members: [Member]

    /// Reads a header's value; a member with a weight that is none counts as 0.
    init(_ text: String) {
        members = text.split(separator: ",").compactMap { part in
            let pieces = part.split(separator: ";").map { $0.trimming() }
            guard let value = pieces.first, !value.isEmpty else { return nil }
            var weight = 1000
            for piece in pieces.dropFirst() where piece.lowercased().hasPrefix("q=") {
                weight = Self.thousandths(piece.dropFirst(2))
            }
            return Member(value: value, weight: weight)
        }
    }

    private static func thousandths(_ text: Substring) -> Int {
        guard let number = Double(text), number >= 0, number <= 1 else { return 0 }
        return Int((number * 1000).rounded())
    }

    /// How welcome a value is: that of the most precise member that names it, 0 when none does.
    ///
    /// - Parameter ranges: From precise to vague: `text/csv`, `text/*`, `*/*`.
    func weight(ofFirst ranges: [String]) -> Int {
        for range in ranges {
            if let member = members.first(where: { $0.value.lowercased() == range }) {
                return member.weight
            }
        }
        return 0
    }

    /// The most welcome of these media types, the first of equals; `nil` when none is acceptable.
    func choose(among offered: [MediaType]) -> MediaType? {
        var best: (type: MediaType, weight: Int)?
        for type in offered {
            let group = type.name.prefix { $0 != "/" } + "/*"
            let names = [type.name] + (Self.alike[type.name].map { [$0] } ?? [])
            let weight = weight(ofFirst: names + [String(group), "*/*"])
            if weight > 0, weight > best?.weight ?? 0 { best = (type, weight) }
        }
        return best?.type
    }
}

extension StringProtocol {
    /// Without spaces and tabs at both ends.
    func trimming() -> SubSequence {
        var rest = self[...]
        while let first = rest.first, first == " " || first == "\t" { rest = rest.dropFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
        return rest
    }
}
