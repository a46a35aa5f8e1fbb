import CourseModel

/// Holds a feed in JSON against a schema.
///
/// An OpenAPI description has schemas for objects, so a feed is read one object at a time and each
/// is held against that of its kind. Any other schema is of a document as a whole, which is read
/// whole up to a bound; what is longer is told, not passed over.
struct JSONFeedCheck {
    let schema: JSONSchema
    let name: String
    /// The kinds of objects for which the description has no schema.
    private(set) var withoutSchema: Set<String> = []
    /// Whether all of the document was checked.
    private(set) var isComplete = true

    init(schema: JSONSchema, name: String) {
        self.schema = schema
        self.name = name
    }

    /// Checks a document.
    mutating func run(_ document: FeedInput, _ receive: (Diagnostic) throws -> Void) throws {
        let source = try SeekableInput(document)
        guard let root = schema.root else {
            return try runByObject(source.rewound(), receive)
        }
        let bytes = try source.bytes(0..<JSONLimits().recordBytes + 1)
        guard bytes.count <= JSONLimits().recordBytes else {
            return try leave(
                SourcePosition(line: 1, column: 1, byteOffset: 0),
                "it is longer than \(JSONLimits().recordBytes) bytes, and the schema is of a "
                    + "document as a whole", receive)
        }
        do {
            try check(JSONNode(document: bytes), root, receive)
        } catch let fault as JSONFault {
            try leave(fault.position, "it is no JSON: \(fault.message)", receive)
        }
    }

    private mutating func runByObject(
        _ document: FeedInput, _ receive: (Diagnostic) throws -> Void
    ) throws {
        do {
            var stream = try JSONStream(
                document, recordMembers: OOAPIObjects.lists, limits: JSONLimits())
            while let event = try stream.next() {
                switch event {
                case .record(let record, _), .frame(let record):
                    var parser = JSONParser(record)
                    do {
                        let node = try parser.parse()
                        try OOAPIObjects.forEach(in: node) { object, kind in
                            guard let rules = schema.components[kind] else {
                                withoutSchema.insert(kind)
                                return
                            }
                            try check(object, rules, receive)
                        }
                    } catch let fault as JSONFault {
                        try leave(fault.position, "this is no JSON: \(fault.message)", receive)
                    }
                case .damage(_, let fault):
                    try leave(fault.position, "this is no JSON: \(fault.message)", receive)
                }
            }
        } catch let error as FeedError {
            guard case .malformed(_, let line, let column, let reason) = error else { throw error }
            try leave(
                SourcePosition(line: line ?? 1, column: column ?? 1, byteOffset: 0),
                "what follows cannot be read: \(reason)", receive)
        }
    }

    private func check(
        _ node: JSONNode, _ rules: Int, _ receive: (Diagnostic) throws -> Void
    ) throws {
        for fault in try schema.faults(of: node, rules: rules) {
            let field = fault.pointer.split(separator: "/").last.map(String.init)
            let place = fault.pointer.isEmpty ? "" : " (at \(fault.pointer))"
            try receive(
                Diagnostic(
                    .error, DiagnosticCode(fault.rule), file: name, position: fault.position,
                    field: field,
                    message: "Against the official schema: \(fault.message)\(place)"))
        }
    }

    private mutating func leave(
        _ position: SourcePosition, _ reason: String, _ receive: (Diagnostic) throws -> Void
    ) throws {
        isComplete = false
        try receive(
            Diagnostic(
                .warning, .schemaCheckIncomplete, file: name, position: position,
                message: "A part of the document was not held against the official schema: "
                    + "\(reason)."))
    }
}
