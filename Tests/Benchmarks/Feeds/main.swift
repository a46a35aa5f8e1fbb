import CourseModel
import Feeds
import Glibc

// Questions: how fast does a feed become course values, and what came of it?
//
//   FeedsBenchmark FILE…     one line a file: format, counts, MB/s of processor time, peak memory,
//                            faults by code
//
// Time is the processor's, so that a busy machine does not change the answer; hold it against
// `time xmllint --stream --noout FILE` (its user time) in the same run.
for path in CommandLine.arguments.dropFirst() {
    var start = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start)
    let input = FeedInput(
        path: path, source: ID("bench"), today: CalendarDate(year: 2026, month: 11, day: 24)!)
    var checksum = 0
    var codes: [DiagnosticCode: Int] = [:]
    do {
        let summary = try readFeed(input) { item in
            switch item {
            case .record(let read):
                checksum &+= read.record.offerings.count &+ read.record.course.title.wordings.count
                for diagnostic in read.diagnostics { codes[diagnostic.code, default: 0] += 1 }
            case .quarantined(let record):
                for diagnostic in record.reasons { codes[diagnostic.code, default: 0] += 1 }
            default: break
            }
        }
        var end = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end)
        let seconds =
            Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9
        for diagnostic in summary.diagnostics { codes[diagnostic.code, default: 0] += 1 }
        var usage = rusage()
        getrusage(__rusage_who_t(0), &usage)
        print(
            path, summary.format, "bytes \(summary.bytes)", "offered \(summary.offered)",
            "accepted \(summary.accepted)", "quarantined \(summary.quarantined)",
            "withdrawn \(summary.withdrawn)",
            summary.addsUp ? "adds up" : "DOES NOT ADD UP", summary.isFull ? "full" : "delta",
            summary.isComplete ? "complete" : "INCOMPLETE",
            "\(Int(Double(summary.bytes) / seconds / 1e6)) MB/s",
            "peak \(usage.ru_maxrss / 1024) MB", "checksum \(checksum)", separator: " | ")
        for (code, count) in codes.sorted(by: { $0.key < $1.key }) { print("   ", code, count) }
    } catch {
        print(path, "error:", error)
    }
}
