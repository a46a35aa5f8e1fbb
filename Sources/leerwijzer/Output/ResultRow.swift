import CourseModel
import SearchIndex

/// One offering as every output form shows it.
struct ResultRow {
    var course: ID<Course>
    var offering: ID<Offering>
    var title: String
    var provider: String
    var kind: CourseKind
    var level: LevelCode
    /// What the feed calls the level.
    var statedLevel: String?
    var start: Start
    var end: CalendarDate?
    var modes: [DeliveryMode]
    /// The town of the venue, or "online" or "at your workplace" in the reader's language.
    var place: String
    var coordinates: Coordinates?
    var distanceInKilometres: Double?
    var travelMinutes: Int?
    var price: Money?
    /// Whether the price includes all VAT that is due, when the feed says.
    var includesVAT: Bool?
    var status: OfferingStatus
    var url: String?
    var score: Double
    /// How many other offerings of the course fit; 0 when every offering stands by itself.
    var alternatives = 0

    /// What machines can rely on for each result of `search` and `match`.
    struct JSON: Encodable {
        struct PriceJSON: Encodable {
            var amount: String
            var currency: String
            var includesVAT: Nullable<Bool>
        }

        var course: String
        var offering: String
        var title: String
        var provider: String
        var kind: String
        var level: Nullable<Int>
        var start: Nullable<String>
        var startsContinuously: Bool
        var end: Nullable<String>
        var modes: [String]
        var place: String
        var lat: Nullable<Double>
        var lon: Nullable<Double>
        var distanceKm: Nullable<Double>
        var travelMinutes: Nullable<Int>
        var price: Nullable<PriceJSON>
        var status: String
        var url: Nullable<String>
        var score: Double
    }

    /// The row in the form of the JSON contract.
    var json: JSON {
        JSON(
            course: course.value, offering: offering.value, title: title, provider: provider,
            kind: kind.rawValue, level: Nullable(level.eqf), start: Nullable(start.date?.iso),
            startsContinuously: start.isContinuous, end: Nullable(end?.iso),
            modes: modes.map(\.rawValue), place: place, lat: Nullable(coordinates?.latitude),
            lon: Nullable(coordinates?.longitude),
            distanceKm: Nullable(distanceInKilometres.map { ($0 * 10).rounded() / 10 }),
            travelMinutes: Nullable(travelMinutes),
            price: Nullable(
                price.map {
                    JSON.PriceJSON(
                        amount: $0.amount.description, currency: $0.currency.code,
                        includesVAT: Nullable(includesVAT))
                }), status: status.rawValue, url: Nullable(url),
            score: (score * 10_000).rounded() / 10_000)
    }
}
