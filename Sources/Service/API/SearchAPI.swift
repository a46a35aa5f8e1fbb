import Answers
import CourseModel
import Hummingbird
import Matching
import SearchIndex

/// Searching and listing.
enum SearchAPI {
    static let operations: [Operation] = [
        Operation(
            .get, "/v1/search", id: "search", "Search courses and offerings.",
            detail: "All conditions hold on one and the same offering. What is past, full, closed "
                + "or cancelled is left out unless “all” is true. A place among the words is a "
                + "place to be near to, and where few courses have all words, those that have "
                + "some are shown too; “query” tells how the question was understood.",
            parameters: [.words] + Parameter.filters + order
                + [courses, facets, facet, widen, snippets, explain] + paging,
            answer: .init(
                "What was found, and how the question was understood.", as: MediaType.rows,
                schema: Schemas.reference("Search")), problems: [.notUnderstood], speaks: true,
            isRemembered: true, handle: search),
        Operation(
            .get, "/v1/courses", id: "courses", "List courses, each with its best offering.",
            parameters: [.words] + Parameter.filters + order + paging,
            answer: .init(
                "A page of courses.", as: MediaType.rows, schema: Schemas.reference("Rows")),
            problems: [.notUnderstood], speaks: true, isRemembered: true
        ) { try list($0, oncePerCourse: true) },
        Operation(
            .get, "/v1/offerings", id: "offerings", "List offerings.",
            parameters: [.words] + Parameter.filters + order + paging,
            answer: .init(
                "A page of offerings.", as: MediaType.rows, schema: Schemas.reference("Rows")),
            problems: [.notUnderstood], speaks: true, isRemembered: true
        ) { try list($0, oncePerCourse: false) },
        Operation(
            .get, "/v1/facets", id: "facets", "Count offerings by region, level, kind and so on.",
            parameters: [.words] + Parameter.filters + [facet],
            answer: .init("The counts.", schema: Schemas.reference("Facets")),
            problems: [.notUnderstood], speaks: true, isRemembered: true, handle: facetCounts),
    ]

    private static let order = [
        Parameter(
            "sort", .choice(Query.Sort.allCases.map(\.rawValue)),
            "The order; distance needs “near”.", usual: Query.Sort.relevance.rawValue)
    ]
    private static let courses = Parameter(
        "courses", .flag, "Each course once, with its best offering.", usual: "false")
    private static let facets = Parameter(
        "facets", .flag, "Also count by region, level, kind and so on.", usual: "true")
    private static let facet = Parameter(
        "facet", .choice(FacetKind.allCases.map(\.rawValue)),
        "Count by this only; may be repeated. Without it by all, which takes longer.",
        times: 1...FacetKind.allCases.count)

    private static let widen = Parameter(
        "widen", .flag, "Make the radius wider by itself when there is little in it.",
        usual: "false")
    private static let snippets = Parameter(
        "snippets", .flag, "Also a piece of each description in which the words stand.",
        usual: "false")
    private static let explain = Parameter(
        "explain", .flag, "Also the parts of each score.", usual: "false")

    /// How much of a list, and from where on.
    static let paging = [
        Parameter("limit", .integer(1...1000), "How many results on a page.", usual: "20"),
        Parameter(
            "page", .integer(1...1_000_000), "Which page; for the same as it is now.", usual: "1"),
        Parameter(
            "cursor", .text(upTo: 2_000),
            "Where to go on: “next” of the page before. Pages by cursor are of one generation, so "
                + "that nothing is seen twice or missed."),
    ]

    private static func search(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        var understood = try call.learnersQuestion(widens: call.parameters.flag("widen"))
        try page(call, &understood, oncePerCourse: call.parameters.flag("courses"))
        if call.type == .json, call.parameters["facets"] != "false" {
            understood.query.facets = wantedFacets(call)
        }
        var extent: Evidence.Extent = []
        if call.parameters.flag("snippets") { extent.insert(.snippets) }
        if call.parameters.flag("explain") { extent.insert(.explanations) }
        let answer = try SearchAnswer(
            understood, in: catalogue.index, language: call.language, extent: extent,
            documents: catalogue.documents)
        return try call.respond(
            answer.rows, json: { try page(answer.json, of: answer, call) },
            line: { answer.rows[$0].json })
    }

    private static func wantedFacets(_ call: Call) -> Set<FacetKind> {
        let named = call.parameters.all("facet").compactMap(FacetKind.init)
        return Set(named.isEmpty ? FacetKind.allCases : named)
    }

    private static func list(_ call: Call, oncePerCourse: Bool) throws -> Response {
        let catalogue = try call.catalogue
        var understood = try call.understood()
        try page(call, &understood, oncePerCourse: oncePerCourse)
        understood.query.relaxesUpTo = nil
        understood.query.countsNoTravel = false
        let answer = try SearchAnswer(understood, in: catalogue.index, language: call.language)
        return try call.respond(
            answer.rows,
            json: {
                try page(
                    Rows(
                        total: answer.results.total, totalCourses: answer.results.totalCourses,
                        results: answer.rows.map(\.json)), of: answer, call)
            }, line: { answer.rows[$0].json })
    }

    private struct Rows: Encodable {
        var total: Int
        var totalCourses: Int
        var results: [ResultRow.JSON]
    }

    private struct Counts: Encodable {
        var total: Int
        var totalCourses: Int
        var facets: [String: [SearchAnswer.JSON.ValueJSON]]
    }

    private static func facetCounts(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        var understood = try call.understood()
        understood.query.facets = wantedFacets(call)
        understood.query.limit = 0
        understood.query.relaxesUpTo = nil
        let answer = try SearchAnswer(understood, in: catalogue.index, language: call.language)
        return try .json(
            Counts(
                total: answer.results.total, totalCourses: answer.results.totalCourses,
                facets: answer.json.facets))
    }

    /// Puts order and page of a call into its query.
    private static func page(
        _ call: Call, _ understood: inout UnderstoodFilters, oncePerCourse: Bool
    ) throws {
        if let sort = call.parameters["sort"].flatMap(Query.Sort.init) {
            guard sort != .distance || understood.query.near != nil else {
                throw FilterFault("sort", "distance needs a place; add near")
            }
            understood.query.sort = sort
        }
        guard call.position == nil || call.parameters["page"] == nil else {
            throw FilterFault("page", "a cursor says where to go on; leave page out")
        }
        let limit = call.parameters.integer("limit") ?? 20
        understood.query.groupsByCourse = oncePerCourse
        understood.query.limit = limit
        understood.query.offset =
            call.position?.offset ?? ((call.parameters.integer("page") ?? 1) - 1) * limit
    }

    /// What an answer holds, with the cursor of the next page.
    private static func page<Content: Encodable>(
        _ content: Content, of answer: SearchAnswer, _ call: Call
    ) throws -> Page<Content> {
        let query = answer.understood.query
        let total = query.groupsByCourse ? answer.results.totalCourses : answer.results.total
        let end = query.offset + answer.rows.count
        return Page(
            content: content, generation: try call.catalogue.generation.number,
            next: end < total && !answer.rows.isEmpty ? try call.cursor(at: end) : nil)
    }
}
