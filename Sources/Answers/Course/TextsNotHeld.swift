import CourseModel
import Feeds

/// What a record's original says and its course in the catalogue does not, word for word.
///
/// This is a comparison of words and so a list of candidates: a code that the catalogue holds under
/// another name is among them. Nothing that is missing in the catalogue is missing in the list,
/// unless its words stand elsewhere in the course.
public struct TextsNotHeld {
    /// The texts, in the order of the original; `nil` when the original is no XML.
    public let texts: [OriginalText]?

    /// Compares a record's bytes with what was made of them.
    public init(original: [UInt8], record: CourseRecord, provider: Provider?) throws {
        guard let all = OriginalText.all(in: original) else {
            texts = nil
            return
        }
        var known = Set(Self.words(try Self.values(record)))
        if let provider { known.formUnion(Self.words(try Self.values(provider))) }
        var seen: Set<OriginalText> = []
        texts = all.filter { text in
            let own = Self.words(Self.withoutTags(text.text))
            return !own.allSatisfy(known.contains) && seen.insert(text).inserted
        }
    }

    /// The values of the JSON form, without its keys.
    private static func values(_ value: some Encodable) throws -> String {
        let json = try JSONOutput.line(value)
        return json.replacing(/"[A-Za-z0-9_]+":/, with: " ").replacing(/\\[nrt]/, with: " ")
    }

    /// The text without what stands between angle brackets, and without references to characters.
    ///
    /// In one pass: a pattern would look for the end of each of a hundred thousand brackets that
    /// have none.
    private static func withoutTags(_ text: String) -> String {
        var kept: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        let lastEnd = bytes.lastIndex(of: UInt8(ascii: ">")) ?? -1
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "<") where index < lastEnd:
                index = bytes[index...].firstIndex(of: UInt8(ascii: ">")) ?? lastEnd
                kept.append(UInt8(ascii: " "))
            case UInt8(ascii: "&"):
                let name = bytes[(index + 1)...].prefix { isOfReference($0) }
                if !name.isEmpty, name.endIndex < bytes.count,
                    bytes[name.endIndex] == UInt8(ascii: ";")
                {
                    index = name.endIndex
                }
                kept.append(UInt8(ascii: " "))
            default: kept.append(bytes[index])
            }
            index += 1
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static func isOfReference(_ byte: UInt8) -> Bool {
        97...122 ~= byte || 48...57 ~= byte || byte == UInt8(ascii: "#")
    }

    /// The words and numbers of a text in lower case; a date before a time is a date.
    private static func words(_ text: String) -> [Substring] {
        var text = text
        if let day = CalendarDate(iso: text) { text = day.iso }
        return text.lowercased().split { !$0.isLetter && !$0.isNumber }
    }
}
