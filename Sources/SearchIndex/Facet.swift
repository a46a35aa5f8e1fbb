/// Something that results are counted by.
public enum FacetKind: String, Hashable, Sendable, CaseIterable {
    /// The regions of its venues.
    case municipality, province, labourMarketRegion, corop
    /// The course's level: `1`...`8`, `4+`, `unknown`.
    case level
    /// What sort of learning it is.
    case kind
    /// How it is taught; an offering with several counts at each.
    case mode
    /// Who teaches.
    case provider
    /// In which ``PriceBand`` its price is.
    case price
    /// The month it starts in: `2026-09`, `continuous`, `unknown`.
    case startMonth
    /// The language of instruction.
    case language
    /// How it can be paid for.
    case funding
    /// For whom it is.
    case audience
}

/// The counts for one facet.
///
/// They are disjunctive: each value's count is the number of offerings that fit all other
/// conditions and have this value, so that the values beside a chosen one keep their counts.
public struct Facet: Hashable, Sendable {
    /// What is counted by.
    public let kind: FacetKind
    /// The values that occur, most frequent first; levels, prices and months in their own order.
    public let values: [FacetValue]
}

/// One value of a facet.
public struct FacetValue: Hashable, Sendable {
    /// What to put in a query.
    public let value: String
    /// What to show.
    public let label: String
    /// How many offerings.
    public let count: Int
    /// Whether the query asks for it.
    public let isSelected: Bool
}

/// A range of prices that offerings are counted by, in whole euro.
public enum PriceBand: UInt8, Hashable, Sendable, CaseIterable {
    /// In order of price; what has no price in euro last.
    case free, to100, to250, to500, to1000, to2500, to5000, above5000, unknown

    /// The highest price in the band in euro; `nil` for the last two.
    public var limit: Int? {
        switch self {
        case .free: 0
        case .to100: 100
        case .to250: 250
        case .to500: 500
        case .to1000: 1000
        case .to2500: 2500
        case .to5000: 5000
        case .above5000, .unknown: nil
        }
    }

    /// `0`, `1-100`, …, `5001-`, `unknown`.
    public var name: String {
        switch self {
        case .free: "0"
        case .to100: "0-100"
        case .to250: "100-250"
        case .to500: "250-500"
        case .to1000: "500-1000"
        case .to2500: "1000-2500"
        case .to5000: "2500-5000"
        case .above5000: "5000-"
        case .unknown: "unknown"
        }
    }

    /// The band of a price in cents, `nil` for an unknown one.
    public init(cents: Int32?) {
        guard let cents else {
            self = .unknown
            return
        }
        self = Self.allCases.first { $0.limit.map { Int(cents) <= $0 * 100 } ?? true } ?? .unknown
    }
}
