import CourseModel
import Feeds
import Glibc

// Questions: how fast does a feed become course values, and what came of it?
//
//   FeedsBenchmark [--answer] FILE…
//                            one line a file: format, counts, MB/s of processor time and of wall
//                            time, peak memory, faults by code
//   --answer                 reads each file once more and prints a hash of everything that came
//                            out: records, diagnostics, quarantine, originals
//
// Hold it against `time xmllint --stream --noout FILE` in the same run: its user time beside the
// processor's, and its wall time beside the wall's while the machine is quiet.

/// Two clocks.
struct Clocks {
    var processor = Clocks.seconds(CLOCK_PROCESS_CPUTIME_ID)
    var wall = Clocks.seconds(CLOCK_MONOTONIC)

    static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// A hash of everything that a feed came to, in order.
struct Answer {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ bytes: [UInt8]) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        state = (state ^ UInt64(bytes.count)) &* 0x0000_0100_0000_01B3
    }

    mutating func add(_ item: FeedItem) {
        switch item {
        case .provider(let provider): add(CodedProvider(provider).bytes)
        case .record(let read):
            add(CodedRecord(read.record).bytes)
            add(read.original)
            add(CodedDiagnostics.bytes(of: read.diagnostics))
            add(Array("\(read.offered)".utf8))
            for record in read.quarantinedOfferings { add(record) }
        case .quarantined(let record): add(record)
        case .withdrawn(let withdrawal): add(Array("\(withdrawal)".utf8))
        }
    }

    private mutating func add(_ record: QuarantinedRecord) {
        add(record.original)
        add(CodedDiagnostics.bytes(of: record.reasons))
        add(
            Array(
                "\(record.kind) \(record.nativeID ?? "") \(record.file) \(record.count)".utf8))
    }

    mutating func add(_ summary: FeedSummary) {
        add(CodedDiagnostics.bytes(of: summary.diagnostics))
        add(Array("\(summary.offered) \(summary.isFull) \(summary.isComplete)".utf8))
    }

    var hex: String { String(state, radix: 16) }
}

var wantsAnswer = false
for path in CommandLine.arguments.dropFirst() {
    if path == "--answer" {
        wantsAnswer = true
        continue
    }
    let input = FeedInput(
        path: path, source: ID("bench"), today: CalendarDate(year: 2026, month: 11, day: 24)!)
    var checksum = 0
    var codes: [DiagnosticCode: Int] = [:]
    do {
        let start = Clocks()
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
        let end = Clocks()
        for diagnostic in summary.diagnostics { codes[diagnostic.code, default: 0] += 1 }
        var usage = rusage()
        getrusage(__rusage_who_t(0), &usage)
        func speed(_ seconds: Double) -> Int { Int(Double(summary.bytes) / seconds / 1e6) }
        print(
            path, summary.format, "bytes \(summary.bytes)", "offered \(summary.offered)",
            "accepted \(summary.accepted)", "quarantined \(summary.quarantined)",
            "withdrawn \(summary.withdrawn)",
            summary.addsUp ? "adds up" : "DOES NOT ADD UP", summary.isFull ? "full" : "delta",
            summary.isComplete ? "complete" : "INCOMPLETE",
            "\(speed(end.processor - start.processor)) MB/s of processor time",
            "\(speed(end.wall - start.wall)) MB/s", "peak \(usage.ru_maxrss / 1024) MB",
            "checksum \(checksum)", separator: " | ")
        for (code, count) in codes.sorted(by: { $0.key < $1.key }) { print("   ", code, count) }
        if wantsAnswer {
            var answer = Answer()
            let summary = try readFeed(input) { answer.add($0) }
            answer.add(summary)
            print("    answer", answer.hex)
        }
    } catch {
        print(path, "error:", error)
    }
}
