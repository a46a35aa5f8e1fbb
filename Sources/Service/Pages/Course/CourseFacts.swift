import Answers
import CourseModel
import SearchIndex

/// What is to be known of a course in short: level, length, price, language and so on.
struct CourseFacts {
    /// One fact.
    struct Fact {
        var label: String
        var value: String
        var note: String?
        /// The page that it is about.
        var href: String?

        /// As templates take it.
        var fields: Fields {
            var fields: Fields = ["label": label, "value": value]
            if let note { fields["note"] = note }
            if let href { fields["href"] = href }
            return fields
        }
    }

    let language: AnswerLanguage

    private var wording: Wording { Wording(language: language) }
    private var filterWords: FilterWording { FilterWording(language: language) }

    private func text(_ text: LocalizedText) -> String? { text.text(in: language.preferences) }

    /// What someone earns; `nil` for nothing, or nothing that has a name.
    private func qualification(_ qualification: Qualification) -> String? {
        if let title = text(qualification.title) {
            // Feeds name these by a code of EDU-DEX, which is a word of English.
            return switch (language, title) {
            case (.nl, "module certificate"): "modulecertificaat"
            case (.nl, "certificate on request"): "certificaat, als je erom vraagt"
            case (.nl, "testimonial"): "getuigschrift"
            default: title
            }
        }
        if let abbreviation = qualification.abbreviation { return abbreviation }
        return switch qualification.kind {
        case .diploma: language(nl: "diploma", en: "diploma")
        case .degree: language(nl: "graad", en: "degree")
        case .certificate: language(nl: "certificaat", en: "certificate")
        case .attendance: language(nl: "bewijs van deelname", en: "certificate of participation")
        case .none, .other: nil
        }
    }

    /// The facts that are known of a course and those of its offerings that can be taken up.
    func list(_ course: Course, _ offerings: [Offering]) -> [Fact] {
        var facts: [Fact] = []
        func add(_ label: String, _ value: String?, note: String? = nil) {
            guard let value, !value.isEmpty else { return }
            facts.append(Fact(label: label, value: value, note: note))
        }
        let level = LevelCode(course.level)
        if course.level != nil {
            add(
                language(nl: "Niveau", en: "Level"),
                wording.level(level, stated: course.level?.nationalName),
                note: levelNote(course, level))
        }
        add(language(nl: "Duur", en: "Duration"), course.duration.map(duration))
        if let hours = course.studyLoad.hours {
            add(
                language(nl: "Studielast", en: "Study load"),
                language(nl: "\(number(hours)) uur", en: "\(number(hours)) hours"))
        } else if let hours = course.studyLoad.hoursPerWeek {
            add(
                language(nl: "Studielast", en: "Study load"),
                language(nl: "\(number(hours)) uur per week", en: "\(number(hours)) hours a week"))
        }
        add(language(nl: "Prijs", en: "Price"), priceRange(offerings))
        add(
            language(nl: "Manier", en: "Form"),
            DeliveryMode.allCases.filter { course.modes.contains($0) }.map(wording.mode)
                .joined(separator: ", "))
        add(
            language(nl: "Taal", en: "Language"),
            course.languages.map { filterWords.name($0.language) }.joined(separator: ", "))
        add(
            language(nl: "Je krijgt", en: "You earn"),
            course.qualifications.compactMap(qualification).joined(separator: ", "))
        add(
            language(nl: "Voor", en: "For"),
            Audience.allCases.filter { course.audiences.contains($0) }
                .map(filterWords.audience).joined(separator: ", "))
        add(
            language(nl: "Vooraf nodig", en: "Needed before"),
            course.requiredLevels.compactMap { $0.nationalName }.joined(separator: ", "))
        return facts
    }

    private func levelNote(_ course: Course, _ level: LevelCode) -> String? {
        guard level.eqf != nil, let level = course.level else { return nil }
        if level.basis == .derived {
            return language(
                nl: "door ons afgeleid uit “\(level.nationalName ?? "")”",
                en: "derived by us from “\(level.nationalName ?? "")”")
        }
        return level.nationalName
    }

    /// A number with no more places than it has.
    func number(_ value: FixedDecimal) -> String {
        let parts = value.description.split(separator: ".")
        let places = parts.count > 1 ? String(parts[1]).trimmingZeros : ""
        return parts[0] + (places.isEmpty ? "" : language(nl: ",", en: ".") + places)
    }

    private func duration(_ duration: CourseDuration) -> String {
        let one = duration.value == FixedDecimal(1)
        let unit =
            switch duration.unit {
            case .hour: language(nl: "uur", en: one ? "hour" : "hours")
            case .day: language(nl: one ? "dag" : "dagen", en: one ? "day" : "days")
            case .week: language(nl: one ? "week" : "weken", en: one ? "week" : "weeks")
            case .month: language(nl: one ? "maand" : "maanden", en: one ? "month" : "months")
            case .year: language(nl: "jaar", en: one ? "year" : "years")
            }
        return number(duration.value) + " " + unit
    }

    private func priceRange(_ offerings: [Offering]) -> String? {
        let prices = offerings.compactMap(\.price)
        guard let first = prices.first else { return nil }
        let same = prices.filter { $0.total.currency == first.total.currency }
        guard let least = same.min(by: { $0.total.amount < $1.total.amount }),
            let most = same.max(by: { $0.total.amount < $1.total.amount })
        else { return nil }
        let text = wording.price(least.total, includesVAT: least.includesVAT)
        guard least.total != most.total else { return text }
        return text + language(nl: " tot ", en: " to ")
            + wording.price(most.total, includesVAT: most.includesVAT)
    }
}

extension String {
    /// Without zeros at its end.
    fileprivate var trimmingZeros: String {
        String(reversed().drop { $0 == "0" }.reversed())
    }
}
