import Answers
import CourseModel
import Matching
import SearchIndex

/// How filters and their values are said on pages.
struct FilterWording {
    let language: AnswerLanguage

    private var wording: Wording { Wording(language: language) }

    /// The value of a facet, as its link says it.
    func label(_ kind: FacetKind, _ value: FacetValue) -> String {
        switch kind {
        case .kind: CourseKind(rawValue: value.value).map(wording.kind) ?? value.label
        case .mode: DeliveryMode(rawValue: value.value).map(wording.mode) ?? value.label
        case .level: level(value.value)
        case .language: LanguageTag(value.value).map(name) ?? value.label
        case .audience: Audience(rawValue: value.value).map(audience) ?? value.label
        default: value.label
        }
    }

    /// A level as filters write it.
    func level(_ text: String) -> String {
        text == "unknown" ? language(nl: "niveau onbekend", en: "level not known") : "NLQF \(text)"
    }

    /// For whom something is.
    func audience(_ audience: Audience) -> String {
        switch audience {
        case .pupil: language(nl: "scholieren", en: "pupils")
        case .student: language(nl: "studenten", en: "students")
        case .worker: language(nl: "werkenden", en: "workers")
        case .jobSeeker: language(nl: "werkzoekenden", en: "job seekers")
        case .team: language(nl: "teams en bedrijven", en: "teams and employers")
        }
    }

    /// What a language is called.
    func name(_ tag: LanguageTag) -> String {
        switch tag.description {
        case "nl": language(nl: "Nederlands", en: "Dutch")
        case "en": language(nl: "Engels", en: "English")
        case "de": language(nl: "Duits", en: "German")
        case "fr": language(nl: "Frans", en: "French")
        case "fy": language(nl: "Fries", en: "Frisian")
        default: tag.description
        }
    }

    /// A month as `2027-02` says it.
    func month(_ text: String) -> String? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 2, let day = CalendarDate(year: parts[0], month: parts[1], day: 1)
        else { return nil }
        return String(wording.date(day).drop { $0 != " " }.dropFirst())
    }

    /// A filter that is in force, as its chip says it; `nil` for what belongs to another one.
    func chip(_ name: String, _ value: String, _ understood: UnderstoodFilters) -> String? {
        func concept() -> String {
            understood.concepts.first { $0.text == value }?.label ?? value
        }
        switch name {
        case "near":
            let place = understood.place?.label ?? value
            guard let reach = understood.reach else {
                return language(nl: "bij \(place)", en: "near \(place)")
            }
            let text = ReachText.text(reach, language)
            return language(nl: "\(text) van \(place)", en: "\(text) of \(place)")
        case "region": return understood.region?.label ?? value
        case "area": return language(nl: "getekend gebied", en: "area drawn on a map")
        case "level": return level(value)
        case "kind": return CourseKind(rawValue: value).map(wording.kind) ?? value
        case "mode": return DeliveryMode(rawValue: value).map(wording.mode) ?? value
        case "language": return LanguageTag(value).map(self.name) ?? value
        case "audience":
            return Audience(rawValue: value).map {
                language(nl: "voor \(audience($0))", en: "for \(audience($0))")
            } ?? value
        case "skill":
            return language(nl: "je leert: \(concept())", en: "you learn: \(concept())")
        case "occupation":
            return language(nl: "voor het beroep \(concept())", en: "for the job \(concept())")
        case "subject": return language(nl: "onderwerp \(value)", en: "subject \(value)")
        case "max-price": return language(nl: "hoogstens € \(value)", en: "at most €\(value)")
        case "start-after":
            return understood.query.startAfter.map {
                language(nl: "vanaf \(wording.date($0))", en: "from \(wording.date($0))")
            }
        case "start-before":
            return understood.query.startBefore.map {
                language(nl: "uiterlijk \(wording.date($0))", en: "by \(wording.date($0))")
            }
        case "evenings": return language(nl: "’s avonds", en: "evenings")
        case "weekends": return language(nl: "in het weekend", en: "weekends")
        case "max-weeks":
            return language(nl: "hoogstens \(value) weken", en: "at most \(value) weeks")
        case "open-only": return language(nl: "nog plek", en: "open for enrolment")
        case "all": return language(nl: "ook vol of voorbij", en: "also full or past")
        case "provider", "partner": return value
        default: return nil
        }
    }

    /// What to do to leave a condition out; `nil` for what cannot be left out by a link.
    func relaxation(_ condition: Condition) -> (names: [String], label: String)? {
        switch condition {
        case .word(let word):
            (["q"], language(nl: "Zonder “\(word)”", en: "Without “\(word)”"))
        case .near: (["within"], language(nl: "Ook verder weg", en: "Also farther away"))
        case .region: (["region"], language(nl: "In elke regio", en: "In any region"))
        case .area: (["area"], language(nl: "Ook buiten het gebied", en: "Also outside the area"))
        case .level: (["level"], language(nl: "Op elk niveau", en: "At any level"))
        case .kind: (["kind"], language(nl: "Alle soorten", en: "Of any kind"))
        case .mode: (["mode"], language(nl: "Op elke manier", en: "In any form"))
        case .language: (["language"], language(nl: "In elke taal", en: "In any language"))
        case .audience: (["audience"], language(nl: "Voor iedereen", en: "For anyone"))
        case .provider: (["provider"], language(nl: "Van elke aanbieder", en: "By any provider"))
        case .partner: (["partner"], language(nl: "Van elke partner", en: "From any partner"))
        case .skill:
            (["skill"], language(nl: "Zonder die vaardigheid", en: "Without that skill"))
        case .occupation:
            (["occupation"], language(nl: "Zonder dat beroep", en: "Without that job"))
        case .subject: (["subject"], language(nl: "Over elk onderwerp", en: "On any subject"))
        case .price: (["max-price"], language(nl: "Ook duurder", en: "Also dearer"))
        case .start:
            (
                ["start-after", "start-before"],
                language(nl: "Op elk moment", en: "At any time")
            )
        case .dayPart:
            (
                ["evenings", "weekends"],
                language(nl: "Ook overdag en doordeweeks", en: "Also in the daytime, on weekdays")
            )
        case .weeks: (["max-weeks"], language(nl: "Ook langer", en: "Also longer"))
        case .open:
            (["open-only"], language(nl: "Ook waar het niet zeker is", en: "Also where not sure"))
        case .past, .full, .cancelled:
            ([], language(nl: "Ook vol of voorbij", en: "Also full or past"))
        case .funding: nil
        }
    }
}
