import CourseModel
import Glibc
import SQLiteStorage
import Storage

// How fast do feeds go into the store, and out again?
//
//     StoreBenchmark FOLDER STORE
//
// FOLDER holds XCRI-CAP feeds; their bytes are cut at the course elements without an XML parser, so
// that only the store is measured: making records ready (coding, hashing) and taking them in, then
// the same feeds again, then reading all of it. Prints time, bytes, peak memory and a checksum.

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
    print("usage: StoreBenchmark FOLDER STORE")
    exit(64)
}

func files(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasSuffix(".xml") { names.append(folder + "/" + name) }
    }
    return names.sorted()
}

func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    return [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
        count = fread(buffer.baseAddress, 1, size, file) + 1
        buffer[count - 1] = 0
    }
}

/// The elements of a name, tags included.
func elements(_ name: String, in bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let open = Array("<\(name)>\0".utf8)
    let close = Array("</\(name)>\0".utf8)
    var found: [ArraySlice<UInt8>] = []
    // The feed ends in a zero byte, so that the C search for a pattern ends there.
    func find(_ pattern: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { buffer -> Int? in
            guard let base = buffer.baseAddress else { return nil }
            let offset = start - bytes.startIndex
            return (base + offset).withMemoryRebound(to: CChar.self, capacity: 1) { text in
                guard let found = strstr(text, pattern.map { CChar(bitPattern: $0) }) else {
                    return nil
                }
                let at = start + (UnsafePointer(found) - text)
                return at < bytes.endIndex ? at : nil
            }
        }
    }
    var at = bytes.startIndex
    while let start = find(open, from: at), let end = find(close, from: start) {
        found.append(bytes[start..<end + close.count - 1])
        at = end + close.count - 1
    }
    return found
}

func text(_ name: String, in bytes: ArraySlice<UInt8>) -> String {
    guard let element = elements(name, in: bytes).first else { return "" }
    return String(
        decoding: element.dropFirst(name.utf8.count + 2).dropLast(name.utf8.count + 3),
        as: UTF8.self)
}

func record(_ bytes: ArraySlice<UInt8>, source: ID<Source>, number: Int) -> CourseRecord? {
    let native = text("dc:identifier", in: bytes)
    let id = ID<Course>(source: source, native: native)
    let provenance = Provenance(
        source: source, format: "xcri-cap", file: "feed.xml",
        position: SourcePosition(line: number, column: 1, byteOffset: bytes.startIndex))
    guard
        var course = Course(
            id: id, nativeID: native, provider: ID(source: source, native: "p"), kind: .course,
            title: LocalizedText(text("dc:title", in: bytes), language: .dutch),
            provenance: provenance)
    else { return nil }
    func rich(_ name: String) -> LocalizedRichText {
        LocalizedRichText([
            LocalizedRichText.Wording(
                language: .dutch,
                text: RichText([.paragraph([RichText.Span(text(name, in: bytes))])]))
        ])
    }
    course.description = rich("dc:description")
    course.summary = LocalizedText(text("abstract", in: bytes), language: .dutch)
    course.sections = ["mlo:assessment", "learningOutcome", "mlo:objective"].map {
        TextSection(theme: $0, text: rich($0))
    }
    course.prerequisites = rich("mlo:prerequisite")
    course.level = Level(derived: .four, nationalName: "mbo niveau 4")
    course.url = text("mlo:url", in: bytes)
    let offerings = elements("presentation", in: bytes).map { element in
        let native = text("dc:identifier", in: element)
        var offering = Offering(
            id: ID(course: id, native: native), nativeID: native, course: id,
            timing: Timing(start: .on(CalendarDate(daysSince1970: 20_800))), provenance: provenance)
        offering.places = [
            .venue(
                Venue(
                    name: LocalizedText(text("dc:title", in: element)),
                    address: Address(
                        street: text("mlo:address", in: element),
                        postcode: text("mlo:postcode", in: element),
                        city: text("mlo:town", in: element))))
        ]
        offering.price = FixedDecimal(495).map { Price(total: Money($0, .euro)) }
        offering.applyURL = text("applyTo", in: element)
        offering.languages = [LanguageShare(.dutch)]
        return offering
    }
    return CourseRecord(course: course, offerings: offerings)
}

struct Stopwatch {
    private(set) var seconds = 0.0
    private(set) var processor = 0.0
    mutating func time<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
        let start = ContinuousClock.now
        let used = clock()
        defer {
            let passed = (ContinuousClock.now - start).components
            seconds += Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
            processor += Double(clock() - used) / Double(CLOCKS_PER_SEC)
        }
        return try body()
    }

    func rate(_ bytes: Int) -> String {
        "\(Int(seconds * 1000)) ms, of which \(Int(processor * 1000)) on the processor: "
            + "\(Int(Double(bytes) / 1e6 / seconds)) MB/s, "
            + "\(Int(Double(bytes) / 1e6 / processor)) a processor second"
    }
}

func peakMiB() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
}

let store = try SQLiteStore(path: arguments[2])
var fed = 0
for round in ["first", "again"] {
    var staging = Stopwatch()
    var storing = Stopwatch()
    var bytes = 0
    var count = RecordCount()
    for (number, path) in files(in: arguments[1]).enumerated() {
        let feed = contents(of: path)
        let source = Source(id: ID("s\(number)"), location: path)
        let slices = elements("course", in: feed[...])
        let records = slices.enumerated().compactMap { index, slice in
            record(slice, source: source.id, number: index).map { ($0, Array(slice)) }
        }
        let staged = staging.time {
            records.map { StagedRecord($0, original: $1, packing: round == "first") }
        }
        bytes += feed.count
        let offered = RecordCount(
            courses: records.count, offerings: records.reduce(0) { $0 + $1.0.offerings.count })
        count += offered
        try storing.time {
            _ = try store.ingest(
                source: source,
                run: RunInfo(
                    startedAt: Moment(secondsSince1970: 0), today: CalendarDate(daysSince1970: 0))
            ) { transaction in
                for record in staged { _ = try transaction.record(record) }
                try transaction.finish(FeedClosing(offered: offered, bytes: feed.count))
            }
        }
    }
    fed = bytes
    print("\(round): \(bytes) bytes, \(count), peak \(peakMiB()) MiB")
    print("    made ready in \(staging.rate(bytes))")
    print("    stored in \(storing.rate(bytes))")
}
var reading = Stopwatch()
var hasher = FingerprintHasher()
var offerings = 0
try reading.time {
    try store.snapshot { snapshot in
        try snapshot.forEachRecord { stored in
            offerings += stored.record.offerings.count
            hasher.update(Array(stored.record.course.id.value.utf8))
        }
    }
}
print("read: \(offerings) offerings, peak \(peakMiB()) MiB, checksum \(hasher.finish())")
print("    in \(reading.rate(fed))")
try store.close()
var status = stat()
stat(arguments[2], &status)
print("file: \(status.st_size) bytes")
