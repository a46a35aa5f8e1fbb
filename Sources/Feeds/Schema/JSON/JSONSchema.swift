import CourseModel

/// A JSON Schema: draft 4, 6, 7, 2019-09 or 2020-12, or the schemas of an OpenAPI description.
///
/// Checked are all assertions and applicators of these editions, `$dynamicRef` and `$recursiveRef`
/// among them; of the formats `date`, `time`, `date-time`, `email`, `uri` and `uuid`, in the
/// editions in which formats are rules. What a schema asks beyond this is told (``unchecked``),
/// never passed over. References stay within the document: nothing is fetched, and one that leads
/// out of it makes the schema useless.
public final class JSONSchema {
    /// The keywords of the schema that are not checked, with `format` those formats that are not.
    public let unchecked: Set<String>

    let rules: [JSONSchemaRules]
    /// The schema that the document is; `nil` for an OpenAPI description, which holds several.
    let root: Int?
    /// The schemas of an OpenAPI description, by name.
    let components: [String: Int]

    /// The largest document that is read whole, in bytes.
    private static let mostBytes = 16_000_000

    /// Reads a schema from a file.
    ///
    /// - Throws: ``FeedError``, mostly ``FeedError/badSchema(path:reason:)``.
    public convenience init(path: String) throws {
        let input = FeedInput(
            .file(path: path), name: path, source: ID("schema"),
            today: CalendarDate(daysSince1970: 0))
        try self.init(bytes: SeekableInput(input).bytes(0..<Self.mostBytes), name: path)
    }

    /// Reads a schema.
    ///
    /// - Throws: ``FeedError/badSchema(path:reason:)``.
    public init(bytes: [UInt8], name: String) throws(FeedError) {
        let document: JSONNode
        do {
            document = try JSONNode(document: bytes)
        } catch {
            throw .badSchema(
                path: name,
                reason: "line \(error.position.line), column \(error.position.column): "
                    + error.message)
        }
        var compiler = JSONSchemaCompiler(document)
        do {
            if let schemas = document["components"]?["schemas"], document["openapi"] != nil {
                root = nil
                var components: [String: Int] = [:]
                for (name, node) in schemas.members {
                    components[name] = try compiler.compiled(node)
                }
                self.components = components
            } else {
                root = try compiler.compiled(document)
                components = [:]
            }
            try compiler.finish()
        } catch {
            throw .badSchema(path: name, reason: error.reason)
        }
        rules = compiler.rules
        unchecked = compiler.unchecked
    }

    /// Holds a document against the schema.
    ///
    /// - Throws: ``FeedError/malformed(name:line:column:reason:)`` when it is no JSON, and
    ///   ``FeedError/badSchema(path:reason:)`` when the schema refers to itself without end, asks
    ///   for more than 1,000 schemas within each other, or is an OpenAPI description, which has no
    ///   schema for a document as a whole.
    public func faults(in document: [UInt8], name: String) throws(FeedError) -> [JSONSchemaFault] {
        let node: JSONNode
        do {
            node = try JSONNode(document: document)
        } catch {
            throw .malformed(
                name: name, line: error.position.line, column: error.position.column,
                reason: error.message)
        }
        guard let root else {
            throw .badSchema(path: name, reason: "an OpenAPI description has no schema of its own")
        }
        return try faults(of: node, rules: root)
    }

    func faults(of node: JSONNode, rules number: Int) throws(FeedError) -> [JSONSchemaFault] {
        var check = JSONSchemaCheck(schema: self)
        check.check(node, number, "")
        guard !check.isEndless else {
            throw .badSchema(path: "schema", reason: "it refers to itself without end")
        }
        guard !check.isTooDeep else {
            throw .badSchema(
                path: "schema",
                reason:
                    "more than \(JSONSchemaCheck.deepest) of its schemas stand within each other"
            )
        }
        return check.faults
    }
}

extension JSONNode {
    /// A whole document.
    init(document: [UInt8]) throws(JSONFault) {
        let start = SourcePosition(line: 1, column: 1, byteOffset: 0)
        var parser = JSONParser(JSONRecord(bytes: document, start: start))
        self = try parser.parse()
    }
}
