internal import CLibXML2
import Glibc

/// An XML Schema, against which documents are held as they are read.
///
/// Its parts are read from its own folder and from nowhere else: no network, no DTD. Memory for a
/// document: what is open at the moment, and the values of keys that the schema declares.
public final class XMLSchema {
    /// The schema's file.
    public let path: String
    private let schema: xmlSchemaPtr

    /// Reads a schema with its parts.
    ///
    /// - Throws: ``XMLSchemaError`` when it is not there, is no schema, or lacks a part.
    public init(path: String) throws(XMLSchemaError) {
        ParserHandle.readyLibrary()
        self.path = path
        guard access(path, R_OK) == 0 else {
            throw XMLSchemaError(path: path, reason: String(cString: strerror(errno)))
        }
        // Its parts stand beside the file itself, not beside a link to it.
        let file = SchemaFolder.real(path) ?? path
        let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
        let complaints = Complaints()
        let schema = SchemaFolder.$current.withValue(folder.isEmpty ? "/" : folder) {
            () -> xmlSchemaPtr? in
            guard let parser = xmlSchemaNewParserCtxt(file) else { return nil }
            defer { xmlSchemaFreeParserCtxt(parser) }
            xmlSchemaSetParserStructuredErrors(
                parser,
                { user, error in
                    guard let user, let error else { return }
                    Unmanaged<Complaints>.fromOpaque(user).takeUnretainedValue().add(error.pointee)
                }, Unmanaged.passUnretained(complaints).toOpaque())
            return xmlSchemaParse(parser)
        }
        guard let schema else {
            throw XMLSchemaError(path: path, reason: complaints.first ?? "it is no XML Schema")
        }
        self.schema = schema
    }

    deinit { xmlSchemaFree(schema) }

    /// What is wrong with a schema; the first complaint says enough.
    private final class Complaints {
        var first: String?

        func add(_ error: xmlError) {
            guard first == nil, error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
            let place = error.file.map { "\(String(cString: $0)):\(error.line): " } ?? ""
            var reason = SchemaMessage.plain(error)
            while reason.last == "." { reason.removeLast() }
            first = place + reason
        }
    }

    /// Whether a document with that root element may be of the schema.
    public func declares(root: String, namespace: String) -> Bool {
        let name = namespace.isEmpty ? root : "r:" + root
        let declaration =
            namespace.isEmpty
            ? "" : " xmlns:r=\"\(String(decoding: XMLEscape.attribute(namespace), as: UTF8.self))\""
        var source = XMLMemorySource(Array("<\(name)\(declaration)/>".utf8))
        var isKnown = true
        do {
            _ = try validate(&source) { if $0.rule == .root { isKnown = false } }
        } catch {
            return false
        }
        return isKnown
    }

    /// Holds a document against the schema.
    ///
    /// - Parameter receive: Called for each fault in the order of the document; what it throws ends
    ///   the check.
    /// - Returns: Where and why the check ended before the end of the document, when it is not
    ///   well-formed XML; `nil` when all of it was checked.
    public func validate(
        _ source: inout some XMLByteSource, _ receive: (XMLSchemaFault) throws -> Void
    ) throws -> (position: XMLPosition, reason: String)? {
        let run = try SchemaRun(schema, path)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
            run.feed(buffer[..<count])
            for fault in run.taken() { try receive(fault) }
            if let failure = run.failure { return failure }
            if count == 0 { return nil }
        }
    }
}

/// One document on its way through a schema.
private final class SchemaRun {
    private let parser: xmlParserCtxtPtr
    private let validation: xmlSchemaValidCtxtPtr
    private var plug: xmlSchemaSAXPlugPtr?
    private var faults: [XMLSchemaFault] = []
    /// Where the elements that are open begin.
    private var open: [XMLPosition] = []
    /// Where the element begins whose start or end was just read.
    private var current = XMLPosition.start
    /// Where the document stops being well-formed.
    private(set) var failure: (position: XMLPosition, reason: String)?

    init(_ schema: xmlSchemaPtr, _ path: String) throws(XMLSchemaError) {
        var handler = Self.handler
        guard let parser = xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil) else {
            throw XMLSchemaError(path: path, reason: "there is no memory for it")
        }
        guard let validation = xmlSchemaNewValidCtxt(schema) else {
            xmlFreeParserCtxt(parser)
            throw XMLSchemaError(path: path, reason: "there is no memory for it")
        }
        self.parser = parser
        self.validation = validation
        let own = Unmanaged.passUnretained(self).toOpaque()
        xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue))
        parser.pointee._private = own
        parser.pointee.userData = own
        // Our functions are called first, then those of the validation.
        plug = xmlSchemaSAXPlug(validation, &parser.pointee.sax, &parser.pointee.userData)
        guard plug != nil else {
            throw XMLSchemaError(path: path, reason: "libxml2 does not take it")
        }
        // Faults of the mark-up end the check; the reader of the feed tells them one by one.
        parser.pointee.sax.pointee.serror = { _, error in
            guard let error, let context = error.pointee.ctxt,
                let user = context.assumingMemoryBound(to: xmlParserCtxt.self).pointee._private
            else { return }
            Unmanaged<SchemaRun>.fromOpaque(user).takeUnretainedValue().broke(error.pointee)
        }
        // libxml2 has nothing there but a remark to standard error.
        parser.pointee.sax.pointee.reference = nil
        xmlSchemaSetValidStructuredErrors(
            validation,
            { user, error in
                guard let user, let error else { return }
                Unmanaged<SchemaRun>.fromOpaque(user).takeUnretainedValue().met(error.pointee)
            }, own)
    }

    deinit {
        if let plug { xmlSchemaSAXUnplug(plug) }
        xmlSchemaFreeValidCtxt(validation)
        if let document = parser.pointee.myDoc { xmlFreeDoc(document) }
        parser.pointee.myDoc = nil
        xmlFreeParserCtxt(parser)
    }

    /// Keeps track of where elements begin.
    private static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { user, _, _, _, _, _, _, _, _ in
            guard let user else { return }
            Unmanaged<SchemaRun>.fromOpaque(user).takeUnretainedValue().began()
        }
        handler.endElementNs = { user, _, _, _ in
            guard let user else { return }
            Unmanaged<SchemaRun>.fromOpaque(user).takeUnretainedValue().ended()
        }
        return handler
    }

    private func began() {
        current = tagStart()
        open.append(current)
    }

    private func ended() { current = open.popLast() ?? current }

    /// Gives the parser bytes; none at the end of the document.
    func feed(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { raw in
            _ = xmlParseChunk(
                parser, raw.bindMemory(to: CChar.self).baseAddress, Int32(raw.count),
                raw.isEmpty ? 1 : 0)
        }
    }

    /// The faults since the last time.
    func taken() -> [XMLSchemaFault] {
        defer { faults.removeAll(keepingCapacity: true) }
        return faults
    }

    private func met(_ error: xmlError) {
        let message = SchemaMessage.plain(error)
        faults.append(
            XMLSchemaFault(
                rule: SchemaMessage.rule(error, message), message: message,
                element: SchemaMessage.element(message), position: current))
    }

    private func broke(_ error: xmlError) {
        guard failure == nil, error.level == XML_ERR_FATAL else { return }
        failure = (
            XMLPosition(
                line: max(1, Int(error.line)), column: max(1, Int(error.int2)),
                byteOffset: Int(max(0, xmlByteConsumed(parser)))),
            SchemaMessage.plain(error)
        )
    }

    /// Where the start tag that was just read begins.
    ///
    /// A tag cannot hold another `<`, and the parser keeps the text of the tag that it reads, so its
    /// start is the last one before the place where the parser is. The offset is that in the UTF-8
    /// that the parser makes of the document.
    private func tagStart() -> XMLPosition {
        guard let input = parser.pointee.input, let base = input.pointee.base,
            let here = input.pointee.cur
        else { return .start }
        var at = here
        var line = Int(input.pointee.line)
        var column = Int(input.pointee.col)
        var isOnLine = true
        while at > base {
            at -= 1
            if at.pointee == 0x0A {
                line -= 1
                isOnLine = false
            } else if isOnLine, at.pointee & 0xC0 != 0x80 {
                column -= 1
            }
            if at.pointee == 0x3C { break }
        }
        if !isOnLine {
            // The parser counts columns of the line that it is on; of an earlier one they are
            // counted from its start, which it keeps unless the line is long.
            column = 1
            var back = at
            while back > base {
                back -= 1
                if back.pointee == 0x0A { break }
                if back.pointee & 0xC0 != 0x80 { column += 1 }
            }
        }
        return XMLPosition(
            line: max(1, line), column: max(1, column),
            byteOffset: Int(input.pointee.consumed) + (at - base))
    }
}

/// What libxml2 says of a fault, made fit to be read.
private enum SchemaMessage {
    /// On one line, with names without their namespaces.
    static func plain(_ error: xmlError) -> String {
        guard let message = error.message else { return "error \(error.code)" }
        var out = ""
        var isWithin = false
        for character in String(cString: message) {
            switch character {
            case "{": isWithin = true
            case "}" where isWithin: isWithin = false
            case _ where isWithin: break
            case _ where character.isNewline: out.append(" ")
            default: out.append(character)
            }
        }
        while out.last == " " { out.removeLast() }
        return out
    }

    /// The name in `Element 'course': …`.
    static func element(_ message: String) -> String? {
        guard message.hasPrefix("Element '") else { return nil }
        let name = message.dropFirst(9).prefix { $0 != "'" }
        return name.isEmpty ? nil : String(name)
    }

    static func rule(_ error: xmlError, _ message: String) -> XMLSchemaFault.Rule {
        switch UInt32(bitPattern: error.code) {
        case XML_SCHEMAV_CVC_ELT_1.rawValue: .root
        case XML_SCHEMAV_ELEMENT_CONTENT.rawValue, XML_SCHEMAV_CVC_COMPLEX_TYPE_2_4.rawValue:
            message.contains("Missing child element") ? .missingElement : .element
        case XML_SCHEMAV_CVC_WILDCARD.rawValue: .element
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_1.rawValue,
            XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1.rawValue,
            XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2.rawValue, XML_SCHEMAV_CVC_TYPE_3_1_1.rawValue:
            .attribute
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_4.rawValue: .missingAttribute
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1.rawValue, XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2.rawValue,
            XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3.rawValue, XML_SCHEMAV_CVC_TYPE_3_1_2.rawValue:
            .content
        case XML_SCHEMAV_CVC_IDC.rawValue: .key
        case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1.rawValue,
            XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2.rawValue,
            XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3.rawValue,
            XML_SCHEMAV_CVC_FACET_VALID.rawValue, XML_SCHEMAV_CVC_LENGTH_VALID.rawValue,
            XML_SCHEMAV_CVC_MINLENGTH_VALID.rawValue, XML_SCHEMAV_CVC_MAXLENGTH_VALID.rawValue,
            XML_SCHEMAV_CVC_MININCLUSIVE_VALID.rawValue,
            XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID.rawValue,
            XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID.rawValue,
            XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID.rawValue,
            XML_SCHEMAV_CVC_TOTALDIGITS_VALID.rawValue,
            XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID.rawValue, XML_SCHEMAV_CVC_PATTERN_VALID.rawValue,
            XML_SCHEMAV_CVC_ENUMERATION_VALID.rawValue, XML_SCHEMAV_CVC_AU.rawValue,
            XML_SCHEMAV_CVC_ELT_5_2_2_2_2.rawValue:
            .value
        default: .other
        }
    }
}
