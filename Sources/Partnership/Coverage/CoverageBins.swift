import CourseModel
import SearchIndex

/// What offerings are counted by, as positions in a row of counters: for everyone and for each
/// audience the total, the levels, the prices and the fields.
struct CoverageBins: Sendable {
    /// The levels in order: EQF 1...8 (4+ is among 4), then not known.
    static let levels: [LevelCode] =
        (1...8).map { LevelCode(rawValue: $0) } + [
            LevelCode(rawValue: 0)
        ]

    let fields: [CoverageField]

    private var levelStart: Int { 1 }
    private var priceStart: Int { levelStart + Self.levels.count }
    private var fieldStart: Int { priceStart + PriceBand.allCases.count }
    /// The counters of one audience.
    var width: Int { fieldStart + fields.count }
    /// All counters: everyone first, then each audience.
    var total: Int { width * (1 + Audience.allCases.count) }

    /// Where an audience's counters start; `nil` is everyone.
    func start(_ audience: Audience?) -> Int {
        guard let audience else { return 0 }
        return width * (1 + (Audience.allCases.firstIndex(of: audience) ?? 0))
    }

    /// The counters of the levels, the prices, the fields, from an audience's start.
    var ofLevels: Range<Int> { levelStart..<priceStart }
    var ofPrices: Range<Int> { priceStart..<fieldStart }
    var ofFields: Range<Int> { fieldStart..<width }

    /// What tells offerings apart here.
    struct Signature: Hashable {
        var level: UInt8
        var price: UInt8
        var audiences: UInt8
        var fields: UInt64

        init(_ match: IndexReader.Match, fields: UInt64) {
            let level = match.courseRow.level
            // 0 is not known and stands last; 9 is NLQF 4+, which is at EQF 4.
            self.level = level == 0 ? 8 : level == 9 ? 3 : level - 1
            let price = match.row.price
            self.price = PriceBand(cents: price == OfferingRow.unknownPrice ? nil : price).rawValue
            audiences = match.courseRow.audiences
            self.fields = fields
        }
    }

    /// The counters of an offering.
    ///
    /// One that does not say for whom it is, is for every audience, as in a search.
    func bins(_ signature: Signature) -> [Int32] {
        var own = [0, levelStart + Int(signature.level), priceStart + Int(signature.price)]
        for field in fields.indices where signature.fields >> UInt64(field) & 1 > 0 {
            own.append(fieldStart + field)
        }
        var bins = own.map { Int32($0) }
        for (number, audience) in Audience.allCases.enumerated()
        where signature.audiences == 0 || signature.audiences >> UInt8(number) & 1 > 0 {
            bins += own.map { Int32(start(audience) + $0) }
        }
        return bins
    }
}
