import CourseModel

/// A point that a person or a venue can be at, with the regions around it.
public struct Place: Hashable, Sendable {
    /// What was named.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// A postcode; at the centre of its four digits' area.
        case postcode
        /// A town or village.
        case town
        /// A municipality that is no town; at the middle of its postcodes.
        case municipality
        /// A latitude and a longitude.
        case coordinates
    }

    /// What was named.
    public let kind: Kind
    /// Its name: `Houten`, `3992 AB`, `52.0336, 5.1692`.
    public let name: String
    /// Its name for display, with what tells it apart: `Bergen (NH)`, `3992 AB Houten`.
    ///
    /// Resolving the label of a town gives that town again.
    public let label: String
    /// Where it is.
    public let coordinates: Coordinates
    /// Its regions; `nil` outside the Netherlands.
    public let areas: AreaCodes?
    /// The names of its municipality, province, labour-market region and COROP area.
    public let regions: [Region]

    /// The municipality, in the Netherlands.
    public var municipality: Region? { regions.first { $0.kind == .municipality } }
    /// The province, in the Netherlands.
    public var province: Region? { regions.first { $0.kind == .province } }
    /// The labour-market region, in the Netherlands.
    public var labourRegion: Region? { regions.first { $0.kind == .labourRegion } }
    /// The COROP area, in the Netherlands.
    public var corop: Region? { regions.first { $0.kind == .corop } }
}

/// What a place's name stands for.
public enum PlaceResolution: Hashable, Sendable {
    /// One place.
    case found(Place)
    /// Several places of that name: ask, by their labels. Largest first.
    case ambiguous([Place])
    /// The name of a region without a centre, such as a province: search in it instead of near it.
    case region(Region)
    /// None; perhaps one of these was meant, likeliest first.
    case unknown(suggestions: [Place])
}

/// The area of one four-digit postcode.
public struct PostcodeArea: Hashable, Sendable {
    /// How a position was found.
    public enum Position: String, Hashable, Sendable, Codable {
        /// The centre of the postcode's own addresses.
        case postcode
        /// The middle of its town.
        case town
    }

    /// Four digits, 1000...9999.
    public let pc4: Int
    /// The town or village.
    public let place: String
    /// The centre.
    public let coordinates: Coordinates
    /// How the centre was found.
    public let position: Position
    /// The regions, as indices.
    public let areas: AreaCodes
    /// The municipality.
    public let municipality: Region
    /// The province.
    public let province: Region
    /// The labour-market region.
    public let labourRegion: Region
    /// The COROP area.
    public let corop: Region
}
