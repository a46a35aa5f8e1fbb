import Answers
import CourseModel
import Feeds
import Hummingbird
import SearchIndex
import Storage

/// The endpoints of the Open Education API v5 for education systems that pull.
///
/// Courses come in the order of the index. What OOAPI cannot hold is left out, and told by
/// `leerwijzer formats ooapi`.
enum OOAPI: ServicePart {
    static let title = "OOAPI v5"

    static let operations: [Operation] = [
        Operation(
            .get, "/ooapi/v5", id: "ooapi-service", "What this endpoint is.",
            answer: .init("The service.", schema: object), caching: .byProgram,
            needsCatalogue: false
        ) { call in
            try .json([
                "specification": "https://openonderwijsapi.nl/specification/v5/docs.html",
                "documentation": "\(call.base)/openapi.json",
            ])
        },
        Operation(
            .get, "/ooapi/v5/courses", id: "ooapi-courses", "A page of courses.",
            parameters: paging, answer: .init("The courses.", schema: page), effort: .heavy,
            handle: courses),
        Operation(
            .get, "/ooapi/v5/courses/{courseId}", id: "ooapi-course", "One course.",
            parameters: [.path("courseId", "The id of the course, a UUID.")],
            answer: .init("The course.", schema: object), problems: [.notFound], effort: .heavy
        ) { .bytes(OOAPIObjects.course(try record($0)), as: .json) },
        Operation(
            .get, "/ooapi/v5/courses/{courseId}/offerings", id: "ooapi-offerings",
            "The offerings of a course that have a day of start.",
            parameters: [.path("courseId", "The id of the course, a UUID.")] + paging,
            answer: .init("The offerings.", schema: page), problems: [.notFound], effort: .heavy,
            handle: offerings),
        Operation(
            .get, "/ooapi/v5/organizations", id: "ooapi-organizations", "A page of organizations.",
            parameters: paging, answer: .init("The organizations.", schema: page), effort: .heavy,
            handle: organizations),
        Operation(
            .get, "/ooapi/v5/organizations/{organizationId}", id: "ooapi-organization",
            "One organization.",
            parameters: [.path("organizationId", "The id of the organization, a UUID.")],
            answer: .init("The organization.", schema: object), problems: [.notFound],
            effort: .heavy, handle: organization),
    ]

    private static let object: JSONValue = ["type": "object"]
    private static let page: JSONValue = [
        "type": "object",
        "properties": [
            "pageSize": ["type": "integer"], "pageNumber": ["type": "integer"],
            "hasPreviousPage": ["type": "boolean"], "hasNextPage": ["type": "boolean"],
            "totalPages": ["type": "integer"],
            "items": ["type": "array", "items": ["type": "object"]],
        ],
        "required": ["pageSize", "pageNumber", "hasPreviousPage", "hasNextPage", "items"],
    ]

    /// The paging of OOAPI v5, with its own names and bounds.
    private static let paging = [
        Parameter(
            "pageSize", .choice(["10", "20", "50", "100", "250"]), "How many on a page.",
            usual: "10"),
        Parameter("pageNumber", .integer(1...1_000_000), "Which page.", usual: "1"),
    ]

    /// A page of `count` things, of which `item` gives those that stand on it.
    private static func respond(
        _ call: Call, count: Int, item: (Int) throws -> [UInt8]?
    ) rethrows -> Response {
        let size = call.parameters.integer("pageSize") ?? 10
        let number = call.parameters.integer("pageNumber") ?? 1
        let first = min(count, (number - 1) * size)
        let last = min(count, first + size)
        var bytes = Array(
            ("{\"pageSize\":\(size),\"pageNumber\":\(number),\"hasPreviousPage\":\(number > 1),"
                + "\"hasNextPage\":\(last < count),\"totalPages\":\((count + size - 1) / size),"
                + "\"items\":[").utf8)
        var isFirst = true
        for index in first..<last {
            guard let object = try item(index) else { continue }
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            bytes += object
        }
        return .bytes(bytes + Array("]}\n".utf8), as: .json)
    }

    private static func courses(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        return try catalogue.store.snapshot { snapshot in
            let shown = try catalogue.shown(in: snapshot)
            return try respond(call, count: catalogue.index.courseCount) { number in
                let id = try catalogue.index.stored(course: number).id
                // A course that left since this generation is told by the next.
                return try shown.record(id, in: snapshot).map { OOAPIObjects.course($0.record) }
            }
        }
    }

    private static func offerings(_ call: Call) throws -> Response {
        let objects = OOAPIObjects.offerings(of: try record(call))
        return respond(call, count: objects.count) { objects[$0] }
    }

    /// The course that a path names.
    private static func record(_ call: Call) throws -> CourseRecord {
        let catalogue = try call.catalogue
        let wanted = (call.parameters["courseId"] ?? "").lowercased()
        guard let number = try catalogue.courseNumbers.number(of: wanted, in: catalogue.index)
        else { throw Problem(.notFound, "no course has this id; /ooapi/v5/courses lists them") }
        let id = try catalogue.index.stored(course: number).id
        let stored = try catalogue.store.snapshot { snapshot in
            try catalogue.shown(in: snapshot).record(id, in: snapshot)
        }
        guard let stored else {
            throw Problem(.notFound, "the course has left the catalogue")
        }
        return stored.record
    }

    private static func organizations(_ call: Call) throws -> Response {
        var all: [Provider] = []
        try call.catalogue.store.snapshot { snapshot in
            let shown = try call.catalogue.shown(in: snapshot)
            try snapshot.forEachProvider { all.append(shown.curated($0).provider) }
        }
        return respond(call, count: all.count) { OOAPIObjects.organization(all[$0]) }
    }

    private static func organization(_ call: Call) throws -> Response {
        let wanted = (call.parameters["organizationId"] ?? "").lowercased()
        var found: Provider?
        try call.catalogue.store.snapshot { snapshot in
            let shown = try call.catalogue.shown(in: snapshot)
            try snapshot.forEachProvider { stored in
                if OOAPIObjects.organizationID(stored.provider.id) == wanted {
                    found = shown.curated(stored).provider
                }
            }
        }
        guard let found else {
            throw Problem(
                .notFound, "no organization has this id; /ooapi/v5/organizations lists them")
        }
        return .bytes(OOAPIObjects.organization(found), as: .json)
    }
}
