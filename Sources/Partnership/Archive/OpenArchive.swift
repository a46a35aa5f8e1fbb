import CourseModel
import Ingest
import Storage

/// Everything that sources ever had in a catalogue, or a whole catalogue, in one file that needs no
/// program of ours.
///
/// It is a compressed tar archive: each course as its feed gave it, byte for byte, whether it is still
/// offered or not; what the catalogue made of it, every version, with its history, one JSON object a
/// line; what was never accepted and why; the account of every run; what is offered now as a feed that
/// any catalogue reads; and the checksum of every file. This is its label, the first file in it.
public struct OpenArchive: Hashable, Sendable, Codable {
    /// How many there are of something.
    public struct Counts: Hashable, Sendable, Codable {
        /// Courses that are offered.
        public var courses = 0
        /// Their offerings.
        public var offerings = 0
        /// Courses that are no longer offered.
        public var gone = 0
        /// Records in quarantine.
        public var quarantined = 0
        /// Runs of the source.
        public var runs = 0
        /// Originals of courses that are there byte for byte.
        public var originals = 0

        /// What is told of it when it is not as it should be.
        var text: String {
            "\(courses) courses with \(offerings) offerings, \(gone) that are gone, \(quarantined) in "
                + "quarantine, \(runs) runs, \(originals) originals"
        }

        static func += (sum: inout Self, more: Self) {
            sum.courses += more.courses
            sum.offerings += more.offerings
            sum.gone += more.gone
            sum.quarantined += more.quarantined
            sum.runs += more.runs
            sum.originals += more.originals
        }
    }

    /// A source in it.
    public struct Entry: Hashable, Sendable, Codable {
        /// The source, as the catalogue names it.
        public var source: Source
        /// What is in it.
        public var counts: Counts
        /// The format of the feed in it; `nil` when nothing is offered now.
        public var feed: String?
    }

    /// The version of its layout.
    public var format: Int
    /// What the catalogue is called.
    public var catalogue: String?
    /// The generation that it was made of.
    public var generation: Int
    /// When it was made (ISO 8601, UTC).
    public var made: String
    /// Whether it holds all sources, and the settings and data of the catalogue as well.
    public var isWhole: Bool
    /// The partners of the sources.
    public var partners: [Partner]
    /// The sources, by id.
    public var sources: [Entry]
    /// What is in it, all sources together.
    public var counts: Counts

    /// The layout that is written.
    static let currentFormat = 2
    /// The first file of an archive.
    public static let label = "leerwijzer-archive.json"
    /// The file with the checksum of each one before it, as `sha256sum --check` reads it.
    public static let sums = "SHA256SUMS"
    /// The last file, which says how many there are before it and how many bytes they have together.
    public static let end = "leerwijzer-archive-end.json"
    /// Where the files of the catalogue's own folder are.
    static let catalogueFolder = "catalogue"
    /// Where the sources are, one folder each.
    static let sourcesFolder = "sources"

    static let help = """
        This archive holds everything that sources had in a catalogue made with Leerwijzer.

        SHA256SUMS              check all files with: sha256sum --check SHA256SUMS
        catalogue/              settings and data, in the archive of a whole catalogue; what learners
                                saved (profiles, alerts, reports) stays behind
        sources/ID/             one folder a source:
          originals/            each course as its feed gave it, byte for byte
          courses.ndjson        what was made of it, one JSON object a line: course, offerings, state,
                                earlier versions, history, remarks, and which of the originals it is
          providers.ndjson      who teaches
          quarantine/           what could not be accepted, as it stood in the feed
          quarantined.ndjson    why, one JSON object a line
          runs.ndjson           what each reading of the feed came to
          feed/                 what is offered now, as a feed for any catalogue that reads its format

        """

    /// The end.
    struct End: Hashable, Codable {
        var files: Int
        var bytes: Int
        /// The digest of ``OpenArchive/sums``, in hexadecimal.
        var sha256: String
    }
}
