import Answers
import CourseModel

/// A field that says something else than before, in words.
public struct FieldChange: Hashable, Sendable {
    /// What changed.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case title
        case kind
        case level
        case texts
        case skills
        case requirements
        case studyLoad = "study-load"
        case funding
        case address
        case start
        case end
        case enrolment
        case place
        case schedule
        case mode
        case price
        case status
        case placesLeft = "places-left"
        /// Anything else.
        case other
    }

    /// What changed.
    public var field: Field
    /// What it said; `nil` when it said nothing, or too much to repeat.
    public var before: String?
    /// What it says now.
    public var after: String?
}

extension FieldChange.Field {
    /// The field's name in a sentence.
    public func name(_ language: AnswerLanguage) -> String {
        switch self {
        case .title: language(nl: "titel", en: "title")
        case .kind: language(nl: "soort", en: "kind")
        case .level: language(nl: "niveau", en: "level")
        case .texts: language(nl: "tekst", en: "text")
        case .skills: language(nl: "vaardigheden", en: "skills")
        case .requirements: language(nl: "vooropleiding", en: "entry requirements")
        case .studyLoad: language(nl: "studielast", en: "study load")
        case .funding: language(nl: "financiering", en: "funding")
        case .address: language(nl: "webadres", en: "web address")
        case .start: "start"
        case .end: language(nl: "einde", en: "end")
        case .enrolment: language(nl: "inschrijving", en: "enrolment")
        case .place: language(nl: "plaats", en: "place")
        case .schedule: language(nl: "rooster", en: "schedule")
        case .mode: language(nl: "vorm", en: "mode")
        case .price: language(nl: "prijs", en: "price")
        case .status: "status"
        case .placesLeft: language(nl: "plaatsen over", en: "places left")
        case .other: language(nl: "overige gegevens", en: "other data")
        }
    }
}

extension FieldChange {
    /// How two versions of a course differ, its offerings aside.
    static func between(_ old: Course, _ new: Course, _ language: AnswerLanguage) -> [FieldChange] {
        let wording = Wording(language: language)
        var changes = Changes()
        changes.note(
            .title, old.title, new.title, old.title.text(in: language.preferences),
            new.title.text(in: language.preferences))
        changes.note(.kind, old.kind, new.kind, wording.kind(old.kind), wording.kind(new.kind))
        changes.note(.level, old.level, new.level)
        changes.note(.texts, Texts(old), Texts(new))
        changes.note(.skills, old.skills, new.skills)
        changes.note(.requirements, old.prerequisites, new.prerequisites)
        changes.note(.requirements, old.requiredLevels, new.requiredLevels)
        changes.note(.studyLoad, old.studyLoad, new.studyLoad)
        changes.note(.funding, old.funding, new.funding)
        changes.note(.address, old.url, new.url, old.url, new.url)
        // Where it stood in the feed is no change of what it says.
        var same = new
        same.provenance = old.provenance
        return changes.list(unlessEqual: old, same)
    }

    /// How two versions of an offering differ.
    static func between(
        _ old: Offering, _ new: Offering, _ language: AnswerLanguage
    ) -> [FieldChange] {
        let wording = Wording(language: language)
        var changes = Changes()
        changes.note(
            .start, old.timing.start, new.timing.start, wording.start(old.timing.start),
            wording.start(new.timing.start))
        changes.note(
            .end, old.timing.end, new.timing.end, old.timing.end.map(wording.date),
            new.timing.end.map(wording.date))
        changes.note(
            .enrolment, old.enrolment, new.enrolment, old.enrolment?.closes.map(wording.date),
            new.enrolment?.closes.map(wording.date))
        changes.note(
            .place, old.places, new.places, wording.place(of: old), wording.place(of: new))
        changes.note(
            .schedule, Schedule(old), Schedule(new))
        changes.note(.mode, old.modes, new.modes)
        func price(_ offering: Offering) -> String? {
            offering.price.map { wording.price($0.total, includesVAT: $0.includesVAT) }
        }
        changes.note(.price, old.price, new.price, price(old), price(new))
        func status(_ offering: Offering) -> String {
            wording.status(offering.status) ?? language(nl: "open", en: "open")
        }
        changes.note(.status, old.status, new.status, status(old), status(new))
        changes.note(
            .placesLeft, old.placesLeft, new.placesLeft, old.placesLeft.map(String.init),
            new.placesLeft.map(String.init))
        changes.note(.texts, OfferingTexts(old), OfferingTexts(new))
        changes.note(.address, old.url, new.url, old.url, new.url)
        var same = new
        same.provenance = old.provenance
        return changes.list(unlessEqual: old, same)
    }

    /// Gathers changes.
    private struct Changes {
        private var found: [FieldChange] = []

        mutating func note<Value: Equatable>(
            _ field: Field, _ old: Value, _ new: Value, _ before: String? = nil,
            _ after: String? = nil
        ) {
            guard old != new, !found.contains(where: { $0.field == field }) else { return }
            // What is said alike says nothing: then the difference is finer than the words.
            let isTold = before != after
            found.append(
                FieldChange(
                    field: field, before: isTold ? before : nil, after: isTold ? after : nil))
        }

        /// What was found; `other` when the whole differs and no part was seen to.
        func list<Value: Equatable>(unlessEqual old: Value, _ new: Value) -> [FieldChange] {
            if !found.isEmpty { return found }
            return old == new ? [] : [FieldChange(field: .other, before: nil, after: nil)]
        }
    }

    private struct Texts: Equatable {
        let summary: LocalizedText
        let description: LocalizedRichText
        let sections: [TextSection]
        let keywords: LocalizedText

        init(_ course: Course) {
            summary = course.summary
            description = course.description
            sections = course.sections
            keywords = course.keywords
        }
    }

    private struct OfferingTexts: Equatable {
        let title: LocalizedText
        let description: LocalizedRichText
        let sections: [TextSection]

        init(_ offering: Offering) {
            title = offering.title
            description = offering.description
            sections = offering.sections
        }
    }

    private struct Schedule: Equatable {
        let sessions: [Session]
        let dayParts: Set<DayPart>
        let hours: FixedDecimal?
        let duration: CourseDuration?

        init(_ offering: Offering) {
            sessions = offering.sessions
            dayParts = offering.dayParts
            hours = offering.hoursPerWeek
            duration = offering.duration
        }
    }
}
