import CourseModel
import Ingest

/// The report for machines.
struct CheckJSON: CheckOutput {
    private var writer = FeedReportWriter()

    mutating func begin() throws { try writer.begin() }

    mutating func begin(feed: String) throws { try writer.beginFeed() }

    mutating func write(_ diagnostic: Diagnostic) throws { try writer.write(diagnostic) }

    mutating func end(feed: String, _ checked: CheckedFeed, _ counts: FaultCounts) throws {
        try writer.endFeed(FeedReport(feed: feed, checked, counts))
    }

    mutating func end(feed: String, failure: Failure) throws {
        try writer.endFeed(source: feed, failure: failure.message)
    }

    mutating func end(status: Failure.Status?) throws { try writer.end(generation: nil) }
}
