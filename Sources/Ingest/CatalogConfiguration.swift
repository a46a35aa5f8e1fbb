import CourseModel
import Places
import Settings

/// What a partnership says about its catalogue in `catalog.toml`.
public struct CatalogConfiguration: Sendable {
    /// The catalogue's name, by language.
    public var name: LocalizedText
    /// The languages that its users read, the preferred one first.
    public var languages: [LanguageTag]
    /// The place or region that it is about, as written.
    public var region: String?
    /// ISO 3166-1 alpha-2, upper case.
    public var country: String
    /// The folder of the formats' official schemas, which `check` holds feeds against, as written.
    public var schemas: String?
    /// Where the store is; `nil` when nothing is said of it.
    public var store: StoreAddress?
    /// The share of a feed's courses, 0...1, that may vanish at once before the feed is held.
    public var maximumLoss: Double
    /// Who takes part.
    public var partners: [Partner]
    /// Their feeds.
    public var sources: [Source]
    /// How and how often each feed is fetched.
    private var fetching: [ID<Source>: FetchSettings] = [:]
    /// How feeds are fetched of which nothing else is said.
    private var commonFetching = FetchSettings()
    /// How the catalogue is served, as written, by the name of each setting; what serves it reads it.
    public var serving: [String: [String]] = [:]
    /// Where true travel times are asked for; `nil` for estimates only.
    public var router: RouterSettings?
    /// When courses of several sources are merged.
    public var duplicates = DuplicateSettings.usual
    /// Who has to approve corrections.
    public var curation = CurationSettings.usual
    /// How long what is past is kept.
    public var retention = RetentionSettings()
    /// What the partnership wants to be within reach.
    public var targets: [CoverageTarget] = []
    /// How alerts leave the catalogue.
    public var alerts = AlertSettings()

    /// Reads `catalog.toml`.
    ///
    /// - Parameter file: The name to use in faults.
    /// - Throws: All faults of the file together, each with line and field.
    public init(toml text: String, file: String) throws(SettingsFaults) {
        let table: SettingsTable
        do { table = try SettingsTable.read(toml: text, file: file) } catch {
            throw SettingsFaults([error])
        }
        name = LocalizedText()
        if let names = table.table("name") {
            for code in ["nl", "en"] + names.fieldNames.filter({ $0 != "nl" && $0 != "en" }) {
                guard let text = names.string(code) else { continue }
                if LanguageTag(code) == nil { names.fault(code, "is not a language code") }
                name.append(text, language: LanguageTag(code))
            }
        }
        languages = table.strings("languages").compactMap { code in
            if let tag = LanguageTag(code) { return tag }
            table.fault("languages", "“\(code)” is not a language code, such as nl or en")
            return nil
        }
        if languages.isEmpty { languages = [.dutch, .english] }
        region = table.string("region")
        country = (table.string("country") ?? "NL").uppercased()
        schemas = table.string("schemas")
        if let text = table.string("store") {
            do { store = try StoreAddress(text) } catch {
                table.fault("store", error.description)
            }
        }
        maximumLoss = table.table("limits")?.number("max-loss", in: 0...1) ?? 0.10
        partners = []
        sources = []
        if let sync = table.table("sync") {
            commonFetching = FetchSettings(sync, otherwise: FetchSettings(), isSource: false)
        }
        for entry in table.tables("partner") { readPartner(entry) }
        if let serve = table.table("serve") {
            for name in serve.fieldNames { serving[name] = serve.texts(name) }
        }
        router = table.table("router").flatMap { RouterSettings($0) }
        if let entry = table.table("duplicates") { duplicates = DuplicateSettings(entry) }
        if let entry = table.table("curation") { curation = CurationSettings(entry) }
        if let entry = table.table("alerts") { alerts = AlertSettings(entry) }
        if let entry = table.table("retention") { retention = RetentionSettings(entry) }
        for entry in table.tables("target") {
            if let target = CoverageTarget(entry, known: targets.map(\.name)) {
                targets.append(target)
            }
        }
        try table.finish()
    }

    /// A catalogue of which nothing is said.
    public init(name: LocalizedText = LocalizedText()) {
        self.name = name
        languages = [.dutch, .english]
        country = "NL"
        maximumLoss = 0.10
        partners = []
        sources = []
    }

    /// The partner who owns a source, when it is one of this file's.
    public func partner(of source: ID<Source>) -> Partner? {
        guard let owner = sources.first(where: { $0.id == source })?.partner else { return nil }
        return partners.first { $0.id == owner }
    }

    /// How a source's feed is fetched, and how often.
    public func fetching(of source: ID<Source>) -> FetchSettings {
        fetching[source] ?? commonFetching
    }

    private mutating func readPartner(_ entry: SettingsTable) {
        let roles = entry.choices("roles", of: Partner.Role.self)
        let website = entry.string("website")
        let people = entry.strings("people")
        let name = entry.string("name")
        let id = Self.identifier("id", in: entry)
        if name == nil { entry.missing("name", "give the name that people know the partner by") }
        if let id, partners.contains(where: { $0.id.value == id }) {
            entry.fault("id", "“\(id)” is the id of an earlier partner; give each its own")
        }
        for source in entry.tables("source") { readSource(source, partner: id) }
        guard let id, let name else { return }
        partners.append(
            Partner(id: ID(id), name: name, roles: roles, website: website, people: people))
    }

    private mutating func readSource(_ entry: SettingsTable, partner: String?) {
        let format = entry.string("format")
        let location = entry.string("feed")
        let id = Self.identifier("id", in: entry)
        let fetching = FetchSettings(entry, otherwise: commonFetching, isSource: true)
        if location == nil { entry.missing("feed", "give a path or an address") }
        if id == JointModule.source.value {
            entry.fault("id", "“joint” is kept for joint modules; choose another")
        }
        if let id, sources.contains(where: { $0.id.value == id }) {
            entry.fault("id", "“\(id)” is the id of an earlier source; give each its own")
        }
        guard let id, let location, let partner else { return }
        self.fetching[ID(id)] = fetching
        sources.append(
            Source(id: ID(id), partner: ID(partner), location: location, format: format))
    }

    private static func identifier(_ field: String, in entry: SettingsTable) -> String? {
        guard let id = entry.string(field) else {
            entry.missing(field, "give a short name of lower-case letters, digits and hyphens")
            return nil
        }
        guard isSourceName(id) else {
            entry.fault(
                field, "“\(id)” may hold only lower-case letters, digits and hyphens")
            return nil
        }
        return id
    }

    /// Whether a text can name a source or a partner.
    public static func isSourceName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 }
    }
}
