import Answers
import CourseModel
import Places
import SearchIndex

/// Coverage as comma-separated values: a line for each region, audience, way to travel and thing that
/// is counted by, so that a spreadsheet can turn it as it likes.
public enum CoverageCSV {
    /// The names of the columns.
    public static let heading = [
        "kind", "code", "region", "postcodes", "audience", "by", "minutes", "counted", "value",
        "mean", "least", "most", "postcodes_without", "given_in_region",
    ]

    /// Hands out the lines, the heading first.
    public static func forEachLine(
        _ coverage: Coverage, regions: [Places.Region],
        audiences: [Audience?] = Coverage.audiences, _ body: (String) throws -> Void
    ) rethrows {
        try body(CSVOutput.line(heading))
        for region in regions {
            for audience in audiences {
                for mode in TravelMode.allCases {
                    let counts = coverage.reached(from: region.index, by: mode, for: audience)
                    let spread = coverage.spread(in: region.index, by: mode, for: audience)
                    func line(_ counted: String, _ value: String, _ rest: [String]) -> String {
                        CSVOutput.line(
                            [
                                region.kind.rawValue, region.code, region.name,
                                "\(coverage.postcodes(of: region.index))",
                                CoverageAnswer.name(audience), mode.rawValue,
                                "\(coverage.minutes)", counted, value,
                            ] + rest)
                    }
                    try body(
                        line(
                            "all", "",
                            [
                                "\(CoverageAnswer.tenth(counts.total))", "\(spread.least)",
                                "\(spread.most)", "\(spread.without)",
                                "\(coverage.offerings(in: region, for: audience))",
                            ]))
                    for (counted, names, values) in [
                        ("level", CoverageBins.levels.map(\.name), counts.levels),
                        ("price", PriceBand.allCases.map(\.name), counts.prices),
                        ("field", coverage.fields.map(\.code), counts.fields),
                    ] {
                        for (name, value) in zip(names, values) where value > 0 {
                            try body(
                                line(
                                    counted, name,
                                    ["\(CoverageAnswer.tenth(value))", "", "", "", ""]))
                        }
                    }
                }
            }
        }
    }
}
