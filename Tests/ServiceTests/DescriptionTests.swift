import Answers
import Foundation
import HTTPTypes
import Testing

@testable import Service

@Suite("the description says what the service does")
struct DescriptionTests {
    @Test("operations and parameters have names of their own")
    func names() {
        let operations = serviceParts.flatMap { $0.operations }
        #expect(Set(operations.map(\.id)).count == operations.count)
        for operation in operations {
            let names = operation.parameters.map(\.name)
            #expect(Set(names).count == names.count, "\(operation.id)")
        }
    }

    @Test("every placeholder of a path is a parameter, and every such parameter a placeholder")
    func placeholders() {
        for operation in serviceParts.flatMap({ $0.operations }) {
            let placeholders = operation.path.text.split(separator: "{").dropFirst()
                .map { String($0.prefix { $0 != "}" }) }
            #expect(
                placeholders
                    == operation.parameters.filter { $0.place == .path }.map(\.name),
                "\(operation.id)")
        }
    }

    @Test("the filters of the search are those of the command line")
    func filters() {
        let search = SearchAPI.operations[0].parameters.map(\.name)
        for field in FilterField.all { #expect(search.contains(field.name)) }
    }

    @Test("every reference in the description leads somewhere")
    func references() async throws {
        let answer = try await SampleService.usual().ask(.get, "/openapi.json")
        #expect(answer.status == 200)
        let document = try answer.json()
        let components = try #require(document["components"] as? [String: [String: Any]])
        let references = answer.text.matches(of: /"#\/components\/([a-z]+)\/([A-Za-z0-9]+)"/)
        #expect(!references.isEmpty)
        for reference in references {
            #expect(
                components[String(reference.1)]?[String(reference.2)] != nil,
                "\(reference.0)")
        }
    }

    /// Each answer with the schema that the description has for it.
    static let answers: [(path: String, schema: String, body: String?)] = [
        ("/v1/search?q=boomm -gras&near=Houten&within=20km&skill=snoeien", "Search", nil),
        ("/v1/search?q=snoeien&max-price=1", "Search", nil),
        ("/v1/courses?limit=3", "Rows", nil), ("/v1/facets?q=boom", "Facets", nil),
        ("/v1/regions/AM13/coverage", "Coverage", nil), ("/v1/regions/GM0321/gaps", "Gaps", nil),
        ("/v1/providers", "Providers", nil), ("/v1/regions?q=utr", "Regions", nil),
        ("/v1/suggest?q=boom", "Suggestions", nil), ("/v1/changes?since=0&limit=3", "Changes", nil),
        ("/v1/match?limit=5", "Match", worker), ("/v1/path", "Path", worker),
        ("/nothing", "Problem", nil), ("/v1/search?near=x", "Problem", nil),
    ]

    static let worker = """
        {"audience": "worker", "home": {"place": "Houten", "within": "30min", "by": "bike"},
        "occupation": {"wanted": "boomverzorger"}, "skills": {"has": ["snoeien"]},
        "preferences": {"must": ["travel"]}}
        """

    @Test("an answer has the members of its schema, no more and no less", arguments: answers)
    func members(path: String, schema: String, body: String?) async throws {
        let service = try SampleService.usual()
        let answer = try await service.ask(
            body == nil ? .get : .post, path.replacing(" ", with: "+"),
            headers: body == nil ? [:] : [.contentType: "application/json"], body: body ?? "")
        let document = try await service.ask(.get, "/openapi.json").json()
        let components = try #require(document["components"] as? [String: [String: Any]])
        let schemas = try #require(components["schemas"] as? [String: [String: Any]])
        let checker = SchemaChecker(schemas: schemas)
        let faults = checker.faults(
            of: try JSONSerialization.jsonObject(with: Data(answer.bytes)),
            in: try #require(schemas[schema]), at: "")
        #expect(faults == [], "\(answer.text.prefix(300))")
    }
}

/// Compares a value with the part of JSON schemas that the description uses, strictly: a member that
/// the schema does not name is a fault, so that the description does not fall behind.
struct SchemaChecker {
    let schemas: [String: [String: Any]]

    func faults(of value: Any, in schema: [String: Any], at path: String) -> [String] {
        if let reference = schema["$ref"] as? String {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            return faults(of: value, in: schemas[name] ?? [:], at: path)
        }
        if let choices = schema["oneOf"] as? [[String: Any]] {
            let all = choices.map { faults(of: value, in: $0, at: path) }
            return all.contains([]) ? [] : all.flatMap { $0 }
        }
        let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] } ?? []
        guard types.isEmpty || types.contains(where: { Self.value(value, is: $0) }) else {
            return ["\(path): is no \(types.joined(separator: " or "))"]
        }
        if let object = value as? [String: Any] {
            return faults(ofObject: object, in: schema, at: path)
        }
        if let list = value as? [Any], let items = schema["items"] as? [String: Any] {
            return list.enumerated().flatMap { faults(of: $1, in: items, at: "\(path)[\($0)]") }
        }
        return []
    }

    private func faults(
        ofObject object: [String: Any], in schema: [String: Any], at path: String
    ) -> [String] {
        let properties = schema["properties"] as? [String: [String: Any]]
        let others = schema["additionalProperties"] as? [String: Any]
        var faults: [String] = []
        for name in schema["required"] as? [String] ?? [] where object[name] == nil {
            faults.append("\(path).\(name): is missing")
        }
        for (name, member) in object {
            if let known = properties?[name] ?? others {
                faults += self.faults(of: member, in: known, at: "\(path).\(name)")
            } else if properties != nil {
                faults.append("\(path).\(name): is not described")
            }
        }
        return faults.sorted()
    }

    private static func value(_ value: Any, is type: String) -> Bool {
        switch type {
        case "null": return value is NSNull
        case "object": return value is [String: Any]
        case "array": return value is [Any]
        case "string": return value is String
        case "boolean": return value is Bool
        case "integer":
            return (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
        case "number": return value is NSNumber
        default: return false
        }
    }
}
