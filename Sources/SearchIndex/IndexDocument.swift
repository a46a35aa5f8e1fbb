import CourseModel
import Places

/// A course with its offerings and everything that was found out about them: what an index is
/// made of.
public struct IndexDocument: Sendable {
    /// The course and its offerings, as stored.
    public var record: CourseRecord
    /// The name of the provider, for display and for searching by it.
    public var providerName: String
    /// The partner whose source the record comes from.
    public var partner: ID<Partner>?
    /// The partners who own it besides that one.
    public var owners: [ID<Partner>]
    /// Where each offering of the record is given, in the record's order; an offering beyond the
    /// end of the list has no known venue.
    public var venues: [[IndexedVenue]]
    /// The skills that the course teaches, each at most once; of repeats the highest weight counts.
    public var skills: [WeightedSkill]

    /// A course to index.
    public init(
        record: CourseRecord, providerName: String, partner: ID<Partner>? = nil,
        owners: [ID<Partner>] = [], venues: [[IndexedVenue]] = [], skills: [WeightedSkill] = []
    ) {
        self.record = record
        self.providerName = providerName
        self.partner = partner
        self.owners = owners
        self.venues = venues
        self.skills = skills
    }
}

/// A venue after it was looked up in the gazetteer.
public struct IndexedVenue: Hashable, Sendable {
    /// Where it is; `nil` when it could not be placed.
    public var coordinates: Coordinates?
    /// What to call it in a list of results: the town.
    public var label: String
    /// The regions that hold it, at most one of a kind.
    public var regions: [IndexedRegion]

    /// A venue.
    public init(coordinates: Coordinates?, label: String, regions: [IndexedRegion] = []) {
        self.coordinates = coordinates
        self.label = label
        self.regions = regions
    }
}

/// A region that offerings are searched in and counted by.
public struct IndexedRegion: Hashable, Sendable {
    /// How it divides the country.
    public var kind: RegionKind
    /// Its official code, unique within its kind: the index keeps regions by code.
    public var code: String
    /// Its name.
    public var name: String

    /// A region.
    public init(kind: RegionKind, code: String, name: String) {
        self.kind = kind
        self.code = code
        self.name = name
    }
}

/// A skill of a course and how much of it the course teaches.
public struct WeightedSkill: Hashable, Sendable {
    /// The skill's id in its scheme.
    public var id: String
    /// Its name, to find the course by; empty when the course's own text has it.
    public var label: String
    /// How sure it is and how central, 0...1; kept in steps of 1/255.
    public var weight: Double
    /// Whether the provider says so, or it was inferred from the text.
    public var isDeclared: Bool

    /// A skill of a course.
    public init(id: String, label: String = "", weight: Double = 1, isDeclared: Bool = true) {
        self.id = id
        self.label = label
        self.weight = weight
        self.isDeclared = isDeclared
    }
}
