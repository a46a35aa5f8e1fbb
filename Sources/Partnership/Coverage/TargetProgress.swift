import Answers
import CourseModel
import Ingest
import Matching
import Places
import SearchIndex
import Skills

/// How far a target of the partnership is reached.
public struct TargetProgress: Sendable {
    /// The target.
    public let target: CoverageTarget
    /// The region that it is about; `nil` for the whole country.
    public let region: Places.Region?
    /// How many postcodes there are.
    public let postcodes: Int
    /// How many of them reach as many offerings as are wanted.
    public let reaching: Int
    /// How many offerings an average postcode reaches.
    public let mean: Double
    /// How many the postcode with the least reaches.
    public let least: Int

    /// The share of postcodes that reach as many offerings as are wanted, 0...1.
    public var share: Double { postcodes == 0 ? 0 : Double(reaching) / Double(postcodes) }
    /// Whether the target is reached.
    public var isMet: Bool { postcodes > 0 && share >= target.share }

    /// Looks how far a target is reached.
    ///
    /// - Throws: `FilterFault` when a region or filter of the target is not understood;
    ///   ``IndexError``.
    public init(
        _ target: CoverageTarget, index: IndexReader, gazetteer: Gazetteer,
        skills: SkillsCatalogue, today: CalendarDate
    ) throws {
        self.target = target
        var filters = Filters()
        for filter in target.filters {
            guard let field = FilterField.named(filter.name) else {
                throw FilterFault(filter.name, "is no filter")
            }
            switch field.value {
            case .text(let path): filters[keyPath: path] = filter.values.first
            case .list(let path): filters[keyPath: path] = filter.values
            case .count(let path): filters[keyPath: path] = filter.values.first.flatMap { Int($0) }
            case .flag(let path): filters[keyPath: path] = true
            }
        }
        // The region is where people are, not where something is given: it is only looked up.
        var place = Filters()
        place.region = target.region
        let reader = FilterReader(
            gazetteer: gazetteer, skills: skills, index: index, today: today)
        let region = try reader.query(place).region
        self.region = region
        let query = try reader.query(filters).query
        let areas = gazetteer.allPostcodes.compactMap { gazetteer.postcode($0) }
            .filter { area in region.map { area.areas.contains($0.index) } ?? true }
        let metres = target.reach.maximumDistance
        let grid = ReachGrid(
            try CoverageContent(query, in: index).content, width: 1,
            around: areas.map(\.coordinates), metres: metres)
        let counts = areas.map { area in
            var count: [UInt32] = [0]
            grid.add(within: metres, of: area.coordinates, to: &count)
            return Int(count[0])
        }
        postcodes = counts.count
        reaching = counts.count { $0 >= target.offerings }
        mean = counts.isEmpty ? 0 : Double(counts.reduce(0, +)) / Double(counts.count)
        least = counts.min() ?? 0
    }
}
