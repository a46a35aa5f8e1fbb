import Answers
import CourseModel
import Ingest
import Places
import SearchIndex

/// Coverage as machines read it.
///
/// Means are over the postcodes of a region, in tenths; of levels, prices and fields only what
/// occurs is told.
public struct CoverageAnswer: Encodable {
    /// What an average postcode reaches by one way to travel.
    struct Reached: Encodable {
        var mean: Double
        var least: Int
        var most: Int
        var postcodesWithout: Int
        var levels: [String: Double]
        var prices: [String: Double]
        var fields: [String: Double]
    }

    /// What there is without travel.
    struct Anywhere: Encodable {
        var total: Int
        var levels: [String: Double]
        var prices: [String: Double]
        var fields: [String: Double]
    }

    /// What there is for an audience in a region.
    struct ForAudience: Encodable {
        var audience: String
        var offerings: Int
        var reached: [String: Reached]
    }

    struct RegionRow: Encodable {
        var kind: String
        var code: String
        var name: String
        var postcodes: Int
        var audiences: [ForAudience]
        /// The figures of earlier generations, oldest first, when they are asked for.
        var trend: [Figures]?
    }

    struct Figures: Encodable {
        var generation: Int
        var day: String
        /// Offerings given in the region, then what an average postcode reaches.
        var offerings: Int
        var mean: [String: Double]
    }

    struct Field: Encodable {
        var code: String
        var name: String
    }

    struct Target: Encodable {
        var name: String
        var region: Nullable<String>
        var offerings: Int
        var wantedShare: Double
        var until: Nullable<String>
        var share: Double
        var mean: Double
        var least: Int
        var postcodes: Int
        var isMet: Bool
        /// The share in earlier generations, oldest first.
        var trend: [Point]
    }

    struct Point: Encodable {
        var generation: Int
        var day: String
        var value: Double
    }

    var generation: Int
    var day: String
    var minutes: Double
    var fields: [Field]
    var withoutTravel: [String: Anywhere]
    var regions: [RegionRow]
    var targets: [Target]

    /// An answer about some regions.
    public init(
        _ coverage: Coverage, regions: [Places.Region], audiences: [Audience?] = Coverage.audiences,
        progress: [TargetProgress], ledger: CoverageLedger, trend: Bool = false,
        language: AnswerLanguage
    ) {
        generation = coverage.generation
        day = coverage.day.iso
        minutes = coverage.minutes
        fields = coverage.fields.map { Field(code: $0.code, name: $0.name(language)) }
        withoutTravel = Dictionary(
            uniqueKeysWithValues: audiences.map { audience in
                let counts = coverage.withoutTravel(for: audience)
                return (
                    Self.name(audience),
                    Anywhere(
                        total: Int(counts.total), levels: Self.levels(counts),
                        prices: Self.prices(counts), fields: Self.fields(counts, coverage))
                )
            })
        self.regions = regions.map { region in
            RegionRow(
                kind: region.kind.rawValue, code: region.code, name: region.name,
                postcodes: coverage.postcodes(of: region.index),
                audiences: audiences.map { audience in
                    ForAudience(
                        audience: Self.name(audience),
                        offerings: coverage.offerings(in: region, for: audience),
                        reached: Dictionary(
                            uniqueKeysWithValues: TravelMode.allCases.map { mode in
                                (mode.rawValue, Self.reached(coverage, region, mode, audience))
                            }))
                }, trend: trend ? Self.trend(of: region, ledger) : nil)
        }
        targets = progress.map { progress in
            let target = progress.target
            return Target(
                name: target.name, region: Nullable(progress.region?.code),
                offerings: target.offerings, wantedShare: target.share,
                until: Nullable(target.until?.iso), share: (progress.share * 1000).rounded() / 1000,
                mean: Self.tenth(progress.mean), least: progress.least,
                postcodes: progress.postcodes, isMet: progress.isMet,
                trend: ledger.entries.compactMap { entry in
                    entry.targets[target.name].map {
                        Point(generation: entry.generation, day: entry.day, value: $0)
                    }
                })
        }
    }

    /// The word for an audience: `everyone`, `worker`, ….
    public static func name(_ audience: Audience?) -> String { audience?.rawValue ?? "everyone" }

    /// Rounded to tenths.
    public static func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    private static func reached(
        _ coverage: Coverage, _ region: Places.Region, _ mode: TravelMode, _ audience: Audience?
    ) -> Reached {
        let counts = coverage.reached(from: region.index, by: mode, for: audience)
        let spread = coverage.spread(in: region.index, by: mode, for: audience)
        return Reached(
            mean: tenth(counts.total), least: spread.least, most: spread.most,
            postcodesWithout: spread.without, levels: levels(counts), prices: prices(counts),
            fields: fields(counts, coverage))
    }

    /// The figures of a region in all generations that were looked at; 0 where it had nothing.
    private static func trend(of region: Places.Region, _ ledger: CoverageLedger) -> [Figures] {
        ledger.entries.map { entry in
            let values = entry.regions[region.code] ?? []
            return Figures(
                generation: entry.generation, day: entry.day, offerings: Int(values.first ?? 0),
                mean: Dictionary(
                    uniqueKeysWithValues: TravelMode.allCases.enumerated().map { number, mode in
                        (mode.rawValue, number + 1 < values.count ? values[number + 1] : 0)
                    }))
        }
    }

    private static func told(_ pairs: some Sequence<(String, Double)>) -> [String: Double] {
        Dictionary(
            pairs.lazy.filter { $0.1 > 0 }.map { ($0.0, tenth($0.1)) },
            uniquingKeysWith: { first, _ in first })
    }

    private static func levels(_ counts: Coverage.Counts) -> [String: Double] {
        told(zip(CoverageBins.levels.map(\.name), counts.levels))
    }

    private static func prices(_ counts: Coverage.Counts) -> [String: Double] {
        told(zip(PriceBand.allCases.map(\.name), counts.prices))
    }

    private static func fields(
        _ counts: Coverage.Counts, _ coverage: Coverage
    ) -> [String: Double] {
        told(zip(coverage.fields.map(\.code), counts.fields))
    }
}
