import CourseModel
import Settings

/// The schemes of a partnership.
public struct FundingRules: Hashable, Sendable {
    /// The rules, one a scheme, in the order of the file.
    public let rules: [FundingRule]
    private let numbers: [FundingScheme: Int]

    /// No schemes of which more is known than their names.
    public static let none = FundingRules([])

    /// Rules, one a scheme; of several for the same scheme the first counts.
    public init(_ rules: [FundingRule]) {
        self.rules = rules
        numbers = Dictionary(
            rules.enumerated().map { ($1.scheme, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The schemes, in the order of the file.
    public var schemes: [FundingScheme] { rules.map(\.scheme) }

    /// What is known of a scheme.
    public subscript(scheme: FundingScheme) -> FundingRule? { numbers[scheme].map { rules[$0] } }

    /// Reads `funding.toml`.
    ///
    /// ```toml
    /// [[scheme]]
    /// id = "sector-fund"
    /// audiences = ["worker", "team"]   # who may use it; left out: everyone
    /// employment = ["employed"]        # employed, self-employed, unemployed
    /// levels = "2-4"                   # of the course
    /// kinds = ["course"]               # of the course
    /// percentage = 50                  # of the price
    /// maximum = 500                    # euro, for one learner and one offering
    /// any-course = true                # also for courses that do not name the scheme
    /// certain = false                  # true: paid without asking, so a budget can count on it
    /// source = "https://fonds.example/"
    /// checked = 2026-11-01
    /// [scheme.name]
    /// nl = "Het groene fonds"
    /// en = "The green fund"
    /// [scheme.note]
    /// nl = "…"
    /// en = "…"
    /// ```
    ///
    /// - Parameter file: The name to use in faults.
    /// - Throws: All faults of the file together, each with line and field.
    public static func read(toml text: String, file: String) throws(SettingsFaults) -> FundingRules
    {
        let table: SettingsTable
        do { table = try SettingsTable.read(toml: text, file: file) } catch {
            throw SettingsFaults([error])
        }
        var rules: [FundingRule] = []
        for entry in table.tables("scheme") {
            guard let rule = rule(entry) else { continue }
            if rules.contains(where: { $0.scheme == rule.scheme }) {
                entry.fault("id", "“\(rule.scheme.name)” stands here twice; give each scheme once")
            }
            rules.append(rule)
        }
        try table.finish()
        return FundingRules(rules)
    }

    private static func rule(_ entry: SettingsTable) -> FundingRule? {
        let id = entry.string("id")
        if id == nil { entry.missing("id", "give the name that profiles and courses use") }
        let source = entry.string("source")
        if source == nil { entry.missing("source", "give the address where the scheme is stated") }
        let checked = entry.parsed("checked", expected: "a day such as 2027-01-31") {
            CalendarDate(iso: $0)
        }
        if !entry.has("checked") {
            entry.missing("checked", "give the day on which the source said so")
        }
        let name = texts(entry, "name")
        if !entry.has("name") { entry.missing("name", "give its name in nl and en") }
        let audiences = entry.choices("audiences", of: Audience.self)
        let employments = entry.choices("employment", of: Employment.self)
        let levels = entry.parsed(
            "levels", expected: "a level or a range, such as 3 or 2-4", levels)
        let kinds = entry.choices("kinds", of: CourseKind.self)
        let percentage = entry.integer("percentage", in: 0...100)
        let maximum = entry.number("maximum", in: 0...1_000_000)
        let coversAnyCourse = entry.boolean("any-course") ?? false
        let isCertain = entry.boolean("certain") ?? false
        let note = texts(entry, "note")
        guard let id, let source, let checked, let name else { return nil }
        var rule = FundingRule(
            scheme: FundingScheme(id), name: name, source: source, checked: checked)
        rule.audiences = Set(audiences)
        rule.employments = Set(employments)
        rule.levels = levels
        rule.kinds = Set(kinds)
        rule.percentage = percentage
        rule.maximumInCents = maximum.map { Int(($0 * 100).rounded()) }
        rule.coversAnyCourse = coversAnyCourse
        rule.isCertain = isCertain
        rule.note = note
        return rule
    }

    private static func texts(_ entry: SettingsTable, _ field: String) -> Reason.Name? {
        guard let table = entry.table(field) else { return nil }
        let dutch = table.string("nl")
        let english = table.string("en")
        guard let either = dutch ?? english else {
            entry.fault(field, "says nothing; give nl and en")
            return nil
        }
        return Reason.Name(dutch: dutch ?? either, english: english ?? either)
    }

    private static func levels(_ text: String) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
            1...8 ~= first, first...8 ~= last
        else { return nil }
        return first...last
    }
}
