import CourseModel
import Settings

/// The words that a profile may use, and what people write by mistake instead.
enum FieldWords {
    // MARK: Closed lists and their Dutch words

    static let audiences: [String: Audience] = [
        "leerling": .pupil, "scholier": .pupil, "student": .student, "werknemer": .worker,
        "werkende": .worker, "employee": .worker, "werkzoekende": .jobSeeker,
        "jobseeker": .jobSeeker, "job seeker": .jobSeeker, "unemployed": .jobSeeker,
        "ploeg": .team, "werkgever": .team, "employer": .team,
    ]
    static let employments: [String: Employment] = [
        "in loondienst": .employed, "loondienst": .employed, "werknemer": .employed,
        "zzp": .selfEmployed, "zelfstandig": .selfEmployed, "freelance": .selfEmployed,
        "werkloos": .unemployed, "werkzoekend": .unemployed,
    ]
    static let modes: [String: DeliveryMode] = [
        "klassikaal": .classroom, "on-site": .classroom, "onsite": .classroom,
        "op locatie": .classroom, "gemengd": .blended, "hybrid": .blended,
        "e-learning": .online, "afstand": .distance, "zelfstudie": .distance,
        "werkplek": .workplace, "op de werkplek": .workplace,
    ]
    static let kinds: [String: CourseKind] = [
        "cursus": .course, "training": .course, "certificaat": .certificate,
        "opleiding": .diplomaProgramme, "diploma": .diplomaProgramme,
        "programme": .diplomaProgramme, "leerbaan": .apprenticeshipPlace,
        "bbl": .apprenticeshipPlace, "apprenticeship": .apprenticeshipPlace,
        "stage": .internship, "evenement": .event, "webinar": .event,
    ]
    static let musts: [String: Profile.Must] = [
        "reistijd": .travel, "distance": .travel, "within": .travel, "price": .budget,
        "money": .budget, "cost": .budget, "prijs": .budget, "niveau": .level, "date": .start,
        "hours": .time, "free": .time, "tijd": .time, "taal": .language, "languages": .language,
        "modes": .mode, "kinds": .kind,
        "needs": .accessibility, "toegankelijkheid": .accessibility, "opvang": .childcare,
        "kinderopvang": .childcare, "travel-between": .commute, "reis": .commute,
    ]
    static let accessibility: [String: Accessibility] = [
        "rolstoel": .wheelchair, "rolstoeltoegankelijk": .wheelchair, "ringleiding": .hearingLoop,
        "hearing": .hearingLoop, "gebarentaal": .signLanguage, "gebarentolk": .signLanguage,
        "slechtziend": .sight, "blind": .sight, "braille": .sight, "prikkelarm": .quiet,
        "rustig": .quiet, "taal": .plainLanguage, "eenvoudige taal": .plainLanguage,
        "eenvoudig nederlands": .plainLanguage,
    ]
    static let languages = [
        "dutch": "nl", "nederlands": "nl", "english": "en", "engels": "en", "german": "de",
        "duits": "de", "french": "fr", "frans": "fr",
    ]
    /// Ways to pay that a learner may name; schemes that end leave this list with the law.
    static let fundingSchemes = [
        "employer", "sector-fund", "slim", "own", "stap", "government", "bbl", "leerrijk",
    ]

    // MARK: Levels

    /// `3`, `4+`, `nlqf 3`, `eqf 3`, and the Dutch names whose NLQF level is fixed.
    static func level(_ text: String) -> NLQFLevel? {
        var words = text.lowercased().split { $0 == " " || $0 == "-" }.map(String.init)
        if let first = words.first, ["nlqf", "eqf", "niveau", "level"].contains(first) {
            words.removeFirst()
        }
        let name = words.filter { $0 != "niveau" }.joined(separator: " ")
        if let level = NLQFLevel(rawValue: name) { return level }
        return switch name {
        case "mbo 1", "mbo1": .one
        case "mbo 2", "mbo2", "vmbo": .two
        case "mbo 3", "mbo3": .three
        case "mbo 4", "mbo4", "havo": .four
        case "vwo": .fourPlus
        case "ad", "associate degree": .five
        case "hbo", "bachelor", "wo bachelor": .six
        case "wo", "master", "hbo master", "wo master": .seven
        case "phd", "doctor", "doctoraat": .eight
        default: nil
        }
    }

    // MARK: Dates

    enum DateReading {
        case date(CalendarDate)
        case fault(FaultText)
    }

    /// A day as `2027-01-31`, `today`, or so long after today: `+3 months`.
    static func date(_ text: String, today: CalendarDate) -> DateReading {
        let trimmed = text.trimmingSpaces().lowercased()
        if ["today", "vandaag", "now", "nu"].contains(trimmed) { return .date(today) }
        if trimmed.utf8.count == 10, let date = CalendarDate(iso: trimmed) { return .date(date) }
        if trimmed.hasPrefix("+") { return relative(trimmed, text, today) }
        let numbers = trimmed.split { $0 == "-" || $0 == "/" || $0 == "." }.map { Int($0) }
        if numbers.count == 3, let a = numbers[0], let b = numbers[1], let c = numbers[2] {
            if a < 100, c > 999, let date = CalendarDate(year: c, month: b, day: a) {
                return .fault(
                    FaultText(
                        nl: "“\(text)” is niet geschreven als jaar-maand-dag",
                        en: "“\(text)” is not written as year-month-day")
                        + .didYouMean("\(date)"))
            }
            if a > 999 {
                return .fault(
                    FaultText(
                        nl: "“\(text)” is een dag die niet bestaat",
                        en: "“\(text)” is a day that does not exist"))
            }
        }
        return .fault(
            FaultText(
                nl: "“\(text)” is geen datum; schrijf \"2027-01-31\", \"vandaag\" of "
                    + "\"+3 maanden\"",
                en: "“\(text)” is not a date; write \"2027-01-31\", \"today\" or "
                    + "\"+3 months\""))
    }

    private static func relative(
        _ trimmed: String, _ text: String, _ today: CalendarDate
    ) -> DateReading {
        let rest = trimmed.dropFirst().trimmingSpaces()
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let unit = rest.dropFirst(digits.count).trimmingSpaces()
        guard let count = Int(digits), count <= 10_000 else {
            return .fault(
                FaultText(
                    nl: "“\(text)” is geen tijdsduur; schrijf \"+3 maanden\" of \"+10 dagen\"",
                    en: "“\(text)” is not a stretch of time; write \"+3 months\" or "
                        + "\"+10 days\""))
        }
        switch unit {
        case "d", "day", "days", "dag", "dagen": return .date(today.adding(days: count))
        case "w", "week", "weeks", "weken": return .date(today.adding(days: 7 * count))
        case "m", "month", "months", "maand", "maanden": return .date(today.adding(months: count))
        case "y", "year", "years", "jaar", "jaren": return .date(today.adding(months: 12 * count))
        default:
            return .fault(
                FaultText(
                    nl: "“\(text)” heeft geen eenheid die we kennen; schrijf dagen, weken, maanden "
                        + "of jaren",
                    en: "“\(text)” has no unit that is known; write days, weeks, months or years"))
        }
    }

    // MARK: Reach

    enum ReachReading {
        case reach(ProfilePlace.Within)
        case fault(FaultText)
    }

    /// A distance (`20km`, `1,5 km`, `800 m`) or a time (`45min`, `1 uur`).
    static func reach(_ text: String) -> ReachReading {
        let trimmed = text.lowercased().trimmingSpaces()
        let digits = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
        let unit = trimmed.dropFirst(digits.count).trimmingSpaces()
        let advice = FaultText(
            nl: "; schrijf kilometers of minuten, zoals \"20km\" of \"45min\"",
            en: "; write kilometres or minutes, such as \"20km\" or \"45min\"")
        guard let value = Double(digits.replacing(",", with: ".")), value.isFinite else {
            return .fault(
                FaultText(
                    nl: "“\(text)” is geen afstand en geen tijd",
                    en: "“\(text)” is neither a distance nor a time") + advice)
        }
        guard value > 0 else {
            return .fault(
                FaultText(
                    nl: "met “\(text)” kom je nergens; geef een getal boven 0",
                    en: "“\(text)” reaches nothing; give a number above 0"))
        }
        let plain = String(digits)
        switch unit {
        case "km", "kilometer", "kilometers", "kilometre", "kilometres":
            return bounded(text, value * 1000, 2_000_000, "2000km") { .metres($0) }
        case "m", "meter", "meters", "metre", "metres":
            return bounded(text, value, 2_000_000, "2000km") { .metres($0) }
        case "min", "mins", "minute", "minutes", "minuut", "minuten", "'":
            return bounded(text, value, 1440, "1440min") { .minutes($0) }
        case "h", "u", "uur", "hour", "hours":
            return bounded(text, value * 60, 1440, "24h") { .minutes($0) }
        case "mi", "mile", "miles", "mijl", "mijlen":
            let kilometres = Int((value * 1.609344).rounded())
            return .fault(
                FaultText(
                    nl: "“\(text)” is in mijlen; schrijf kilometers",
                    en: "“\(text)” is in miles; write kilometres")
                    + .didYouMean("\(kilometres)km", after: ": "))
        case "":
            return .fault(
                FaultText(
                    nl: "“\(text)” heeft geen eenheid; bedoel je “\(plain)km” of “\(plain)min”?",
                    en: "“\(text)” has no unit; did you mean “\(plain)km” or “\(plain)min”?"))
        default:
            return .fault(
                FaultText(
                    nl: "“\(unit)” is geen eenheid van afstand of tijd",
                    en: "“\(unit)” is not a unit of distance or time") + advice)
        }
    }

    private static func bounded(
        _ text: String, _ value: Double, _ limit: Double, _ shown: String,
        _ make: (Int) -> ProfilePlace.Within
    ) -> ReachReading {
        guard value <= limit else {
            return .fault(
                FaultText(
                    nl: "“\(text)” is meer dan \(shown); geef minder",
                    en: "“\(text)” is more than \(shown); give less"))
        }
        return .reach(make(max(1, Int(value.rounded()))))
    }

    // MARK: Money

    enum AmountReading {
        case amount(Money)
        case fault(FaultText)
    }

    /// An amount and then a currency: `1500 EUR`.
    static func amount(_ text: String) -> AmountReading {
        let trimmed = text.trimmingSpaces()
        let parts = trimmed.split(separator: " ").map(String.init)
        // `1.500` is fifteen hundred to a Dutch reader, and one and a half to a program.
        if parts.count == 2, !isGrouped(parts[0]), let amount = FixedDecimal(parts[0]),
            let currency = Currency(parts[1])
        {
            guard amount >= .zero else {
                return .fault(
                    FaultText(
                        nl: "“\(text)” is minder dan nul; geef 0 of meer",
                        en: "“\(text)” is below zero; give 0 or more"))
            }
            return .amount(Money(amount, currency))
        }
        // What was probably meant: the digits as they are grouped in Dutch, and the currency
        // wherever it stands.
        let marks = trimmed.filter { !$0.isNumber && $0 != "." && $0 != "," && $0 != " " }
        let currency: String? =
            switch marks.lowercased() {
            case "€", "eur", "euro", "euros", "€,-", "€-", "eur-": "EUR"
            case "£", "gbp": "GBP"
            case "$", "usd": "USD"
            case "": nil
            default: nil
            }
        let number = plainNumber(trimmed.filter { $0.isNumber || $0 == "." || $0 == "," })
        switch (number, currency, marks.isEmpty) {
        case (let number?, let currency?, _):
            return .fault(
                FaultText(
                    nl: "“\(text)” is niet geschreven als een bedrag en dan een munt",
                    en: "“\(text)” is not written as an amount and then a currency")
                    + .didYouMean("\(number) \(currency)"))
        case (let number?, nil, true):
            return .fault(
                FaultText(
                    nl: "“\(text)” zegt niet welke munt", en: "“\(text)” has no currency")
                    + .didYouMean("\(number) EUR"))
        default:
            return .fault(
                FaultText(
                    nl: "“\(text)” is geen bedrag; schrijf een bedrag en dan een munt, zoals "
                        + "\"1500 EUR\"",
                    en: "“\(text)” is not an amount of money; write an amount and then a "
                        + "currency, such as \"1500 EUR\""))
        }
    }

    /// Whether a number has a mark with three digits after it.
    private static func isGrouped(_ number: String) -> Bool {
        number.lastIndex { $0 == "." || $0 == "," }
            .map { number[$0...].dropFirst().count == 3 } ?? false
    }

    /// An amount of euro as people type it (`€ 1.500,50`, `1500`) in the form of a profile; what is
    /// no amount stays as it is, to be refused with what to write.
    static func euros(_ text: String) -> String {
        let trimmed = text.trimmingSpaces().filter { $0 != "€" && $0 != " " }
        guard trimmed.allSatisfy({ $0.isNumber || $0 == "." || $0 == "," }),
            let number = plainNumber(trimmed)
        else { return String(text) }
        return number + " EUR"
    }

    /// `1.500,50` and `1,500.50` as `1500.50`; `1.500` as `1500`.
    private static func plainNumber(_ text: String) -> String? {
        guard text.contains(where: \.isNumber) else { return nil }
        let lastMark = text.lastIndex { $0 == "." || $0 == "," }
        guard let lastMark else { return text }
        let places = text[text.index(after: lastMark)...]
        let whole = text[..<lastMark].filter(\.isNumber)
        if places.count == 3 || places.isEmpty { return whole + places }
        return places.count <= 2 ? "\(whole.isEmpty ? "0" : whole).\(places)" : nil
    }

    // MARK: Parts of the week

    private static let days: [(day: Weekday, english: String, dutch: String)] = zip(
        Weekday.allCases,
        ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
    ).map { ($0, $0.rawValue, $1) }

    private static let parts: [(part: WeekSlots.Part, names: [String])] = [
        (.morning, ["morning", "mornings", "ochtend", "ochtenden", "s ochtends"]),
        (.afternoon, ["afternoon", "afternoons", "middag", "middagen"]),
        (.evening, ["evening", "evenings", "avond", "avonden"]),
    ]

    /// `saturday`, `tuesday evening`, `evenings`, `weekend`, `zaterdag`, `dinsdagavond`.
    static func slots(_ text: String) -> WeekSlots? {
        var rest = text.lowercased().trimmingSpaces()[...]
        switch rest {
        case "weekend", "weekends", "weekeinde": return .weekend
        case "weekdays", "weekday", "doordeweeks", "werkdagen": return .weekdays
        default: break
        }
        let day = days.first { rest.hasPrefix($0.english) || rest.hasPrefix($0.dutch) }
        if let day {
            rest = rest.dropFirst(
                rest.hasPrefix(day.english) ? day.english.count : day.dutch.count)
            if rest.first == "s", rest.count == 1 { rest = rest.dropFirst() }
            rest = rest.trimmingSpaces()[...]
        }
        if rest.isEmpty { return day.map { WeekSlots($0.day) } }
        guard let part = parts.first(where: { $0.names.contains(String(rest)) })?.part
        else { return nil }
        return day.map { WeekSlots($0.day, part) } ?? WeekSlots(every: part)
    }

    /// What a text says of the week.
    enum WeekReading {
        /// Parts of it.
        case slots(WeekSlots)
        /// Hours of it.
        case hours([WeeklyHours])
    }

    /// Parts of the week, or hours of a day or of several: `tuesday 18:30-22:00`,
    /// `doordeweeks 8.30-15.00`.
    static func week(_ text: String) -> WeekReading? {
        if let slots = slots(text) { return .slots(slots) }
        let words = text.lowercased().split(whereSeparator: { $0 == " " || $0 == "–" || $0 == "-" })
            .map(String.init)
        guard words.count == 3, let days = slots(words[0]), let from = minutes(words[1]),
            let to = minutes(words[2])
        else { return nil }
        let hours = Weekday.allCases.filter { days.isSuperset(of: WeekSlots($0)) }
            .compactMap { WeeklyHours($0, from: from, to: to) }
        return hours.isEmpty ? nil : .hours(hours)
    }

    /// `18:30`, `8.30`, `18u30`, `9` in minutes since midnight.
    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(
            omittingEmptySubsequences: true, whereSeparator: { $0 == ":" || $0 == "." || $0 == "u" }
        )
        guard (1...2).contains(parts.count), let hour = Int(parts[0]), (0...24).contains(hour),
            parts.count == 1 || parts[1].count == 2,
            let minute = parts.count == 2 ? Int(parts[1]) : 0, (0..<60).contains(minute),
            hour < 24 || minute == 0
        else { return nil }
        return 60 * hour + minute
    }

    /// The part of the week that was probably meant.
    static func nearestSlot(to text: String) -> String? {
        var candidates = ["weekend", "weekdays"]
        for (_, english, dutch) in days {
            candidates += [english, dutch]
            for (_, names) in parts {
                candidates += [
                    "\(english) \(names[0])", "\(dutch)\(names.count > 2 ? names[2] : "")",
                ]
            }
        }
        return nearest(to: text, among: candidates)
    }
}
