import Text

/// The words of a query taken apart; every text means something.
///
/// ```
/// boom verzorging      both words, in any form
/// "leren lassen"       these words one behind the other, in a title, skill, subject or name
/// -vmbo                not this word
/// hoven*               every word that begins so
/// titel:lassen         in the title (title:); aanbieder:groenhoek in the provider's name (provider:)
/// lassen OR solderen   either (OF); binds closer than the space between words
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
        var isPrefix = false
        /// Whether it was joined to the item before it by `OR`.
        var isAlternative = false
        var words: [Word] = []
    }

    /// A folded word and, when it can be written apart, its parts.
    struct Word: Equatable {
        var form: String
        var parts: [String]
    }

    private static let fields: [String: IndexOptions.Field] = [
        "titel": .title, "title": .title, "aanbieder": .provider, "provider": .provider,
    ]

    /// Takes a text apart.
    static func items(_ text: String, completesLastWord: Bool = false) -> [Item] {
        var items: [Item] = []
        var rest = text[...]
        var joins = false
        while let start = rest.firstIndex(where: { !$0.isWhitespace }) {
            rest = rest[start...]
            if let after = operatorEnd(rest), !items.isEmpty {
                joins = true
                rest = rest[after...]
                continue
            }
            var item = Item(text: "")
            if rest.first == "-" || rest.first == "−", rest.dropFirst().first?.isWhitespace == false
            {
                item.isExcluded = true
                rest = rest.dropFirst()
            }
            if let colon = rest.prefix(12).firstIndex(of: ":"),
                let field = fields[rest[..<colon].lowercased()],
                let next = rest[colon...].dropFirst().first, !next.isWhitespace
            {
                item.field = field
                rest = rest[rest.index(after: colon)...]
            }
            let body: Substring
            if let quote = rest.first, "\"“”„".contains(quote) {
                let inner = rest.dropFirst()
                let end = inner.firstIndex { "\"“”„".contains($0) } ?? inner.endIndex
                body = inner[..<end]
                rest = inner[end...].dropFirst()
                item.isPhrase = true
            } else {
                let end = rest.firstIndex { $0.isWhitespace || "\"“”„".contains($0) }
                body = rest[..<(end ?? rest.endIndex)]
                rest = rest[body.endIndex...]
                item.isPrefix = body.last == "*"
            }
            item.text = String(item.isPrefix ? body.dropLast() : body)
            item.words = words(item.text)
            guard !item.words.isEmpty else { continue }
            if item.words.count == 1 { item.isPhrase = false }
            item.isAlternative = joins && !item.isExcluded && items.last?.isExcluded == false
            joins = false
            if item.isPhrase || item.isPrefix || item.words.count == 1 {
                items.append(item)
            } else {
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
        if completesLastWord, text.last?.isWhitespace == false, let last = items.last,
            !last.isExcluded, !last.isPhrase
        {
            items[items.count - 1].isPrefix = true
        }
        return items
    }

    private static func operatorEnd(_ rest: Substring) -> Substring.Index? {
        for word in ["OR", "OF", "|"] where rest.hasPrefix(word) {
            let after = rest.index(rest.startIndex, offsetBy: word.count)
            if after == rest.endIndex || rest[after].isWhitespace { return after }
        }
        return nil
    }

    private static func words(_ text: String) -> [Word] {
        var words: [Word] = []
        var tokenizer = Tokenizer()
        var partsLeft = 0
        tokenizer.forEachWord(in: text) { word in
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
        return words
    }
}
