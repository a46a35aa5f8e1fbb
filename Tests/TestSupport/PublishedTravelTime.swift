/// A travel time as somebody published it, to hold estimates against.
public struct PublishedTravelTime: Sendable {
    /// Who published it, and of what.
    public let source: String
    /// The way to travel: `foot`, `bike`, `transit`, `car`.
    public let mode: String
    /// The length of the path.
    public let kilometres: Double
    /// How many times as long as the great circle the path is taken to be.
    public let detour: Double
    /// The published minutes, from door to door.
    public let minutes: Double
    /// Whether the model's speeds were chosen by it; else it is a check.
    public let isFitted: Bool

    /// The great-circle metres between the ends.
    public var metres: Double { kilometres * 1000 / detour }

    /// The figures.
    ///
    /// Those of 2021 are shares of distance, trips and time by mode (CBS StatLine 84710NED), times
    /// the mean trip of that year, 10.87 km in 27.87 minutes (84711NED).
    public static let all: [PublishedTravelTime] = [
        .init("CBS StatLine 37980NED, 2002/2003: a walk of a kilometre", "foot", 1.0, 1.22, 12.2),
        .init("CBS StatLine 37980NED, 2002/2003: the mean bicycle trip", "bike", 2.96, 1.2, 13.8),
        .init(
            "CBS StatLine 37980NED, 2002/2003: the mean train trip", "transit", 43.7, 1.34, 72.7),
        .init(
            "CBS StatLine 37980NED, 2002/2003: the mean trip by bus, tram or metro", "transit",
            15.0, 1.34, 38.3),
        .init("CBS StatLine 37980NED, 2002/2003: the mean car trip", "car", 15.9, 1.34, 21.4),
        .init("CBS 2011: car, trips to 5 km, taken as 3 km", "car", 3.0, 1.34, 9.0),
        .init(
            "CBS 2011: bus, tram or metro, trips to 5 km, taken as 3.5 km", "transit", 3.5, 1.34,
            23.0),
        .init("TomTom 2024: 10 km by car in The Hague", "car", 10, 1.34, 19.0, isFitted: false),
        .init("CBS 2021: the mean car trip", "car", 17.15, 1.34, 24.4, isFitted: false),
        .init("CBS 2021: the mean train trip", "transit", 55.3, 1.34, 92.9, isFitted: false),
        .init(
            "CBS 2021: the mean trip by bus, tram or metro", "transit", 13.6, 1.34, 43.5,
            isFitted: false),
        .init(
            "CBS 2021: the mean bicycle trip, tours and e-bikes too", "bike", 4.18, 1.2, 23.7,
            isFitted: false),
        .init(
            "CBS 2021: the mean walk, for pleasure too", "foot", 2.28, 1.22, 30.9, isFitted: false),
    ]

    private init(
        _ source: String, _ mode: String, _ kilometres: Double, _ detour: Double, _ minutes: Double,
        isFitted: Bool = true
    ) {
        self.source = source
        self.mode = mode
        self.kilometres = kilometres
        self.detour = detour
        self.minutes = minutes
        self.isFitted = isFitted
    }

    /// How far an estimate is off, as a share of the published time; negative when it is too short.
    public func error(of estimate: Double) -> Double { estimate / minutes - 1 }

    /// The heading of the table that ``row(estimate:)`` gives the rows of.
    public static let heading = """
        | published | way | km | minutes | estimate | error | used to fit |
        |---|---|---|---|---|---|---|
        """

    /// A row of a table in Markdown.
    public func row(estimate: Double) -> String {
        let percent = Int((error(of: estimate) * 100).rounded())
        return "| \(source) | \(mode) | \(kilometres) | \(minutes) "
            + "| \((estimate * 10).rounded() / 10) | \(percent > 0 ? "+" : "")\(percent) % "
            + "| \(isFitted ? "yes" : "no") |"
    }
}
