import Hummingbird
import Partnership
import Places

/// What the people of a region can reach, and what is missing.
enum RegionAPI {
    static let operations: [Operation] = [
        Operation(
            .get, "/v1/regions/{code}/coverage", id: "region-coverage",
            "What the people of a region can reach within 30 minutes.",
            detail:
                "Means over the region’s postcodes, by way to travel, audience, level, price and "
                + "field; with the partnership’s targets and the figures of earlier generations.",
            parameters: [code],
            answer: .init("What can be reached.", schema: Schemas.reference("Coverage")),
            problems: [.notFound], effort: .heavy, speaks: true, handle: coverage),
        Operation(
            .get, "/v1/regions/{code}/gaps", id: "region-gaps",
            "The occupations to which what the people of a region can learn does not lead.",
            detail: "Within 30 minutes by public transport, or without travel.",
            parameters: [
                code,
                Parameter(
                    "limit", .integer(1...1_000),
                    "How many of the occupations that lack something.", usual: "10"),
            ],
            answer: .init("What is missing.", schema: Schemas.reference("Gaps")),
            problems: [.notFound], effort: .heavy, speaks: true, handle: gaps),
    ]

    private static let code = Parameter.path(
        "code", "The code of a region, as /v1/regions has it.", examples: ["AM13"])

    /// The region with a code.
    ///
    /// - Throws: A ``Problem`` when there is none.
    static func region(_ code: String?, _ catalogue: OpenCatalogue) throws -> Region {
        guard let region = catalogue.gazetteer.regions.first(where: { $0.code == code }) else {
            throw Problem(.notFound, "no region has this code; /v1/regions lists them")
        }
        return region
    }

    private static func coverage(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        let region = try region(call.parameters["code"], catalogue)
        let covered = try catalogue.reach.covered(catalogue, today: call.today)
        return try .json(
            CoverageAnswer(
                covered.coverage, regions: [region], progress: covered.progress,
                ledger: covered.ledger, trend: true, language: call.language))
    }

    private static func gaps(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        let region = try region(call.parameters["code"], catalogue)
        let gaps = try catalogue.reach.gaps(region.kind, catalogue, today: call.today)
        return try .json(
            GapsAnswer(
                gaps, regions: gaps.regions.filter { $0.region == region },
                limit: call.parameters.integer("limit") ?? 10, demand: nil,
                skills: catalogue.skills, language: call.language))
    }
}
