import CourseModel
import Places

/// A language that matches are explained in.
public enum ReasonLanguage: String, Hashable, Sendable, CaseIterable {
    /// Dutch.
    case dutch = "nl"
    /// English.
    case english = "en"

    /// The language to explain in to someone who prefers a language: Dutch, unless it is not.
    public init(_ tag: LanguageTag?) { self = tag == nil || tag == .dutch ? .dutch : .english }

    /// The text of one of the two.
    func pick(_ dutch: @autoclosure () -> String, _ english: @autoclosure () -> String) -> String {
        self == .dutch ? dutch() : english()
    }
}

/// Numbers, dates and lists as people write them.
public struct PlainWords: Sendable {
    let language: ReasonLanguage

    /// The words of a language.
    public init(language: ReasonLanguage) { self.language = language }

    private static let dutchMonths = [
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
        "oktober", "november", "december",
    ]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
    private static let dutchDays = [
        "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
    ]

    /// `12 januari 2027`, `12 January 2027`.
    func date(_ date: CalendarDate) -> String {
        let (year, month, day) = date.parts
        let months = language == .dutch ? Self.dutchMonths : Self.englishMonths
        return "\(day) \(months[month - 1]) \(year)"
    }

    /// `€ 1.495`, `€ 495,50`; `€1,495`, `€495.50`.
    func euro(cents: Int) -> String {
        let whole = grouped(cents / 100)
        let rest = cents % 100
        let places =
            rest == 0 ? "" : language.pick(",", ".") + (rest < 10 ? "0" : "") + "\(rest)"
        return language.pick("€ ", "€") + whole + places
    }

    /// `4,2`, `4.2`; without a place when it is whole.
    func tenths(_ tenths: Int) -> String {
        tenths % 10 == 0
            ? grouped(tenths / 10)
            : grouped(tenths / 10) + language.pick(",", ".") + "\(abs(tenths) % 10)"
    }

    /// `1.495`, `1,495`.
    public func grouped(_ number: Int) -> String {
        let digits = Array(String(abs(number)))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += language.pick(".", ",") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    /// `a`, `a en b`, `a, b en c`.
    public func list(_ items: [String]) -> String {
        joined(items, by: language.pick(" en ", " and "))
    }

    /// `a`, `a of b`, `a, b of c`.
    public func choice(_ items: [String]) -> String {
        joined(items, by: language.pick(" of ", " or "))
    }

    private func joined(_ items: [String], by last: String) -> String {
        guard items.count > 1, let end = items.last else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + last + end
    }

    /// `1 dag`, `3 dagen`, `2 weken`, `ruim 3 weken`, `bijna 4 maanden`.
    ///
    /// In the largest unit that does not mislead: what is more or less than it says tells so, since
    /// someone may move a date by as much.
    func stretch(days: Int) -> String {
        let days = abs(days)
        if days < 14, days != 7 {
            return language.pick(
                days == 1 ? "1 dag" : "\(days) dagen", days == 1 ? "1 day" : "\(days) days")
        }
        if days < 91 {
            return counted(days / 7, rest: days % 7, of: 7) {
                language.pick($0 == 1 ? "week" : "weken", $0 == 1 ? "week" : "weeks")
            }
        }
        let months = days * 12 / 365
        return counted(months, rest: days - months * 365 / 12, of: 30) { _ in
            language.pick("maanden", "months")
        }
    }

    /// So many units and a rest in days: `ruim 3 weken`.
    private func counted(
        _ count: Int, rest: Int, of length: Int, _ unit: (Int) -> String
    ) -> String {
        if rest == 0 { return "\(count) \(unit(count))" }
        if 2 * rest <= length {
            return language.pick("ruim ", "over ") + "\(count) \(unit(count))"
        }
        return language.pick("bijna ", "almost ") + "\(count + 1) \(unit(count + 1))"
    }

    /// `dinsdagavond`, `woensdagmiddag en vrijdag`, `maandag tot en met donderdag overdag`.
    func slots(_ slots: WeekSlots) -> String {
        // Days one after the other with the same parts are told together when there are more than
        // two.
        var groups: [(days: ClosedRange<Int>, parts: UInt32)] = []
        for day in 0..<7 {
            let parts = slots.rawValue >> UInt32(3 * day) & 0b111
            guard parts != 0 else { continue }
            if let last = groups.last, last.parts == parts, last.days.upperBound == day - 1 {
                groups[groups.count - 1].days = last.days.lowerBound...day
            } else {
                groups.append((day...day, parts))
            }
        }
        return list(
            groups.flatMap { group in
                group.days.count > 2
                    ? [
                        stretch(group.days, ofWholeDays: group.parts == 0b111)
                            + partsOfDays(group.parts)
                    ]
                    : group.days.map { day($0, group.parts) }
            })
    }

    private func dayName(_ day: Int) -> String {
        let english = Weekday.allCases[day].rawValue
        return language.pick(
            Self.dutchDays[day], english.prefix(1).uppercased() + english.dropFirst())
    }

    private func stretch(_ days: ClosedRange<Int>, ofWholeDays: Bool) -> String {
        if days == 0...4 {
            return language.pick("doordeweeks", ofWholeDays ? "weekdays" : "weekday")
        }
        if days == 0...6 { return language.pick("alle dagen", "every day") }
        return language.pick(
            "\(dayName(days.lowerBound)) tot en met \(dayName(days.upperBound))",
            "\(dayName(days.lowerBound)) to \(dayName(days.upperBound))")
    }

    private func day(_ day: Int, _ parts: UInt32) -> String {
        for part in WeekSlots.Part.allCases where parts == 1 << UInt32(part.rawValue) {
            return language.pick(
                dayName(day) + Self.dutch(part), dayName(day) + " " + Self.english(part))
        }
        return dayName(day) + partsOfDays(parts)
    }

    private func partsOfDays(_ parts: UInt32) -> String {
        switch parts {
        case 0b111: ""
        case 0b011: language.pick(" overdag", " daytime")
        case 0b110: language.pick(" 's middags en 's avonds", " afternoon and evening")
        case 0b101: language.pick(" 's ochtends en 's avonds", " morning and evening")
        case 0b001: language.pick(" 's ochtends", " mornings")
        case 0b010: language.pick(" 's middags", " afternoons")
        default: language.pick(" 's avonds", " evenings")
        }
    }

    private static func dutch(_ part: WeekSlots.Part) -> String {
        switch part {
        case .morning: "ochtend"
        case .afternoon: "middag"
        case .evening: "avond"
        }
    }

    private static func english(_ part: WeekSlots.Part) -> String {
        switch part {
        case .morning: "morning"
        case .afternoon: "afternoon"
        case .evening: "evening"
        }
    }

    /// `'s avonds`, `in the evening`.
    func dayParts(_ parts: [DayPart]) -> String {
        list(
            parts.map {
                switch $0 {
                case .morning: language.pick("'s ochtends", "in the morning")
                case .afternoon: language.pick("'s middags", "in the afternoon")
                case .daytime: language.pick("overdag", "in working hours")
                case .evening: language.pick("'s avonds", "in the evening")
                case .night: language.pick("'s nachts", "at night")
                case .weekend: language.pick("in het weekend", "at the weekend")
                }
            })
    }

    /// How it is taught: `online`, `klassikaal`.
    public func mode(_ mode: DeliveryMode) -> String {
        switch mode {
        case .classroom: language.pick("klassikaal", "classroom")
        case .blended: language.pick("deels online", "blended")
        case .online: "online"
        case .distance: language.pick("zelfstudie", "distance")
        case .workplace: language.pick("op de werkplek", "at the workplace")
        }
    }

    /// `Nederlands`, `Dutch`; a code for languages that we do not name.
    func name(of tag: LanguageTag) -> String {
        switch tag.code {
        case "nl": language.pick("Nederlands", "Dutch")
        case "en": language.pick("Engels", "English")
        case "de": language.pick("Duits", "German")
        case "fr": language.pick("Frans", "French")
        case "es": language.pick("Spaans", "Spanish")
        case "fy": language.pick("Fries", "Frisian")
        default: tag.code
        }
    }

    /// The sort of learning: `cursus`, `course`.
    public func kind(_ kind: CourseKind) -> String {
        switch kind {
        case .course: language.pick("cursus", "course")
        case .module: "module"
        case .certificate: language.pick("certificaat", "certificate")
        case .diplomaProgramme: language.pick("diploma-opleiding", "diploma programme")
        case .apprenticeshipPlace: language.pick("leerwerkplek", "apprenticeship place")
        case .internship: language.pick("stage", "internship")
        case .project: "project"
        case .event: language.pick("bijeenkomst", "event")
        }
    }

    /// `leerlingen`, `pupils`.
    func audience(_ audience: Audience) -> String {
        switch audience {
        case .pupil: language.pick("leerlingen", "pupils")
        case .student: language.pick("studenten", "students")
        case .worker: language.pick("werkenden", "people in work")
        case .jobSeeker: language.pick("werkzoekenden", "job seekers")
        case .team: language.pick("teams", "teams")
        }
    }

    /// `je werkgever`, `SLIM`.
    func scheme(_ scheme: FundingScheme) -> String {
        switch scheme.name {
        case "employer": language.pick("je werkgever", "your employer")
        case "sector-fund": language.pick("het fonds van je sector", "your sector's fund")
        case "slim": language.pick("de SLIM-regeling", "the SLIM scheme")
        case "stap": "STAP"
        case "government": language.pick("de overheid", "the government")
        case "bbl": language.pick("een leerbaan (bbl)", "an apprenticeship (bbl)")
        case "own": language.pick("jezelf", "yourself")
        default: scheme.name
        }
    }

    /// `van je werk in Bunnik`, `from your work in Bunnik`.
    func origin(_ role: LifePlace.Role, _ place: String) -> String {
        switch role {
        case .home: language.pick("van huis in \(place)", "from home in \(place)")
        case .work: language.pick("van je werk in \(place)", "from your work in \(place)")
        case .futureWork:
            language.pick(
                "van je toekomstige werk in \(place)", "from your future work in \(place)")
        }
    }

    /// `vlak bij je werk in Bunnik`, `close to your work in Bunnik`.
    func closeBy(_ role: LifePlace.Role, _ place: String) -> String {
        switch role {
        case .home: language.pick("vlak bij huis in \(place)", "close to home in \(place)")
        case .work:
            language.pick("vlak bij je werk in \(place)", "close to your work in \(place)")
        case .futureWork:
            language.pick(
                "vlak bij je toekomstige werk in \(place)",
                "close to your future work in \(place)")
        }
    }

    /// `op de fiets`, `by bike`.
    func way(_ mode: TravelMode) -> String {
        switch mode {
        case .foot: language.pick("te voet", "on foot")
        case .bike: language.pick("op de fiets", "by bike")
        case .transit: language.pick("met het ov", "by public transport")
        case .car: language.pick("met de auto", "by car")
        }
    }

    /// `22 minuten fietsen`, `22 minutes by bike`.
    func travel(minutes: Int, _ mode: TravelMode) -> String {
        let time = language.pick(
            minutes == 1 ? "1 minuut" : "\(minutes) minuten",
            minutes == 1 ? "1 minute" : "\(minutes) minutes")
        return switch mode {
        case .foot: time + language.pick(" lopen", " on foot")
        case .bike: time + language.pick(" fietsen", " by bike")
        case .transit: time + language.pick(" met het ov", " by public transport")
        case .car: time + language.pick(" rijden", " by car")
        }
    }
}
