import Answers
import CourseModel
import Ingest

extension CurationRuling.State {
    /// Whether it counts, and if not, why, in a few words.
    public func wording(_ language: AnswerLanguage) -> String {
        switch self {
        case .inForce: language(nl: "geldt", en: "in force")
        case .waiting: language(nl: "wacht op goedkeuring", en: "waits for approval")
        case .notYet: language(nl: "nog niet begonnen", en: "not begun yet")
        case .expired: language(nl: "verlopen", en: "expired")
        case .takenOver:
            language(nl: "overgenomen door de feed", en: "taken over by the feed")
        case .conflict: language(nl: "strijdig", en: "in conflict")
        case .unknown: language(nl: "onbekend", en: "not known")
        case .gone: language(nl: "niet meer aangeboden", en: "no longer offered")
        case .unusable: language(nl: "onbruikbaar", en: "unusable")
        }
    }

    /// Whether a person has to do something about it.
    public var asksForAction: Bool {
        switch self {
        case .inForce, .notYet, .expired, .takenOver: false
        case .waiting, .conflict, .unknown, .gone, .unusable: true
        }
    }
}

extension CurationRuling {
    /// Whether a person has to do something about it: it does not count, or the feed changed under it.
    public var asksForAction: Bool { state.asksForAction || isFeedChanged && state != .expired }

    /// What there is to say of its state besides the word for it, a sentence each.
    public func remarks(_ language: AnswerLanguage) -> [String] {
        func quoted(_ values: [String]) -> String {
            values.isEmpty
                ? language(nl: "niets", en: "nothing") : "“\(values.joined(separator: ", "))”"
        }
        var remarks: [String] = []
        switch state {
        case .waiting:
            let count = approvalsNeeded - approvals.count
            remarks.append(
                language(
                    nl: "nog \(count) goedkeuring\(count == 1 ? "" : "en") nodig van iemand van "
                        + "een andere partner dan \(partner)",
                    en: "\(count) more approval\(count == 1 ? "" : "s") needed, by someone of "
                        + "another partner than \(partner)"))
        case .conflict:
            remarks.append(
                language(
                    nl: "een andere correctie zegt iets anders; geen van beide geldt: kies er een",
                    en: "another correction says otherwise; neither counts: choose one"))
        case .unknown:
            remarks.append(
                language(
                    nl: "er was nooit een cursus, uitvoering of aanbieder met dit id; zoek het met "
                        + "search",
                    en: "no course, offering or provider ever had this id; look it up with search"))
        case .gone:
            remarks.append(
                language(
                    nl: "staat niet meer in de feed; haal de correctie weg, of wijs het nieuwe id "
                        + "aan",
                    en: "no longer in the feed; take the correction away, or name the new id"))
        case .takenOver:
            if let takenOver {
                remarks.append(
                    language(
                        nl: "de feed zegt het sinds \(takenOver); de correctie kan weg",
                        en: "the feed has said so since \(takenOver); the correction can go"))
            }
        case .unusable:
            if let problem { remarks.append(problem) }
        case .inForce, .notYet, .expired: break
        }
        if isFeedChanged, state == .takenOver {
            remarks.append(
                language(
                    nl: "daarna zei de feed iets anders, wat nu geldt: \(quoted(feedNow))",
                    en: "it said something else after that, which counts now: \(quoted(feedNow))"))
        } else if isFeedChanged, state != .expired {
            remarks.append(
                language(
                    nl: "de feed zei op \(date) \(quoted(feedThen)) en nu \(quoted(feedNow)): "
                        + "kijk of de correctie nog klopt",
                    en: "the feed said \(quoted(feedThen)) on \(date) and \(quoted(feedNow)) now: "
                        + "see whether the correction still holds"))
        }
        return remarks
    }
}
