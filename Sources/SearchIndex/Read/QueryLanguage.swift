import Text

/// The words of a query taken apart; every text means something.
///
/// ```
/// boom verzorging      both words, in any form
/// "leren lassen"       these words one behind the other, in a title, skill, subject or name
/// -vmbo                not this word
/// hoven*               every word that begins so
/// titel:lassen         in the title (title:); aanbieder:groenhoek in the provider's name (provider:)
/// lassen OR solderen   either (OF); binds closer than the space between words; not for phrases
/// ```
/// Signs that stand for nothing are read as space. Words are folded: case and accents do not count.
public enum QueryLanguage {
    /// A word, or words that belong together.
    struct Item: Equatable {
        /// As typed, without signs.
        var text: String
        var field: IndexOptions.Field?
        var isExcluded = false
        var isPhrase = false
        /// Whether it stood in quotation marks: then it stands for itself only.
        var isQuoted = false
        var isPrefix = false
        /// Whether it was joined to the item before it by `OR`.
        var isAlternative = false
        var words: [Word] = []
        /// What else to look for, and how much of the weight of that falls to this word, which is
        /// all of it unless several words together have synonyms.
        var synonyms: [Synonyms.Phrase] = []
        var synonymShare: Float = 1
        /// Whether results may lack it.
        var isOptional = false

        /// Whether it is a word with no sign that says how to read it.
        var isPlain: Bool { field == nil && !isExcluded && !isQuoted && !isPrefix }
    }

    /// A folded word and, when it can be written apart, its parts.
    struct Word: Equatable {
        var form: String
        var parts: [String]
    }

    private static let fields: [(name: String, field: IndexOptions.Field)] = [
        ("titel", .title), ("title", .title), ("aanbieder", .provider), ("provider", .provider),
    ]

    /// Takes a text apart.
    static func items(_ text: String, completesLastWord: Bool = false) -> [Item] {
        var text = text
        return text.withUTF8 { bytes in
            var parser = Parser(bytes: bytes)
            parser.parse()
            if completesLastWord, let last = bytes.last, !isSpace(last),
                let item = parser.items.last, !item.isExcluded, !item.isPhrase
            {
                parser.items[parser.items.count - 1].isPrefix = true
            }
            return parser.items
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte <= 32 }

    /// Goes through the bytes of a query once.
    private struct Parser {
        let bytes: UnsafeBufferPointer<UInt8>
        var items: [Item] = []
        private var index = 0
        private var tokenizer = Tokenizer()

        init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        mutating func parse() {
            var joins = false
            while true {
                while index < bytes.count, isSpace(bytes[index]) { index += 1 }
                guard index < bytes.count else { return }
                if !items.isEmpty, skipsOperator() {
                    joins = true
                    continue
                }
                var item = Item(text: "")
                if bytes[index] == UInt8(ascii: "-"), index + 1 < bytes.count,
                    !isSpace(bytes[index + 1])
                {
                    item.isExcluded = true
                    index += 1
                }
                item.field = readField()
                readBody(&item)
                guard !item.words.isEmpty else { continue }
                if item.words.count == 1 { item.isPhrase = false }
                // A phrase stands by itself: an order of words is no alternative to a word.
                item.isAlternative =
                    joins && !item.isExcluded && !item.isPhrase
                    && items.last.map { !$0.isExcluded && !$0.isPhrase } ?? false
                joins = false
                if item.isPhrase || item.isPrefix || item.words.count == 1 {
                    items.append(item)
                    continue
                }
                // `en/of` typed without spaces is two words like any other.
                for word in item.words {
                    var single = item
                    single.text = word.form
                    single.words = [word]
                    items.append(single)
                    item.isAlternative = false
                }
            }
        }

        private mutating func readBody(_ item: inout Item) {
            if let quote = quoteLength(index) {
                let start = index + quote
                var end = start
                while end < bytes.count, quoteLength(end) == nil { end += 1 }
                item.isPhrase = true
                item.isQuoted = true
                readWords(start..<end, &item)
                index = end + (quoteLength(end) ?? 0)
            } else {
                let start = index
                while index < bytes.count, !isSpace(bytes[index]), quoteLength(index) == nil {
                    index += 1
                }
                item.isPrefix = index > start && bytes[index - 1] == UInt8(ascii: "*")
                readWords(start..<(item.isPrefix ? index - 1 : index), &item)
            }
        }

        private mutating func readWords(_ range: Range<Int>, _ item: inout Item) {
            let part = UnsafeBufferPointer(rebasing: bytes[range])
            item.text = String(decoding: part, as: UTF8.self)
            var partsLeft = 0
            var words: [Word] = []
            tokenizer.forEachWord(in: part) { word in
                let form = String(decoding: word.bytes, as: UTF8.self)
                if word.span > 1 {
                    words.append(Word(form: form, parts: []))
                    partsLeft = word.span
                } else if partsLeft > 0 {
                    words[words.count - 1].parts.append(form)
                    partsLeft -= 1
                } else {
                    words.append(Word(form: form, parts: []))
                }
            }
            item.words = words
        }

        /// The bytes of a quotation mark (`"`, `“`, `”`, `„`) at a place; `nil` if there is none.
        private func quoteLength(_ index: Int) -> Int? {
            guard index < bytes.count else { return nil }
            if bytes[index] == UInt8(ascii: "\"") { return 1 }
            guard bytes[index] == 0xE2, index + 2 < bytes.count, bytes[index + 1] == 0x80,
                0x9C...0x9E ~= bytes[index + 2]
            else { return nil }
            return 3
        }

        private mutating func skipsOperator() -> Bool {
            for word: StaticString in ["OR", "OF", "|"] {
                let end = index + word.utf8CodeUnitCount
                guard end <= bytes.count, end == bytes.count || isSpace(bytes[end]),
                    (0..<word.utf8CodeUnitCount).allSatisfy({
                        word.utf8Start[$0] == bytes[index + $0]
                    })
                else { continue }
                index = end
                return true
            }
            return false
        }

        /// Reads `titel:` and its like, if a word follows it directly.
        private mutating func readField() -> IndexOptions.Field? {
            var end = index
            while end < bytes.count, end - index < 12, 97...122 ~= bytes[end] | 32 { end += 1 }
            guard end > index, end + 1 < bytes.count, bytes[end] == UInt8(ascii: ":"),
                !isSpace(bytes[end + 1])
            else { return nil }
            let name = bytes[index..<end].lazy.map { $0 | 32 }
            for (known, field) in fields where known.utf8.elementsEqual(name) {
                index = end + 1
                return field
            }
            return nil
        }
    }
}
