import HTTPTypes

/// The description of the service (OpenAPI 3.1), made of the operations that answer it.
struct OpenAPIDocument {
    private let base: String
    private let parts: [any ServicePart.Type]

    init(base: String, parts: [any ServicePart.Type]) {
        self.base = base
        self.parts = parts
    }

    /// The document.
    var json: JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        var tags: [JSONValue] = []
        for part in parts {
            let documented = part.operations.filter(\.isDocumented)
            guard !documented.isEmpty else { continue }
            tags.append(["name": .string(part.title)])
            for operation in documented {
                paths[operation.path.text, default: [:]][operation.method.rawValue.lowercased()] =
                    describe(operation, tag: part.title)
            }
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Leerwijzer", "version": "1.0.0",
                "summary": "The course offers of a region, searched and matched to learners.",
                "description":
                    "A profile that is sent is read, used and kept nowhere. Answers carry an ETag that changes with the catalogue. Errors are problem details (RFC 9457).",
                "license": [
                    "name": "See the operator of this service", "identifier": "LicenseRef-operator",
                ],
            ],
            "servers": [["url": .string(base)]],
            "tags": .array(tags),
            "paths": .object(paths.mapValues { .object($0) }),
            "components": [
                "schemas": .object(Schemas.all), "responses": .object(Self.responses),
            ],
        ]
    }

    private func describe(_ operation: Operation, tag: String) -> JSONValue {
        var value: [String: JSONValue] = [
            "operationId": .string(operation.id), "summary": .string(operation.summary),
            "tags": [.string(tag)],
            "responses": .object(responses(of: operation)),
        ]
        if !operation.detail.isEmpty { value["description"] = .string(operation.detail) }
        if !operation.parameters.isEmpty {
            value["parameters"] = .array(operation.parameters.map(Self.describe))
        }
        if let body = operation.body {
            value["requestBody"] = [
                "required": true, "description": .string(body.help),
                "content": [body.type.name: ["schema": body.schema, "example": body.example]],
            ]
        }
        return .object(value)
    }

    private static func describe(_ parameter: Parameter) -> JSONValue {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "description": .string(parameter.help), "required": .bool(parameter.isRequired),
            "schema": parameter.schema,
        ]
    }

    private func responses(of operation: Operation) -> [String: JSONValue] {
        var content: [String: JSONValue] = [:]
        for type in operation.answer.types {
            content[type.name] = [
                "schema": type.name == operation.answer.types[0].name && type.isJSON
                    ? operation.answer.schema : ["type": "string"]
            ]
        }
        var responses: [String: JSONValue] = [
            "\(operation.answer.status.code)": [
                "description": .string(operation.answer.help), "content": .object(content),
            ]
        ]
        // What can go wrong with any request of its sort.
        var kinds: Set<ProblemKind> = [
            .addressTooLong, .tooManyRequests, .internalError, .malformedRequest,
            .methodNotAllowed, .headersTooLarge,
        ]
        if operation.answer.types.count > 1 { kinds.insert(.notAcceptable) }
        if operation.parameters.contains(where: { $0.place == .path }) { kinds.insert(.notFound) }
        if operation.needsCatalogue { kinds.insert(.unavailable) }
        if operation.body != nil {
            kinds.formUnion([.contentTooLarge, .unsupportedMediaType, .requestTimeout])
        }
        if operation.parameters.contains(where: { $0.name == "cursor" }) {
            kinds.formUnion([.gone, .unusableCursor])
        }
        kinds.formUnion(operation.problems)
        for kind in kinds {
            responses["\(kind.status.code)"] = [
                "$ref": .string("#/components/responses/Problem\(kind.status.code)")
            ]
        }
        if operation.method == .get, operation.caching != .never {
            responses["304"] = ["description": "The client has it already."]
        }
        return responses
    }

    private static var responses: [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        for kind in ProblemKind.allCases {
            let titles = ProblemKind.allCases.filter { $0.status == kind.status }.map(\.title)
            responses["Problem\(kind.status.code)"] = [
                "description": .string(titles.joined(separator: "; ") + "."),
                "content": [
                    MediaType.problem.name: ["schema": ["$ref": "#/components/schemas/Problem"]]
                ],
            ]
        }
        return responses
    }
}
