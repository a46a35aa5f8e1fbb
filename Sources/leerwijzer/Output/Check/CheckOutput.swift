import CourseModel
import Feeds
import Ingest

/// A form of the report of `check`: told of each fault as it is met, so that a feed of any size
/// takes no more memory than a small one.
protocol CheckOutput {
    /// The report begins.
    mutating func begin() throws
    /// A feed begins; its faults follow.
    mutating func begin(feed: String) throws
    /// A fault of the feed.
    mutating func write(_ diagnostic: Diagnostic) throws
    /// The feed was read.
    mutating func end(feed: String, _ checked: CheckedFeed, _ counts: FaultCounts) throws
    /// The feed could not be read.
    mutating func end(feed: String, failure: Failure) throws
    /// The report ends.
    ///
    /// - Parameter status: What the program exits with; `nil` when all is well.
    mutating func end(status: Failure.Status?) throws
}

/// How often each fault was told in a feed.
struct FaultCounts {
    /// One kind of fault.
    struct Kind: Hashable {
        let severity: Diagnostic.Severity
        let code: DiagnosticCode
    }

    private var counts: [Kind: Int] = [:]

    mutating func add(_ diagnostic: Diagnostic) {
        counts[Kind(severity: diagnostic.severity, code: diagnostic.code), default: 0] += 1
    }

    var isEmpty: Bool { counts.isEmpty }

    /// Whether there is a fault as bad as that.
    func holds(_ severity: Diagnostic.Severity) -> Bool {
        counts.keys.contains { $0.severity >= severity }
    }

    /// How many faults are as bad as that, no worse.
    func count(of severity: Diagnostic.Severity) -> Int {
        counts.reduce(0) { $0 + ($1.key.severity == severity ? $1.value : 0) }
    }

    /// The kinds, the worst first, then the most frequent.
    var sorted: [(kind: Kind, count: Int)] {
        counts.map { (kind: $0.key, count: $0.value) }.sorted { first, second in
            if first.kind.severity != second.kind.severity {
                return first.kind.severity > second.kind.severity
            }
            if first.count != second.count { return first.count > second.count }
            return first.kind.code < second.kind.code
        }
    }
}
