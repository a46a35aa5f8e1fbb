import CourseModel

extension Reason {
    /// The reason in plain words, without a capital or a full stop: `22 minuten fietsen van je werk
    /// in Bunnik`.
    public func text(in language: ReasonLanguage) -> String {
        let words = PlainWords(language: language)
        func pick(
            _ dutch: @autoclosure () -> String, _ english: @autoclosure () -> String
        )
            -> String
        {
            language.pick(dutch(), english())
        }
        func names(_ names: [Name]) -> String {
            words.list(names.map { language.pick($0.dutch, $0.english) })
        }
        switch self {
        case .closes(let count, let all, let skills):
            return pick(
                all == 1
                    ? "leert je wat je nog mist: \(names(skills))"
                    : "leert je \(count) van de \(all) dingen die je nog mist: "
                        + names(skills),
                all == 1
                    ? "closes your only gap: \(names(skills))"
                    : "closes \(count) of your \(all) gaps: \(names(skills))")
        case .alsoTeaches(let skills):
            return pick(
                "leert ook wat van pas kan komen: \(names(skills))",
                "also teaches what may come in useful: \(names(skills))")
        case .comesNear(let skills):
            return pick("komt in de buurt van: \(names(skills))", "comes near: \(names(skills))")
        case .travel(let minutes, let mode, let role, let place, let isRouted, let beyond):
            // An estimate says so.
            let way =
                (isRouted ? "" : pick("ongeveer ", "about "))
                + words.travel(minutes: minutes, mode) + " " + words.origin(role, place)
            guard let beyond else { return way }
            return way + ", " + beyond.text(in: language)
        case .closeBy(let role, let place):
            return words.closeBy(role, place)
        case .noTravel(let mode):
            return mode == .workplace
                ? pick("op je eigen werkplek", "at your own workplace")
                : pick("\(words.mode(mode)), geen reistijd", "\(words.mode(mode)), no travel")
        case .noRoute:
            return pick("geen weg erheen gevonden", "no way there was found")
        case .placeNotStated:
            return pick("plaats niet vermeld", "place not stated")
        case .starts(let date, let outside):
            let start = pick("begint \(words.date(date))", "starts \(words.date(date))")
            let stretch = words.stretch(days: outside)
            if outside > 0 {
                return start + pick(", \(stretch) later dan je wilt", ", \(stretch) too late")
            }
            if outside < 0 {
                return start + pick(", \(stretch) eerder dan je wilt", ", \(stretch) too early")
            }
            return start
        case .startsAnyTime:
            return pick("begint wanneer je wilt", "starts whenever you like")
        case .startNotStated:
            return pick("begindatum niet vermeld", "start date not stated")
        case .slots(let slots, let taken):
            return taken.isEmpty
                ? pick("past op \(words.slots(slots))", "fits \(words.slots(slots))")
                : taken == slots
                    ? pick(
                        "op \(words.slots(taken)), dan ben je niet vrij",
                        "on \(words.slots(taken)), when you are not free")
                    : pick(
                        "ook op \(words.slots(taken)), dan ben je niet vrij",
                        "also on \(words.slots(taken)), when you are not free")
        case .dayParts(let parts, let taken):
            return taken.isEmpty
                ? pick(
                    "\(words.dayParts(parts)), past in je vrije tijd",
                    "\(words.dayParts(parts)), fits your free time")
                : pick(
                    "\(words.dayParts(taken)), dan ben je niet vrij",
                    "\(words.dayParts(taken)), when you are not free")
        case .hours(let need, let have):
            let need = words.tenths(Int((need * 10).rounded()))
            let have = words.tenths(Int((have * 10).rounded()))
            return pick(
                "\(need) uur per week, je hebt er \(have)",
                "\(need) hours a week, you have \(have)")
        case .endsAfterDeadline(let days):
            return pick(
                "eindigt \(words.stretch(days: days)) na je einddatum",
                "ends \(words.stretch(days: days)) after your deadline")
        case .level(let level, let had, let wanted):
            return Self.levelText(level, had, wanted, language)
        case .price(let cents, let includesVAT, let people, let budget):
            return Self.priceText(cents, includesVAT, people, budget, words)
        case .free:
            return pick("gratis", "free of charge")
        case .priceNotStated:
            return pick("prijs niet vermeld", "price not stated")
        case .fundable(let schemes):
            let payers = words.list(schemes.map(words.scheme))
            return pick("kan betaald worden door \(payers)", "can be paid by \(payers)")
        case .netPrice(let cents, let scheme, let source, let checked, let note):
            let net = words.euro(cents: cents)
            return pick(
                cents == 0
                    ? "niets te betalen via \(scheme.dutch)"
                    : "\(net) als \(scheme.dutch) meebetaalt",
                cents == 0
                    ? "nothing to pay through \(scheme.english)"
                    : "\(net) if \(scheme.english) pays its part")
                + words.stated(source, checked, note)
        case .schemeMayPay(let scheme, let source, let checked, let note):
            return pick(
                "kan betaald worden door \(scheme.dutch)", "can be paid by \(scheme.english)")
                + words.stated(source, checked, note)
        case .schemeRefuses(let scheme, let obstacle):
            return pick(
                "niet via \(scheme.dutch): \(words.obstacle(obstacle))",
                "not through \(scheme.english): \(words.obstacle(obstacle))")
        case .otherLanguages(let languages):
            let names = words.list(languages.map(words.name))
            return pick("in het \(names)", "in \(names)")
        case .otherModes(let modes):
            return words.list(modes.map(words.mode))
        case .otherOccasions(let count):
            return pick(
                count == 1
                    ? "ook op een ander moment of een andere plaats"
                    : "ook op \(count) andere momenten of plaatsen",
                count == 1
                    ? "also at another time or place" : "also at \(count) other times or places")
        case .accessible(let needs):
            return words.list(needs.map { words.accessibility($0) })
        case .notAccessible(let needs):
            return pick("helaas: ", "unfortunately: ")
                + words.list(needs.map { words.accessibility($0, isProvided: false) })
        case .accessibilityNotStated(let needs):
            let names = words.list(needs.map { words.accessibility($0) })
            return pick("niet vermeld: \(names); vraag het na", "not stated: \(names); do ask")
        case .childcare(let shortfall):
            return words.childcare(shortfall)
        case .commute(let shortfall):
            return words.commute(shortfall)
        case .otherAudience(let audiences):
            let names = words.list(audiences.map(words.audience))
            return pick("bedoeld voor \(names)", "meant for \(names)")
        case .otherKind(let kind):
            return pick(
                "\(words.kind(kind)), daar vraag je niet om",
                "\(words.kind(kind)), which you do not ask for")
        case .notStated(let topics):
            let names = words.list(topics.map { Self.name($0, language) })
            return pick("niet vermeld: \(names)", "not stated: \(names)")
        }
    }

    private static func name(_ topic: Topic, _ language: ReasonLanguage) -> String {
        switch topic {
        case .hours: language.pick("uren per week", "hours a week")
        case .times: language.pick("lestijden", "times")
        case .end: language.pick("einddatum", "end date")
        case .level: language.pick("niveau", "level")
        case .mode: language.pick("manier van leren", "way of learning")
        case .language: language.pick("taal", "language")
        }
    }

    private static func levelText(
        _ level: Int, _ had: Int?, _ wanted: Int?, _ language: ReasonLanguage
    ) -> String {
        let name = language.pick("niveau \(level)", "level \(level)")
        // Above one's own level the steps tell more.
        if level == wanted, level < had ?? 9 {
            return name + language.pick(", het niveau dat je zoekt", ", the level you look for")
        }
        if let had {
            let steps = level - had
            if steps == 0 { return name + language.pick(", je eigen niveau", ", your own level") }
            let count = ["één", "twee", "drie", "vier", "vijf", "zes", "zeven"][abs(steps) - 1]
            let english = ["one", "two", "three", "four", "five", "six", "seven"][abs(steps) - 1]
            let dutchSteps = "\(count) \(abs(steps) == 1 ? "stap" : "stappen")"
            let englishSteps = "\(english) \(abs(steps) == 1 ? "step" : "steps")"
            return name
                + language.pick(
                    ", \(dutchSteps) \(steps > 0 ? "boven" : "onder") je niveau \(had)",
                    ", \(englishSteps) \(steps > 0 ? "above" : "below") your level \(had)")
        }
        return name
    }

    private static func priceText(
        _ cents: Int, _ includesVAT: Bool?, _ people: Int, _ budget: Int?, _ words: PlainWords
    ) -> String {
        let language = words.language
        let vat =
            switch includesVAT {
            case true?: language.pick(" incl. btw", " incl. VAT")
            case false?: language.pick(" excl. btw", " excl. VAT")
            case nil: ""
            }
        let cost = cents * people
        var text =
            people == 1
            ? words.euro(cents: cents) + vat
            : "\(people) × \(words.euro(cents: cents))\(vat) = \(words.euro(cents: cost))"
        if let budget {
            let over = words.euro(cents: cost - budget)
            text +=
                cost <= budget
                ? language.pick(", binnen je budget", ", within your budget")
                : language.pick(", \(over) boven je budget", ", \(over) above your budget")
        }
        return text
    }
}

extension NearMiss {
    /// What would bring it into reach, in plain words; of hours also whose they are.
    public func text(in language: ReasonLanguage) -> String {
        let words = PlainWords(language: language)
        return switch blockedBy {
        case .childcare: words.childcare(by)
        case .commute: words.commute(by)
        default: by.text(in: language)
        }
    }
}

extension Shortfall {
    /// What is beyond the limit, in plain words: `4,2 km verder`, `€ 100 meer`.
    public func text(in language: ReasonLanguage) -> String {
        let words = PlainWords(language: language)
        func pick(
            _ dutch: @autoclosure () -> String, _ english: @autoclosure () -> String
        )
            -> String
        {
            language.pick(dutch(), english())
        }
        switch self {
        case .metres(let metres):
            // Rounded up, so that a reach made longer by what is said does reach it.
            let kilometres = words.tenths((metres + 99) / 100)
            return pick("\(kilometres) km verder", "\(kilometres) km farther")
        case .minutes(let minutes):
            return pick(
                minutes == 1 ? "1 minuut langer reizen" : "\(minutes) minuten langer reizen",
                minutes == 1 ? "1 minute more travel" : "\(minutes) minutes more travel")
        case .cents(let cents):
            return pick("\(words.euro(cents: cents)) meer", "\(words.euro(cents: cents)) more")
        case .levels(let levels):
            let count = abs(levels)
            return pick(
                "\(count) niveau\(count == 1 ? "" : "s") \(levels > 0 ? "hoger" : "lager")",
                "\(count) level\(count == 1 ? "" : "s") \(levels > 0 ? "higher" : "lower")")
        case .days(let days):
            let stretch = words.stretch(days: days)
            return pick(
                "begint \(stretch) \(days > 0 ? "later" : "eerder")",
                "starts \(stretch) \(days > 0 ? "later" : "earlier")")
        case .daysAfterDeadline(let days):
            let stretch = words.stretch(days: days)
            return pick("eindigt \(stretch) later", "ends \(stretch) later")
        case .tenthsOfHours(let tenths):
            let hours = words.tenths(tenths)
            return pick("\(hours) uur per week meer", "\(hours) hours a week more")
        case .slots(let slots):
            return pick("op \(words.slots(slots))", "on \(words.slots(slots))")
        case .dayParts(let parts):
            return words.dayParts(parts)
        case .languages(let languages):
            let names = words.list(languages.map(words.name))
            return pick("in het \(names)", "in \(names)")
        case .modes(let modes):
            return words.list(modes.map(words.mode))
        case .kind(let kind):
            return words.kind(kind)
        case .minutesBetween(let minutes):
            return pick(
                minutes == 1
                    ? "1 minuut te kort voor de reis" : "\(minutes) minuten te kort voor de reis",
                minutes == 1
                    ? "1 minute too short for the way" : "\(minutes) minutes too short for the way")
        case .lacks(let needs):
            return words.list(needs.map { words.accessibility($0, isProvided: false) })
        case .notStated:
            return pick("niet vermeld", "not stated")
        }
    }
}
