import CourseModel
import Settings

/// A module that several partners offer together, made of parts that each of them offers: as a file of
/// the catalogue defines it.
public struct JointModule: Hashable, Sendable {
    /// One occasion to take it: one offering of each part.
    public struct Occasion: Hashable, Sendable {
        /// Its id within the module.
        public var id: String
        /// The offerings, in the order of the module's parts.
        public var parts: [ID<Offering>]
        /// What it costs in euro, with VAT; `nil` for the sum of the parts.
        public var price: FixedDecimal?
    }

    /// Its id within the source of joint modules.
    public var id: String
    /// Its name.
    public var title: LocalizedText
    /// A sentence or two.
    public var summary: LocalizedText
    /// What sort of learning it is.
    public var kind: CourseKind
    /// How advanced it is; `nil` for the highest level of its parts.
    public var level: NLQFLevel?
    /// Who offers it together; empty for those whose sources have the parts.
    public var owners: [ID<Partner>]
    /// The courses that it is made of, two or more, in order.
    public var parts: [ID<Course>]
    /// Whether parts may be taken at the same time or in another order.
    public var isInAnyOrder: Bool
    /// When to take it; empty for every way in which one part can follow the other.
    public var occasions: [Occasion]
    /// Its page.
    public var url: String?
    /// The file that defines it, from the catalogue's folder.
    public var file: String
    /// Where it stands there.
    public var line: Int?

    /// The source that joint modules belong to.
    public static let source = ID<Source>("joint")

    /// Its id as a course.
    public var course: ID<Course> { ID(source: Self.source, native: id) }

    /// Reads a `[[module]]`; `nil` when what it cannot do without is missing or faulty.
    ///
    /// ```toml
    /// [[module]]
    /// id = "veilig-in-de-boom"
    /// owners = ["groene-school", "boomschool"]   # left out: whose sources have the parts
    /// kind = "module"
    /// level = "3"                                # left out: the highest of its parts
    /// parts = ["groene-school:BOOM-1", "boomschool:KLIM-1"]
    /// order = "any"                              # left out: one after the other
    /// url = "https://…"
    /// [module.title]
    /// nl = "Veilig in de boom"
    /// [module.summary]
    /// nl = "…"
    /// [[module.occasion]]                        # left out: every way that fits
    /// id = "voorjaar-2027"
    /// parts = ["groene-school:BOOM-1#1", "boomschool:KLIM-1#3"]
    /// price = 850.00
    /// ```
    init?(_ entry: SettingsTable, file: String, known: [String]) {
        let id = entry.string("id")
        if let id {
            if !CatalogConfiguration.isSourceName(id) {
                entry.fault("id", "“\(id)” may hold only lower-case letters, digits and hyphens")
            } else if known.contains(id) {
                entry.fault("id", "“\(id)” is the id of another joint module; give each its own")
            }
        } else {
            entry.missing("id", "give a short name of lower-case letters, digits and hyphens")
        }
        let title = Self.texts(entry, "title")
        if title.isEmpty { entry.missing("title", "give its name: [module.title] nl = \"…\"") }
        let summary = Self.texts(entry, "summary")
        let kind = entry.choice("kind", of: CourseKind.self) ?? .module
        let level = entry.parsed("level", expected: "an NLQF level, 1 to 8 or 4+") {
            NLQFLevel(rawValue: $0)
        }
        let owners = entry.strings("owners").map { ID<Partner>($0) }
        let parts = entry.strings("parts").map { ID<Course>($0) }
        if parts.count < 2 || Set(parts).count < parts.count {
            entry.fault("parts", "names two or more courses, each once, by the ids that show takes")
        } else if parts.contains(where: { $0.value.hasPrefix(Self.source.value + ":") }) {
            entry.fault("parts", "a joint module cannot be a part of another")
        }
        let order = entry.choice("order", of: Order.self) ?? .sequence
        let url = entry.string("url")
        var occasions: [Occasion] = []
        for table in entry.tables("occasion") {
            guard let occasion = Self.occasion(table, parts, known: occasions.map(\.id)) else {
                continue
            }
            occasions.append(occasion)
        }
        guard let id, !title.isEmpty, parts.count >= 2 else { return nil }
        self.id = id
        self.title = title
        self.summary = summary
        self.kind = kind
        self.level = level
        self.owners = owners
        self.parts = parts
        isInAnyOrder = order == .any
        self.occasions = occasions
        self.url = url
        self.file = file
        line = entry.line
    }

    private enum Order: String, CaseIterable {
        case sequence, any
    }

    private static func occasion(
        _ entry: SettingsTable, _ courses: [ID<Course>], known: [String]
    ) -> Occasion? {
        let id = entry.string("id")
        let parts = entry.strings("parts").map { ID<Offering>($0) }
        let price = entry.number("price", in: 0...1_000_000)
        if id == nil { entry.missing("id", "give it a short name, such as voorjaar-2027") }
        if let id, known.contains(id) {
            entry.fault("id", "“\(id)” is the id of another occasion of this module")
        }
        guard parts.count == courses.count,
            zip(parts, courses).allSatisfy({ $0.value.hasPrefix($1.value + "#") })
        else {
            entry.fault(
                "parts",
                "names one offering of each part, in the order of the parts: COURSE#OFFERING")
            return nil
        }
        return id.map {
            Occasion(
                id: $0, parts: parts,
                price: price.map { FixedDecimal(scaled: Int64(($0 * 10_000).rounded())) })
        }
    }

    private static func texts(_ entry: SettingsTable, _ field: String) -> LocalizedText {
        var texts = LocalizedText()
        guard let table = entry.table(field) else { return texts }
        for code in table.fieldNames {
            guard let text = table.string(code) else { continue }
            if LanguageTag(code) == nil { table.fault(code, "is not a language code") }
            texts.append(text, language: LanguageTag(code))
        }
        return texts
    }
}
