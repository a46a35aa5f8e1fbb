/// A code of a named scheme, with its label when the feed gives one: a subject, a register entry.
public struct Code: Hashable, Sendable, Codable {
    /// The scheme, in lower case: `isced-f`, `edudex-theme`, `crebo`, `croho`, `rio`, `jacs3`….
    public var scheme: String
    /// The code within the scheme; empty when the feed gives only a label.
    public var code: String
    /// What the feed calls it.
    public var label: LocalizedText

    /// A code.
    public init(scheme: String, code: String, label: LocalizedText = LocalizedText()) {
        self.scheme = scheme
        self.code = code
        self.label = label
    }
}

/// A skill that a course says it teaches or asks for.
///
/// Only what the provider declares stands in the model; what can be inferred from the text is kept
/// apart, with its evidence.
public struct DeclaredSkill: Hashable, Sendable, Codable {
    /// The id in a skills scheme (an ESCO URI, `urn:skill:…`), when given.
    public var id: String?
    /// What the feed calls it.
    public var label: LocalizedText

    /// A skill as the provider names it.
    public init(id: String? = nil, label: LocalizedText = LocalizedText()) {
        self.id = id
        self.label = label
    }
}

/// What is earned by completing a course.
public struct Qualification: Hashable, Sendable, Codable {
    /// What paper it is.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// A full diploma or degree.
        case diploma, degree
        /// A recognised certificate, also of a part of a diploma (mbo-certificaat).
        case certificate
        /// Proof that someone took part.
        case attendance
        /// The feed says that there is none.
        case none
        /// Something else, named by its title.
        case other
    }

    /// What paper it is.
    public var kind: Kind
    /// Its name.
    public var title: LocalizedText
    /// Its short name (`BSc`, `Ad`).
    public var abbreviation: String?
    /// Its level, when given apart from the course's.
    public var level: Level?
    /// Who awards it; absent means the provider.
    public var awardedBy: String?
    /// Who accredits it.
    public var accreditedBy: String?
    /// Its entries in registers (crebo, croho, RIO, NLQF, Ofqual).
    public var codes: [Code]
    /// Where to read more.
    public var url: String?

    /// A qualification.
    public init(
        kind: Kind, title: LocalizedText = LocalizedText(), abbreviation: String? = nil,
        level: Level? = nil, awardedBy: String? = nil, accreditedBy: String? = nil,
        codes: [Code] = [], url: String? = nil
    ) {
        self.kind = kind
        self.title = title
        self.abbreviation = abbreviation
        self.level = level
        self.awardedBy = awardedBy
        self.accreditedBy = accreditedBy
        self.codes = codes
        self.url = url
    }
}
