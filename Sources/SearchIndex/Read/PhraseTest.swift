/// Looks whether words stand one behind the other in the short texts of a course.
///
/// ```
/// course = title 1 skills 1 subject 1 provider      in varints
/// field  = text { 0 text }*                         0 parts two texts of one field
/// text   = (written word's number + 2)*
/// ```
struct PhraseTest {
    /// The terms that each word of the phrase may have in the dictionary.
    let words: [[UInt32]]
    /// The field that it must stand in; any when absent.
    let field: IndexOptions.Field?
    // Not counted: whoever calls a query holds the reader, and counts would make threads wait.
    unowned(unsafe) let reader: IndexReader

    /// The order of the fields of a course.
    static let fields: [IndexOptions.Field] = [.title, .skills, .subject, .provider]
    static let gap: UInt64 = 0
    static let fieldEnd: UInt64 = 1
    static let firstWord: UInt64 = 2

    func holds(_ course: Int) throws(IndexError) -> Bool {
        let range = try reader.phraseStarts.range(course)
        var stream = StoredReader(try reader.phrases.bytes(range.lowerBound, range.count))
        var fieldNumber = 0
        // Bit i: the last words are the first i + 1 words of the phrase.
        var matched: UInt64 = 0
        let whole: UInt64 = 1 << UInt64(words.count - 1)
        while !stream.isAtEnd {
            let value = stream.unsigned()
            if value == Self.gap || value == Self.fieldEnd {
                matched = 0
                if value == Self.fieldEnd { fieldNumber += 1 }
                continue
            }
            if let field, Self.fields[fieldNumber] != field { continue }
            let row = try reader.formRows.row(Int(value - Self.firstWord))
            var next: UInt64 = 0
            for (index, terms) in words.enumerated()
            where index == 0 || matched >> UInt64(index - 1) & 1 > 0 {
                if terms.contains(row.dutch) || terms.contains(row.english) {
                    next |= 1 << UInt64(index)
                }
            }
            if next & whole > 0 { return true }
            matched = next
        }
        return false
    }
}
