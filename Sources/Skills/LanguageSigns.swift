import CourseModel

/// Small words that tell Dutch from English.
enum LanguageSigns {
    private static let dutch = packed([
        "de", "een", "en", "het", "je", "met", "niet", "op", "van", "voor",
    ])
    private static let english = packed([
        "a", "and", "for", "not", "of", "the", "to", "with", "you",
    ])

    /// Words of at most four small letters, a letter a byte.
    private static func packed(_ words: [String]) -> [UInt32] {
        words.map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } }
    }

    /// How many words of each language stand in a text.
    ///
    /// Every course that does not say its language is asked, so no words are cut out of the text.
    static func count(in text: String) -> (dutch: Int, english: Int) {
        var (dutch, english) = (0, 0)
        var word: UInt32 = 0
        var length = 0
        func endWord() {
            if 1...4 ~= length {
                if Self.dutch.contains(word) { dutch += 1 }
                if Self.english.contains(word) { english += 1 }
            }
            word = 0
            length = 0
        }
        for scalar in text.unicodeScalars {
            let small = scalar.value | 0x20
            if scalar.isASCII, 97...122 ~= small {
                word = word << 8 | small
                length += 1
            } else if !scalar.isASCII, isPartOfWord(scalar) {
                // None of the words holds such a letter.
                length += 5
            } else {
                endWord()
            }
        }
        endWord()
        return (dutch, english)
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
    }

    /// The languages that a text may be in: short Dutch words are English labels too (`wind`,
    /// `arts`), so the labels of the other language are tried only when nothing tells.
    static func likely(in text: String) -> [LanguageTag] {
        let signs = count(in: text)
        if signs.dutch == signs.english { return [.dutch, .english] }
        return [signs.dutch > signs.english ? .dutch : .english]
    }
}
