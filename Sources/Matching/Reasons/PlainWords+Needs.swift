import CourseModel

extension PlainWords {
    /// `rolstoeltoegankelijk`, `niet rolstoeltoegankelijk`.
    func accessibility(_ need: Accessibility, isProvided: Bool = true) -> String {
        let (adjective, dutch, english) =
            switch need {
            case .wheelchair: (true, "rolstoeltoegankelijk", "accessible to wheelchairs")
            case .hearingLoop: (false, "ringleiding", "hearing loop")
            case .signLanguage: (false, "gebarentolk", "sign language interpreter")
            case .sight:
                (
                    false, "lesmateriaal voor wie slecht of niet ziet",
                    "material for people who see little or nothing"
                )
            case .quiet: (false, "prikkelarme ruimte", "room with little noise and bustle")
            case .plainLanguage: (false, "uitleg in eenvoudige taal", "explained in plain language")
            }
        guard !isProvided else { return language.pick(dutch, english) }
        if adjective { return language.pick("niet \(dutch)", "not \(english)") }
        return need == .plainLanguage
            ? language.pick("geen \(dutch)", "not \(english)")
            : language.pick("geen \(dutch)", "no \(english)")
    }

    /// How an offering fits the hours in which the children are looked after.
    func childcare(_ shortfall: Shortfall?) -> String {
        switch shortfall {
        case nil:
            language.pick("past binnen de opvang van je kinderen", "fits your childcare hours")
        case .slots(let slots)?:
            language.pick(
                "op \(self.slots(slots)), buiten de opvang van je kinderen",
                "on \(self.slots(slots)), outside your childcare hours")
        case .minutesBetween(let minutes)?:
            language.pick(
                "met de reis erbij \(self.minutes(minutes)) te lang voor de opvang van je kinderen",
                "with the way, \(self.minutes(minutes)) too long for your childcare hours")
        default:
            language.pick(
                "niet te zeggen of het binnen de opvang van je kinderen past: "
                    + "lestijden of de weg ernaartoe niet bekend",
                "cannot tell whether it fits your childcare hours: times or the way not known")
        }
    }

    /// Whether a lesson leaves time for the way there and back.
    func commute(_ shortfall: Shortfall?) -> String {
        switch shortfall {
        case nil:
            language.pick(
                "ook met de reis ernaartoe en terug past het in je vrije tijd",
                "fits your free time with the way there and back")
        case .slots(let slots)?:
            language.pick(
                "op \(self.slots(slots)), dan ben je niet vrij",
                "on \(self.slots(slots)), when you are not free")
        case .minutesBetween(let minutes)?:
            language.pick(
                "\(self.minutes(minutes)) te kort om er te komen of terug te zijn",
                "\(self.minutes(minutes)) too short to get there or back")
        default:
            language.pick(
                "niet te zeggen of je op tijd kunt zijn: "
                    + "lestijden of de weg ernaartoe niet bekend",
                "cannot tell whether you can be in time: times or the way not known")
        }
    }

    private func minutes(_ count: Int) -> String {
        count == 1
            ? language.pick("1 minuut", "1 minute")
            : language.pick("\(count) minuten", "\(count) minutes")
    }

    /// `dinsdag 18:30–22:00`.
    func hours(_ hours: [WeeklyHours]) -> String {
        func clock(_ minutes: Int) -> String {
            "\(minutes / 60):" + (minutes % 60 < 10 ? "0" : "") + "\(minutes % 60)"
        }
        // Days with the same hours are told together.
        var groups: [(hours: String, days: WeekSlots)] = []
        for stretch in hours {
            let text =
                stretch.begins == 0 && stretch.ends == 1440
                ? "" : " \(clock(stretch.begins))–\(clock(stretch.ends))"
            if let index = groups.firstIndex(where: { $0.hours == text }) {
                groups[index].days.formUnion(WeekSlots(stretch.day))
            } else {
                groups.append((text, WeekSlots(stretch.day)))
            }
        }
        return list(groups.map { slots($0.days) + $0.hours })
    }
}
