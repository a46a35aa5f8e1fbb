import CourseModel
import FoundationEssentials
import Glibc
import Ingest
import Places

/// What was within reach in earlier generations: a line for each, kept beside the store.
///
/// A generation's line is written when its coverage is worked out, over one that was written for it
/// on an earlier day, since offerings go past; never over one of a later day.
public struct CoverageLedger: Sendable {
    /// The figures of a generation.
    public struct Entry: Codable, Hashable, Sendable {
        /// The generation.
        public var generation: Int
        /// The day on which it was looked at.
        public var day: String
        /// By code of a region: how many offerings are given there, then what an average postcode
        /// reaches on foot, by bicycle, by public transport and by car in 30 minutes.
        public var regions: [String: [Double]]
        /// By name of a target: the share of postcodes that reach what is wanted.
        public var targets: [String: Double]
    }

    /// The minutes that the figures are of.
    public static let minutes = 30.0
    /// How many generations are kept, the last ones.
    public static let mostKept = 200

    /// The generations, oldest first.
    public private(set) var entries: [Entry]
    private let path: String

    /// Opens the ledger of a workspace.
    ///
    /// - Throws: ``CoverageError/damagedLedger(path:line:)``.
    public init(_ workspace: Workspace) throws(CoverageError) {
        path = workspace.stateFolder + "/coverage.ndjson"
        entries = []
        guard access(path, F_OK) == 0 else { return }
        guard let text = AtomicFile.read(path) else { throw .damagedLedger(path: path, line: 0) }
        for (number, line) in text.split(separator: "\n").enumerated() {
            guard
                let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8))
            else { throw .damagedLedger(path: path, line: number + 1) }
            entries.append(entry)
        }
    }

    /// A ledger without generations, kept nowhere.
    static let none = CoverageLedger()

    private init() {
        entries = []
        path = ""
    }

    /// Notes the figures of a generation.
    ///
    /// Nothing is written when they stand there already, or those of a later day do. Figures for a day
    /// that is not today's do not belong here.
    ///
    /// - Throws: ``SyncFailure/cannotWrite(path:errno:)``; the figures are among ``entries`` then.
    public mutating func note(
        _ coverage: Coverage, _ progress: [TargetProgress], gazetteer: Gazetteer
    ) throws {
        func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }
        var regions: [String: [Double]] = [:]
        for region in gazetteer.regions {
            let figures =
                [Double(coverage.offerings(in: region))]
                + TravelMode.allCases.map {
                    tenth(coverage.reached(from: region.index, by: $0).total)
                }
            // A region that is not in a line had nothing.
            if figures.contains(where: { $0 > 0 }) { regions[region.code] = figures }
        }
        let entry = Entry(
            generation: coverage.generation, day: coverage.day.iso, regions: regions,
            targets: Dictionary(
                progress.map { ($0.target.name, ($0.share * 1000).rounded() / 1000) },
                uniquingKeysWith: { first, _ in first }))
        guard entries.last != entry,
            !entries.contains(where: { $0.generation == entry.generation && $0.day > entry.day })
        else { return }
        entries.removeAll { $0.generation >= coverage.generation }
        entries.append(entry)
        entries.removeFirst(max(0, entries.count - Self.mostKept))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        var text = ""
        for entry in entries {
            text += String(decoding: try encoder.encode(entry), as: UTF8.self) + "\n"
        }
        try AtomicFile.write(text, to: path)
    }
}

/// Why coverage cannot be told.
public enum CoverageError: Error, Sendable, CustomStringConvertible {
    /// The figures of earlier generations cannot be read.
    case damagedLedger(path: String, line: Int)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .damagedLedger(let path, let line):
            line == 0
                ? "cannot read \(path)"
                : "\(path):\(line): is no line of figures; remove that line, or the file to begin anew"
        }
    }
}
