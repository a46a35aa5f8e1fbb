import CourseModel

/// LOQ's code lists and what they mean in the model.
enum LOQCodes {
    static let language = "http://publications.europa.eu/resource/authority/language/"
    static let country = "http://publications.europa.eu/resource/authority/country/"
    static let currency = "http://publications.europa.eu/resource/authority/currency/"
    static let isced = "http://data.europa.eu/snb/isced-f/"
    static let eqf = "http://data.europa.eu/snb/eqf/"
    static let qdr = "http://data.europa.eu/snb/qdr/"
    static let mode = "http://data.europa.eu/snb/learning-assessment/"
    static let opportunity = "http://data.europa.eu/snb/learning-opportunity/"
    static let schedule = "http://data.europa.eu/snb/learning-schedule/"
    static let credit = "http://data.europa.eu/snb/education-credit/"
    static let target = "http://data.europa.eu/snb/target-group/"

    /// “Field unknown” of ISCED-F 2013.
    static let unknownField = "9999"
    /// The authority table's entry for a country that is not known.
    static let unknownCountry = "OP_DATPRO"

    /// The part of a URI behind its last slash or hash.
    static func tail(_ uri: String) -> String {
        uri.split(whereSeparator: { $0 == "/" || $0 == "#" }).last.map(String.init) ?? uri
    }

    static let modes: [String: DeliveryMode] = [
        "729f3bed4b": .workplace, "9191af2ed9": .classroom, "920fbb3cbe": .online,
        "e92d221e4d": .blended,
    ]

    /// Modes that say how one learns but not how teaching arrives.
    static let otherModes: Set<String> = ["7813801c77", "ed4c557045"]

    static let writtenModes: [(DeliveryMode, String)] = [
        (.classroom, "9191af2ed9"), (.blended, "e92d221e4d"), (.online, "920fbb3cbe"),
        (.workplace, "729f3bed4b"),
    ]

    static let kinds: [String: CourseKind] = [
        "05053c1cbe": .course, "0f7dac46ca": .module, "11252a5207": .course, "17744a2647": .course,
        "63f9f6180c": .apprenticeshipPlace, "65a4cf5de2": .event, "74a4a268e8": .course,
        "77b99de990": .internship, "79343569f3": .diplomaProgramme, "7e1ac538db": .course,
        "8b965da2d4": .project, "b2434ca358": .project,
    ]

    /// The type of learning opportunity of each kind of course; none of the list is an event or a
    /// project.
    static func type(_ kind: CourseKind) -> String? {
        switch kind {
        case .course: "05053c1cbe"
        case .module: "0f7dac46ca"
        case .certificate: "74a4a268e8"
        case .diplomaProgramme: "79343569f3"
        case .apprenticeshipPlace: "63f9f6180c"
        case .internship: "77b99de990"
        case .project, .event: nil
        }
    }

    static let schedules: [String: StudyMode] = [
        "67395e6b5a": .partTime, "72a0ab92fa": .fullTime, "f230bae523": .partTime,
    ]
    static let fullTime = "72a0ab92fa"

    static let credits = ["60b314e826": "ECVET", "6fcec5c5af": "ECTS"]
    static let ects = "6fcec5c5af"
    static let ecvet = "60b314e826"

    static let audiences: [String: Audience] = [
        "05f11c859b": .jobSeeker, "1599531db0": .student, "46806e0244": .pupil,
        "5b1417fd15": .pupil, "5e56931138": .worker, "acb7f20f25": .student,
        "b0bf4f9fe9": .student, "cbedf28444": .worker, "d45b47b458": .worker,
    ]

    /// Levels of the Dutch framework in the Qualifications Dataset Register.
    static let nlqf: [String: NLQFLevel] = [
        "c_3e11a3fd": .one, "c_c749fa23": .two, "c_f97cdbb5": .three, "c_ff656b33": .four,
        "c_c2700f4e": .fourPlus, "c_18c9e9fe": .five, "c_1711a061": .six, "c_478359fc": .seven,
        "c_2835a50f": .eight,
    ]

    static func register(_ level: NLQFLevel) -> String {
        nlqf.first { $0.value == level }.map { qdr + $0.key } ?? eqf + String(level.eqf)
    }
}

/// Durations of XML Schema, which knows no weeks and fractions of seconds only.
enum LOQDuration {
    /// Hours of work as `PT12H30M`.
    static func text(hours: FixedDecimal) -> String? {
        // A ten-thousandth of an hour is 0.36 seconds.
        let (hundredths, overflow) = hours.scaled.multipliedReportingOverflow(by: 36)
        guard !overflow, hundredths > 0 else { return nil }
        let seconds = hundredths / 100
        var text = "PT"
        if seconds >= 3_600 { text += "\(seconds / 3_600)H" }
        if seconds % 3_600 >= 60 { text += "\(seconds % 3_600 / 60)M" }
        let rest = FixedDecimal(scaled: hundredths % 6_000 * 100)
        if rest > .zero { text += rest.text(minimumPlaces: 0) + "S" }
        return text
    }

    /// The hours of a duration in hours, minutes and seconds; `nil` for one in days or longer,
    /// which says nothing of hours of work.
    static func hours(_ text: String) -> FixedDecimal? {
        guard text.hasPrefix("PT") else { return nil }
        var hundredths: Int64 = 0
        var digits = ""
        for character in text.dropFirst(2) {
            if character.isNumber || character == "." {
                digits.append(character)
                continue
            }
            guard let value = FixedDecimal(digits) else { return nil }
            digits = ""
            let factor: Int64
            switch character {
            case "H": factor = 3_600
            case "M": factor = 60
            case "S": factor = 1
            default: return nil
            }
            let (product, overflow) = value.scaled.multipliedReportingOverflow(by: factor)
            guard !overflow else { return nil }
            hundredths += product / 100
        }
        guard digits.isEmpty, hundredths > 0 else { return nil }
        return FixedDecimal(scaled: (hundredths + 18) / 36)
    }

    /// A duration that can be written, in the units that XML Schema knows; `nil` when there is none.
    static func reduced(_ duration: CourseDuration) -> CourseDuration? {
        var value = duration.value
        var unit = duration.unit
        if unit == .week {
            guard let days = value.multiplied(by: 7) else { return nil }
            (value, unit) = (days, .day)
        }
        if unit == .year, value.scaled % 10_000 != 0 {
            guard let months = value.multiplied(by: 12) else { return nil }
            (value, unit) = (months, .month)
        }
        guard value.scaled % 10_000 == 0 else { return nil }
        return CourseDuration(value, unit)
    }

    static func text(_ duration: CourseDuration) -> String? {
        guard let duration = reduced(duration) else { return nil }
        let value = duration.value.text(minimumPlaces: 0)
        switch duration.unit {
        case .hour: return "PT\(value)H"
        case .day, .week: return "P\(value)D"
        case .month: return "P\(value)M"
        case .year: return "P\(value)Y"
        }
    }
}

/// Study modes and parts of the day in `scheduleInformation`: `part-time, evening`.
enum LOQSchedule {
    static func text(_ study: Set<StudyMode>, _ parts: Set<DayPart>) -> String? {
        let words =
            StudyMode.allCases.filter { study.contains($0) }.map(\.rawValue)
            + DayPart.allCases.filter { parts.contains($0) }.map(\.rawValue)
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    /// What the words say; `nil` when they are others than ours.
    static func read(_ text: String) -> (study: Set<StudyMode>, parts: Set<DayPart>)? {
        var study: Set<StudyMode> = []
        var parts: Set<DayPart> = []
        for word in text.split(separator: ",").map({ String($0.trimmingSpaces()) }) {
            if let mode = StudyMode(rawValue: word) {
                study.insert(mode)
            } else if let part = DayPart(rawValue: word) {
                parts.insert(part)
            } else {
                return nil
            }
        }
        return study.isEmpty && parts.isEmpty ? nil : (study, parts)
    }
}
