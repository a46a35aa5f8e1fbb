import Answers
import CourseModel
import Places
import Skills

/// Gaps as a table for spreadsheets, as outlines and as a map.
public enum GapsForms {
    /// The names of the columns of the CSV.
    public static let heading = [
        "kind", "code", "region", "what", "id", "label", "profiles", "needed", "taught", "missing",
    ]

    /// Hands out the lines of a CSV, the heading first: for each region a line for each occupation that
    /// lacks something, for each occupation and skill that is asked for and not met, and a line of
    /// totals.
    public static func forEachLine(
        _ gaps: Gaps, regions: [Gaps.InRegion], demand: DemandTally?, skills: SkillsCatalogue,
        language: AnswerLanguage, _ body: (String) throws -> Void
    ) rethrows {
        try body(CSVOutput.line(heading))
        func labels(_ numbers: [Int]) -> String {
            numbers.map { skills.skillLabel($0, in: language.tag) }.joined(separator: "; ")
        }
        for entry in regions {
            let region = entry.region
            func line(_ cells: [String]) -> String {
                CSVOutput.line([region.kind.rawValue, region.code, region.name] + cells)
            }
            try body(
                line([
                    "total", "", "", demand?.profiles(in: region.index).map { "\($0)" } ?? "",
                    "\(entry.occupations)", "\(entry.complete)", "",
                ]))
            for occupation in entry.incomplete {
                try body(
                    line([
                        "occupation", skills.occupationID(occupation.number).value,
                        skills.occupationLabel(occupation.number, in: language.tag), "",
                        "\(occupation.needed)", "\(occupation.taught.count)",
                        labels(occupation.missing),
                    ]))
            }
            guard let demand else { continue }
            for wish in gaps.unmetOccupations(demand, in: region.index, skills) {
                try body(
                    line([
                        "wanted-occupation", skills.occupationID(wish.count.number).value,
                        skills.occupationLabel(wish.count.number, in: language.tag),
                        "\(wish.count.profiles)", "", "", labels(wish.missing),
                    ]))
            }
            for wish in gaps.unmetSkills(demand, in: region.index) {
                try body(
                    line([
                        "wanted-skill", skills.skillID(wish.number).value,
                        skills.skillLabel(wish.number, in: language.tag), "\(wish.profiles)", "",
                        "", "",
                    ]))
            }
        }
    }

    /// A GeoJSON feature collection (RFC 7946) of the regions.
    public static func geoJSON(
        _ gaps: Gaps, regions: [Gaps.InRegion], limit: Int, demand: DemandTally?,
        skills: SkillsCatalogue, gazetteer: Gazetteer, language: AnswerLanguage
    ) throws -> String {
        let answer = GapsAnswer(
            gaps, regions: regions, limit: limit, demand: demand, skills: skills,
            language: language)
        return try JSONOutput.line(
            RegionCollection(
                generation: gaps.generation, day: gaps.day, regions.map(\.region), answer.regions,
                gazetteer: gazetteer)) + "\n"
    }

    /// An SVG of the regions, darker where more occupations can be learnt for.
    public static func map(
        _ gaps: Gaps, kind: RegionKind, gazetteer: Gazetteer, language: AnswerLanguage
    ) -> String {
        let shares = Dictionary(
            gaps.regions.map { ($0.region.index, 100 * $0.share) },
            uniquingKeysWith: { first, _ in first })
        return RegionDrawing(
            heading: language(
                nl: "Voor welke beroepen er te leren is", en: "For which jobs one can learn"),
            title: language(
                nl: "Beroepen waarvan alle hoofdvaardigheden binnen bereik te leren zijn",
                en: "Occupations of which all essential skills can be learnt within reach"),
            regions: RegionMap.of(gazetteer).shapes(kind).map {
                ($0, shares[$0.region.index] ?? 0)
            },
            number: { CoverageWording.number($0, language) + "%" }, language: language
        ).text
    }
}
