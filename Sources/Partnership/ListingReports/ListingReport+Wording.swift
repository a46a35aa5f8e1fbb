import Answers
import Storage

extension ListingReport.Fault {
    /// What is wrong, as who reports it reads it.
    public func wording(_ language: AnswerLanguage) -> String {
        switch self {
        case .date: language(nl: "de dag of tijd klopt niet", en: "the day or time is wrong")
        case .price: language(nl: "de prijs klopt niet", en: "the price is wrong")
        case .place: language(nl: "de plaats klopt niet", en: "the place is wrong")
        case .full:
            language(nl: "de cursus is vol of gesloten", en: "the course is full or closed")
        case .notOffered:
            language(nl: "de cursus is er niet (meer)", en: "the course is not offered (any more)")
        case .link: language(nl: "een link werkt niet", en: "a link does not work")
        case .content:
            language(nl: "de inhoud of het niveau klopt niet", en: "content or level is wrong")
        case .other: language(nl: "iets anders", en: "something else")
        }
    }
}

extension ListingReport.Outcome {
    /// What came of it.
    public func wording(_ language: AnswerLanguage) -> String {
        switch self {
        case .mended: language(nl: "het is verbeterd", en: "it was put right")
        case .wasRight: language(nl: "het klopte toch", en: "it was right after all")
        case .passedOn: language(nl: "het is doorgegeven", en: "it was passed on")
        }
    }
}

extension ListingReport {
    /// How far it is, in a few words.
    public func stateWording(_ language: AnswerLanguage) -> String {
        switch status {
        case .received: language(nl: "wacht op de aanbieder", en: "waits for the provider")
        case .answered: language(nl: "beantwoord", en: "answered")
        case .closed:
            language(nl: "klaar", en: "done") + (outcome.map { ": \($0.wording(language))" } ?? "")
        }
    }

    /// What its reporter is told; whoever has the reference may see it.
    public struct JSON: Encodable {
        var reference: String
        var course: String
        var title: String
        var fault: String
        var status: String
        var outcome: Nullable<String>
        var answer: Nullable<String>
        var received: String
        var decided: Nullable<String>
        var keptUntil: String
    }

    /// The report in the form of the JSON contract.
    public var json: JSON {
        func day(_ seconds: Int64) -> String { Moment(secondsSince1970: seconds).day.iso }
        return JSON(
            reference: reference, course: course.value, title: title, fault: fault.rawValue,
            status: status.rawValue, outcome: Nullable(outcome?.rawValue),
            answer: Nullable(answer), received: day(receivedAt),
            decided: Nullable(decidedAt.map(day)), keptUntil: keptUntil.day.iso)
    }
}
