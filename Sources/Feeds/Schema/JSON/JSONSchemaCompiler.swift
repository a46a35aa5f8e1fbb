/// Why a schema cannot be used.
struct JSONSchemaFailure: Error {
    let reason: String
}

/// Turns the schemas of a document into rules.
struct JSONSchemaCompiler {
    private(set) var rules: [JSONSchemaRules] = []
    private(set) var unchecked: Set<String> = []
    private let dialect: JSONSchemaDialect
    /// Whether `nullable` means something: to OpenAPI 3.0 alone, and to no edition of JSON Schema.
    private let knowsNullable: Bool
    private let references: JSONSchemaReferences
    /// The number of a schema, by where it stands.
    private var numbers: [Int: Int] = [:]
    /// References that are followed when all else is known.
    private var waiting: [Waiting] = []

    private struct Waiting {
        var rules: Int
        var reference: String
        var schema: JSONNode
        var isDynamic = false
    }

    /// Keywords that say nothing about what is allowed, or are read with others.
    private static let remarks: Set<String> = [
        "$schema", "$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$comment",
        "$defs", "definitions", "$vocabulary", "title", "description", "default", "example",
        "examples", "deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType",
        "contentSchema", "xml", "externalDocs", "discriminator", "nullable", "then", "else",
        "minContains", "maxContains", "additionalItems", "openapi", "info", "paths", "components",
    ]

    init(_ document: JSONNode) {
        dialect = JSONSchemaDialect(document)
        knowsNullable = document["openapi"]?.text?.hasPrefix("3.0") == true
        references = JSONSchemaReferences(document, dialect)
    }

    /// The number of a schema's rules.
    mutating func compiled(_ node: JSONNode) throws(JSONSchemaFailure) -> Int {
        if let known = numbers[node.offset] { return known }
        let number = rules.count
        numbers[node.offset] = number
        rules.append(JSONSchemaRules())
        switch node.value {
        case .boolean(let allows): rules[number].allowsAll = allows
        case .object: rules[number] = try read(node, number)
        default: throw failure("a schema is an object, true or false", at: node)
        }
        return number
    }

    /// Follows the references; schemas that only they reach are read too.
    mutating func finish() throws(JSONSchemaFailure) {
        while let next = waiting.popLast() {
            guard let target = references.target(of: next.reference, in: next.schema) else {
                throw failure(
                    "it refers to “\(next.reference)”, which does not stand in it", at: next.schema)
            }
            let number = try compiled(target)
            guard next.isDynamic else {
                rules[next.rules].reference = number
                continue
            }
            var dynamic = JSONSchemaRules.DynamicReference(plain: number)
            for anchored in references.anchored(like: target, in: next.reference) {
                dynamic.anchored[anchored.resource] = try compiled(anchored.schema)
            }
            rules[next.rules].dynamicReference = dynamic
        }
    }

    private mutating func read(
        _ node: JSONNode, _ number: Int
    ) throws(JSONSchemaFailure) -> JSONSchemaRules {
        var own = JSONSchemaRules()
        own.resource = references.resource(of: node)
        if let reference = node["$ref"]?.text {
            waiting.append(Waiting(rules: number, reference: reference, schema: node))
            if dialect.referencesStandAlone { return own }
        }
        if let reference = dialect.dynamicReference.flatMap({ node[$0]?.text }) {
            waiting.append(
                Waiting(rules: number, reference: reference, schema: node, isDynamic: true))
        }
        for (key, inner) in node.members where !Self.referring.contains(key) {
            var isKnown = try readAny(key, inner, node, &own)
            if !isKnown { isKnown = try readNumber(key, inner, node, &own) }
            if !isKnown { isKnown = try readText(key, inner, &own) }
            if !isKnown { isKnown = try readArray(key, inner, node, &own) }
            if !isKnown { isKnown = try readObject(key, inner, &own) }
            if !isKnown, !Self.remarks.contains(key), !key.hasPrefix("x-") { unchecked.insert(key) }
        }
        return own
    }

    private static let referring: Set<String> = ["$ref", "$dynamicRef", "$recursiveRef"]

    // MARK: Keywords

    private mutating func readAny(
        _ key: String, _ inner: JSONNode, _ node: JSONNode, _ own: inout JSONSchemaRules
    ) throws(JSONSchemaFailure) -> Bool {
        switch key {
        case "type":
            var kinds: Set<JSONSchemaRules.Kind> = []
            for element in inner.elements {
                guard let kind = element.text.flatMap({ JSONSchemaRules.Kind(rawValue: $0) }) else {
                    throw failure("“type” names no type of JSON", at: element)
                }
                kinds.insert(kind)
            }
            if knowsNullable, node["nullable"]?.boolean == true { kinds.insert(.null) }
            own.kinds = kinds
        case "enum":
            guard case .array(let values) = inner.value else {
                throw failure("“enum” is no array", at: inner)
            }
            own.values = values
        // Draft 4 does not know it.
        case "const" where dialect != .draft4: own.constant = inner
        case "allOf": own.all = try list(inner)
        case "anyOf": own.any = try list(inner)
        case "oneOf": own.one = try list(inner)
        case "not": own.not = try compiled(inner)
        case "if" where dialect != .draft4:
            let branches = node.members.filter { $0.key == "then" || $0.key == "else" }
            var then: Int?
            var otherwise: Int?
            for (key, branch) in branches {
                let number = try compiled(branch)
                if key == "then" { then = number } else { otherwise = number }
            }
            own.condition = (try compiled(inner), then, otherwise)
        default: return false
        }
        return true
    }

    private func readNumber(
        _ key: String, _ inner: JSONNode, _ node: JSONNode, _ own: inout JSONSchemaRules
    ) throws(JSONSchemaFailure) -> Bool {
        switch key {
        case "multipleOf": own.multipleOf = try number(inner)
        case "minimum":
            own.minimum = (try number(inner), isTrue(node, "exclusiveMinimum"))
        case "maximum":
            own.maximum = (try number(inner), isTrue(node, "exclusiveMaximum"))
        // Draft 4 has them as marks on the bounds.
        case "exclusiveMinimum", "exclusiveMaximum":
            if case .boolean = inner.value { return true }
            if key == "exclusiveMinimum" {
                own.exclusiveMinimum = try number(inner)
            } else {
                own.exclusiveMaximum = try number(inner)
            }
        default: return false
        }
        return true
    }

    private mutating func readText(
        _ key: String, _ inner: JSONNode, _ own: inout JSONSchemaRules
    ) throws(JSONSchemaFailure) -> Bool {
        switch key {
        case "minLength": own.lengths.least = try count(inner)
        case "maxLength": own.lengths.most = try count(inner)
        case "pattern":
            guard case .string(let source) = inner.value else {
                throw failure("“pattern” is no text", at: inner)
            }
            own.pattern = JSONSchemaRules.Pattern(source)
            if own.pattern == nil { unchecked.insert("pattern “\(source)”") }
        case "format":
            guard dialect.assertsFormats, let name = inner.text else { return true }
            own.format = JSONSchemaFormat(rawValue: name)
            if own.format == nil, !Self.numberFormats.contains(name) {
                unchecked.insert("format \(name)")
            }
        default: return false
        }
        return true
    }

    /// Formats of OpenAPI that say how a number is kept.
    private static let numberFormats: Set<String> = ["int32", "int64", "float", "double"]

    private mutating func readArray(
        _ key: String, _ inner: JSONNode, _ node: JSONNode, _ own: inout JSONSchemaRules
    ) throws(JSONSchemaFailure) -> Bool {
        switch key {
        case "minItems": own.counts.least = try count(inner)
        case "maxItems": own.counts.most = try count(inner)
        case "uniqueItems": own.hasUniqueItems = inner.boolean == true
        case "prefixItems": own.prefix = try list(inner)
        case "items":
            guard case .array = inner.value, dialect != .of2020 else {
                own.items = try compiled(inner)
                return true
            }
            own.prefix = try list(inner)
            if let rest = node.members.first(where: { $0.key == "additionalItems" }) {
                own.items = try compiled(rest.node)
            }
        case "unevaluatedItems" where dialect.knowsUnevaluated:
            own.unevaluatedItems = try compiled(inner)
        case "contains" where dialect != .draft4:
            own.containsEvaluates = dialect == .of2020
            own.contains = (
                try compiled(inner), try node["minContains"].map(count) ?? 1,
                try node["maxContains"].map(count)
            )
        default: return false
        }
        return true
    }

    private mutating func readObject(
        _ key: String, _ inner: JSONNode, _ own: inout JSONSchemaRules
    ) throws(JSONSchemaFailure) -> Bool {
        switch key {
        case "minProperties": own.memberCounts.least = try count(inner)
        case "maxProperties": own.memberCounts.most = try count(inner)
        case "required": own.required = names(inner)
        case "properties":
            for (name, rules) in inner.members { own.members[name] = try compiled(rules) }
        case "patternProperties":
            for (name, rules) in inner.members {
                guard let pattern = JSONSchemaRules.Pattern(name) else {
                    unchecked.insert("patternProperties “\(name)”")
                    own.hasUnreadPattern = true
                    continue
                }
                own.patternMembers.append((pattern, try compiled(rules)))
            }
        case "additionalProperties": own.otherMembers = try compiled(inner)
        case "unevaluatedProperties" where dialect.knowsUnevaluated:
            own.unevaluatedMembers = try compiled(inner)
        case "propertyNames" where dialect != .draft4: own.names = try compiled(inner)
        case "dependentRequired":
            for (name, others) in inner.members { own.requiredWith[name] = names(others) }
        case "dependentSchemas":
            for (name, rules) in inner.members { own.rulesWith[name] = try compiled(rules) }
        case "dependencies":
            for (name, other) in inner.members {
                if case .array = other.value {
                    own.requiredWith[name] = names(other)
                } else {
                    own.rulesWith[name] = try compiled(other)
                }
            }
        default: return false
        }
        return true
    }

    // MARK: Values

    private mutating func list(_ node: JSONNode) throws(JSONSchemaFailure) -> [Int] {
        guard case .array(let elements) = node.value else {
            throw failure("expected an array of schemas", at: node)
        }
        var numbers: [Int] = []
        for element in elements { numbers.append(try compiled(element)) }
        return numbers
    }

    private func names(_ node: JSONNode) -> [String] {
        node.elements.compactMap { if case .string(let text) = $0.value { text } else { nil } }
    }

    private func isTrue(_ node: JSONNode, _ key: String) -> Bool {
        if case .boolean(true)? = node[key]?.value { true } else { false }
    }

    private func number(_ node: JSONNode) throws(JSONSchemaFailure) -> Double {
        guard case .number(let text) = node.value, let value = Double(text) else {
            throw failure("expected a number", at: node)
        }
        return value
    }

    private func count(_ node: JSONNode) throws(JSONSchemaFailure) -> Int {
        guard let count = node.count else { throw failure("expected a whole number", at: node) }
        return count
    }

    private func failure(_ reason: String, at node: JSONNode) -> JSONSchemaFailure {
        let place = node.position
        return JSONSchemaFailure(reason: "line \(place.line), column \(place.column): \(reason)")
    }
}
