import CourseModel
import Feeds
import Foundation
import TestSupport
import Testing

@Suite("JSON is held against JSON schemas")
struct JSONSchemaTests {
    private func faults(_ schema: String, _ document: String) throws -> [JSONSchemaFault] {
        try JSONSchema(bytes: Array(schema.utf8), name: "schema.json")
            .faults(in: Array(document.utf8), name: "document.json")
    }

    @Test("a fault tells what, where and what is allowed")
    func told() throws {
        let schema = """
            {"type": "object", "required": ["name", "level"], "additionalProperties": false,
             "properties": {"name": {"type": "string", "maxLength": 5},
                            "level": {"enum": ["mbo", "hbo"]}}}
            """
        let found = try faults(schema, "{\n  \"name\": \"Pruning\",\n  \"levle\": 4\n}")
        #expect(found.map(\.rule) == [.missingMember, .value, .unexpected])
        #expect(found.map(\.pointer) == ["", "/name", "/levle"])
        #expect(found.map(\.position.line) == [1, 2, 3])
        #expect(found[0].message == "“level” is missing")
        #expect(found[1].message == "it has 7 characters, at most 5 are allowed")
        let other = try faults(schema, #"{"name": "Saw", "level": "vwo"}"#)
        #expect(other.map(\.message) == [#""vwo" is not one of "mbo", "hbo""#])
    }

    @Test("of several forms the nearest one is told of")
    func nearest() throws {
        let schema = """
            {"$schema": "http://json-schema.org/draft-07/schema#", "oneOf": [{"type": "string"},
             {"properties": {"start": {"format": "date"}}, "required": ["start"]}]}
            """
        let found = try faults(schema, #"{"start": "2027-02-30"}"#)
        #expect(found.count == 1)
        #expect(found[0].message.contains("“2027-02-30” is no date at “/start”"))
    }

    @Test("“enum” and “const” are both kept, in whichever order they stand")
    func constant() throws {
        for schema in [#"{"enum": [1, 2], "const": 2}"#, #"{"const": 2, "enum": [1, 2]}"#] {
            #expect(try faults(schema, "2").isEmpty)
            #expect(try faults(schema, "1").map(\.rule) == [.value])
            #expect(try faults(schema, "3").map(\.rule) == [.value, .value])
        }
    }

    @Test("“nullable” means nothing outside of OpenAPI 3.0")
    func nullable() throws {
        for edition in ["draft-04/schema#", "draft-07/schema#"] {
            let schema = """
                {"$schema": "http://json-schema.org/\(edition)", "type": "string",
                 "nullable": true}
                """
            #expect(try faults(schema, "null").map(\.rule) == [.type])
        }
    }

    @Test("a schema of several steps a level follows the deepest value that is read")
    func deep() throws {
        let schema = """
            {"type": "object", "allOf": [{"allOf": [{"allOf": [
             {"properties": {"a": {"$ref": "#"}}}]}]}]}
            """
        func nested(_ inner: String) -> String {
            String(repeating: #"{"a": "#, count: 120) + inner + String(repeating: "}", count: 120)
        }
        #expect(try faults(schema, nested("{}")).isEmpty)
        #expect(
            try faults(schema, nested("1")).map(\.pointer) == [
                String(repeating: "/a", count: 120)
            ])
    }

    @Test(
        "elements that are worth the same are told to stand twice",
        arguments: [
            ("[1, 2, 1.0]", "/2"), ("[0, -0.0]", "/1"),
            (#"[{"a": 1, "b": 2}, {"b": 2, "a": 1}]"#, "/1"),
            (#"["é", "e\u0301"]"#, nil), (#"[1, "1", true, null, [1], "s1:1"]"#, nil),
            (#"[["a", "b"], ["as1:b"], ["a"], "a"]"#, nil),
        ] as [(String, String?)])
    func unique(document: String, pointer: String?) throws {
        let found = try faults(#"{"uniqueItems": true}"#, document)
        #expect(found.map(\.pointer) == [pointer].compactMap { $0 })
    }

    @Test("beside a pattern of names that cannot be read no name is told to be one too many")
    func unreadPattern() throws {
        let schema = #"{"patternProperties": {"(?<open": {}}, "additionalProperties": false}"#
        #expect(try faults(schema, #"{"x": 1}"#).isEmpty)
        let readable = #"{"patternProperties": {"^y": {}}, "additionalProperties": false}"#
        #expect(try faults(readable, #"{"x": 1, "y": 1}"#).map(\.pointer) == ["/x"])
    }

    @Test(
        "what nothing else looks at is held against the rule for it",
        arguments: [
            (#"{"name": "Saw"}"#, nil), (#"{"name": "Saw", "level": 4}"#, nil),
            (#"{"name": "Saw", "levle": 4}"#, "/levle"),
            // The form that has the price does not fit, so that nothing looks at it.
            (#"{"name": "Saw", "price": 4}"#, "/price"),
            (#"{"name": "Saw", "price": 4, "currency": "EUR"}"#, nil),
        ] as [(String, String?)])
    func unevaluated(document: String, pointer: String?) throws {
        let schema = """
            {"properties": {"name": {"type": "string"}},
             "allOf": [{"properties": {"level": {}}}],
             "anyOf": [{"properties": {"price": {}, "currency": {}}, "required": ["currency"]}, {}],
             "unevaluatedProperties": false}
            """
        #expect(try faults(schema, document).map(\.pointer) == [pointer].compactMap { $0 })
        let array = #"{"prefixItems": [{}], "contains": {"const": 2}, "unevaluatedItems": false}"#
        #expect(try faults(array, "[1, 2, 2]").isEmpty)
        #expect(try faults(array, "[1, 2, 3]").map(\.pointer) == ["/2"])
    }

    @Test("a dynamic reference means the outermost schema that has the anchor")
    func dynamic() throws {
        let tree = """
            {"$id": "https://x.example/tree", "$dynamicAnchor": "node", "type": "object",
             "properties": {"children": {"items": {"$dynamicRef": "#node"}}}}
            """
        #expect(try faults(tree, #"{"children": [{"children": []}]}"#).isEmpty)
        #expect(
            try faults(tree, #"{"children": [{"children": [1]}]}"#).map(\.pointer)
                == ["/children/0/children/0"])
        let strict = """
            {"$id": "https://x.example/strict", "$dynamicAnchor": "node",
             "$ref": "tree", "unevaluatedProperties": false, "$defs": {"tree": \(tree)}}
            """
        let misspelt = #"{"children": [{"childen": []}]}"#
        #expect(try faults(tree, misspelt).isEmpty)
        #expect(try faults(strict, misspelt).map(\.pointer) == ["/children/0/childen"])
    }

    @Test("a recursive reference means the outermost schema that has the anchor, in 2019-09")
    func recursive() throws {
        func schema(_ anchor: Bool) -> String {
            let edition = "https://json-schema.org/draft/2019-09/schema"
            let tree = """
                {"$id": "https://x.example/tree", "$recursiveAnchor": \(anchor), "type": "object",
                 "properties": {"children": {"items": {"$recursiveRef": "#"}}}}
                """
            return """
                {"$schema": "\(edition)", "$id": "https://x.example/strict",
                 "$recursiveAnchor": true, "$ref": "tree", "unevaluatedProperties": false,
                 "$defs": {"tree": \(tree)}}
                """
        }
        let misspelt = #"{"children": [{"childen": []}]}"#
        #expect(try faults(schema(true), misspelt).map(\.pointer) == ["/children/0/childen"])
        #expect(try faults(schema(false), misspelt).isEmpty)
    }

    @Test("what is not checked is told, and what cannot be used is an error")
    func unchecked() throws {
        let schema = try JSONSchema(
            bytes: Array(
                """
                {"$schema": "http://json-schema.org/draft-07/schema#", "colour": "red",
                 "format": "isbn", "pattern": "(?<open", "x-own": 1, "title": "t"}
                """.utf8), name: "schema.json")
        #expect(schema.unchecked == ["colour", "format isbn", "pattern “(?<open”"])
        for broken in [
            "{", "[]", ##"{"$ref": "other.json#/a"}"##, ##"{"$ref": "#/definitions/none"}"##,
            #"{"type": "text"}"#, #"{"minimum": "3"}"#,
        ] {
            #expect(throws: FeedError.self) {
                try JSONSchema(bytes: Array(broken.utf8), name: "schema.json")
            }
        }
        #expect(throws: FeedError.self) { try faults(##"{"$ref": "#"}"##, "1") }
    }

    /// Cases of the official suite that ask for what ``JSONSchema`` says that it leaves out, by the
    /// description of their schema or file.
    private static let leftOut: Set<String> = [
        // Other documents are never fetched, the schema of schemas neither.
        "refRemote.json", "definitions.json", "defs.json", "vocabulary.json",
        "remote ref, containing refs itself",
    ]

    /// The official test suite (github.com/json-schema-org/JSON-Schema-Test-Suite).
    private static let suite: String? =
        ProcessInfo.processInfo.environment["LEERWIJZER_JSON_SCHEMA_SUITE"]
        ?? SharedFiles.path("schemas/json-schema-test-suite")

    private struct Group: Decodable {
        let description: String
        let schema: Anything
        let tests: [Case]

        struct Case: Decodable {
            let description: String
            let data: Anything
            let valid: Bool
        }
    }

    @Test(
        "the official test suite agrees, but for what is told as unchecked",
        .enabled(if: suite != nil, "the official JSON Schema test suite is not here"),
        arguments: ["draft4", "draft6", "draft7", "draft2019-09", "draft2020-12"])
    func official(edition: String) throws {
        let folder = try #require(Self.suite) + "/tests/" + edition
        let editions = [
            "draft4": "http://json-schema.org/draft-04/schema#",
            "draft6": "http://json-schema.org/draft-06/schema#",
            "draft7": "http://json-schema.org/draft-07/schema#",
        ]
        var agreed = 0
        var unchecked = 0
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        for file in files.sorted() where file.hasSuffix(".json") && !Self.leftOut.contains(file) {
            let groups = try JSONDecoder().decode(
                [Group].self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/" + file)))
            for group in groups where !Self.leftOut.contains(group.description) {
                // The suite leaves the edition out where it is that of the folder.
                var own = group.schema
                if case .object(var members) = own, members["$schema"] == nil,
                    let name = editions[edition]
                {
                    members["$schema"] = .string(name)
                    own = .object(members)
                }
                let schema: JSONSchema
                do {
                    schema = try JSONSchema(bytes: try own.bytes(), name: file)
                } catch let error as FeedError {
                    // It is said of a reference that leads out of the document; nothing else.
                    let leadsOut = "\(error)".contains("does not stand in it")
                    #expect(leadsOut, "\(file), \(group.description): \(error)")
                    unchecked += group.tests.count
                    continue
                }
                for test in group.tests {
                    let isValid = try schema.faults(in: test.data.bytes(), name: file).isEmpty
                    if isValid == test.valid {
                        agreed += 1
                    } else if schema.unchecked.isEmpty {
                        Issue.record(
                            "\(file), \(group.description): \(test.description) is \(test.valid)")
                    } else {
                        unchecked += 1
                    }
                }
            }
        }
        #expect(agreed > 300, "\(agreed) agreed, \(unchecked) told as unchecked")
        #expect(unchecked * 20 < agreed, "\(agreed) agreed, \(unchecked) told as unchecked")
    }
}

/// Any JSON, with numbers as written as far as Foundation keeps them.
private enum Anything: Decodable, Encodable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([Anything])
    case object([String: Anything])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let own = try? value.decode(Bool.self) {
            self = .boolean(own)
        } else if let own = try? value.decode(Int.self) {
            self = .integer(own)
        } else if let own = try? value.decode(Double.self) {
            self = .number(own)
        } else if let own = try? value.decode(String.self) {
            self = .string(own)
        } else if let own = try? value.decode([Anything].self) {
            self = .array(own)
        } else {
            self = .object(try value.decode([String: Anything].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .boolean(let own): try value.encode(own)
        case .integer(let own): try value.encode(own)
        case .number(let own): try value.encode(own)
        case .string(let own): try value.encode(own)
        case .array(let own): try value.encode(own)
        case .object(let own): try value.encode(own)
        }
    }

    func bytes() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) }
}
