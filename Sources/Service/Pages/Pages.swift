import Answers
import CourseModel
import HTTPTypes
import Hummingbird

/// The pages for people, in Dutch and English.
enum Pages: ServicePart {
    static let title = "Pages"
    static let operations: [Operation] =
        PageAssets.operations + [start]
        + AnswerLanguage.allCases.flatMap { operations(in: $0) }

    private static func operations(in language: AnswerLanguage) -> [Operation] {
        [
            page(
                .search, language, parameters: SearchPage.parameters
            ) { try SearchPage($0).response() },
            page(
                .course(""), language, parameters: [.path("id", "The id of a course.")],
                effort: .lookup, address: { .course($0.parameters["id"] ?? "") }
            ) { try CoursePage($0).response() },
            page(
                .compare, language,
                parameters: [
                    Parameter(
                        "id", .text(upTo: 1000), "The ids of the courses.", times: 0...50)
                ], effort: .lookup
            ) { try ComparePage($0).response() },
            page(
                .report(""), language, parameters: [.path("id", "The id of a course.")],
                address: { .report($0.parameters["id"] ?? "") }
            ) { try ReportPage($0).form() },
            page(
                .report(""), language, method: .post,
                parameters: [.path("id", "The id of a course.")], body: report, caching: .never,
                effort: .heavy, keepsSomething: true,
                address: { .report($0.parameters["id"] ?? "") }
            ) { try ReportPage($0).receive() },
            page(
                .reported(""), language, parameters: [.path("id", "The reference of a report.")],
                caching: .never, address: { .reported($0.parameters["id"] ?? "") }
            ) { try ReportPage($0).state() },
            page(.regions, language) { try RegionsPage($0).response() },
            page(
                .region(""), language, parameters: [.path("id", "The code of a region.")],
                effort: .heavy, address: { .region($0.parameters["id"] ?? "") }
            ) { try RegionPage($0).response() },
            page(
                .coverage(""), language, parameters: [.path("id", "The code of a region.")],
                effort: .heavy, address: { .coverage($0.parameters["id"] ?? "") }
            ) { try CoveragePage($0).response() },
            page(.providers, language, effort: .lookup) { try ProvidersPage($0).response() },
            page(
                .partner(""), language, parameters: [.path("id", "The id of a partner.")],
                effort: .heavy, address: { .partner($0.parameters["id"] ?? "") }
            ) { try PartnerPage($0).response() },
            page(.profile, language) { try LearnerPage($0).form() },
            page(
                .profile, language, method: .post, body: profile, caching: .never, effort: .heavy
            ) { try LearnerPage($0).answer() },
            page(.about, language) { frame in
                try frame.respond(
                    "about", title: language(nl: "Over Leerwijzer", en: "About Leerwijzer"),
                    description: language(
                        nl: "Wat Leerwijzer is en hoe het werkt.",
                        en: "What Leerwijzer is and how it works."), [:])
            },
            page(.privacy, language) { frame in
                try frame.respond(
                    "privacy", title: "Privacy",
                    description: language(
                        nl: "Wat we wel en niet van je weten.",
                        en: "What we do and do not know about you."), [:])
            },
        ]
    }

    /// A page at its address.
    private static func page(
        _ address: PageAddress, _ language: AnswerLanguage, method: HTTPRequest.Method = .get,
        parameters: [Parameter] = [], body: Operation.Body? = nil,
        caching: Operation.Caching = .byGeneration, effort: Operation.Effort = .light,
        keepsSomething: Bool = false, address own: (@Sendable (Call) -> PageAddress)? = nil,
        _ answer: @escaping @Sendable (PageFrame) throws -> Response
    ) -> Operation {
        let route = address.route(in: language)
        return Operation(
            method, route,
            id: "page-" + method.rawValue.lowercased()
                + route.split(separator: "/").map { "-" + $0 }.joined(),
            "A page for people.", parameters: parameters, body: body,
            answer: .init("The page.", as: [.html]), problems: [.notUnderstood], caching: caching,
            effort: effort, keepsSomething: keepsSomething, reading: .lenient, isDocumented: false
        ) { call in
            try answer(PageFrame(call: call, language: language, address: own?(call) ?? address))
        }
    }

    private static let profile = Operation.Body(
        "A learner’s answers, as a form sends them.", type: .form, schema: [:], example: "")

    private static let report = Operation.Body(
        "What is wrong, as a form sends it.", type: .form, schema: [:], example: "",
        most: ReportAPI.mostBytes)

    /// The first page, in the language that the browser asks for.
    private static let start = Operation(
        .get, "/", id: "page-start", "Leads to the first page.",
        answer: .init("A redirection.", as: [.html]), caching: .never, needsCatalogue: false,
        speaks: true, isDocumented: false
    ) { call in
        Response(
            status: .seeOther,
            headers: [.location: PageAddress.search.path(in: call.language)])
    }
}
