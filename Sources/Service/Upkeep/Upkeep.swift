import HTTPTypes
import Hummingbird

/// What operators and clients ask about the service itself.
enum Upkeep: ServicePart {
    static let title = "Service"

    static let operations: [Operation] = [
        Operation(
            .get, "/health", id: "health", "Whether the program runs.",
            answer: .init("It runs.", schema: status), caching: .never, needsCatalogue: false
        ) { _ in try .json(["status": "ok"]) },
        Operation(
            .get, "/ready", id: "ready", "Whether the service takes requests.",
            detail:
                "Not while it has no catalogue, not while its index is damaged, not once it "
                + "is about to stop, and not when it fell behind the store that it follows. While "
                + "the index is made again and another one answers, “status” is “mending”.",
            answer: .init("It takes requests.", schema: status), problems: [.unavailable],
            caching: .never, needsCatalogue: false
        ) { call in
            guard let catalogue = call.service.catalogue, catalogue.current != nil else {
                throw Call.notReady
            }
            guard !catalogue.isDraining else {
                throw Problem.unavailable("the service is about to stop", retryAfter: 5)
            }
            if let behind = catalogue.behind,
                behind > .seconds(call.service.settings.behindSeconds)
            {
                throw Problem.unavailable(
                    "for \(behind.components.seconds) seconds it has not been known whether this is "
                        + "the newest generation", retryAfter: 5)
            }
            switch catalogue.soundness {
            case .sound: return try .json(["status": "ready"])
            case .standsIn: return try .json(["status": "mending"])
            case .damaged:
                throw Problem.unavailable("the search index is being made again", retryAfter: 10)
            }
        },
        Operation(
            .get, "/metrics", id: "metrics", "Counts and measures, in the text form of Prometheus.",
            answer: .init("The metrics.", as: [.metrics]), caching: .never, needsCatalogue: false
        ) { call in
            .text(
                call.service.metrics.exposition(
                    catalogue: call.service.catalogue?.current,
                    behind: call.service.catalogue?.behind,
                    connections: call.service.connections.value), as: .metrics)
        },
        Operation(
            .get, "/openapi.json", id: "openapi", "This description, as OpenAPI 3.1.",
            answer: .init("The description.", as: [.json]), caching: .byProgram,
            needsCatalogue: false
        ) { call in try .json(OpenAPIDocument(base: call.base, parts: serviceParts).json) },
        Operation(
            .get, "/problems/{kind}", id: "problem", "What a kind of problem means.",
            detail: "The address is the “type” of a problem.",
            parameters: [
                .path("kind", "The kind of problem.", examples: ["unknown-parameter"])
            ], answer: .init("What it means.", as: [.plain]), problems: [.notFound],
            caching: .byProgram, needsCatalogue: false
        ) { call in
            guard let kind = call.parameters["kind"].flatMap(ProblemKind.init) else {
                throw Problem(
                    .notFound,
                    "the kinds of problem are "
                        + ProblemKind.allCases.map(\.rawValue).joined(separator: ", "))
            }
            return .text("\(kind.status.code) \(kind.title)\n", as: .plain)
        },
    ]

    private static let status: JSONValue = [
        "type": "object", "required": ["status"],
        "properties": ["status": ["type": "string"]],
    ]
}
