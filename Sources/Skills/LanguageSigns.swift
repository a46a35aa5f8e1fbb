import CourseModel

/// Small words that tell Dutch from English.
enum LanguageSigns {
    private static let dutch: Set<Substring> = [
        "de", "een", "en", "het", "je", "met", "niet", "op", "van", "voor",
    ]
    private static let english: Set<Substring> = [
        "a", "and", "for", "not", "of", "the", "to", "with", "you",
    ]

    /// How many words of each language stand in a text.
    static func count(in text: String) -> (dutch: Int, english: Int) {
        var (dutch, english) = (0, 0)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
            if Self.dutch.contains(word) { dutch += 1 }
            if Self.english.contains(word) { english += 1 }
        }
        return (dutch, english)
    }

    /// The languages that a text may be in: short Dutch words are English labels too (`wind`,
    /// `arts`), so the labels of the other language are tried only when nothing tells.
    static func likely(in text: String) -> [LanguageTag] {
        let signs = count(in: text)
        if signs.dutch == signs.english { return [.dutch, .english] }
        return [signs.dutch > signs.english ? .dutch : .english]
    }
}
