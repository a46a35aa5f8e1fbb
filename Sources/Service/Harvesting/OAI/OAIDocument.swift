import Glibc
import Storage
import XMLStream

/// An answer of the protocol as XML (OAI-PMH 2.0, section 3.2).
final class OAIDocument {
    private let sink = XMLMemorySink()
    private var xml: XMLWriter
    private var depth = 0

    /// The second that it is.
    static var now: Moment { Moment(secondsSince1970: Int64(time(nil))) }

    /// Begins an answer.
    ///
    /// - Parameters:
    ///   - attributes: The arguments of the request; none when they were wrong.
    ///   - element: The element of the verb; `nil` for faults.
    init(
        base: String, attributes: [(String, String)], element: String?, at moment: Moment
    ) throws(XMLWriteError) {
        xml = XMLWriter(to: sink)
        try start(
            "OAI-PMH",
            [
                ("xmlns", "http://www.openarchives.org/OAI/2.0/"),
                ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
                (
                    "xsi:schemaLocation",
                    "http://www.openarchives.org/OAI/2.0/ "
                        + "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
                ),
            ])
        try self.element("responseDate", moment.iso)
        try self.element("request", base, attributes)
        if let element { try start(element) }
    }

    /// The answer that tells a fault.
    static func of(
        _ fault: OAIFault, base: String, attributes: [(String, String)]
    ) throws(XMLWriteError) -> [UInt8] {
        let document = try OAIDocument(
            base: base, attributes: attributes, element: nil, at: now)
        try document.element("error", fault.message, [("code", fault.code.rawValue)])
        return try document.finish()
    }

    func start(_ name: String, _ attributes: [(String, String)] = []) throws(XMLWriteError) {
        try xml.startElement(name)
        for (name, value) in attributes { try xml.attribute(name, value) }
        depth += 1
    }

    func end() throws(XMLWriteError) {
        try xml.endElement()
        depth -= 1
    }

    func element(
        _ name: String, _ text: String, _ attributes: [(String, String)] = []
    ) throws(XMLWriteError) {
        try start(name, attributes)
        try xml.text(text)
        try end()
    }

    /// Puts in an element that is whole.
    func element(raw bytes: [UInt8]) throws(XMLWriteError) { try xml.element(raw: bytes) }

    /// Ends the answer.
    func finish() throws(XMLWriteError) -> [UInt8] {
        while depth > 0 { try end() }
        try xml.finish()
        return sink.bytes
    }
}
