import CourseModel
import Text

/// What filters are written with: a name, a part of it, or an id.
extension IndexReader {
    /// The providers with this id, or whose name holds the text, whatever its case and accents.
    ///
    /// - Complexity: O(providers).
    public func providers(matching text: String) throws(IndexError) -> Set<ID<Provider>> {
        let wanted = WordFolding.fold(text)
        var found: Set<ID<Provider>> = []
        for number in 0..<providerIDs.count {
            let id = try providerIDs.string(number)
            if id == text { return [ID(id)] }
            guard !wanted.isEmpty else { continue }
            if WordFolding.fold(try providerNames.string(number)).contains(wanted) {
                found.insert(ID(id))
            }
        }
        return found
    }

    /// The partners that some course comes from, or who own one, by id.
    public var partners: [ID<Partner>] {
        get throws(IndexError) {
            var partners: Set<ID<Partner>> = []
            for number in 0..<partnerIDs.count {
                // Partners who own a course together stand in one name.
                for id in try partnerIDs.string(number).split(separator: " ") {
                    partners.insert(ID(String(id)))
                }
            }
            return partners.sorted()
        }
    }

    /// The subjects with this code (`scheme:code` or the code alone) or label; where there is none,
    /// those whose label holds the text, whatever its case and accents.
    ///
    /// - Complexity: O(log terms), and O(subjects) where no subject is called so.
    public func subjects(matching text: String) throws(IndexError) -> Set<String> {
        let wanted = SubjectKey.key(text)
        guard !wanted.isEmpty else { return [] }
        if try term(.subject, wanted) != nil { return [text] }
        var found: Set<String> = []
        // Codes are short, and a part of one is another's.
        guard wanted.count > 2, wanted.contains(where: \.isLetter) else { return [] }
        for number in try terms.lowerBound([TermSpace.subject.rawValue])..<terms.count {
            let bytes = try terms.bytes(number)
            guard bytes.first == TermSpace.subject.rawValue else { break }
            let subject = String(decoding: bytes.dropFirst(), as: UTF8.self)
            if subject.contains(wanted) { found.insert(subject) }
        }
        return found
    }
}
