import Hummingbird
import Partnership

/// What courses cost: for an hour of study, after funding, and elsewhere.
enum CostAPI {
    static let operations: [Operation] = [
        Operation(
            .get, "/v1/costs", id: "costs",
            "What courses cost: for an hour of study, after funding, and elsewhere.",
            detail:
                "The median price of each kind, and the courses, the cheapest hour of study first: the "
                + "price, what is left to pay when a scheme pays its part, and the cheapest course that "
                + "teaches at least 80% of the same skills at the same level, within the place that is "
                + "asked for, else within 30 minutes by public transport or without travel.",
            parameters: [.words] + Parameter.filters
                + [Parameter("limit", .integer(1...1_000), "How many courses.", usual: "20")],
            answer: .init("The costs.", schema: Schemas.reference("Costs")),
            problems: [.notUnderstood], effort: .heavy, speaks: true, handle: costs)
    ]

    private static func costs(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        let query = try call.understood().query
        let overview = try catalogue.store.snapshot { snapshot in
            try CostOverview(
                of: query, in: catalogue.index, shown: try catalogue.shown(in: snapshot),
                snapshot: snapshot, funding: catalogue.funding,
                audience: query.audiences.count == 1 ? query.audiences.first : nil,
                limit: call.parameters.integer("limit") ?? 20)
        }
        return try .json(CostAnswer(overview, language: call.language))
    }
}
