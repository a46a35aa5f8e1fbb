import CourseModel
import XMLStream

/// Writes an `<edudexDirectory>`, entry by entry.
///
/// The schema wants the entries behind everything else, so what stands before them is known when
/// the directory is begun.
struct EDUDEXDirectoryElement: ~Copyable {
    private var xml: XMLWriter

    /// Begins a directory.
    ///
    /// - Parameter institute: The address of the provider's own document.
    init(
        to sink: some XMLByteSink, organisation: String, editor: String, context: FeedContext,
        institute: String?
    ) throws(XMLWriteError) {
        xml = XMLWriter(to: sink)
        try xml.startElement("edudexDirectory")
        try xml.attribute("xmlns", EDUDEX.Namespace.directory)
        try xml.element("editor", editor)
        try xml.element("generator", context.generator)
        try xml.element("version", "1.0")
        try xml.element("lastEdited", context.generated)
        if let institute { try xml.element("instituteDataResource", institute) }
        try xml.element("orgUnitId", organisation)
    }

    /// Names another directory.
    mutating func addDirectory(_ organisation: String, _ url: String) throws(XMLWriteError) {
        try xml.startElement("subDirectory")
        try xml.element("orgUnitId", organisation)
        try xml.element("directoryUrl", url)
        try xml.endElement()
    }

    /// Names a programme.
    mutating func addProgramme(
        _ id: String, _ url: String, client: String?, lastEdited: String?
    ) throws(XMLWriteError) {
        try xml.startElement("programResource")
        if let client { try xml.element("clientId", client) }
        if let lastEdited { try xml.element("lastEdited", lastEdited) }
        try xml.element("programId", id)
        try xml.element("resourceUrl", url)
        try xml.endElement()
    }

    /// Ends the directory and makes it visible.
    mutating func finish() throws(XMLWriteError) {
        try xml.endElement()
        try xml.finish()
    }
}
