import CourseModel
import Places
import Settings

/// A `[[target]]` of `catalog.toml`: what a partnership wants to be within reach of the people of a
/// region, to be followed from generation to generation.
///
/// ```toml
/// [[target]]
/// name = "Evening modules in the green sector"
/// region = "arbeidsmarktregio:Midden-Utrecht"   # left out: the whole country
/// audience = "worker"                           # and any of the filters of a search
/// kind = "module"
/// evenings = true
/// within = "30min"                              # by estimated travel; else 30min
/// by = "bike"                                   # else bike
/// offerings = 10                                # at least so many
/// share = 0.8                                   # from at least so much of the postcodes, 0–1; else 1
/// until = 2027-12-31                            # the day by which; may be left out
/// ```
public struct CoverageTarget: Hashable, Sendable {
    /// What it is called; unique within a catalogue.
    public var name: String
    /// A municipality, province, labour-market region or COROP area, as filters take it; `nil` for the
    /// whole country.
    public var region: String?
    /// The filters that offerings pass, by the name of the filter.
    public var filters: [Filter]
    /// How far people may travel.
    public var reach: Reach
    /// How many offerings are wanted within reach, at least 1.
    public var offerings: Int
    /// From which share of the region's postcodes, 0...1.
    public var share: Double
    /// The day by which.
    public var until: CalendarDate?

    /// A filter as it is written.
    public struct Filter: Hashable, Sendable {
        /// Its name: `level`, `max-price`.
        public var name: String
        /// Its values; none for one that is merely switched on.
        public var values: [String]
    }

    /// Filters that take texts, and those that are on or off.
    private static let lists = [
        "audience", "kind", "language", "level", "mode", "occupation", "partner", "provider",
        "skill", "subject",
    ]
    private static let texts = ["max-price", "start-after", "start-before"]
    private static let flags = ["evenings", "open-only", "weekends"]

    /// Reads a table; faults are noted in it.
    ///
    /// - Parameter known: The names of earlier targets.
    init?(_ table: SettingsTable, known: [String]) {
        let name = table.string("name")
        region = table.string("region")
        filters = []
        for field in Self.lists {
            let values = table.strings(field)
            if !values.isEmpty { filters.append(Filter(name: field, values: values)) }
        }
        for field in Self.texts {
            if let value = table.text(field) {
                filters.append(Filter(name: field, values: [value]))
            }
        }
        for field in Self.flags where table.boolean(field) == true {
            filters.append(Filter(name: field, values: []))
        }
        let mode = table.choice("by", of: TravelMode.self) ?? .bike
        reach = .time(minutes: 30, mode: mode)
        if let within = table.string("within") {
            do { reach = try Reach(within, by: mode) } catch {
                table.fault("within", error.description)
            }
        }
        let offerings = table.integer("offerings", in: 1...1_000_000)
        share = table.number("share", in: 0...1) ?? 1
        until = table.parsed("until", expected: "a day such as 2027-12-31") {
            CalendarDate(iso: $0)
        }
        if name == nil { table.missing("name", "give the target a name to follow it by") }
        if !table.has("offerings") {
            table.missing("offerings", "say how many offerings are wanted within reach")
        }
        if let name, known.contains(name) {
            table.fault("name", "“\(name)” is the name of an earlier target; give each its own")
        }
        guard let name, let offerings else { return nil }
        self.name = name
        self.offerings = offerings
    }
}
