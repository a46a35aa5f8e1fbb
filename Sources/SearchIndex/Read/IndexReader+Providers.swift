import CourseModel
import Text

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
}
