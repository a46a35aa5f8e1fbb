import Answers
import CourseModel
import Quality

/// How the quality of a feed is said to its owner, in Dutch and English.
public struct QualityWording: Sendable {
    private let language: AnswerLanguage

    /// How it is said in a language.
    public init(language: AnswerLanguage) { self.language = language }

    /// What to do: `prijs invullen bij 12 cursussen`.
    public func advice(_ repair: FeedRepair) -> String {
        switch repair.kind {
        case .accept(let code):
            return language(
                nl: "\(courses(repair)) herstellen: \(title(code))",
                en: "mend \(courses(repair)): \(title(code))")
        case .newOccasion:
            return language(
                nl: "een nieuw moment geven aan \(courses(repair))",
                en: "give a new date to \(courses(repair))")
        case .say(let field):
            let name = CompletenessWording(language: language).name(field)
            return language(
                nl: "\(name) invullen bij \(courses(repair))",
                en: "fill in \(name) of \(courses(repair))")
        }
    }

    /// What learners gain: `34 uitvoeringen worden dan ook gevonden door wie op prijs zoekt`.
    public func gain(_ repair: FeedRepair) -> String {
        let count = repair.offerings
        let nl = count == 1 ? "1 uitvoering wordt" : "\(count) uitvoeringen worden"
        let en = count == 1 ? "1 offering is" : "\(count) offerings are"
        switch repair.kind {
        case .accept: return language(nl: "\(nl) dan gevonden", en: "\(en) found then")
        case .newOccasion:
            return language(
                nl: count == 1
                    ? "1 cursus wordt dan gevonden" : "\(count) cursussen worden dan gevonden",
                en: count == 1 ? "1 course is found then" : "\(count) courses are found then")
        case .say(let field):
            let who = asker(field)
            return language(
                nl: "\(nl) dan ook gevonden door \(who)", en: "\(en) then also found by \(who)")
        }
    }

    private func asker(_ field: CompletenessField) -> String {
        switch field {
        case .place: language(nl: "wie dichtbij zoekt", en: "those who look nearby")
        case .price: language(nl: "wie een budget heeft", en: "those who have a budget")
        case .start: language(nl: "wie een beginmaand kiest", en: "those who choose when to start")
        case .level: language(nl: "wie een niveau kiest", en: "those who choose a level")
        case .skills: language(nl: "wie een vaardigheid zoekt", en: "those who look for a skill")
        case .duration: language(nl: "wie beperkt tijd heeft", en: "those who have limited time")
        case .mode: language(nl: "wie een lesvorm kiest", en: "those who choose how to learn")
        case .subjects: language(nl: "wie op onderwerp zoekt", en: "those who look by subject")
        case .language: language(nl: "wie een taal kiest", en: "those who choose a language")
        case .audience: language(nl: "wie een doelgroep kiest", en: "those who choose an audience")
        case .description, .url:
            language(nl: "wie op woorden zoekt", en: "those who look by words")
        }
    }

    /// The title of a kind of fault.
    public func title(_ code: DiagnosticCode) -> String {
        DiagnosticCatalogue.explanation(of: code)
            .map { language(nl: $0.title.dutch, en: $0.title.english) } ?? code.name
    }

    /// Why a kind of fault matters; `nil` when that is not known.
    public func reason(_ code: DiagnosticCode) -> String? {
        DiagnosticCatalogue.explanation(of: code)
            .map { language(nl: $0.reason.dutch, en: $0.reason.english) }
    }

    /// `fout`, `warning`.
    public func severity(_ severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: language(nl: "fout", en: "error")
        case .warning: language(nl: "waarschuwing", en: "warning")
        case .note: language(nl: "opmerking", en: "note")
        }
    }

    private func courses(_ repair: FeedRepair) -> String {
        repair.courses == 1
            ? language(nl: "1 cursus", en: "1 course")
            : language(nl: "\(repair.courses) cursussen", en: "\(repair.courses) courses")
    }
}
