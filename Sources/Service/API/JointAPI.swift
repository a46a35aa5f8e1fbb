import Answers
import CourseModel
import Hummingbird
import Partnership

/// The modules that partners offer together.
enum JointAPI {
    static let operations: [Operation] = [
        Operation(
            .get, "/v1/joint-modules", id: "jointModules",
            "List the modules that partners offer together, with their owners and parts.",
            detail: "One that is not offered says what is wrong with it.",
            answer: .init("The modules.", schema: Schemas.reference("JointModules")), speaks: true,
            handle: modules)
    ]

    private struct Empty: Encodable {
        var modules: [String] = []
    }

    private static func modules(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        guard let definitions = catalogue.joint() else { return try .json(Empty()) }
        return try .json(
            try catalogue.store.snapshot {
                try JointReport(
                    definitions, in: $0, catalogue.workspace.configuration,
                    language: call.language)
            })
    }
}
