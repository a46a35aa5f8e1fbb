internal import CLibXML2

/// Owns one libxml2 parser and what it allocated.
struct ParserHandle: ~Copyable {
    let parser: xmlParserCtxtPtr
    private let state: UnsafeMutableRawPointer

    /// A parser for pieces of text that calls the functions of `ParserCallbacks.swift` with
    /// `state`; nil when there is no memory.
    init?(state: UnsafeMutableRawPointer) {
        Self.readyLibrary()
        var handler = parserCallbacks
        guard let parser = xmlCreatePushParserCtxt(&handler, state, nil, 0, nil) else { return nil }
        self.parser = parser
        self.state = state
        configure()
    }

    deinit {
        Self.freeDocument(parser)
        xmlFreeParserCtxt(parser)
    }

    /// Starts afresh, keeping the dictionary of names.
    func reset() {
        xmlCtxtResetPush(parser, nil, 0, nil, nil)
        configure()
    }

    /// Gives the parser bytes.
    func feed(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        bytes.withMemoryRebound(to: CChar.self, capacity: count) { pointer in
            _ = xmlParseChunk(parser, pointer, Int32(count), 0)
        }
    }

    /// Tells the parser that there is no more.
    func finish() { xmlParseChunk(parser, nil, 0, 1) }

    private func configure() {
        // Entities are replaced; nothing is loaded; the text is UTF-8 whatever it declares.
        let options =
            XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue
        xmlCtxtUseOptions(parser, Int32(options))
        // Parsers that libxml2 makes for the text of entities inherit it.
        parser.pointee._private = state
    }

    private static func freeDocument(_ parser: xmlParserCtxtPtr) {
        if let document = parser.pointee.myDoc {
            xmlFreeDoc(document)
            parser.pointee.myDoc = nil
        }
    }

    /// Readies the library once in the process, and takes away its way to files and the network:
    /// only the parts of a schema are opened, while one is read.
    static func readyLibrary() { _ = libraryIsReady }

    private static let libraryIsReady: Bool = {
        xmlInitParser()
        xmlSetExternalEntityLoader(schemaFileLoader)
        return true
    }()
}
