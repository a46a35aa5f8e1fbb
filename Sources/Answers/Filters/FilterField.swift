import CourseModel
import Matching
import Places

/// One filter: its name on the command line, in the API and in forms, and where its value goes.
///
/// ``all`` is the one list of filters; whoever takes filters, takes these.
public struct FilterField: Sendable {
    /// What a filter takes.
    public enum Value: Sendable {
        /// One text.
        case text(any WritableKeyPath<Filters, String?> & Sendable)
        /// Any number of texts.
        case list(any WritableKeyPath<Filters, [String]> & Sendable)
        /// A number of at least 1.
        case count(any WritableKeyPath<Filters, Int?> & Sendable)
        /// Nothing: it is there or not.
        case flag(any WritableKeyPath<Filters, Bool> & Sendable)
    }

    /// Its name: `near`, `max-price`.
    public let name: String
    /// What it asks for, in a sentence.
    public let help: String
    /// What its value is called in usages: `place`; `nil` for a flag.
    public let valueName: String?
    /// Values that show how it is written.
    public let examples: [String]
    /// What it takes and where that goes.
    public let value: Value

    init(
        _ name: String, _ value: Value, _ help: String, as valueName: String? = nil,
        examples: [String] = []
    ) {
        self.name = name
        self.valueName = valueName
        self.value = value
        self.help = help
        self.examples = examples
    }

    /// All filters, in the order in which they are told.
    public static let all: [FilterField] = [
        .init(
            "near", .text(\.near), "Near a place, a postcode or a point.", as: "place",
            examples: ["Houten", "3992 AB", "52.03,5.17"]),
        .init(
            "within", .text(\.within), "How far or how long: 15km, 30min.", as: "reach",
            examples: ["15km", "30min"]),
        .init(
            "by", .text(\.by), "How one travels: \(words(TravelMode.self)).", as: "way",
            examples: TravelMode.allCases.map(\.rawValue)),
        .init(
            "region", .text(\.region),
            "In a municipality, province, labour-market region or COROP area. Where names "
                + "coincide: gemeente:Utrecht, provincie:Utrecht, arbeidsmarktregio:…, corop:….",
            as: "name",
            examples: ["provincie:Utrecht"]),
        .init("area", .text(\.area), "Inside the polygons of a GeoJSON text.", as: "file"),
        .init(
            "level", .list(\.level), "NLQF level: 1-8, 4+, or a range such as 3-5.", as: "level",
            examples: ["3", "4+", "3-5"]),
        .init(
            "kind", .list(\.kind), "Kind: \(words(CourseKind.self)).", as: "kind",
            examples: CourseKind.allCases.map(\.rawValue)),
        .init(
            "mode", .list(\.mode), "How it is taught: \(words(DeliveryMode.self)).", as: "mode",
            examples: DeliveryMode.allCases.map(\.rawValue)),
        .init(
            "language", .list(\.language), "Language of instruction: nl, en, ….", as: "language",
            examples: ["nl", "en"]),
        .init(
            "audience", .list(\.audience), "For whom: \(words(Audience.self)).", as: "audience",
            examples: Audience.allCases.map(\.rawValue)),
        .init(
            "provider", .list(\.provider), "Who teaches: a name, a part of it, or an id.",
            as: "name"),
        .init("partner", .list(\.partner), "Which partner brought it: an id.", as: "id"),
        .init("skill", .list(\.skill), "Teaches a skill: an id or plain words.", as: "skill"),
        .init(
            "occupation", .list(\.occupation), "Serves an occupation: an id or a job title.",
            as: "job"),
        .init("subject", .list(\.subject), "About a subject: a code or words.", as: "subject"),
        .init(
            "max-price", .text(\.maxPrice), "Costs at most this many euros, VAT included.",
            as: "euros",
            examples: ["500", "99.50"]),
        .init(
            "start-after", .text(\.startAfter),
            "Starts on or after a day: 2027-01-31, today, \"+3 months\".", as: "day",
            examples: ["2027-01-31", "today", "+3 months"]),
        .init(
            "start-before", .text(\.startBefore), "Starts on or before a day.", as: "day",
            examples: ["2027-12-31"]),
        .init("evenings", .flag(\.evenings), "Taught in the evening."),
        .init("weekends", .flag(\.weekends), "Taught at the weekend."),
        .init("max-weeks", .count(\.maxWeeks), "Lasts at most this many weeks.", as: "weeks"),
        .init(
            "open-only", .flag(\.openOnly),
            "Only what is open for enrolment: not full, closed or of unknown state."),
        .init("all", .flag(\.all), "Also what has started, is full, closed or cancelled."),
    ]

    /// The filter with a name.
    public static func named(_ name: String) -> FilterField? { all.first { $0.name == name } }

    private static func words<Choice: CaseIterable & RawRepresentable>(_: Choice.Type) -> String
    where Choice.RawValue == String {
        Choice.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
