import CourseModel

/// A word of a text, with where it stands.
struct Word: Sendable {
    /// In lower case, without accents.
    var folded: String
    /// Without endings.
    var stem: String
    /// Where it stands in the text's UTF-8.
    var range: Range<Int>
    /// Whether it carries no meaning by itself (`de`, `van`, `the`).
    var isStopword: Bool
}

/// The words of a text.
func splitWords(of text: String, language: LanguageTag) -> [Word] {
    var words: [Word] = []
    var current = ""
    var start = 0
    var offset = 0
    func flush(_ end: Int) {
        guard !current.isEmpty else { return }
        words.append(
            Word(
                folded: current, stem: stem(current, language), range: start..<end,
                isStopword: stopwords.contains(current)))
        current = ""
    }
    for scalar in text.unicodeScalars {
        let width = UTF8.width(scalar)
        let properties = scalar.properties
        if properties.isAlphabetic || (48...57).contains(scalar.value) || scalar == "#"
            || scalar == "+"
        {
            if current.isEmpty { start = offset }
            current += fold(scalar)
        } else {
            flush(offset)
        }
        offset += width
    }
    flush(offset)
    return words
}

private func fold(_ scalar: Unicode.Scalar) -> String {
    let lower = scalar.properties.lowercaseMapping
    switch lower {
    case "à", "á", "â", "ã", "ä", "å": return "a"
    case "è", "é", "ê", "ë": return "e"
    case "ì", "í", "î", "ï": return "i"
    case "ò", "ó", "ô", "õ", "ö": return "o"
    case "ù", "ú", "û", "ü": return "u"
    case "ç": return "c"
    case "ñ": return "n"
    default: return lower
    }
}

private func stem(_ word: String, _ language: LanguageTag) -> String {
    guard word.utf8.count > 4 else { return word }
    for ending in ["ingen", "ing", "en", "e", "s"] where word.hasSuffix(ending) {
        let rest = word.dropLast(ending.count)
        if rest.utf8.count >= 3 { return String(rest) }
    }
    return word
}

private let stopwords: Set<String> = [
    "de", "het", "een", "en", "of", "van", "voor", "in", "op", "met", "aan", "te", "bij", "om",
    "the", "a", "an", "and", "or", "of", "for", "in", "on", "with", "to", "at", "by",
]
