import Matching
import Skills

extension AnswerContext {
    /// The wishes that were not understood, to be read before anything that fits.
    ///
    /// Each says what that means for the answer, and what may have been meant.
    public var notUnderstood: [String] {
        resolved.unrecognisedWishes.map { wish in
            let text = wish.resolution.text
            let names = wish.suggestions.map { "“\(label($0, of: wish))”" }
            let (what, whatEnglish) =
                wish.isOccupation
                ? ("het beroep", "the occupation") : ("de vaardigheid", "the skill")
            return language(
                nl: "We kennen \(what) “\(text)” niet. We kunnen er dus niets bij zoeken: deze "
                    + "wens blijft open.",
                en: "We do not know \(whatEnglish) “\(text)”. So nothing can be found for it: this "
                    + "wish stays open.")
                + (names.isEmpty
                    ? language(nl: " Probeer een ander woord.", en: " Try another word.")
                    : language(nl: " Bedoel je ", en: " Did you mean ")
                        + PlainWords(language: language.reasons).choice(names) + "?")
        }
    }

    private func label(_ concept: ConceptMatch, of wish: UnrecognisedWish) -> String {
        wish.isOccupation
            ? skills.occupationLabel(concept.number, in: language.tag)
            : skills.skillLabel(concept.number, in: language.tag)
    }

    /// The same for machines.
    var notUnderstoodJSON: [NotUnderstoodJSON] {
        resolved.unrecognisedWishes.map { wish in
            NotUnderstoodJSON(
                kind: wish.isOccupation ? "occupation" : "skill", text: wish.resolution.text,
                suggestions: wish.suggestions.map {
                    NotUnderstoodJSON.Suggestion(
                        id: wish.isOccupation
                            ? skills.occupationID($0.number).value
                            : skills.skillID($0.number).value,
                        label: label($0, of: wish), confidence: $0.confidence)
                })
        }
    }
}

/// A wish that was not understood, as machines are told of it.
struct NotUnderstoodJSON: Encodable {
    /// What may have been meant.
    struct Suggestion: Encodable {
        var id: String
        var label: String
        /// How likely it is, 0...1.
        var confidence: Double
    }

    /// `occupation` or `skill`.
    var kind: String
    /// As the profile has it.
    var text: String
    var suggestions: [Suggestion]
}
