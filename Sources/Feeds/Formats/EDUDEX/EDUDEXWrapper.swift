import CourseModel
import XMLStream

/// One document with all programmes and institutes.
final class EDUDEXWrapper {
    private var xml: XMLWriter
    private let output: FeedOutput

    init(to destination: FeedDestination, packing: FeedPacking) throws(FeedError) {
        output = try FeedOutput(to: destination, file: EDUDEXWriter.fileName, packing: packing)
        xml = XMLWriter(to: output.xmlSink)
        do {
            try begin()
        } catch {
            throw FeedError(error, name: output.name)
        }
    }

    private func begin() throws(XMLWriteError) {
        // The catalogue list that EDU-DEX gives its customers has a root of this name; its
        // namespace is not published.
        try xml.startElement("programsList")
    }

    /// The name of the document.
    var files: [String] { [output.name] }

    /// How many bytes were written.
    var byteCount: Int { output.byteCount }

    /// The document, when it was written to memory.
    var bytes: [UInt8]? { output.bytes }

    func write(_ institute: EDUDEXInstituteElement) throws(XMLWriteError) {
        try institute.write(to: &xml)
    }

    func write(_ programme: EDUDEXProgrammeElement) throws(XMLWriteError) {
        var programme = programme
        try programme.write(to: &xml)
    }

    func finish() throws(XMLWriteError) {
        try xml.endElement()
        try xml.finish()
    }
}
