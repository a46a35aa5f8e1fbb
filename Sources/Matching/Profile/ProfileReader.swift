import CourseModel
import Places
import Settings

extension Profile {
    /// Reads a profile from TOML or JSON; both hold the same tree.
    ///
    /// - Parameters:
    ///   - text: The profile. It is JSON when its first character is `{`, else TOML.
    ///   - file: The name to use in faults.
    ///   - today: What `"today"` and `"+3 months"` count from.
    ///   - schemes: Funding schemes that may be named besides those that are known everywhere; see
    ///     ``FundingRules``.
    /// - Throws: ``SettingsFaults``: every fault with file, line and field, what is wrong and what
    ///   to write instead.
    public static func read(
        _ text: String, file: String, today: CalendarDate, schemes: [FundingScheme] = []
    ) throws(SettingsFaults) -> Profile {
        let table: SettingsTable
        do {
            table =
                text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) == "{"
                ? try SettingsTable.read(json: text, file: file)
                : try SettingsTable.read(toml: text, file: file)
        } catch {
            throw SettingsFaults([error])
        }
        var reader = ProfileReader(top: table, today: today, schemes: schemes)
        let profile = reader.profile()
        try table.finish()
        return profile
    }
}

/// Reads the fields of a profile; faults gather in the table.
private struct ProfileReader {
    let top: SettingsTable
    let today: CalendarDate
    let schemes: [String]
    /// The wishes that have a field of their own, faulty or not.
    var stated: Set<Profile.Must> = []

    init(top: SettingsTable, today: CalendarDate, schemes: [FundingScheme]) {
        self.top = top
        self.today = today
        let own = schemes.map(\.name).filter { !FieldWords.fundingSchemes.contains($0) }
        self.schemes = FieldWords.fundingSchemes + own
    }

    mutating func profile() -> Profile {
        var profile = Profile()
        profile.name = top.string("name")
        profile.audience = choice(top, "audience", Audience.self) { FieldWords.audiences[$0] }
        profile.employment = choice(top, "employment", Employment.self) {
            FieldWords.employments[$0]
        }
        profile.language = language(top, "language")
        let occupation = top.table("occupation")
        profile.currentOccupation = occupation.flatMap { filled($0, "current") }
        profile.wantedOccupation = occupation.flatMap { filled($0, "wanted") }
        let skills = top.table("skills")
        profile.skillsHad = skills?.strings("has").filter { !$0.isEmpty } ?? []
        profile.skillsWanted = skills?.strings("wants").filter { !$0.isEmpty } ?? []
        let level = top.table("level")
        note(.level, level, "has", "wants")
        profile.levelHad = level.flatMap { self.level($0, "has") }
        profile.levelWanted = level.flatMap { self.level($0, "wants") }
        profile.home = place("home")
        profile.work = place("work")
        profile.futureWork = place("future-work")
        readTime(into: &profile)
        if let needs = top.table("needs") { readNeeds(needs, into: &profile) }
        if let money = top.table("money") {
            note(.budget, money, "budget")
            profile.budget = amount(money, "budget")
            profile.funding = funding(money)
        }
        let preferences = top.table("preferences")
        note(.language, preferences, "languages")
        note(.mode, preferences, "modes")
        note(.kind, preferences, "kinds")
        if let preferences {
            profile.modes = Set(
                choices(preferences, "modes", DeliveryMode.self) { FieldWords.modes[$0] })
            profile.languages = preferences.strings("languages").compactMap {
                language(preferences, "languages", $0)
            }
            profile.kinds = Set(
                choices(preferences, "kinds", CourseKind.self) { FieldWords.kinds[$0] })
            profile.musts = Set(
                choices(preferences, "must", Profile.Must.self) { FieldWords.musts[$0] })
            checkMusts(profile, preferences)
        }
        if let team = top.table("team") {
            let size = team.integer("size", in: 1...10_000)
            profile.members = team.tables("member").enumerated().map { number, member in
                TeamMember(
                    name: filled(member, "name") ?? "\(number + 1)",
                    occupation: filled(member, "occupation"),
                    skillsHad: member.strings("has").filter { !$0.isEmpty },
                    skillsWanted: member.strings("wants").filter { !$0.isEmpty })
            }
            if let size, !profile.members.isEmpty, size != profile.members.count {
                team.fault(
                    "size",
                    FaultText(
                        nl: "zegt \(size), maar er staan \(profile.members.count) leden; laat het "
                            + "weg",
                        en: "says \(size), but \(profile.members.count) members are named; leave "
                            + "it out"))
            }
            profile.teamSize =
                profile.members.isEmpty ? size ?? 1 : profile.members.count
        }
        return profile
    }

    // MARK: Sections

    private mutating func note(_ must: Profile.Must, _ table: SettingsTable?, _ names: String...) {
        if let table, names.contains(where: table.has) { stated.insert(must) }
    }

    private mutating func readTime(into profile: inout Profile) {
        guard let time = top.table("time") else { return }
        note(.time, time, "free", "hours-per-week", "deadline")
        if top.has("home") || top.has("work") || top.has("future-work") {
            note(.commute, time, "free")
        }
        note(.start, time, "start-after", "start-before")
        profile.hoursPerWeek = time.number("hours-per-week", in: 0.5...168)
        profile.startAfter = date(time, "start-after")
        profile.startBefore = date(time, "start-before")
        profile.deadline = date(time, "deadline")
        if let after = profile.startAfter, let before = profile.startBefore, before < after {
            time.fault(
                "start-before",
                FaultText(
                    nl: "\(before) ligt voor start-after, \(after); wissel de twee dagen om",
                    en: "\(before) lies before start-after, \(after); swap the two dates"))
        }
        if let after = profile.startAfter, let deadline = profile.deadline, deadline < after {
            time.fault(
                "deadline",
                FaultText(
                    nl: "\(deadline) ligt voor start-after, \(after); geef een latere dag",
                    en: "\(deadline) lies before start-after, \(after); give a later day"))
        }
        for text in time.strings("free") {
            switch week(time, "free", text) {
            case .slots(let slots)?: profile.free.formUnion(slots)
            case .hours(let hours)?: profile.freeHours += hours
            case nil: continue
            }
        }
        profile.freeHours = WeeklyHours.merged(profile.freeHours)
    }

    private mutating func readNeeds(_ needs: SettingsTable, into profile: inout Profile) {
        note(.accessibility, needs, "accessibility")
        // Without a home the way from it and back cannot be reckoned with.
        if top.has("home") { note(.childcare, needs, "childcare") }
        profile.accessibility = Set(
            choices(needs, "accessibility", Accessibility.self) { FieldWords.accessibility[$0] })
        profile.childcare = WeeklyHours.merged(
            needs.strings("childcare").flatMap { text in
                switch week(needs, "childcare", text) {
                case .slots(let slots)?: slots.hours
                case .hours(let hours)?: hours
                case nil: [WeeklyHours]()
                }
            })
    }

    private func week(
        _ table: SettingsTable, _ name: String, _ text: String
    ) -> FieldWords.WeekReading? {
        if let reading = FieldWords.week(text) { return reading }
        let advice =
            FieldWords.nearestSlot(to: text).map { FaultText.didYouMean($0) }
            ?? FaultText(
                nl: "; schrijf een dag, een dagdeel, uren of weekend, zoals \"zaterdag\", "
                    + "\"dinsdagavond\" of \"dinsdag 18:30-22:00\"",
                en: "; write a day, a part of it, hours or weekend, such as \"saturday\", "
                    + "\"tuesday evening\" or \"tuesday 18:30-22:00\"")
        table.fault(
            name,
            FaultText(
                nl: "“\(text)” is geen deel van de week",
                en: "“\(text)” is not a part of the week") + advice)
        return nil
    }

    private mutating func place(_ name: String) -> ProfilePlace? {
        guard let table = top.table(name) else { return nil }
        note(.travel, table, "within")
        let within = table.text("within").flatMap { reach(table, $0) }
        let mode = choice(table, "by", TravelMode.self) { TravelMode($0) }
        let text = table.text("place").map { String($0.trimmingSpaces()) }
        let advice = FaultText(
            nl: "schrijf een plaats, een postcode of \"52.03,5.17\"",
            en: "write a town, a postcode or \"52.03,5.17\"")
        if !table.has("place") { table.missing("place", advice) }
        if text == "" {
            table.fault("place", FaultText(nl: "is leeg; ", en: "is empty; ") + advice)
        }
        guard let text, !text.isEmpty else { return nil }
        return ProfilePlace(place: text, within: within, mode: mode ?? .bike)
    }

    private func checkMusts(_ profile: Profile, _ table: SettingsTable) {
        func field(_ english: String, _ section: String) -> FaultText {
            FaultText(
                nl: english.replacing(" or ", with: " of ") + " onder "
                    + section.replacing(" or ", with: " of "), en: english + " under " + section)
        }
        let home = FaultText(nl: ", en place onder [home]", en: ", and place under [home]")
        let base = FaultText(
            nl: ", en place onder [home] of [work]", en: ", and place under [home] or [work]")
        for must in Profile.Must.allCases
        where profile.musts.contains(must) && !stated.contains(must) {
            let missing =
                switch must {
                case .travel: field("within", "[home], [work] or [future-work]")
                case .budget: field("budget", "[money]")
                case .level: field("has or wants", "[level]")
                case .start: field("start-after or start-before", "[time]")
                case .time: field("free, hours-per-week or deadline", "[time]")
                case .language: field("languages", "[preferences]")
                case .mode: field("modes", "[preferences]")
                case .kind: field("kinds", "[preferences]")
                case .accessibility: field("accessibility", "[needs]")
                case .childcare: field("childcare", "[needs]") + home
                case .commute: field("free", "[time]") + base
                }
            table.fault(
                "must",
                FaultText(
                    nl: "“\(must.rawValue)” heeft geen grens om te bewaken; vul in: ",
                    en: "“\(must.rawValue)” has no limit to keep; fill in ") + missing)
        }
    }

    private func funding(_ table: SettingsTable) -> [FundingScheme] {
        table.strings("funding").compactMap { text in
            if schemes.contains(text) { return FundingScheme(text) }
            table.fault(
                "funding", Self.notOneOf(text, schemes, meant: nearest(to: text, among: schemes)))
            return nil
        }
    }

    // MARK: Values

    private func filled(_ table: SettingsTable, _ name: String) -> String? {
        guard let text = table.string(name) else { return nil }
        return text.trimmingSpaces().isEmpty ? nil : text
    }

    private func language(_ table: SettingsTable, _ name: String) -> LanguageTag? {
        table.string(name).flatMap { language(table, name, $0) }
    }

    private func language(
        _ table: SettingsTable, _ name: String, _ text: String
    ) -> LanguageTag? {
        if let word = FieldWords.languages[text.lowercased()] {
            table.fault(name, Self.noLanguageCode(text) + .didYouMean(word))
            return nil
        }
        guard let tag = LanguageTag(text), tag.code == text.lowercased() || tag.code.count == 2
        else {
            table.fault(
                name,
                Self.noLanguageCode(text)
                    + FaultText(
                        nl: "; schrijf twee letters, zoals \"nl\"",
                        en: "; write two letters, such as \"nl\""))
            return nil
        }
        return tag
    }

    private func level(_ table: SettingsTable, _ name: String) -> NLQFLevel? {
        guard let text = table.text(name) else { return nil }
        if let level = FieldWords.level(text) { return level }
        table.fault(
            name,
            FaultText(
                nl: "“\(text)” is geen niveau; schrijf 1 tot en met 8 (NLQF), \"4+\" voor vwo, of "
                    + "een naam zoals \"mbo 3\" of \"hbo\"",
                en: "“\(text)” is not a level; write 1 to 8 (NLQF), \"4+\" for vwo, or a Dutch "
                    + "name such as \"mbo 3\" or \"hbo\""))
        return nil
    }

    private func date(_ table: SettingsTable, _ name: String) -> CalendarDate? {
        guard let text = table.text(name) else { return nil }
        switch FieldWords.date(text, today: today) {
        case .date(let date): return date
        case .fault(let message):
            table.fault(name, message)
            return nil
        }
    }

    private func reach(_ table: SettingsTable, _ text: String) -> ProfilePlace.Within? {
        switch FieldWords.reach(text) {
        case .reach(let reach): return reach
        case .fault(let message):
            table.fault("within", message)
            return nil
        }
    }

    private func amount(_ table: SettingsTable, _ name: String) -> Money? {
        guard let text = table.text(name) else { return nil }
        switch FieldWords.amount(text) {
        case .amount(let amount): return amount
        case .fault(let message):
            table.fault(name, message)
            return nil
        }
    }

    /// A word of a closed list; Dutch words for it are pointed to the word to write.
    private func choice<Choice: CaseIterable & RawRepresentable>(
        _ table: SettingsTable, _ name: String, _ type: Choice.Type, _ meaning: (String) -> Choice?
    ) -> Choice? where Choice.RawValue == String {
        guard let text = table.string(name) else { return nil }
        return choose(table, name, text, meaning)
    }

    private func choices<Choice: CaseIterable & RawRepresentable>(
        _ table: SettingsTable, _ name: String, _ type: Choice.Type, _ meaning: (String) -> Choice?
    ) -> [Choice] where Choice.RawValue == String {
        table.strings(name).compactMap { choose(table, name, $0, meaning) }
    }

    private func choose<Choice: CaseIterable & RawRepresentable>(
        _ table: SettingsTable, _ name: String, _ text: String, _ meaning: (String) -> Choice?
    ) -> Choice? where Choice.RawValue == String {
        if let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let meant = meaning(text.lowercased())?.rawValue ?? nearest(to: text, among: words)
        table.fault(name, Self.notOneOf(text, words, meant: meant))
        return nil
    }

    private static func notOneOf(_ text: String, _ words: [String], meant: String?) -> FaultText {
        let all = words.joined(separator: ", ")
        return FaultText(
            nl: "“\(text)” kan hier niet; kies uit \(all)", en: "“\(text)” is not one of \(all)")
            + .didYouMean(meant)
    }

    private static func noLanguageCode(_ text: String) -> FaultText {
        FaultText(nl: "“\(text)” is geen taalcode", en: "“\(text)” is not a language code")
    }
}
