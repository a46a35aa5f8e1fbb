import CourseModel
import Glibc
import XMLStream

/// A folder of documents: a directory of directories, and a folder for each provider with its
/// directory, its own document and its programmes.
final class EDUDEXFolder {
    private let path: String
    private let context: FeedContext
    private let counter = ByteCounter()
    private var root: EDUDEXDirectoryElement
    /// The directory of the provider whose programmes are being written.
    private var current: EDUDEXDirectoryElement?
    private var currentOrganisation: String?
    /// The providers that have a document of their own, or a directory that is complete.
    private var institutes: [String: String] = [:]
    private var finished: Set<String> = []
    /// The documents, below the folder.
    private(set) var files: [String] = []

    init(path: String, context: FeedContext) throws(XMLWriteError) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        self.context = context
        try FeedOutput.makeFolder(self.path)
        root = try EDUDEXDirectoryElement(
            to: try Self.sink(
                self.path + "/" + EDUDEXWriter.fileName, counter, context.packing),
            organisation: Self.organisation(context.title), editor: Self.editor, context: context,
            institute: nil)
    }

    /// How many bytes were written.
    var byteCount: Int { counter.bytes }

    private static let editor = "no-editor@leerwijzer.invalid"

    private static func organisation(_ title: String) -> String {
        let plain = title.lowercased().map { character -> Character in
            character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
        }
        return plain.isEmpty ? "leerwijzer" : String(plain.prefix(64))
    }

    func write(
        _ institute: EDUDEXInstituteElement, organisation: String
    ) throws(XMLWriteError) {
        let name = Self.fileName(organisation) + "/institute.xml"
        try FeedOutput.makeFolder(path + "/" + Self.fileName(organisation))
        var xml = XMLWriter(to: try sink(name))
        try institute.write(to: &xml)
        try xml.finish()
        institutes[organisation] = name
        // A provider without programmes has a directory too, or nobody would find its document.
        try begin(organisation, editor: institute.editor)
    }

    func write(
        _ programme: EDUDEXProgrammeElement, record: CourseRecord
    ) throws(XMLWriteError) {
        var programme = programme
        try begin(programme.organisation, editor: Self.editor)
        let client = programme.client?.code
        let id = client.map { "\(programme.programID)@\($0)" } ?? programme.programID
        let name = Self.fileName(programme.organisation) + "/programs/" + Self.fileName(id) + ".xml"
        var xml = XMLWriter(to: try sink(name))
        try programme.write(to: &xml)
        try xml.finish()
        try current?.addProgramme(
            programme.programID, url(name), client: client,
            lastEdited: EDUDEXDateTime.valid(record.course.provenance.lastEdited))
    }

    /// Begins the directory of a provider and ends the one before it.
    private func begin(_ organisation: String, editor: String) throws(XMLWriteError) {
        guard currentOrganisation != organisation else { return }
        try endCurrent()
        guard finished.insert(organisation).inserted else {
            throw .misuse("the programmes of the provider “\(organisation)” in two places")
        }
        let folder = Self.fileName(organisation)
        try FeedOutput.makeFolder(path + "/" + folder)
        try FeedOutput.makeFolder(path + "/" + folder + "/programs")
        let name = folder + "/directory.xml"
        current = try EDUDEXDirectoryElement(
            to: try sink(name), organisation: organisation, editor: editor, context: context,
            institute: institutes[organisation].map(url))
        currentOrganisation = organisation
        try root.addDirectory(organisation, url(name))
    }

    private func endCurrent() throws(XMLWriteError) {
        try current?.finish()
        current = nil
    }

    func finish() throws(XMLWriteError) {
        try endCurrent()
        try root.finish()
        files.append(FeedOutput.fileName(EDUDEXWriter.fileName, context.packing))
    }

    private func sink(_ name: String) throws(XMLWriteError) -> any XMLByteSink {
        files.append(FeedOutput.fileName(name, context.packing))
        return try Self.sink(path + "/" + name, counter, context.packing)
    }

    private static func sink(
        _ path: String, _ counter: ByteCounter, _ packing: FeedPacking
    ) throws(XMLWriteError) -> any XMLByteSink {
        try FeedOutput.packed(
            try XMLFileSink(path: FeedOutput.fileName(path, packing)), counter,
            isCompressed: packing.isCompressed)
    }

    private func url(_ name: String) -> String {
        "\(context.base)/\(FeedOutput.fileName(name, context.packing))"
    }

    /// A name for a file that stands for an id and no other: what is no letter, digit, full stop or
    /// hyphen is written as `~` and its hexadecimal bytes.
    static func fileName(_ id: String) -> String {
        var name = ""
        for byte in id.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46:
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                name += digits.count == 1 ? "~0\(digits)" : "~\(digits)"
            }
        }
        // "." and ".." are folders.
        return name.utf8.allSatisfy { $0 == 46 } ? "~" + name : name
    }
}
