import CourseModel
import Places
import SearchIndex

/// What is within reach of the people of each region: cumulative opportunities.
///
/// From the centre of each postcode it is counted how many offerings have a venue within some minutes
/// of travel, by each way to travel, as `travelEstimate` has it; a region's figure is the mean over its
/// postcodes. Where people live and where they work count alike, and every postcode counts the same,
/// for want of numbers of inhabitants. What needs no travel is told apart, since it is the same
/// everywhere.
///
/// Offerings count once from each postcode, however many venues they have.
public struct Coverage: Sendable {
    /// The generation of the catalogue.
    public let generation: Int
    /// The day that was taken for today.
    public let day: CalendarDate
    /// How long people may travel.
    public let minutes: Double
    /// The fields that offerings are counted by.
    public var fields: [CoverageField] { bins.fields }
    /// How many offerings were counted that have a venue, and that need no travel.
    public let offerings: (placed: Int, withoutTravel: Int)

    let bins: CoverageBins
    private let postcodes: [Int]
    /// By region, way to travel and counter: the sum over its postcodes.
    private let sums: [UInt64]
    /// By region, way to travel and audience: least, most, and how many postcodes reach nothing.
    private let spreads: [Spread]
    private let withoutTravel: [UInt32]
    /// By kind of audience: offerings given in each region.
    private let inside: [[String: Int]]

    /// How the counts of a region's postcodes differ.
    public struct Spread: Hashable, Sendable {
        /// What the postcode with the least reaches.
        public var least: Int
        /// What the postcode with the most reaches.
        public var most: Int
        /// How many postcodes reach nothing.
        public var without: Int
    }

    /// Counts of offerings: in all, and by what they are.
    ///
    /// Means over the postcodes of a region, so not whole numbers.
    public struct Counts: Sendable {
        /// In all.
        public let total: Double
        /// By EQF level 1...8, then of unknown level.
        public let levels: [Double]
        /// By ``PriceBand``.
        public let prices: [Double]
        /// By field, in the order of ``Coverage/fields``.
        public let fields: [Double]
    }

    /// What the audiences are counted by: everyone first.
    public static let audiences: [Audience?] = [nil] + Audience.allCases

    /// Counts for all regions of a gazetteer.
    ///
    /// - Parameters:
    ///   - query: Which offerings to count; its place, audience and page do not matter.
    ///   - minutes: How long people may travel, more than 0.
    /// - Throws: ``IndexError``.
    /// - Complexity: O(offerings · log offerings + postcodes · area within reach).
    public init(
        of index: IndexReader, gazetteer: Gazetteer, query: Query, minutes: Double
    ) throws {
        generation = index.generation
        day = query.today
        self.minutes = minutes
        let (fields, fieldsOfCourse) = try CoverageField.fields(of: index)
        let bins = CoverageBins(fields: fields)
        self.bins = bins
        var query = query
        query.near = nil
        query.regions = []
        query.area = nil
        query.audiences = []
        query.fewestWithAllWords = 0

        let found = try CoverageContent(query, in: index, bins: bins, fields: fieldsOfCourse)
        withoutTravel = found.withoutTravel
        offerings = (found.placed, Int(found.withoutTravel[0]))
        inside = try Self.audiences.map { try Self.inside($0, query, index) }

        let areas = gazetteer.allPostcodes.compactMap { gazetteer.postcode($0) }
        let metres = TravelMode.allCases.map {
            Reach.time(minutes: minutes, mode: $0).maximumDistance
        }
        let grid = ReachGrid(
            found.content, width: bins.total, around: areas.map(\.coordinates),
            metres: metres.max() ?? 0)
        let modes = TravelMode.allCases.count
        let audiences = Self.audiences.count
        var postcodes = [Int](repeating: 0, count: gazetteer.regions.count)
        var sums = [UInt64](
            repeating: 0, count: gazetteer.regions.count * modes * bins.total)
        var spreads = [Spread](
            repeating: Spread(least: .max, most: 0, without: 0),
            count: gazetteer.regions.count * modes * audiences)
        var counts = [UInt32](repeating: 0, count: bins.total)
        for area in areas {
            let regions = RegionKind.allCases.map { Int(area.areas[$0].rawValue) }
            for region in regions { postcodes[region] += 1 }
            for mode in 0..<modes {
                for bin in counts.indices { counts[bin] = 0 }
                grid.add(within: metres[mode], of: area.coordinates, to: &counts)
                for region in regions {
                    let start = (region * modes + mode) * bins.total
                    for bin in counts.indices { sums[start + bin] += UInt64(counts[bin]) }
                    for audience in 0..<audiences {
                        let total = Int(counts[audience * bins.width])
                        let place = (region * modes + mode) * audiences + audience
                        spreads[place].least = min(spreads[place].least, total)
                        spreads[place].most = max(spreads[place].most, total)
                        if total == 0 { spreads[place].without += 1 }
                    }
                }
            }
        }
        self.postcodes = postcodes
        self.sums = sums
        self.spreads = spreads
    }

    /// How many postcodes a region has.
    public func postcodes(of region: RegionIndex) -> Int { postcodes[Int(region.rawValue)] }

    /// How many offerings are given in a region, whoever can reach them.
    ///
    /// - Parameter audience: For whom; `nil` for everyone.
    public func offerings(in region: Places.Region, for audience: Audience? = nil) -> Int {
        let number = Self.audiences.firstIndex(of: audience) ?? 0
        return inside[number][Self.key(region.kind, region.code)] ?? 0
    }

    /// What an average postcode of a region reaches.
    public func reached(
        from region: RegionIndex, by mode: TravelMode, for audience: Audience? = nil
    ) -> Counts {
        let modes = TravelMode.allCases
        let place = Int(region.rawValue) * modes.count + (modes.firstIndex(of: mode) ?? 0)
        let start = place * bins.total + bins.start(audience)
        let count = Double(max(postcodes(of: region), 1))
        return counts { Double(sums[start + $0]) / count }
    }

    /// How the postcodes of a region differ.
    ///
    /// All 0 for a region without postcodes.
    public func spread(
        in region: RegionIndex, by mode: TravelMode, for audience: Audience? = nil
    ) -> Spread {
        let modes = TravelMode.allCases
        let place = Int(region.rawValue) * modes.count + (modes.firstIndex(of: mode) ?? 0)
        guard postcodes(of: region) > 0 else { return Spread(least: 0, most: 0, without: 0) }
        return spreads[
            place * Self.audiences.count + (Self.audiences.firstIndex(of: audience) ?? 0)]
    }

    /// What can be taken without travel: online, at a distance, at one's own workplace.
    public func withoutTravel(for audience: Audience? = nil) -> Counts {
        let start = bins.start(audience)
        return counts { Double(withoutTravel[start + $0]) }
    }

    private func counts(_ value: (Int) -> Double) -> Counts {
        Counts(
            total: value(0), levels: bins.ofLevels.map(value), prices: bins.ofPrices.map(value),
            fields: bins.ofFields.map(value))
    }

    private static func key(_ kind: RegionKind, _ code: String) -> String {
        "\(kind.rawValue):\(code)"
    }

    private static func inside(
        _ audience: Audience?, _ query: Query, _ index: IndexReader
    ) throws -> [String: Int] {
        var query = query
        query.audiences = audience.map { [$0] } ?? []
        query.limit = 0
        query.relaxesUpTo = nil
        let kinds: [FacetKind: RegionKind] = [
            .municipality: .municipality, .province: .province,
            .labourMarketRegion: .labourRegion, .corop: .corop,
        ]
        query.facets = Set(kinds.keys)
        var counts: [String: Int] = [:]
        for facet in try index.search(query).facets {
            guard let kind = kinds[facet.kind] else { continue }
            for value in facet.values { counts[key(kind, value.value)] = value.count }
        }
        return counts
    }
}
