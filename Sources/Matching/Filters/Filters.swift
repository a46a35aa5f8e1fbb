import CourseModel

/// The filters of a query as a person or a program writes them: the same words on the command line,
/// in the API and in page forms.
public struct Filters: Hashable, Sendable {
    /// What to look for.
    public var words = ""
    /// A place, a postcode, or `latitude,longitude`.
    public var near: String?
    /// How far or how long: `15km`, `30min`.
    public var within: String?
    /// How one travels: `foot`, `bike`, `transit`, `car`.
    public var by: String?
    /// A municipality, province, labour-market region or COROP area.
    public var region: String?
    /// The text of a GeoJSON file with polygons.
    public var area: String?
    /// NLQF levels: `3`, `4+`, `3-5`.
    public var level: [String] = []
    /// Kinds of course.
    public var kind: [String] = []
    /// Modes of delivery.
    public var mode: [String] = []
    /// Languages of instruction.
    public var language: [String] = []
    /// Audiences.
    public var audience: [String] = []
    /// Providers, by id, name or a part of it.
    public var provider: [String] = []
    /// Partners, by id.
    public var partner: [String] = []
    /// Skills, by id or in plain words.
    public var skill: [String] = []
    /// Occupations, by id or job title.
    public var occupation: [String] = []
    /// Subjects, by code or label.
    public var subject: [String] = []
    /// The highest price in euro, VAT included.
    public var maxPrice: String?
    /// The first day to start on.
    public var startAfter: String?
    /// The last day to start on.
    public var startBefore: String?
    /// Taught in the evening.
    public var evenings = false
    /// Taught at the weekend.
    public var weekends = false
    /// The longest duration in weeks.
    public var maxWeeks: Int?
    /// Only what one can enrol in today.
    public var openOnly = false
    /// Also what is past, full, closed or cancelled.
    public var all = false

    /// No filters.
    public init() {}

    /// Whether nothing narrows the catalogue, but for what is past, full, closed or cancelled.
    public var areEmpty: Bool {
        var others = self
        others.all = false
        return others == Filters()
    }
}

/// A filter that is not understood: which one, what is wrong with it, and what to do.
public struct FilterFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the filter, as it is written after `--` and in the API: `near`, `max-price`.
    public let filter: String
    /// What is wrong and what to do.
    public let message: String

    /// A fault.
    public init(_ filter: String, _ message: String) {
        self.filter = filter
        self.message = message
    }

    /// `--near: …`.
    public var description: String { "--\(filter): \(message)" }
}
