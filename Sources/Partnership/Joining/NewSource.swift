import CourseModel
import Ingest

/// A source that is to come into `catalog.toml`, with its partner when that is new.
public struct NewSource: Hashable, Sendable {
    /// The source and its partner's id.
    public var source: Source
    /// The partner; `nil` for one that stands in `catalog.toml` already.
    public var partner: Partner?
    /// How often it is fetched, as written (`6h`); `nil` for what holds for all.
    public var every: String?
    /// Whether it may be on a machine of a private network.
    public var allowsPrivateAddresses: Bool
    /// The metadata prefix of an OAI-PMH repository, empty for the first that is read; `nil` for
    /// another sort of address.
    public var harvestPrefix: String?

    /// A source.
    public init(
        _ source: Source, partner: Partner? = nil, every: String? = nil,
        allowsPrivateAddresses: Bool = false, harvestPrefix: String? = nil
    ) {
        self.source = source
        self.partner = partner
        self.every = every
        self.allowsPrivateAddresses = allowsPrivateAddresses
        self.harvestPrefix = harvestPrefix
    }

    /// The lines that say so in `catalog.toml`.
    public var lines: [String] {
        var lines: [String] = []
        if let partner {
            lines += ["[[partner]]", "id = " + Self.quoted(partner.id.value)]
            lines.append("name = " + Self.quoted(partner.name))
            let roles = partner.roles.map { Self.quoted($0.rawValue) }
            if !roles.isEmpty { lines.append("roles = [\(roles.joined(separator: ", "))]") }
            if let website = partner.website { lines.append("website = " + Self.quoted(website)) }
        }
        lines += ["[[partner.source]]", "id = " + Self.quoted(source.id.value)]
        lines.append("feed = " + Self.quoted(source.location))
        if let format = source.format { lines.append("format = " + Self.quoted(format)) }
        if let every { lines.append("every = " + Self.quoted(every)) }
        if allowsPrivateAddresses { lines.append("allow-private = true") }
        if let harvestPrefix {
            lines.append("[partner.source.oai-pmh]")
            if !harvestPrefix.isEmpty { lines.append("prefix = " + Self.quoted(harvestPrefix)) }
        }
        return lines
    }

    /// The text of a `catalog.toml` with this source in it.
    ///
    /// It comes behind the other sources of its partner, or at the end. Everything else stays as it
    /// stands, comments and layout included.
    ///
    /// - Parameter file: The name to use in faults.
    /// - Throws: ``Refusal``; `SettingsFaults` when a line of the new source is faulty.
    public func added(to text: String, file: String) throws -> String {
        let before = try CatalogConfiguration(toml: text, file: file)
        guard !before.sources.contains(where: { $0.id == source.id }) else {
            throw Refusal.sourceTaken(source.id)
        }
        if let partner, before.partners.contains(where: { $0.id == partner.id }) {
            throw Refusal.partnerTaken(partner.id)
        }
        // What is wrong with the new lines is told before they are among the others.
        let own = partner == nil ? ["[[partner]]", "id = \"new\"", "name = \"new\""] : []
        _ = try CatalogConfiguration(
            toml: (own + lines).joined(separator: "\n"), file: file + " (new lines)")
        let changed = try partner == nil ? inserted(in: text) : appended(to: text)
        guard let after = try? CatalogConfiguration(toml: changed, file: file) else {
            throw Refusal.cannotEdit(file: file, lines: lines)
        }
        // A text that reads otherwise than by its lines (a header within a quoted text) is left to a
        // person.
        guard after.partners == before.partners + [partner].compactMap({ $0 }),
            after.sources.filter({ $0.id != source.id }) == before.sources,
            after.sources.contains(source),
            before.sources.allSatisfy({ after.fetching(of: $0.id) == before.fetching(of: $0.id) })
        else { throw Refusal.cannotEdit(file: file, lines: lines) }
        return changed
    }

    private func appended(to text: String) -> String {
        guard !text.isEmpty else { return lines.joined(separator: "\n") + "\n" }
        let end = text.hasSuffix("\n\n") ? "" : text.hasSuffix("\n") ? "\n" : "\n\n"
        return text + end + lines.joined(separator: "\n") + "\n"
    }

    private func inserted(in text: String) throws(Refusal) -> String {
        var own = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let end = Self.end(of: source.partner?.value ?? "", in: own) else {
            throw .cannotEdit(file: "catalog.toml", lines: lines)
        }
        own.insert(contentsOf: lines, at: end)
        return own.joined(separator: "\n")
    }

    /// Behind which line of a `catalog.toml` a partner ends; what stands before the next one, blank
    /// lines and comments, belongs to that.
    private static func end(of partner: String, in lines: [String]) -> Int? {
        func header(_ line: String) -> String? {
            let bare = line.filter { !$0.isWhitespace }
            return bare.hasPrefix("[") ? bare : nil
        }
        var start: Int?
        var isOwn = false
        for (number, line) in lines.enumerated() {
            guard let header = header(line) else {
                let bare = line.filter { !$0.isWhitespace }
                if start != nil, bare.hasPrefix("id=\"\(partner)\"") || bare == "id='\(partner)'" {
                    isOwn = true
                }
                continue
            }
            if isOwn, !header.hasPrefix("[partner."), !header.hasPrefix("[[partner.") {
                return behind(number, in: lines)
            }
            if !isOwn { start = header.hasPrefix("[[partner]]") ? number : nil }
        }
        return isOwn ? behind(lines.count, in: lines) : nil
    }

    private static func behind(_ number: Int, in lines: [String]) -> Int {
        var end = number
        while end > 0 {
            let line = lines[end - 1].filter { !$0.isWhitespace }
            guard line.isEmpty || line.hasPrefix("#") else { break }
            end -= 1
        }
        return end
    }

    /// A text as TOML writes it (TOML 1.0, basic strings).
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 32 || scalar.value == 127:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Why a source does not come into `catalog.toml`.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// Another source has its id.
        case sourceTaken(ID<Source>)
        /// Another partner has its partner's id.
        case partnerTaken(ID<Partner>)
        /// The file is written in a way that only a person can add to.
        case cannotEdit(file: String, lines: [String])
        /// The file was changed while the preview was looked at.
        case changed(file: String)
        /// Another process is fetching a source of that id.
        case busy(ID<Source>)

        /// What is wrong and what to do.
        public var description: String {
            switch self {
            case .sourceTaken(let id):
                "catalog.toml already has a source “\(id)”; choose another --id"
            case .partnerTaken(let id):
                "catalog.toml already has a partner “\(id)”; leave out --name to add a source to it"
            case .cannotEdit(let file, let lines):
                "\(file) is written in a way that this program cannot add to safely; nothing was "
                    + "changed. Add these lines by hand:\n" + lines.joined(separator: "\n")
            case .changed(let file):
                "\(file) was changed meanwhile; nothing was added. Run this again"
            case .busy(let id):
                "another process is fetching “\(id)”; nothing was added. Run this again"
            }
        }
    }
}
