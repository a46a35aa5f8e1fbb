import CourseModel
import Glibc
import SQLiteStorage
import Storage

// A process that ingests drawn feeds until it is killed, for the tests of what a crash leaves.
//
//     StoreVictim STORE SOURCE FEEDS COURSES [PAUSE]
//
// Feed `n` of a source holds COURSES courses whose titles end in `n`, so that a half feed shows.
// After each feed that the store has acknowledged, its number is printed. PAUSE is a number of
// milliseconds to wait within each feed, holding the store's lock.

let arguments = CommandLine.arguments
guard arguments.count >= 5, let feeds = Int(arguments[3]), let courses = Int(arguments[4]) else {
    print("usage: StoreVictim STORE SOURCE FEEDS COURSES [PAUSE]")
    exit(64)
}
let pause = arguments.count > 5 ? UInt32(arguments[5]) ?? 0 : 0
let source = Source(id: ID(arguments[2]), location: "feed.xml")

/// Prints at once: a killed process takes its buffers with it.
@Sendable func say(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = write(1, line, line.count)
}

func record(_ number: Int, of feed: Int) -> CourseRecord? {
    let id = ID<Course>(source: source.id, native: "C\(number)")
    let provenance = Provenance(source: source.id, format: "drawn", file: "feed.xml")
    let course = Course(
        id: id, nativeID: "C\(number)", provider: ID(source: source.id, native: "P"), kind: .course,
        title: LocalizedText("Cursus \(number) van feed \(feed)"), provenance: provenance)
    let offering = Offering(
        id: ID(course: id, native: "1"), nativeID: "1", course: id, timing: Timing(start: .rolling),
        provenance: provenance)
    return course.flatMap { CourseRecord(course: $0, offerings: [offering]) }
}

do {
    let store = try SQLiteStore(
        path: arguments[1],
        options: SQLiteStore.Options(onWait: { say("waiting") }))
    // A store that a killed process left goes on where it was.
    let first = try store.snapshot { try $0.runs(of: source.id, limit: 1) }.first?.bytes ?? 0
    for feed in (first + 1)...(first + feeds) {
        let outcome = try store.ingest(
            source: source,
            run: RunInfo(
                startedAt: Moment(secondsSince1970: Int64(feed)),
                today: CalendarDate(daysSince1970: 0))
        ) { transaction in
            for number in 0..<courses {
                guard let record = record(number, of: feed) else { continue }
                let original = [UInt8](repeating: UInt8(number & 255), count: 500)
                try transaction.record(record, original: original)
            }
            if pause > 0 { usleep(pause * 1000) }
            try transaction.finish(
                FeedClosing(
                    offered: RecordCount(courses: courses, offerings: courses), bytes: feed))
        }
        say("\(feed) \(outcome.generation)")
    }
} catch {
    say("\(error)")
    exit(error as? StoreError == .full(path: arguments[1]) ? 73 : 74)
}
