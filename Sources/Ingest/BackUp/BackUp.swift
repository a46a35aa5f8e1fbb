import CourseModel
import Settings
import Storage

/// What a back-up holds.
public struct BackUp: Hashable, Sendable {
    /// Something of the workspace that is not in it.
    public struct LeftOut: Hashable, Sendable {
        /// Why it is not.
        public enum Reason: Sendable {
            /// A link that leads to nothing.
            case linkToNothing
            /// Neither a file nor a folder: a pipe, a socket, a device.
            case noFile
            /// Another back-up.
            case backUp
        }

        /// Its path from the workspace.
        public var path: String
        /// Why it is not.
        public var reason: Reason
    }

    /// The generation of the catalogue.
    public var generation: Generation
    /// How many courses and offerings are offered.
    public var present: RecordCount
    /// How many files there are.
    public var files = 0
    /// How many bytes they have together.
    public var bytes = 0
    /// When it was made.
    public var made: Moment
    /// What was left out when it was made, by path; empty for one that is put back.
    public var leftOut: [LeftOut] = []

    /// The version of its layout.
    private static let format = 1
    /// The first file of the archive, which says what follows.
    static let label = "leerwijzer-backup.toml"
    /// The last file of the archive, which says how much that was: files change while they are read.
    static let end = "leerwijzer-backup-end.toml"
    /// How the names of files begin that are there only while a back-up is made.
    static let unfinished = ".leerwijzer-backup-"

    /// The label.
    var labelText: String {
        """
        # A back-up of a catalogue. Put it back with: leerwijzer restore FILE
        format = \(Self.format)
        generation = \(generation)
        courses = \(present.courses)
        offerings = \(present.offerings)
        made = "\(made)"

        """
    }

    /// The end.
    var endText: String {
        """
        files = \(files)
        bytes = \(bytes)

        """
    }

    init(generation: Generation, present: RecordCount, made: Moment) {
        self.generation = generation
        self.present = present
        self.made = made
    }

    /// Reads the label.
    init(label text: String, path: String) throws(BackUpError) {
        let table = try Self.table(text, Self.label, path)
        guard let format = table.integer("format", in: 1...Int.max) else {
            throw BackUpError.noBackUp(path: path, reason: "its label has no format")
        }
        guard format <= Self.format else { throw BackUpError.newer(path: path) }
        generation = Generation(try Self.number("generation", table, path))
        present = RecordCount(
            courses: try Self.number("courses", table, path),
            offerings: try Self.number("offerings", table, path))
        made =
            table.string("made").flatMap { CalendarDate(iso: String($0.prefix(10))) }
            .map { Moment($0) } ?? Moment(secondsSince1970: 0)
    }

    /// Reads the end, which fills in ``files`` and ``bytes``.
    mutating func readEnd(_ text: String, path: String) throws(BackUpError) {
        let table = try Self.table(text, Self.end, path)
        files = try Self.number("files", table, path)
        bytes = try Self.number("bytes", table, path)
    }

    private static func table(
        _ text: String, _ file: String, _ path: String
    ) throws(BackUpError) -> SettingsTable {
        do { return try SettingsTable.read(toml: text, file: file) } catch {
            throw .noBackUp(path: path, reason: error.description)
        }
    }

    private static func number(
        _ name: String, _ table: SettingsTable, _ path: String
    ) throws(BackUpError) -> Int {
        guard let number = table.integer(name, in: 0...Int.max) else {
            throw .noBackUp(path: path, reason: "it does not say its \(name)")
        }
        return number
    }
}
