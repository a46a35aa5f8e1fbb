import CourseModel
import XMLStream

/// A form in which one course stands as an XML element by itself, for protocols that carry records.
public struct RecordForm: Sendable {
    /// Its short name: `oai_dc`, or the name of the format.
    public let name: String
    /// The namespace of the element.
    public let namespace: String
    /// Where the form is described.
    public let schema: String
    private let make: @Sendable (CourseRecord, Provider?, FeedContext) throws -> [UInt8]

    /// The element, with all the namespaces that it uses.
    ///
    /// - Parameter context: What it says about itself; the same context gives the same bytes.
    /// - Throws: ``FeedError/cannotWrite(name:reason:)``.
    public func element(
        of record: CourseRecord, provider: Provider?, context: FeedContext
    ) throws -> [UInt8] {
        try make(record, provider, context)
    }

    /// Every form.
    public static let all: [RecordForm] = [
        RecordForm(
            name: "oai_dc", namespace: DublinCore.namespace,
            schema: "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
        ) { try withoutDeclaration(DublinCore.element($0, $1, $2)) },
        RecordForm(
            name: XCRICAP.name, namespace: XCRICAP.namespaces[0].uri,
            schema: "http://www.xcri.co.uk/bindings/xcri_cap_1_2.xsd"
        ) { try withoutDeclaration(feed(of: $0, $1, $2, as: XCRIWriter.self)) },
        RecordForm(
            name: LOQ.name, namespace: LOQ.namespaces[0].uri,
            schema: "http://data.europa.eu/snb/model/ap/loq-constraints/"
        ) { try withoutDeclaration(feed(of: $0, $1, $2, as: LOQWriter.self)) },
        // The schema itself is not public.
        RecordForm(
            name: EDUDEX.name, namespace: EDUDEX.Namespace.program,
            schema: "https://edudex.nl/"
        ) { try withoutDeclaration(EDUDEXWriter.programme($0, $1, $2)) },
    ]

    /// A feed of one course.
    private static func feed(
        of record: CourseRecord, _ provider: Provider?, _ context: FeedContext,
        as writer: any FeedWriter.Type
    ) throws -> [UInt8] {
        var feed = try writer.init(to: .memory, context: context)
        if let provider { try feed.write(provider) }
        try feed.write(record)
        return try feed.finish().bytes ?? []
    }

    /// A document as an element within another one.
    private static func withoutDeclaration(_ document: [UInt8]) -> [UInt8] {
        guard document.starts(with: "<?xml".utf8),
            let declaration = document.firstIndex(of: UInt8(ascii: ">")),
            let end = document.lastIndex(of: UInt8(ascii: ">"))
        else { return document }
        return Array(document[(declaration + 1)...end].drop { $0 == UInt8(ascii: "\n") })
    }
}

extension EDUDEXWriter {
    /// A course as a document of its own.
    static func programme(
        _ record: CourseRecord, _ provider: Provider?, _ context: FeedContext
    ) throws -> [UInt8] {
        let held = reduced(record)
        let editor =
            (provider.map { reduced($0).contacts } ?? []).lazy.compactMap(\.email).first
            ?? held.course.contacts.lazy.compactMap(\.email).first ?? noEditor
        var element = EDUDEXProgrammeElement(held, context: context, editor: editor)
        let sink = XMLMemorySink()
        var xml = XMLWriter(to: sink)
        do {
            try element.write(to: &xml)
            try xml.finish()
        } catch {
            throw FeedError(error, name: EDUDEX.name)
        }
        return sink.bytes
    }
}
