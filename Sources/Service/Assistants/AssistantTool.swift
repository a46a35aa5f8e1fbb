import Feeds
import HTTPTypes

/// A tool of assistants: an operation of the API under a short name, with the same parameters, checks
/// and answer, so that the two cannot differ.
struct AssistantTool: Sendable {
    /// Its name.
    let name: String
    /// What it does, for whoever chooses among tools.
    let help: String
    /// The operation.
    let operation: Operation
    /// The name of the answer's shape.
    private let answer: String

    /// The parameters that an assistant has no use for: it gets JSON, and pages by number.
    private static let left: Set<String> = ["format", "cursor"]

    private init(_ name: String, _ id: String, answer: String, _ help: String) {
        guard let operation = API.operations.first(where: { $0.id == id }) else {
            preconditionFailure("there is no operation \(id)")
        }
        self.name = name
        self.help = help
        self.operation = operation
        self.answer = answer
    }

    /// Every tool.
    static let all = [
        AssistantTool(
            "search", "search", answer: "Search",
            "Search courses and offerings by words, place, region, level, price, start and so on. "
                + "All conditions hold on one and the same offering. Set courses to true to see "
                + "each course once, and facets to false unless the counts are wanted."),
        AssistantTool(
            "show", "course", answer: "Course",
            "Tell all of one course by its id: texts, offerings, where it comes from and what "
                + "became of it."),
        AssistantTool(
            "match", "match", answer: "Match",
            "Rank offerings for a learner's profile, with reasons for each and near misses."),
        AssistantTool(
            "path", "path", answer: "Path",
            "Plan paths for a learner: offerings in order that together close the gap between what "
                + "the learner can and wants."),
    ]

    private var parameters: [Parameter] {
        operation.parameters.filter { !Self.left.contains($0.name) }
    }

    /// The tool as a list of tools describes it.
    var description: JSONValue {
        var properties: [String: JSONValue] = [:]
        var required: [JSONValue] = []
        for parameter in parameters {
            var schema = parameter.schema
            if case .object(var members) = schema {
                members["description"] = .string(parameter.help)
                schema = .object(members)
            }
            properties[parameter.name] = schema
            if parameter.isRequired { required.append(.string(parameter.name)) }
        }
        if let body = operation.body {
            properties["profile"] = body.schema.withOwnDefinitions
            required.append("profile")
        }
        let input: JSONValue = [
            "type": "object", "properties": .object(properties), "required": .array(required),
            "additionalProperties": false,
        ]
        return [
            "name": .string(name), "title": .string(operation.summary),
            "description": .string(help), "inputSchema": input.definingWhatItNames,
            "outputSchema": answerSchema,
            "annotations": [
                "readOnlyHint": true, "idempotentHint": true, "openWorldHint": false,
                "destructiveHint": false,
            ],
        ]
    }

    private var answerSchema: JSONValue {
        (Schemas.all[answer] ?? [:]).withOwnDefinitions.definingWhatItNames
    }

    /// A request as the API takes it.
    struct Call {
        var target: String
        var body: String
    }

    /// The request that arguments stand for.
    ///
    /// - Throws: ``AssistantFault`` for what no parameter can be; the operation checks the rest.
    func call(_ arguments: [String: JSONValue]) throws -> Call {
        var path = operation.path.text
        var query: [String] = []
        var body = ""
        for (name, value) in arguments.sorted(by: { $0.key < $1.key }) {
            if name == "profile", operation.body != nil {
                body = try JSONLine.text(value)
                continue
            }
            guard !Self.left.contains(name) else {
                throw AssistantFault.parameters("\(name) is no argument of \(self.name)")
            }
            let texts = try Self.texts(value, of: name)
            let place = operation.parameters.first { $0.name == name }?.place
            if place == .path {
                guard let text = texts.first, texts.count == 1, !text.isEmpty else {
                    throw AssistantFault.parameters("\(name) takes one text")
                }
                path = path.replacing("{\(name)}", with: percentEncoded(text))
            } else {
                query += texts.map {
                    percentEncoded(name) + "=" + percentEncoded($0)
                }
            }
        }
        guard !path.contains("{") else {
            let missing = parameters.filter { $0.place == .path }.map(\.name)
            throw AssistantFault.parameters("\(missing.joined(separator: ", ")) is missing")
        }
        if operation.body != nil, body.isEmpty {
            throw AssistantFault.parameters("profile is missing")
        }
        return Call(
            target: path + (query.isEmpty ? "" : "?" + query.joined(separator: "&")), body: body)
    }

    private static func texts(_ value: JSONValue, of name: String) throws -> [String] {
        switch value {
        case .string(let text): return [text]
        case .integer(let number): return ["\(number)"]
        case .number(let number): return ["\(number)"]
        case .bool(let flag): return ["\(flag)"]
        // Models like to name what they leave out.
        case .null: return []
        case .array(let values): return try values.flatMap { try texts($0, of: name) }
        case .object:
            throw AssistantFault.parameters("\(name.prefix(80)) takes a text, a number or a list")
        }
    }
}

extension JSONValue {
    private static let published = "#/components/schemas/"
    private static let own = "#/$defs/"

    /// The schema with references to definitions of its own.
    fileprivate var withOwnDefinitions: JSONValue {
        switch self {
        case .object(let members):
            .object(
                Dictionary(
                    uniqueKeysWithValues: members.map { name, value in
                        if name == "$ref", let target = value.text {
                            (name, .string(target.replacing(Self.published, with: Self.own)))
                        } else {
                            (name, value.withOwnDefinitions)
                        }
                    }))
        case .array(let values): .array(values.map(\.withOwnDefinitions))
        default: self
        }
    }

    /// The definitions that it names, and those that these name.
    private func gather(_ found: inout [String: JSONValue]) {
        switch self {
        case .object(let members):
            if let target = members["$ref"]?.text, target.hasPrefix(Self.own) {
                let name = String(target.dropFirst(Self.own.count))
                if found[name] == nil, let schema = Schemas.all[name]?.withOwnDefinitions {
                    found[name] = schema
                    schema.gather(&found)
                }
            }
            for value in members.values { value.gather(&found) }
        case .array(let values): for value in values { value.gather(&found) }
        default: break
        }
    }

    /// The schema with everything that it names.
    fileprivate var definingWhatItNames: JSONValue {
        var found: [String: JSONValue] = [:]
        gather(&found)
        guard case .object(var members) = self, !found.isEmpty else { return self }
        members["$defs"] = .object(found)
        return .object(members)
    }
}
