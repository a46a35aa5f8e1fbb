import CourseModel

/// Where a venue is, how that was found, and what is wrong with what the feed says of it.
public struct PlacedVenue: Hashable, Sendable {
    /// How the position was found.
    public enum Position: String, Hashable, Sendable, Codable, CaseIterable {
        /// The coordinates that the feed states, or those with latitude and longitude exchanged.
        case stated
        /// The centre of the postcode's area.
        case postcode
        /// The middle of the town.
        case town
        /// Nothing that could be placed was stated.
        case none
    }

    /// Where it is; `nil` when ``position`` is `none`.
    public var coordinates: Coordinates?
    /// Its regions; `nil` when it is not placed in the Netherlands.
    public var areas: AreaCodes?
    /// Its Dutch postcode area, or the one whose centre is nearest; `nil` outside the Netherlands
    /// and when only the town is known.
    public var pc4: Int?
    /// The town for display, as the gazetteer writes it; the feed's own when it is not known there.
    public var town: String?
    /// How the position was found.
    public var position: Position
    /// What the owner of the feed should know, without line and column.
    public var diagnostics: [Diagnostic]
}

extension DiagnosticCode {
    /// Coordinates and postcode lie more than 10 km apart; the postcode was followed.
    public static let coordinatesContradictPostcode: DiagnosticCode =
        "coordinates-contradict-postcode"
    /// Coordinates and town lie more than 15 km apart, and no postcode decides; the town was
    /// followed.
    public static let coordinatesContradictTown: DiagnosticCode = "coordinates-contradict-town"
    /// Latitude and longitude are both zero; they were dropped.
    public static let coordinatesZero: DiagnosticCode = "coordinates-zero"
    /// A Dutch venue's coordinates lie outside the Netherlands; they were dropped.
    public static let coordinatesOutsideCountry: DiagnosticCode = "coordinates-outside-country"
    /// There is no such Dutch postcode.
    public static let unknownPostcode: DiagnosticCode = "unknown-postcode"
    /// The town lies more than 10 km from the postcode; the postcode was followed.
    public static let townContradictsPostcode: DiagnosticCode = "town-contradicts-postcode"
    /// There is no Dutch town of that name.
    public static let unknownTown: DiagnosticCode = "unknown-town"
    /// In place of a town stands something else, such as “online”.
    public static let townIsNoPlace: DiagnosticCode = "town-is-no-place"
    /// There are several Dutch towns of that name, and nothing says which.
    public static let ambiguousTown: DiagnosticCode = "ambiguous-town"
    /// The venue is placed at the middle of its town, for want of a postcode or coordinates.
    public static let placedByTown: DiagnosticCode = "placed-by-town"
    /// The venue could not be placed, so it is not found by region or distance.
    public static let venueNotPlaced: DiagnosticCode = "venue-not-placed"
}
