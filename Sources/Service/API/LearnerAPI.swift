import Answers
import CourseModel
import Hummingbird
import Matching
import Settings

/// Matching and paths for a profile, which is read from the request and kept nowhere.
enum LearnerAPI {
    static let operations: [Operation] = [
        Operation(
            .post, "/v1/match", id: "match",
            "Rank offerings for a learner, with reasons and near misses.",
            detail: "The profile is used for this answer and kept nowhere. Filters narrow what may "
                + "be offered.",
            parameters: Parameter.filters + [
                Parameter("limit", .integer(1...1000), "How many results.", usual: "10"),
                Parameter(
                    "courses", .flag, "Each course once, with its best offering.", usual: "false"),
            ], body: profile,
            answer: .init(
                "What fits, why, and what is just out of reach.", as: MediaType.rows,
                schema: Schemas.reference("Match")), problems: [.notUnderstood],
            caching: .never, effort: .heavy, speaks: true, handle: match),
        Operation(
            .post, "/v1/path", id: "path",
            "Tailored paths: offerings in order that together close the gap.",
            detail: "The profile is used for this answer and kept nowhere.",
            parameters: Parameter.filters + [
                Parameter(
                    "at-least", .integer(1...100),
                    "What the cheapest, fastest and nearest path close at least, as a percentage "
                        + "of what the most complete one closes.", usual: "80")
            ], body: profile,
            answer: .init("The paths.", schema: Schemas.reference("Path")),
            problems: [.notUnderstood], caching: .never, effort: .heavy, speaks: true,
            handle: path),
    ]

    private static let profile = Operation.Body(
        "A learner’s profile; its fields are those of a profile file.",
        schema: Schemas.reference("Profile"),
        example: [
            "audience": "worker", "home": ["place": "Houten"],
            "occupation": ["wanted": "boomverzorger"], "skills": ["has": ["snoeien"]],
        ])

    private static func match(_ call: Call) throws -> Response {
        let desk = try desk(call)
        let resolved = try resolve(call, desk)
        let answer = desk.answer(
            try desk.match(
                resolved, limit: call.parameters.integer("limit") ?? 10,
                oncePerCourse: call.parameters.flag("courses")), for: resolved)
        let matches = answer.matches.results
        return try call.respond(
            try matches.map(answer.row), json: { try answer.json() },
            line: { try answer.json(matches[$0]) })
    }

    private static func path(_ call: Call) throws -> Response {
        let desk = try desk(call)
        let resolved = try resolve(call, desk)
        guard !resolved.gap.isEmpty else {
            throw Problem(.notUnderstood, faults: [.init("body", desk.whyNoGap(resolved))])
        }
        let results = try desk.paths(
            for: resolved, leastShare: call.parameters.integer("at-least") ?? 80)
        return try .json(try desk.answer(results, for: resolved).json())
    }

    private static func desk(_ call: Call) throws -> LearnerDesk {
        let catalogue = try call.catalogue
        return try LearnerDesk(
            index: catalogue.index, gazetteer: catalogue.gazetteer, skills: catalogue.skills,
            funding: catalogue.funding, weights: catalogue.weights, travel: catalogue.travel,
            filters: call.filters,
            today: call.today, named: call.parameters["lang"] == nil ? nil : call.language,
            usual: call.language)
    }

    /// Reads the profile of a request's body.
    private static func resolve(_ call: Call, _ desk: LearnerDesk) throws -> ResolvedProfile {
        guard let text = String(validating: call.body, as: UTF8.self) else {
            throw malformed(call, nl: "is geen UTF-8-tekst", en: "is not UTF-8 text")
        }
        guard text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) == "{" else {
            throw malformed(
                call, nl: "is geen JSON-object ({…})", en: "is not a JSON object ({…})")
        }
        do {
            _ = try SettingsTable.read(json: text, file: "body")
        } catch {
            throw Problem(
                .malformedRequest, faults: [.init("body", error.message(in: call.language.tag))])
        }
        do {
            return try desk.resolve(
                try Profile.read(
                    text, file: "body", today: call.today, schemes: desk.funding.schemes))
        } catch let faults as SettingsFaults {
            throw Problem(
                .notUnderstood,
                faults: faults.faults.map {
                    .init(
                        $0.field.isEmpty ? "body" : $0.field, $0.message(in: call.language.tag))
                })
        } catch let error as ProfilePlaceError {
            throw Problem(
                .notUnderstood,
                faults: [.init(error.field, error.message(in: call.language.tag))])
        }
    }

    private static func malformed(_ call: Call, nl: String, en: String) -> Problem {
        Problem(.malformedRequest, faults: [.init("body", call.language(nl: nl, en: en))])
    }
}
