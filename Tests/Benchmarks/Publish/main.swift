import CourseModel
import Feeds
import Glibc
import XMLTextWriterPeer

// Question: how fast does the catalogue become a feed, beside libxml2 writing the same bytes?
//
//   PublishBenchmark [--rounds N] [--as FORMAT] FEED
//                            reads a feed, then writes it in each format into memory; one line a
//                            format: bytes, MB/s, and for XML the MB/s of libxml2's xmlTextWriter
//                            in C, which gets its elements, attributes and texts ready-made
//
// Times are of the processor, the fastest of the rounds (5 unless said). A byte that differs from
// libxml2's is told: it writes quotation marks in texts as references, which need none.

func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

var arguments = CommandLine.arguments.dropFirst()
var rounds = 5
if arguments.first == "--rounds" {
    rounds = max(1, arguments.dropFirst().first.flatMap { Int($0) } ?? rounds)
    arguments = arguments.dropFirst(2)
}
var only: String?
if arguments.first == "--as" {
    only = arguments.dropFirst().first
    arguments = arguments.dropFirst(2)
}
guard let path = arguments.first else {
    print("PublishBenchmark [--rounds N] [--as FORMAT] FEED")
    exit(64)
}

var providers: [Provider] = []
var records: [CourseRecord] = []
let day = CalendarDate(year: 2026, month: 11, day: 24)!
_ = try readFeed(FeedInput(path: path, source: ID("bench"), today: day)) { item in
    switch item {
    case .provider(let provider): providers.append(provider)
    case .record(let read): records.append(read.record)
    case .quarantined, .withdrawn: break
    }
}
let context = FeedContext(
    title: "Bench", generated: "2026-11-24T00:00:00Z", page: "https://gids.example/courses/{id}")

/// The providers, each with its courses; a class, so that none is copied while time is taken.
final class Catalogue {
    let shelves: [(provider: Provider, records: [CourseRecord])]
    let context: FeedContext

    init(_ providers: [Provider], _ records: [CourseRecord], _ context: FeedContext) {
        self.context = context
        let byProvider = Dictionary(grouping: records, by: \.course.provider)
        shelves = providers.map { ($0, byProvider[$0.id] ?? []) }
    }

    /// Writes everything once; returns the bytes.
    func write(_ writer: any FeedWriter.Type) throws -> [UInt8] {
        var feed = try writer.init(to: .memory, context: context)
        for shelf in shelves {
            try feed.write(shelf.provider)
            for index in shelf.records.indices { try feed.write(shelf.records[index]) }
        }
        return try feed.finish().bytes ?? []
    }
}

let catalogue = Catalogue(providers, records, context)

print("\(records.count) courses of \(providers.count) providers")
for format in Feeds.allFormats {
    guard let writer = format.writer, only == nil || only == format.name else { continue }
    var bytes: [UInt8] = []
    var best = Double.infinity
    for _ in 0..<rounds {
        let start = processorSeconds()
        bytes = try catalogue.write(writer)
        best = min(best, processorSeconds() - start)
    }
    func speed(_ seconds: Double) -> Int { Int(Double(bytes.count) / seconds / 1e6) }
    var line = "\(format.name) | \(bytes.count) bytes | \(speed(best)) MB/s"
    if bytes.first == UInt8(ascii: "<") {
        var result = peer_result()
        let status = bytes.withUnsafeBytes { raw in
            peer_write(
                raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count, Int32(rounds),
                &result)
        }
        if status == 0 {
            line += " | xmlTextWriter \(speed(result.seconds)) MB/s"
            line += " | ratio \((result.seconds / best * 100).rounded() / 100)"
            line +=
                result.difference == bytes.count && result.count == bytes.count
                ? " | the same bytes" : " | differs at byte \(result.difference)"
        } else {
            line += " | xmlTextWriter failed"
        }
    }
    print(line)
}
