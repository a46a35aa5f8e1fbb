import SearchIndex

/// Says in words why a course has its score.
public struct ExplanationText: Sendable {
    private let language: AnswerLanguage

    /// Explanations in a language.
    public init(language: AnswerLanguage) { self.language = language }

    /// The score in one line and a line for each word of the query.
    public func lines(_ explanation: ScoreExplanation) -> [String] {
        ["score \(number(explanation.score))"] + explanation.words.map(line)
    }

    private func line(_ word: ScoreExplanation.Word) -> String {
        guard let reading = word.reading else {
            return "“\(word.text)”: "
                + language(nl: "staat er niet in", en: "is not in it")
                + (word.isOptional ? language(nl: " (mag)", en: " (may be)") : "")
        }
        let places = word.places.prefix(6).map { place in
            field(place.field) + " “\(place.form)”"
                + (place.occurrences > 1 ? " ×\(place.occurrences)" : "")
                + " \(number(place.score))"
        }
        let rest =
            word.places.count > 6
            ? language(
                nl: " en \(word.places.count - 6) meer", en: " and \(word.places.count - 6) more")
            : ""
        return "“\(word.text)” \(number(word.score))" + found(reading, word.foundAs) + ": "
            + places.joined(separator: ", ") + rest
    }

    private func found(_ reading: UnderstoodWord.Reading, _ text: String?) -> String {
        let text = text.map { " “\($0)”" } ?? ""
        return switch reading {
        case .word, .unknown: ""
        case .phrase: language(nl: ", als zinsdeel", en: ", as a phrase")
        case .prefix: language(nl: ", als begin van een woord", en: ", as the beginning of a word")
        case .parts: language(nl: ", in delen\(text)", en: ", in parts\(text)")
        case .synonym: language(nl: ", als synoniem\(text)", en: ", as the synonym\(text)")
        case .spelling: language(nl: ", gelezen als\(text)", en: ", read as\(text)")
        }
    }

    private func field(_ field: IndexOptions.Field) -> String {
        switch field {
        case .title: language(nl: "titel", en: "title")
        case .skills: language(nl: "vaardigheden", en: "skills")
        case .subject: language(nl: "onderwerp", en: "subject")
        case .provider: language(nl: "aanbieder", en: "provider")
        case .description: language(nl: "beschrijving", en: "description")
        }
    }

    /// Two decimals, with the sign of the language.
    private func number(_ score: Float) -> String {
        let hundredths = Int((Double(score) * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100)" + language(nl: ",", en: ".")
            + (fraction < 10 ? "0" : "") + "\(fraction)"
    }
}
