/// A feed at a place, owned by a partner: the namespace of the records that come from it.
public struct Source: Hashable, Sendable, Codable {
    /// Its id: kebab-case, without a colon.
    public var id: ID<Source>
    /// The partner who owns it.
    public var partner: ID<Partner>?
    /// The file, folder or address.
    public var location: String
    /// The format, when it is fixed; otherwise it is recognised.
    public var format: String?

    /// A source.
    public init(
        id: ID<Source>, partner: ID<Partner>? = nil, location: String, format: String? = nil
    ) {
        self.id = id
        self.partner = partner
        self.location = location
        self.format = format
    }
}

/// An organisation of the partnership: a school, a sector body, a company, a region.
public struct Partner: Hashable, Sendable, Codable {
    /// What a partner does in the partnership.
    public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
        /// Teaches.
        case provider
        /// Publishes feeds, its own or others'.
        case publisher
        /// Speaks for a sector.
        case sectorBody = "sector-body"
        /// Offers work and places to learn.
        case employer
        /// Keeps the partnership going.
        case coordinator
    }

    /// Its id: kebab-case.
    public var id: ID<Partner>
    /// Its name.
    public var name: String
    /// What it does.
    public var roles: [Role]
    /// Its page.
    public var website: String?
    /// Who speaks for it where records are corrected; empty when anyone may.
    public var people: [String]

    /// A partner.
    public init(
        id: ID<Partner>, name: String, roles: [Role], website: String? = nil, people: [String] = []
    ) {
        self.id = id
        self.name = name
        self.roles = roles
        self.website = website
        self.people = people
    }
}

/// Where a record was read.
public struct Provenance: Hashable, Sendable, Codable {
    /// The source it belongs to.
    public var source: ID<Source>
    /// The format it was read in.
    public var format: String
    /// The file or address within the source.
    public var file: String
    /// Where the record starts in that file.
    public var position: SourcePosition?
    /// When the provider says that it last changed the record, ISO 8601 as written.
    public var lastEdited: String?

    /// Where a record was read.
    public init(
        source: ID<Source>, format: String, file: String, position: SourcePosition? = nil,
        lastEdited: String? = nil
    ) {
        self.source = source
        self.format = format
        self.file = file
        self.position = position
        self.lastEdited = lastEdited
    }
}
