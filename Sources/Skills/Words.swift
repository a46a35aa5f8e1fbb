import CourseModel
import Text

/// A word of a label or text, with where it stands.
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

/// The words of a text in Dutch or English, a joined word (`e-learning`, `NT2`) as one.
func splitWords(of text: String, language: LanguageTag) -> [Word] {
    let analyzer = language == .english ? english : dutch
    var words: [Word] = []
    var covered = 0
    for token in analyzer.tokens(of: text) where token.position >= covered {
        if token.span > 1 { covered = token.position + token.span }
        words.append(
            Word(
                folded: token.form, stem: token.stems.first ?? token.form, range: token.source,
                isStopword: token.isStopWord))
    }
    return words
}

private let dutch = Analyzer(languages: [.dutch])
private let english = Analyzer(languages: [.english])

/// The stem of one folded word.
func stemOfWord(_ form: String, language: LanguageTag) -> String? {
    (language == .english ? english : dutch).stems(of: form).first
}
