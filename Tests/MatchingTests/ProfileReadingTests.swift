import CourseModel
import Matching
import Settings
import Testing

@Suite("Profiles are read from TOML and JSON")
struct ProfileReadingTests {
    @Test("every field of a profile is read")
    func all() throws {
        let profile = try read(
            """
            name = "Sanne"
            audience = "worker"
            language = "nl"
            [occupation]
            current = "hovenier"
            wanted = "boomverzorger"
            [skills]
            has = ["snoeien"]
            wants = ["boomklimmen", "vellen"]
            [level]
            has = 3
            wants = "4+"
            [home]
            place = "3992 AB"
            within = "20km"
            [work]
            place = 3981
            within = "45min"
            by = "transit"
            [future-work]
            place = "52.09,5.23"
            by = "car"
            [time]
            hours-per-week = 12
            start-after = "today"
            start-before = "+14 months"
            deadline = 2028-06-30
            free = ["tuesday evening", "zaterdag"]
            [money]
            budget = "1500 EUR"
            funding = ["employer", "slim"]
            [preferences]
            modes = ["classroom", "online"]
            languages = ["nl"]
            kinds = ["course"]
            must = ["travel", "budget"]
            [team]
            size = 6
            """)
        #expect(profile.name == "Sanne")
        #expect(profile.audience == .worker)
        #expect(profile.language == .dutch)
        #expect(profile.currentOccupation == "hovenier")
        #expect(profile.wantedOccupation == "boomverzorger")
        #expect(profile.skillsHad == ["snoeien"])
        #expect(profile.skillsWanted == ["boomklimmen", "vellen"])
        #expect(profile.levelHad == .three)
        #expect(profile.levelWanted == .fourPlus)
        #expect(profile.home == ProfilePlace(place: "3992 AB", within: .metres(20_000)))
        #expect(
            profile.work == ProfilePlace(place: "3981", within: .minutes(45), mode: .transit))
        #expect(profile.futureWork == ProfilePlace(place: "52.09,5.23", mode: .car))
        #expect(profile.hoursPerWeek == 12)
        #expect(profile.startAfter == today)
        #expect(profile.startBefore == CalendarDate(iso: "2028-01-24"))
        #expect(profile.deadline == CalendarDate(iso: "2028-06-30"))
        #expect(profile.free == [WeekSlots(.tuesday, .evening), WeekSlots(.saturday)])
        #expect(profile.budget?.description == "1500.00 EUR")
        #expect(profile.funding == ["employer", "slim"])
        #expect(profile.modes == [.classroom, .online])
        #expect(profile.languages == [.dutch])
        #expect(profile.kinds == [.course])
        #expect(profile.musts == [.travel, .budget])
        #expect(profile.teamSize == 6)
    }

    @Test("JSON holds the same tree")
    func json() throws {
        let toml = try read(
            """
            audience = "pupil"
            [home]
            place = "Houten"
            within = "30min"
            by = "bike"
            [time]
            start-after = "2027-01-31"
            """)
        let json = try read(
            """
            {"audience": "pupil", "home": {"place": "Houten", "within": "30min", "by": "bike"},
             "time": {"start-after": "2027-01-31"}}
            """, file: "p.json")
        #expect(toml == json)
    }

    @Test("an empty profile says nothing and is no fault")
    func empty() throws {
        #expect(try read("") == Profile())
        #expect(try read("{}") == Profile())
    }

    @Test("a fault names file, line, field, what is wrong and what to write", arguments: faults)
    func fault(text: String, message: String) {
        let error = #expect(throws: SettingsFaults.self) { try read(text) }
        #expect(error?.description == message)
    }

    @Test(
        "every fault is told in Dutch, too, with the same field and suggestion", arguments: faults)
    func dutchFaults(text: String, expected: String) throws {
        let error = #expect(throws: SettingsFaults.self) { try read(text) }
        let fault = try #require(error?.faults.first)
        let dutch = try #require(fault.dutchMessage)
        #expect(fault.description(in: .dutch).hasPrefix(expected.prefix(9)))
        #expect(!dutch.isEmpty && dutch != fault.message)
        for word in ["is not", "write", "did you", "give a", "fill in", " or ", " and "] {
            #expect(!dutch.contains(word), "\(dutch)")
        }
        // What may have been meant is the same in both.
        func meant(_ text: String) -> [Substring] {
            text.split(separator: "“").dropFirst(2).compactMap { $0.split(separator: "”").first }
        }
        if fault.message.contains("did you mean") {
            #expect(meant(dutch) == meant(fault.message))
            #expect(dutch.contains("bedoel je"))
        }
    }

    @Test("a place that is not found is told in the language asked for")
    func places() throws {
        let profile = try read("[home]\nplace = \"Houtem\"\n")
        let error = #expect(throws: ProfilePlaceError.self) { try resolved(profile) }
        #expect(
            error?.description(in: .dutch)
                == "home.place: “Houtem” is geen plaats die we kennen; bedoel je “Houten”?")
        #expect(
            error?.description
                == "home.place: “Houtem” is not a place that is known; did you mean “Houten”?")
    }

    @Test(
        "an amount is read as people write it, and never a thousand times too small",
        arguments: [
            ("1500", "1500.00 EUR"), ("€ 1.500", "1500.00 EUR"), ("1.500,50", "1500.50 EUR"),
            ("250,5", "250.50 EUR"), ("1,500.50", "1500.50 EUR"),
        ])
    func amounts(text: String, expected: String) throws {
        var draft = ProfileDraft()
        draft["money.budget"] = .euros(text)
        #expect(try draft.profile(file: "", today: today).budget?.description == expected)
        let grouped = #expect(throws: SettingsFaults.self) {
            try read("[money]\nbudget = \"1.500 EUR\"\n")
        }
        #expect(grouped?.faults.first?.message.hasSuffix("did you mean “1500 EUR”?") == true)
    }

    @Test("all faults of a profile are told at once, in order")
    func several() {
        let error = #expect(throws: SettingsFaults.self) {
            try read("audiense = \"worker\"\n[home]\nplace = \"Houten\"\nwithin = \"30 mijl\"\n")
        }
        #expect(
            error?.faults.map(\.field) == ["audiense", "home.within"])
    }

    @Test("the sample profiles of the catalogue are read without a fault")
    func samples() throws {
        for name in ["career-changer", "nurse", "pupil", "returner", "student", "team", "worker"] {
            let file = "\(repository)/catalog/profiles/\(name).toml"
            let profile = try Profile.read(try contents(of: file), file: file, today: today)
            #expect(profile.name != nil)
        }
    }
}

private let faults: [(String, String)] = [
    (
        "[home]\nplace = \"Houten\"\nwithn = \"20km\"\n",
        "p.toml:3: home.withn: is not a field; did you mean “within”?"
    ),
    (
        "[hom]\nplace = \"Houten\"\n",
        "p.toml:1: hom: is not a field; did you mean “home”?"
    ),
    (
        "[home]\nplace = \"Houten\"\nwithin = \"30 mijl\"\n",
        "p.toml:3: home.within: “30 mijl” is in miles; write kilometres: did you mean “48km”?"
    ),
    (
        "[home]\nplace = \"Houten\"\nwithin = 20\n",
        "p.toml:3: home.within: “20” has no unit; did you mean “20km” or “20min”?"
    ),
    (
        "[home]\nplace = \"Houten\"\nwithin = \"20 parsec\"\n",
        "p.toml:3: home.within: “parsec” is not a unit of distance or time; write kilometres or "
            + "minutes, such as \"20km\" or \"45min\""
    ),
    (
        "[home]\nplace = \"Houten\"\nwithin = \"0 km\"\n",
        "p.toml:3: home.within: “0 km” reaches nothing; give a number above 0"
    ),
    (
        "[home]\nplace = \"Houten\"\nby = \"fiets\"\n",
        "p.toml:3: home.by: “fiets” is not one of foot, bike, transit, car; did you mean “bike”?"
    ),
    (
        "[home]\nwithin = \"20km\"\n",
        "p.toml:1: home.place: is missing; write a town, a postcode or \"52.03,5.17\""
    ),
    (
        "[money]\nbudget = \"€ 1500\"\n",
        "p.toml:2: money.budget: “€ 1500” is not written as an amount and then a currency; did you "
            + "mean “1500 EUR”?"
    ),
    (
        "[money]\nbudget = \"1.500,50 euro\"\n",
        "p.toml:2: money.budget: “1.500,50 euro” is not written as an amount and then a currency; "
            + "did you mean “1500.50 EUR”?"
    ),
    (
        "[money]\nbudget = 1500\n",
        "p.toml:2: money.budget: “1500” has no currency; did you mean “1500 EUR”?"
    ),
    (
        "[money]\nfunding = [\"slimm\"]\n",
        "p.toml:2: money.funding: “slimm” is not one of employer, sector-fund, slim, own, stap, "
            + "government, bbl, leerrijk; did you mean “slim”?"
    ),
    (
        "[time]\nstart-after = \"31-01-2027\"\n",
        "p.toml:2: time.start-after: “31-01-2027” is not written as year-month-day; did you mean "
            + "“2027-01-31”?"
    ),
    (
        "[time]\nstart-after = \"2027-02-30\"\n",
        "p.toml:2: time.start-after: “2027-02-30” is a day that does not exist"
    ),
    (
        "[time]\ndeadline = \"+3 moons\"\n",
        "p.toml:2: time.deadline: “+3 moons” has no unit that is known; write days, weeks, months "
            + "or years"
    ),
    (
        "[time]\ndeadline = \"volgend jaar\"\n",
        "p.toml:2: time.deadline: “volgend jaar” is not a date; write \"2027-01-31\", \"today\" or "
            + "\"+3 months\""
    ),
    (
        "[time]\nstart-after = \"+3 months\"\nstart-before = \"today\"\n",
        "p.toml:3: time.start-before: 2026-11-24 lies before start-after, 2027-02-24; swap the two "
            + "dates"
    ),
    (
        "[time]\nfree = [\"tusday evening\"]\n",
        "p.toml:2: time.free: “tusday evening” is not a part of the week; did you mean “tuesday "
            + "evening”?"
    ),
    (
        "audience = \"werknemer\"\n",
        "p.toml:1: audience: “werknemer” is not one of pupil, student, worker, job-seeker, team; "
            + "did you mean “worker”?"
    ),
    (
        "language = \"Nederlands\"\n",
        "p.toml:1: language: “Nederlands” is not a language code; did you mean “nl”?"
    ),
    (
        "[level]\nhas = 9\n",
        "p.toml:2: level.has: “9” is not a level; write 1 to 8 (NLQF), \"4+\" for vwo, or a Dutch "
            + "name such as \"mbo 3\" or \"hbo\""
    ),
    (
        "[preferences]\nmust = [\"travel\"]\n",
        "p.toml:2: preferences.must: “travel” has no limit to keep; fill in within under [home], "
            + "[work] or [future-work]"
    ),
    (
        "[preferences]\nmodes = [\"clasroom\"]\n",
        "p.toml:2: preferences.modes: “clasroom” is not one of classroom, blended, online, "
            + "distance, workplace; did you mean “classroom”?"
    ),
]

private func read(_ text: String, file: String = "p.toml") throws -> Profile {
    try Profile.read(text, file: file, today: today)
}
