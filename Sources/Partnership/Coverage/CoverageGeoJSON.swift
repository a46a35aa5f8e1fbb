import Answers
import CourseModel
import Places

/// Coverage as a GeoJSON feature collection (RFC 7946): the outlines of the regions with their figures.
public enum CoverageGeoJSON {
    /// The collection.
    public static func text(
        _ coverage: Coverage, regions: [Region], audiences: [Audience?], gazetteer: Gazetteer
    ) throws -> String {
        let answer = CoverageAnswer(
            coverage, regions: regions, audiences: audiences, progress: [],
            ledger: CoverageLedger.none, language: .en)
        return try JSONOutput.line(
            RegionCollection(
                generation: coverage.generation, day: coverage.day, regions, answer.regions,
                gazetteer: gazetteer)) + "\n"
    }
}
