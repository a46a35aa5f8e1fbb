import CourseModel
import Places

/// Counts offerings by the values of facets.
struct FacetCounter {
    // Not counted: whoever calls a query holds the reader, and counts would make threads wait.
    private unowned(unsafe) let reader: IndexReader
    private let kinds: [FacetKind]
    private let ofCourses: [FacetKind]
    private let ofOfferings: [FacetKind]
    private let countsLevels: Bool
    private var levels = InlineArray<10, Int>(repeating: 0)
    private var courseKinds: [Int] = []
    private var modes: [Int] = []
    private var audiences: [Int] = []
    private var prices: [Int] = []
    private var providers: [Int] = []
    private var languageSets: [Int] = []
    private var fundingSets: [Int] = []
    private var starts = DayCounts()
    private let regionKinds: [FacetKind]
    /// Offerings with one venue, by its number in ``IndexSection/areas``, which tells all its regions.
    private var areaCounts: [Int] = []
    /// Offerings with several venues: for each of `regionKinds`, by region.
    private var regionCounts: [[Int]] = []
    /// The condition whose failing alone still counts for some kind.
    let bits: UInt32

    init(_ kinds: Set<FacetKind>, _ reader: IndexReader) {
        self.reader = reader
        self.kinds = FacetKind.allCases.filter(kinds.contains)
        bits = kinds.reduce(0) { $0 | ConditionBits.bit(of: $1) }
        for kind in self.kinds {
            switch kind {
            case .level: break
            case .kind: courseKinds = [Int](repeating: 0, count: CourseKind.allCases.count)
            case .mode: modes = [Int](repeating: 0, count: DeliveryMode.allCases.count)
            case .audience: audiences = [Int](repeating: 0, count: Audience.allCases.count)
            case .price: prices = [Int](repeating: 0, count: PriceBand.allCases.count)
            case .provider: providers = [Int](repeating: 0, count: reader.providerIDs.count)
            case .language: languageSets = [Int](repeating: 0, count: reader.languageSets.count)
            case .funding: fundingSets = [Int](repeating: 0, count: reader.fundingSets.count)
            case .municipality, .province, .labourMarketRegion, .corop, .startMonth: break
            }
        }
        regionKinds = self.kinds.filter { ConditionBits.bit(of: $0) == ConditionBits.region }
        if !regionKinds.isEmpty {
            areaCounts = [Int](repeating: 0, count: reader.areas.count)
            regionCounts = regionKinds.map { _ in
                [Int](repeating: 0, count: reader.regions.count + 1)
            }
        }
        // The level is asked for most and has a way of its own.
        countsLevels = kinds.contains(.level)
        ofCourses = self.kinds.filter { $0 != .level && Self.isOfCourses($0) }
        ofOfferings = self.kinds.filter {
            !Self.isOfCourses($0) && ConditionBits.bit(of: $0) != ConditionBits.region
        }
    }

    private static func isOfCourses(_ kind: FacetKind) -> Bool {
        ConditionBits.bit(of: kind) & ConditionBits.ofCourses != 0
    }

    /// Whether rows of offerings are needed at all.
    var needsOfferings: Bool { !ofOfferings.isEmpty || !regionKinds.isEmpty }

    /// Counts `count` offerings of a course by what they share.
    @inline(__always)
    mutating func count(_ course: CourseRow, _ count: Int) {
        if countsLevels { levels[Int(course.level)] &+= count }
        if !ofCourses.isEmpty { countOthers(course, count) }
    }

    /// Counts `count` offerings of a course that fit but for a condition on the course.
    @inline(__always)
    mutating func count(_ course: CourseRow, _ count: Int, but condition: UInt32) {
        if countsLevels, condition == ConditionBits.level { levels[Int(course.level)] &+= count }
        for kind in ofCourses where ConditionBits.bit(of: kind) == condition {
            self.count(kind, course, count)
        }
    }

    private mutating func countOthers(_ course: CourseRow, _ count: Int) {
        for kind in ofCourses { self.count(kind, course, count) }
    }

    private mutating func count(_ kind: FacetKind, _ course: CourseRow, _ count: Int) {
        switch kind {
        case .kind: courseKinds[Int(course.kind)] += count
        case .audience: Self.count(&audiences, course.audiences, count)
        case .provider: providers[Int(course.provider)] += count
        case .funding: fundingSets[Int(course.fundingSet)] += count
        default: break
        }
    }

    /// Counts an offering that fits but for a condition by the kinds whose values that chooses.
    mutating func count(
        _ number: Int, _ row: OfferingRow, _ course: CourseRow, _ scan: Scan,
        but condition: UInt32
    ) throws(IndexError) {
        count(course, 1, but: condition)
        try count(number, row, scan, but: condition)
    }

    /// Counts an offering by what is its own; with a condition, only by the kinds whose values that
    /// chooses.
    mutating func count(
        _ number: Int, _ row: OfferingRow, _ scan: Scan, but condition: UInt32 = 0
    ) throws(IndexError) {
        if !regionKinds.isEmpty, condition == 0 || condition == ConditionBits.region {
            try countRegions(number, row, scan)
        }
        for kind in ofOfferings where condition == 0 || ConditionBits.bit(of: kind) == condition {
            switch kind {
            case .mode: Self.count(&modes, row.modes, 1)
            case .price:
                let cents = row.price == OfferingRow.unknownPrice ? nil : row.price
                prices[Int(PriceBand(cents: cents).rawValue)] += 1
            case .startMonth: starts.add(row.start)
            case .language: languageSets[Int(row.languageSet)] += 1
            default: break
            }
        }
    }

    private static func count(_ counts: inout [Int], _ bits: UInt8, _ count: Int) {
        var rest = bits
        while rest != 0 {
            counts[rest.trailingZeroBitCount] += count
            rest &= rest - 1
        }
    }

    private mutating func countRegions(
        _ number: Int, _ row: OfferingRow, _ scan: Scan
    ) throws(IndexError) {
        guard row.flags & OfferingRow.needsNoTravel == 0 else { return }
        if row.flags & OfferingRow.hasMoreVenues == 0 {
            // It fits at its one venue, or would but for the region.
            let area = Int(row.area)
            if area >= areaCounts.count { _ = try reader.areas.row(area) }
            areaCounts[area] &+= 1
            return
        }
        var areas: [UInt16] = []
        try scan.forEachVenue(of: number, row) { _, latitude, longitude, area in
            // Regions do not choose among themselves, all else must hold at this venue.
            let failed =
                scan.place.failures(latitude, longitude, area) & ~ConditionBits.region
            if failed == 0, !areas.contains(area) { areas.append(area) }
        }
        for (index, kind) in regionKinds.enumerated() {
            var counted: [UInt16] = []
            for area in areas {
                let region = try reader.areas.row(Int(area))[Self.regionKind(kind)]
                guard region > 0, !counted.contains(region) else { continue }
                counted.append(region)
                regionCounts[index][Int(region)] += 1
            }
        }
    }

    /// How many offerings each region has, by its number.
    private func counts(ofRegionsOf kind: FacetKind) throws(IndexError) -> [Int] {
        guard let index = regionKinds.firstIndex(of: kind) else { return [] }
        var counts = regionCounts[index]
        for (area, count) in areaCounts.enumerated() where count > 0 {
            let region = try reader.areas.row(area)[Self.regionKind(kind)]
            if region > 0 { counts[Int(region)] += count }
        }
        return counts
    }

    static func regionKind(_ kind: FacetKind) -> RegionKind {
        switch kind {
        case .province: .province
        case .labourMarketRegion: .labourRegion
        case .corop: .corop
        default: .municipality
        }
    }

    // MARK: Results

    /// The counts, with the query's own values marked.
    func facets(_ query: Query) throws(IndexError) -> [Facet] {
        var facets: [Facet] = []
        for kind in kinds {
            facets.append(Facet(kind: kind, values: try values(kind, query)))
        }
        return facets
    }

    private func values(_ kind: FacetKind, _ query: Query) throws(IndexError) -> [FacetValue] {
        switch kind {
        case .level:
            return [0, 1, 2, 3, 4, 9, 5, 6, 7, 8].compactMap { code in
                let level = LevelCode(rawValue: UInt8(code))
                let isSelected = query.levels.rawValue >> UInt16(code) & 1 > 0
                return Self.value(level.name, levels[code], isSelected)
            }
        case .kind:
            return Self.byCount(
                CourseKind.allCases.enumerated().compactMap { index, kind in
                    Self.value(kind.rawValue, courseKinds[index], query.kinds.contains(kind))
                })
        case .mode:
            return Self.byCount(
                DeliveryMode.allCases.enumerated().compactMap { index, mode in
                    Self.value(mode.rawValue, modes[index], query.modes.contains(mode))
                })
        case .audience:
            return Self.byCount(
                Audience.allCases.enumerated().compactMap { index, audience in
                    Self.value(
                        audience.rawValue, audiences[index], query.audiences.contains(audience))
                })
        case .price:
            let limit = query.maxPrice?.scaled
            return PriceBand.allCases.compactMap { band in
                let isSelected =
                    limit.flatMap { limit in band.limit.map { Int64($0) * 10_000 <= limit } }
                    ?? false
                return Self.value(band.name, prices[Int(band.rawValue)], isSelected)
            }
        case .startMonth: return months(query)
        case .provider:
            var values: [FacetValue] = []
            for (number, count) in providers.enumerated() where count > 0 {
                let id = try reader.providerIDs.string(number)
                values.append(
                    FacetValue(
                        value: id, label: try reader.providerNames.string(number), count: count,
                        isSelected: query.providers.contains(ID(id))))
            }
            return Self.byCount(values)
        case .language:
            let selected = Set(query.languages.map(\.code))
            return try members(reader.languageSets, languageSets, selected)
        case .funding:
            return try members(
                reader.fundingSets, fundingSets, Set(query.funding.map(\.name)))
        case .municipality, .province, .labourMarketRegion, .corop:
            var values: [FacetValue] = []
            let counts = try counts(ofRegionsOf: kind)
            for (number, count) in counts.enumerated() where count > 0 {
                let region = try reader.region(number)
                let code = RegionCode(kind: region.kind, code: region.code)
                values.append(
                    FacetValue(
                        value: region.code, label: region.name, count: count,
                        isSelected: query.regions.contains(code)))
            }
            return Self.byCount(values)
        }
    }

    private static func value(_ name: String, _ count: Int, _ isSelected: Bool) -> FacetValue? {
        count == 0
            ? nil : FacetValue(value: name, label: name, count: count, isSelected: isSelected)
    }

    private static func byCount(_ values: [FacetValue]) -> [FacetValue] {
        values.sorted { $0.count != $1.count ? $0.count > $1.count : $0.value < $1.value }
    }

    private func members(
        _ table: StringTable, _ counts: [Int], _ selected: Set<String>
    ) throws(IndexError) -> [FacetValue] {
        var totals: [String: Int] = [:]
        for (number, count) in counts.enumerated() where count > 0 {
            for member in try table.string(number).split(separator: ",") {
                totals[String(member), default: 0] += count
            }
        }
        return Self.byCount(
            totals.map { member, count in
                FacetValue(
                    value: member, label: member, count: count,
                    isSelected: selected.contains(member))
            })
    }

    private func months(_ query: Query) -> [FacetValue] {
        var totals: [String: Int] = [:]
        var selected = Set<String>()
        let hasWindow = query.startAfter != nil || query.startBefore != nil
        for (day, count) in starts.counts {
            let name: String
            switch day {
            case OfferingRow.continuousStart: name = "continuous"
            case OfferingRow.unknownStart: name = "unknown"
            default: name = String(CalendarDate(daysSince1970: day).iso.prefix(7))
            }
            totals[name, default: 0] += count
            if hasWindow, day != OfferingRow.unknownStart,
                day == OfferingRow.continuousStart
                    || day >= query.startAfter?.daysSince1970 ?? .min
                        && day <= query.startBefore?.daysSince1970 ?? .max
            {
                selected.insert(name)
            }
        }
        // Digits come before letters, so months stand first.
        return totals.sorted { $0.key < $1.key }.map { name, count in
            FacetValue(value: name, label: name, count: count, isSelected: selected.contains(name))
        }
    }
}
