import Settings

extension MatchWeights {
    /// Reads the weights of a partnership (`weights.toml` in its workspace).
    ///
    /// - Throws: ``SettingsFaults``: every fault with file, line and field.
    public static func read(toml: String, file: String) throws(SettingsFaults) -> MatchWeights {
        let table: SettingsTable
        do { table = try SettingsTable.read(toml: toml, file: file) } catch {
            throw SettingsFaults([error])
        }
        let weights = MatchWeights(reading: table)
        try table.finish()
        return weights
    }

    /// Reads the weights that a partnership sets in its own file; what it leaves out stays.
    ///
    /// ```toml
    /// skills = 80            # what each part counts; only their proportions matter
    /// travel = 16
    /// level = 8
    /// time = 9
    /// cost = 8
    /// preferences = 6
    /// wanted-skill = 2.5     # what a gap weighs, by where it comes from
    /// essential-skill = 1.0
    /// optional-skill = 0.4
    /// full-gap = 5.0         # the weight of closed gaps that earns most of the part
    /// near-skill = 0.55      # from what likeness a skill closes a gap in part
    /// halfway-minutes = 40   # the travel time that halves the part
    /// days-outside = 180     # how far outside a window a date is worth nothing
    /// ```
    ///
    /// Faults gather in the table, as with every settings file; see ``SettingsTable/finish()``.
    public init(reading table: SettingsTable) {
        self.init()
        func share(_ name: String, _ value: inout Int) {
            if let read = table.integer(name, in: 0...1000) { value = read }
        }
        func thousandths(_ name: String, _ value: inout Int) {
            if let read = table.number(name, in: 0...1000) {
                value = Int((read * 1000).rounded())
            }
        }
        share("skills", &shares.skills)
        share("travel", &shares.travel)
        share("level", &shares.level)
        share("time", &shares.time)
        share("cost", &shares.cost)
        share("preferences", &shares.preferences)
        thousandths("wanted-skill", &wantedSkill)
        thousandths("essential-skill", &essentialSkill)
        thousandths("optional-skill", &optionalSkill)
        thousandths("full-gap", &fullGap)
        thousandths("near-skill", &nearSkill)
        if let minutes = table.number("halfway-minutes", in: 1...1440) { halfwayMinutes = minutes }
        if let days = table.integer("days-outside", in: 1...3650) { daysOutside = days }
    }
}
