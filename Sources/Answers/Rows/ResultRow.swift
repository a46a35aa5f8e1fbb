import CourseModel
import SearchIndex

/// One offering as every output form shows it.
public struct ResultRow: Sendable {
    /// The course.
    public var course: ID<Course>
    /// The offering.
    public var offering: ID<Offering>
    /// The offering's own title, else the course's.
    public var title: String
    /// The name of who teaches.
    public var provider: String
    /// The sort of learning.
    public var kind: CourseKind
    /// The level.
    public var level: LevelCode
    /// What the feed calls the level.
    public var statedLevel: String?
    /// When it starts.
    public var start: Start
    /// The last day, when known.
    public var end: CalendarDate?
    /// How it is taught.
    public var modes: [DeliveryMode]
    /// The town of the venue, or "online" or "at your workplace" in the reader's language.
    public var place: String
    /// Where it is, when it has a place.
    public var coordinates: Coordinates?
    /// How far that is from the place that was asked for.
    public var distanceInKilometres: Double?
    /// How long it takes to get there.
    public var travelMinutes: Int?
    /// Whether that comes from a router, and is no estimate.
    public var travelIsRouted = false
    /// What it costs, when known.
    public var price: Money?
    /// Whether the price includes all VAT that is due, when the feed says.
    public var includesVAT: Bool?
    /// Whether it can be taken up.
    public var status: OfferingStatus
    /// The page about it, else about the course.
    public var url: String?
    /// What orders the results.
    public var score: Double
    /// How many other offerings of the course fit; 0 when every offering stands by itself.
    public var alternatives = 0
    /// The title with the words of the query marked in it, when there are words.
    public var markedTitle: MarkedText?
    /// A piece of the description with the words of the query marked in it, when it was asked for.
    public var snippet: MarkedText?
    /// The parts of the score, when they were asked for.
    public var explanation: ScoreExplanation?

    /// What machines can rely on for each result of `search` and `match`.
    public struct JSON: Encodable {
        package struct PriceJSON: Encodable {
            package var amount: String
            var currency: String
            var includesVAT: Nullable<Bool>
        }

        package var course: String
        package var offering: String
        package var title: String
        package var provider: String
        package var kind: String
        package var level: Nullable<Int>
        package var start: Nullable<String>
        package var startsContinuously: Bool
        package var end: Nullable<String>
        package var modes: [String]
        package var place: String
        package var lat: Nullable<Double>
        package var lon: Nullable<Double>
        package var distanceKm: Nullable<Double>
        package var travelMinutes: Nullable<Int>
        package var travelSource: Nullable<String>
        package var price: Nullable<PriceJSON>
        package var status: String
        package var url: Nullable<String>
        package var score: Double
        package var highlights: HighlightsJSON?
        package var explanation: ScoreExplanation.JSON?

        package struct HighlightsJSON: Encodable {
            var title: [MarkedText.SegmentJSON]
            var description: [MarkedText.SegmentJSON]?
        }
    }

    /// The row in the form of the JSON contract.
    public var json: JSON {
        JSON(
            course: course.value, offering: offering.value, title: title, provider: provider,
            kind: kind.rawValue, level: Nullable(level.eqf), start: Nullable(start.date?.iso),
            startsContinuously: start.isContinuous, end: Nullable(end?.iso),
            modes: modes.map(\.rawValue), place: place, lat: Nullable(coordinates?.latitude),
            lon: Nullable(coordinates?.longitude),
            distanceKm: Nullable(distanceInKilometres.map { ($0 * 10).rounded() / 10 }),
            travelMinutes: Nullable(travelMinutes),
            travelSource: Nullable(
                travelMinutes.map { _ in travelIsRouted ? "routed" : "estimated" }),
            price: Nullable(
                price.map {
                    JSON.PriceJSON(
                        amount: $0.amount.description, currency: $0.currency.code,
                        includesVAT: Nullable(includesVAT))
                }), status: status.rawValue, url: Nullable(url),
            score: (score * 10_000).rounded() / 10_000,
            highlights: markedTitle.map {
                JSON.HighlightsJSON(title: $0.json, description: snippet?.json)
            }, explanation: explanation?.json)
    }
}

extension ResultRow.JSON {
    /// The names of the members that are not the same in all of these, in order.
    package static func differences(among rows: [ResultRow.JSON]) -> [String] {
        func differ<Value: Equatable>(_ value: (ResultRow.JSON) -> Value) -> Bool {
            rows.dropFirst().contains { value($0) != value(rows[0]) }
        }
        let all: [(String, Bool)] = [
            ("title", differ { $0.title }), ("provider", differ { $0.provider }),
            ("kind", differ { $0.kind }), ("level", differ { $0.level.value }),
            ("start", differ { $0.start.value }), ("end", differ { $0.end.value }),
            ("modes", differ { $0.modes }), ("place", differ { $0.place }),
            ("price", differ { $0.price.value?.amount }), ("status", differ { $0.status }),
        ]
        return all.filter(\.1).map(\.0)
    }
}
