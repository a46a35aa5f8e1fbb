import CourseModel
import Glibc
import XMLStream

/// The official schemas that are at hand.
///
/// They are their makers', not the program's: it comes without. For a format `xcri-cap` a folder
/// holds them as `xcri-cap.xsd`, `xcri-cap-1.1.xsd`, or in a folder `xcri-cap` or `xcri-cap-1.1`
/// with their parts; a folder with none of these is taken to be of one format. Of several the first
/// one by name is taken that has the document's root element.
///
/// Documents in JSON are held against schemas in JSON (`ooapi.json`), XML against XSD; a schema of
/// the other kind is none for a document.
public final class FeedSchemas {
    private let file: String?
    private let folder: String
    private var known: [String: Result<XMLSchema, FeedError>] = [:]
    private var knownJSON: [String: JSONSchema] = [:]

    /// Schemas in a folder, or one in a file.
    ///
    /// - Throws: ``FeedError/notFound(path:)``.
    public init(at path: String) throws(FeedError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .notFound(path: path) }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        folder = path
        file = isFolder ? nil : path
    }

    /// Holds a document against the schema of its format and root element.
    ///
    /// - Parameters:
    ///   - format: The name of the document's format.
    ///   - report: Gets what it was held against; nothing for a document that is neither XML nor
    ///     JSON.
    ///   - receive: Called for each fault, in the order of the document.
    /// - Throws: ``FeedError`` when the document cannot be read or no schema that there is can be
    ///   used, and what `receive` throws.
    public func check(
        _ input: FeedInput, format: String, to report: inout SchemaReport,
        _ receive: (Diagnostic) throws -> Void
    ) throws {
        let unpacked = try input.rewound().unpacked()
        defer { unpacked.close() }
        let document = unpacked.input
        let opening = try FeedOpening(of: document.rewound())
        guard let root = opening.root else {
            guard [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(opening.firstVisibleByte) else {
                return
            }
            return try check(json: document, format, input.name, to: &report, receive)
        }
        guard let schema = try schema(of: root, format: format) else {
            report.without(root.localName)
            return
        }
        let rest: (position: XMLPosition, reason: String)?
        switch document.rewound().content {
        case .bytes(let bytes):
            var source = XMLMemorySource(bytes)
            rest = try validate(&source, schema, input.name, receive)
        case .descriptor(let descriptor):
            var source = XMLDescriptorSource(descriptor: descriptor, name: input.name)
            rest = try validate(&source, schema, input.name, receive)
        case .file(let path):
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw FeedError(.io(path: path, errno: errno)) }
            defer { close(descriptor) }
            var source = XMLDescriptorSource(descriptor: descriptor, name: input.name)
            rest = try validate(&source, schema, input.name, receive)
        }
        report.held(against: schema.path, isComplete: rest == nil)
        guard let rest else { return }
        try receive(
            Diagnostic(
                .warning, .schemaCheckIncomplete, file: input.name,
                position: SourcePosition(rest.position),
                message: "The official schema was held against what stands before this place only: "
                    + "here the mark-up is not well-formed (\(rest.reason))."))
    }

    private func validate(
        _ source: inout some XMLByteSource, _ schema: XMLSchema, _ name: String,
        _ receive: (Diagnostic) throws -> Void
    ) throws -> (position: XMLPosition, reason: String)? {
        try schema.validate(&source) { fault in
            try receive(
                Diagnostic(
                    .error, DiagnosticCode(fault.rule), file: name,
                    position: SourcePosition(fault.position), field: fault.element,
                    message: "Against the official schema: \(fault.message)"))
        }
    }

    /// The schema that has the root element; `nil` when there is none.
    private func schema(of root: XMLRoot, format: String) throws(FeedError) -> XMLSchema? {
        // The schema that is named is the one that is meant, whatever the root.
        if let path = file { return try isJSON(path) ? nil : load(path).get() }
        var failure: FeedError?
        for path in candidates(format, ".xsd") {
            switch load(path) {
            case .success(let schema):
                if schema.declares(root: root.localName, namespace: root.namespace) {
                    return schema
                }
            case .failure(let error): failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return nil
    }

    private func load(_ path: String) -> Result<XMLSchema, FeedError> {
        if let known = known[path] { return known }
        let schema = Result { () throws(XMLSchemaError) in try XMLSchema(path: path) }
            .mapError { FeedError.badSchema(path: $0.path, reason: $0.reason) }
        known[path] = schema
        return schema
    }

    // MARK: JSON

    private func check(
        json document: FeedInput, _ format: String, _ name: String, to report: inout SchemaReport,
        _ receive: (Diagnostic) throws -> Void
    ) throws {
        let path = try file.map { try isJSON($0) ? $0 : nil } ?? candidates(format, ".json").first
        guard let path else { return report.without("JSON") }
        let schema = try knownJSON[path] ?? JSONSchema(path: path)
        knownJSON[path] = schema
        var check = JSONFeedCheck(schema: schema, name: name)
        try check.run(document, receive)
        for missing in check.withoutSchema { report.without(missing) }
        report.held(against: path, isComplete: check.isComplete && schema.unchecked.isEmpty)
        guard !schema.unchecked.isEmpty else { return }
        try receive(
            Diagnostic(
                .warning, .schemaCheckIncomplete, file: name,
                message: "The official schema asks more than is checked here: "
                    + schema.unchecked.sorted().joined(separator: ", ") + "."))
    }

    /// Whether a schema is one of JSON.
    private func isJSON(_ path: String) throws(FeedError) -> Bool {
        let input = FeedInput(
            .file(path: path), name: path, source: ID("schema"),
            today: CalendarDate(daysSince1970: 0))
        return try FeedOpening(of: input).firstVisibleByte == UInt8(ascii: "{")
    }

    /// The files that may be a format's schema, in order of name.
    private func candidates(_ format: String, _ ending: String) -> [String] {
        var found: [String] = []
        let names = Self.names(in: folder)
        for name in names where Self.isNamed(name, format) {
            if name.hasSuffix(ending) {
                found.append(folder + "/" + name)
            } else {
                found += Self.names(in: folder + "/" + name).filter { $0.hasSuffix(ending) }
                    .map { "\(folder)/\(name)/\($0)" }
            }
        }
        guard found.isEmpty else { return found }
        return names.filter { $0.hasSuffix(ending) }.map { folder + "/" + $0 }
    }

    /// Whether a file or folder is called after a format, perhaps with a version.
    private static func isNamed(_ name: String, _ format: String) -> Bool {
        guard name.hasPrefix(format) else { return false }
        let rest = name.dropFirst(format.count)
        return rest.isEmpty || rest.first == "." || rest.first == "-"
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
