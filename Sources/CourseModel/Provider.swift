/// Who teaches (EN 15982: learning opportunity provider).
public struct Provider: Hashable, Sendable, Codable {
    /// Stable id.
    public var id: ID<Provider>
    /// What the feed calls it.
    public var nativeID: String
    /// Its name.
    public var name: LocalizedText
    /// What it says about itself.
    public var description: LocalizedRichText
    /// Its page.
    public var url: String?
    /// Its logo or picture.
    public var image: Image?
    /// Its address; the venue of offerings that name none.
    public var location: Venue?
    /// Ways to reach it.
    public var contacts: [Contact]
    /// Other ids: KvK number, BRIN, UKPRN.
    public var codes: [Code]
    /// Accreditations (CRKBO, NRTO, …), in the feed's words.
    public var accreditations: [String]
    /// Where it was read.
    public var provenance: Provenance

    /// A provider of which only the id and name are known.
    public init(
        id: ID<Provider>, nativeID: String, name: LocalizedText, provenance: Provenance
    ) {
        self.id = id
        self.nativeID = nativeID
        self.name = name
        self.provenance = provenance
        description = LocalizedRichText()
        contacts = []
        codes = []
        accreditations = []
    }
}

/// A picture.
public struct Image: Hashable, Sendable, Codable {
    /// Its address.
    public var url: String
    /// What it shows, for those who cannot see it.
    public var alternative: String?
    /// Its caption.
    public var title: String?

    /// A picture.
    public init(url: String, alternative: String? = nil, title: String? = nil) {
        self.url = url
        self.alternative = alternative
        self.title = title
    }
}

/// A way to reach someone.
public struct Contact: Hashable, Sendable, Codable {
    /// Whom.
    public var name: String?
    /// In what role or about what.
    public var role: String?
    /// E-mail address.
    public var email: String?
    /// Telephone number, as written.
    public var telephone: String?
    /// Page.
    public var url: String?

    /// A way to reach someone.
    public init(
        name: String? = nil, role: String? = nil, email: String? = nil, telephone: String? = nil,
        url: String? = nil
    ) {
        self.name = name
        self.role = role
        self.email = email
        self.telephone = telephone
        self.url = url
    }
}
