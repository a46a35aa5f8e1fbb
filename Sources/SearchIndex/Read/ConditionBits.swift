/// One bit for each condition of a query that is tried on rows.
enum ConditionBits {
    static let near: UInt32 = 1 << 0
    static let region: UInt32 = 1 << 1
    static let area: UInt32 = 1 << 2
    static let level: UInt32 = 1 << 3
    static let kind: UInt32 = 1 << 4
    static let mode: UInt32 = 1 << 5
    static let language: UInt32 = 1 << 6
    static let audience: UInt32 = 1 << 7
    static let provider: UInt32 = 1 << 8
    static let partner: UInt32 = 1 << 9
    static let funding: UInt32 = 1 << 10
    static let price: UInt32 = 1 << 11
    static let start: UInt32 = 1 << 12
    static let dayPart: UInt32 = 1 << 13
    static let weeks: UInt32 = 1 << 14
    static let open: UInt32 = 1 << 15
    static let past: UInt32 = 1 << 16
    static let full: UInt32 = 1 << 17
    static let cancelled: UInt32 = 1 << 18

    static let place = near | region | area
    /// Those that rows of courses decide.
    static let ofCourses = level | kind | audience | provider | partner | funding
    /// Those that are tried on offerings only when they are set.
    static let rare = mode | language | start | dayPart | open

    /// What each bit stands for, from bit 0 on.
    static let conditions: [Condition] = [
        .near, .region, .area, .level, .kind, .mode, .language, .audience, .provider, .partner,
        .funding, .price, .start, .dayPart, .weeks, .open, .past, .full, .cancelled,
    ]

    /// The condition that a facet's values are chosen by.
    static func bit(of kind: FacetKind) -> UInt32 {
        switch kind {
        case .municipality, .province, .labourMarketRegion, .corop: region
        case .level: level
        case .kind: self.kind
        case .mode: mode
        case .provider: provider
        case .price: price
        case .startMonth: start
        case .language: language
        case .funding: funding
        case .audience: audience
        }
    }
}
