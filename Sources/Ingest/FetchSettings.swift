import CourseModel
import Settings

/// How a source's feed is fetched, and how often.
public struct FetchSettings: Hashable, Sendable {
    /// Where a secret is, so that it need not stand in `catalog.toml`.
    public enum SecretReference: Hashable, Sendable {
        /// In an environment variable.
        case environment(String)
        /// In the first line of a file.
        case file(String)
    }

    /// How the server is told who asks.
    public enum Credentials: Hashable, Sendable {
        /// With a name and a password.
        case basic(user: String, password: SecretReference)
        /// With a token.
        case bearer(SecretReference)
        /// With a header of the server's making.
        case header(String, SecretReference)
    }

    /// What is asked of an OAI-PMH repository.
    public struct Harvest: Hashable, Sendable {
        /// The metadata prefix; `nil` for the first one that holds a format we read.
        public var prefix: String?
        /// The set; `nil` for all records.
        public var set: String?

        /// What is asked.
        public init(prefix: String? = nil, set: String? = nil) {
            self.prefix = prefix
            self.set = set
        }
    }

    /// Seconds between two looks.
    public var every = 86_400
    /// Seconds without a good look after which a source counts as silent.
    public var silentAfter = 3 * 86_400
    /// The largest document, in bytes.
    public var maximumBytes = 1 << 30
    /// Seconds for one document.
    public var timeout = 900
    /// Whether the feed may be on a machine of a private network.
    public var allowsPrivateAddresses = false
    /// A file of certificates (PEM) to trust instead of the system's.
    public var authorities: String?
    /// How the server is told who asks.
    public var credentials: Credentials?
    /// Set when the address is that of an OAI-PMH repository.
    public var harvest: Harvest?

    /// Once a day, of public addresses, at most a gigabyte.
    public init() {}

    /// Reads the fields of a source, or of `[sync]` for all of them.
    init(_ entry: SettingsTable, otherwise common: FetchSettings, isSource: Bool) {
        self = common
        if let seconds = Self.duration("every", in: entry) {
            every = seconds
            silentAfter = max(3 * seconds, 86_400)
        }
        if let seconds = Self.duration("silent-after", in: entry) { silentAfter = seconds }
        if let seconds = Self.duration("time-out", in: entry) { timeout = seconds }
        if let megabytes = entry.integer("max-megabytes", in: 1...1_000_000) {
            maximumBytes = megabytes << 20
        }
        if let allowed = entry.boolean("allow-private") { allowsPrivateAddresses = allowed }
        if let file = entry.string("ca-file") { authorities = file }
        guard isSource else { return }
        if let table = entry.table("credentials") { credentials = Self.credentials(table) }
        if let table = entry.table("oai-pmh") {
            harvest = Harvest(prefix: table.string("prefix"), set: table.string("set"))
        }
    }

    /// `90s`, `15m`, `6h`, `2d` or `1w` as seconds.
    static func duration(_ field: String, in entry: SettingsTable) -> Int? {
        entry.parsed(field, expected: "a time such as 15m, 6h or 2d") { text in
            let units: [Character: Int] = [
                "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800,
            ]
            guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()),
                1...100_000 ~= count
            else { return nil }
            return count * unit
        }
    }

    private enum Kind: String, CaseIterable {
        case basic
        case bearer
        case header
    }

    private static func credentials(_ table: SettingsTable) -> Credentials? {
        let kind = table.choice("kind", of: Kind.self)
        let user = table.string("user")
        let name = table.string("header")
        if !table.has("kind") { table.missing("kind", "give basic, bearer or header") }
        guard let secret = secret("secret", in: table), let kind else { return nil }
        switch kind {
        case .bearer: return .bearer(secret)
        case .basic:
            guard let user else {
                table.missing("user", "give the name that the server knows you by")
                return nil
            }
            return .basic(user: user, password: secret)
        case .header:
            guard let name, name.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 58 }) else {
                table.missing("header", "give the header's name, such as X-Api-Key")
                return nil
            }
            return .header(name, secret)
        }
    }

    /// A secret by reference; one that is written out is a fault, so that it is not shared by
    /// accident with everyone who may read the catalogue.
    package static func secret(_ field: String, in table: SettingsTable) -> SecretReference? {
        guard let text = table.string(field) else {
            if !table.has(field) {
                table.missing(field, "give env:NAME or file:PATH, where the secret is")
            }
            return nil
        }
        for (prefix, make) in [
            ("env:", SecretReference.environment), ("file:", SecretReference.file),
        ] where text.hasPrefix(prefix) && text.count > prefix.count {
            return make(String(text.dropFirst(prefix.count)))
        }
        table.fault(
            field,
            "does not say where the secret is; write env:NAME or file:PATH, and keep the "
                + "secret itself out of this file")
        return nil
    }
}
