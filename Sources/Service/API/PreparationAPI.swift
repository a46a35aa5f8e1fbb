import Answers
import CourseModel
import Hummingbird
import Partnership

/// Places to learn at work, and the modules that prepare for them.
enum PreparationAPI {
    static let operations: [Operation] = [
        Operation(
            .get, "/v1/courses/{id}/preparation", id: "preparation",
            "The modules that prepare for a place to learn at work, or the places that a module "
                + "prepares for.",
            detail: "By the skills that both have, level, start and travel.",
            parameters: [
                .path(
                    "id", "The id of an apprenticeship place, an internship or a module.",
                    examples: ["hetgroenehek:hetgroenehek:HEK-BBL-HOV3"]),
                Parameter("limit", .integer(1...100), "How many.", usual: "10"),
            ],
            answer: .init(
                "The courses on the other side.", schema: Schemas.reference("Preparation")),
            problems: [.notFound], effort: .heavy, speaks: true, handle: preparation)
    ]

    private static func preparation(_ call: Call) throws -> Response {
        let id = call.parameters["id"] ?? ""
        let catalogue = try call.catalogue
        guard let number = try catalogue.index.number(of: ID<Course>(id)) else {
            throw Problem(.notFound, "no course has this id; /v1/search shows ids")
        }
        return try .json(
            try PreparationAnswer(
                of: number, in: catalogue.index, skills: catalogue.skills, today: call.today,
                language: call.language, limit: call.parameters.integer("limit") ?? 10))
    }
}
