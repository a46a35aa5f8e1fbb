import CourseModel
import Feeds
import Glibc
import SearchIndex
import Synchronization

// How long do building, opening and searching take, and is every answer the one that a scan gives?
//
//   SearchBenchmark build DIR INDEX [full]    DIR/docs.tsv → INDEX
//   SearchBenchmark change DIR INDEX NEW [full]
//                                             the same → NEW, but for each hundredth course from INDEX
//   SearchBenchmark query DIR INDEX [COUNTS [PEERS [TOTALS]]]
//                                             DIR/queries.tsv, ten rounds; writes totals to COUNTS
//
// PEERS holds what the peers of ../shared/bench printed in the same run, “RESULT name p50_us=… p99_us=…”
// a line; ours is set against each. TOTALS holds the totals that a scan finds, a line a query.
//
// docs.tsv has a line an offering: id, course, title, text, level, language, price, start, latitude,
// longitude; courses stand together. queries.tsv: words, latitude, longitude, km, lowest and highest
// level, price, language; -1 and nothing for none. Words are taken as they are, without stems, as the
// peers do; `full` builds with stems and compounds. Where other work disturbs the clock, the best of
// a query's rounds says more than the last one.

func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// A figure of /proc/self/status in megabytes.
func memory(_ name: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, let start = line {
        let text = String(cString: start)
        if text.hasPrefix(name + ":") {
            return (Int(text.filter(\.isNumber)) ?? 0) / 1024
        }
    }
    return 0
}

func forEachLine(_ path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard let file = fopen(path, "r") else { fatalError("cannot read \(path)") }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while case let count = getline(&line, &capacity, file), count > 0, let start = line {
        try body(UnsafeRawBufferPointer(start: start, count: count - 1))
    }
}

/// Hands out the fields of each line.
func forEachRow(_ path: String, _ body: ([String]) throws -> Void) throws {
    try forEachLine(path) { line in
        // On bytes: to split a string by characters would take longer than to index it.
        try body(
            line.split(separator: 9, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) })
    }
}

/// A course's lines of docs.tsv, as they stand there.
typealias Lines = [[UInt8]]

/// The fields of a line, made into strings when they are asked for.
struct Fields {
    private let parts: [ArraySlice<UInt8>]

    init(_ line: [UInt8]) { parts = line.split(separator: 9, omittingEmptySubsequences: false) }

    subscript(_ index: Int) -> String { String(decoding: parts[index], as: UTF8.self) }
}

/// A course with what its lines say.
func document(_ lines: Lines) -> IndexDocument {
    let first = Fields(lines[0])
    let provenance = Provenance(source: ID("bench"), format: "tsv", file: "docs.tsv")
    let language = LanguageTag(first[5])
    guard
        var course = Course(
            id: ID("bench:" + first[1]), nativeID: first[1], provider: ID("p"), kind: .course,
            title: LocalizedText(first[2], language: language), provenance: provenance)
    else { fatalError("\(first[1]) has no title") }
    course.summary = LocalizedText(first[3], language: language)
    course.level = Level(eqf: Int(first[4]) ?? 0)
    course.languages = language.map { [LanguageShare($0)] } ?? []
    var offerings: [Offering] = []
    var venues: [[IndexedVenue]] = []
    let epoch = CalendarDate(year: 2000, month: 1, day: 1)!
    for line in lines {
        let row = Fields(line)
        var offering = Offering(
            id: ID(course: course.id, native: row[0]), nativeID: row[0], course: course.id,
            timing: Timing(start: .on(epoch.adding(days: Int(row[7]) ?? 0))),
            provenance: provenance)
        offering.price = FixedDecimal(row[6]).map { Price(total: Money($0, .euro)) }
        offerings.append(offering)
        let point = Coordinates(latitude: Double(row[8]) ?? 0, longitude: Double(row[9]) ?? 0)
        venues.append([IndexedVenue(coordinates: point, label: "")])
    }
    guard let record = CourseRecord(course: course, offerings: offerings) else {
        fatalError("the offerings of \(course.id.value) are of another course")
    }
    return IndexDocument(record: record, providerName: "", venues: venues)
}

/// Builds as an ingest does: one thread hands courses over, all processors analyse them.
///
/// - Parameter older: The index of the same courses before each hundredth changed.
func build(_ folder: String, _ index: String, isFull: Bool, older: String? = nil) throws {
    var options = IndexOptions()
    if !isFull {
        options.stems = false
        options.compounds = false
        options.leavesOutStopWords = false
    }
    if let text = getenv("MEMORY_MB"), let megabytes = Int(String(cString: text)) {
        options.memory = megabytes << 20
    }
    /// Stands for what a course was made of, which the benchmark never changes.
    let unchanged: UInt64 = 1
    typealias Job = (place: IndexBuilder.Place, lines: Lines)
    typealias Outcome = Result<[(place: IndexBuilder.Place, document: AnalysedDocument)], any Error>
    let start = seconds()
    var builder = try IndexBuilder(
        folder: index, generation: older == nil ? 1 : 2, options: options, reusing: older)
    let analyzers = builder.analyzers
    let work = OrderedWork<[Job], Outcome> {
        let analyzer = Result { try analyzers.make() }
        return { jobs in
            Result {
                let analyzer = try analyzer.get()
                return try jobs.map {
                    ($0.place, try analyzer.analyse(document($0.lines), content: unchanged))
                }
            }
        }
    }
    defer { work.close() }
    func take(_ outcome: Outcome, _ builder: inout IndexBuilder) throws {
        for (place, document) in try outcome.get() { builder.put(document, at: place) }
    }
    var jobs: [Job] = []
    var lines: Lines = []
    var last: [UInt8] = []
    var (courses, reused) = (0, 0)
    func flush(_ builder: inout IndexBuilder) throws {
        guard !lines.isEmpty else { return }
        let id = ID<Course>("bench:" + String(decoding: last, as: UTF8.self))
        defer { lines = [] }
        courses += 1
        if older != nil, courses % 100 != 0, builder.reuse(id, content: { _ in unchanged }) {
            reused += 1
            return
        }
        jobs.append((builder.reserve(id), lines))
        guard jobs.count >= 64 else { return }
        work.add(jobs)
        jobs = []
        while work.count >= 8, let done = work.next() { try take(done, &builder) }
    }
    try forEachLine(folder + "/docs.tsv") { line in
        let fields = line.split(separator: 9, maxSplits: 2, omittingEmptySubsequences: false)
        if !fields[1].elementsEqual(last) {
            try flush(&builder)
            last = Array(fields[1])
        }
        lines.append(Array(line))
    }
    try flush(&builder)
    if !jobs.isEmpty { work.add(jobs) }
    while let done = work.next() { try take(done, &builder) }
    let added = seconds()
    let summary = try builder.finish()
    let end = seconds()
    print(
        "BUILD seconds=\(end - start) finish=\(end - added)",
        "processor_seconds=\(processorSeconds()) reused=\(reused)",
        "courses=\(summary.courses) offerings=\(summary.offerings) terms=\(summary.terms)",
        "postings=\(summary.postings) bytes=\(summary.bytes) peak_mb=\(memory("VmHWM"))")
}

func readQueries(_ folder: String) throws -> [Query] {
    var queries: [Query] = []
    try forEachRow(folder + "/queries.tsv") { fields in
        var query = Query(
            fields[0], today: CalendarDate(year: 2026, month: 9, day: 1)!)
        query.includesPast = true
        query.includesFull = true
        query.includesCancelled = true
        query.limit = 10
        query.facets = [.level]
        query.countsNoTravel = false
        query.relaxesUpTo = nil
        if let km = Double(fields[3]), km >= 0, let latitude = Double(fields[1]),
            let longitude = Double(fields[2]),
            let center = Coordinates(latitude: latitude, longitude: longitude)
        {
            query.near = .init(center: center, metres: km * 1000)
        }
        let low = Int(fields[4]) ?? 0
        let high = Int(fields[5]) ?? 9
        if low > 0 || high < 9 {
            for level in max(low, 1)...min(high, 8) { query.levels.formUnion(.eqf(level)) }
        }
        if let price = Int(fields[6]), price >= 0 { query.maxPrice = FixedDecimal(price) }
        if let language = LanguageTag(fields[7]) { query.languages = [language] }
        queries.append(query)
    }
    return queries
}

func search(
    _ folder: String, _ index: String, counts: String?, peers: String?, expected: String?
) throws {
    let queries = try readQueries(folder)
    let start = seconds()
    let reader = try IndexReader(folder: index)
    _ = try reader.search(queries[0])
    let opened = seconds() - start
    var times: [Double] = []
    var best = [Double](repeating: .infinity, count: queries.count)
    var totals: [Int] = []
    var sum = 0.0
    for round in 0..<10 {
        times.removeAll(keepingCapacity: true)
        for (index, query) in queries.enumerated() {
            let before = seconds()
            let results = try reader.search(query)
            times.append(seconds() - before)
            best[index] = min(best[index], times[index])
            if round == 0 {
                totals.append(results.total)
                sum += results.hits.reduce(0) { $0 + Double($1.score) }
            }
        }
    }
    if let counts, let file = fopen(counts, "w") {
        for total in totals { fputs("\(total)\n", file) }
        fclose(file)
    }
    let mean = times.reduce(0, +) / Double(times.count)
    func micros(_ times: [Double], _ share: Int) -> Double {
        (times.sorted()[times.count * share / 100] * 1e7).rounded() / 10
    }
    print(
        "RESULT p50_us=\(micros(times, 50)) p99_us=\(micros(times, 99))",
        "best: p50_us=\(micros(best, 50)) p99_us=\(micros(best, 99))",
        "mean_us=\((mean * 1e7).rounded() / 10)",
        "open_and_first_ms=\((opened * 1e5).rounded() / 100) hits=\(totals.reduce(0, +))",
        "checksum=\(sum) queries=\(queries.count * 10) resident_mb=\(memory("VmRSS"))")
    compareThreads(reader, queries)
    if let peers {
        try compare(
            peers, p50: (micros(best, 50), micros(times, 50)),
            p99: (micros(best, 99), micros(times, 99)))
    }
    if let expected {
        var right = 0
        var number = 0
        try forEachRow(expected) { fields in
            if number < totals.count, Int(fields[0]) == totals[number] { right += 1 }
            number += 1
        }
        print("EXACT queries=\(right)/\(totals.count)")
    }
}

func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

/// Sets our figures (the best of each query's rounds, the last round) against those of peers.
func compare(
    _ peers: String, p50: (best: Double, last: Double), p99: (best: Double, last: Double)
) throws {
    try forEachRow(peers) { fields in
        let words = fields.flatMap { $0.split(separator: " ") }.map(String.init)
        guard words.first == "RESULT", words.count > 1 else { return }
        func figure(_ name: String) -> Double? {
            words.first { $0.hasPrefix(name + "=") }.flatMap {
                Double($0.dropFirst(name.count + 1))
            }
        }
        guard let median = figure("p50_us"), let slow = figure("p99_us") else { return }
        print(
            "RATIO ours/\(words[1]): p50 best=\(rounded(p50.best / median))",
            "last=\(rounded(p50.last / median)) p99 best=\(rounded(p99.best / slow))",
            "last=\(rounded(p99.last / slow))")
    }
}

/// Processor seconds of the whole program.
func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Queries that threads take in small lots from one list, so that none waits for a slow half.
final class Work: Sendable {
    private let reader: IndexReader
    private let queries: [Query]
    private let rounds: Int
    private let next = Atomic(0)

    init(_ reader: IndexReader, _ queries: [Query], rounds: Int) {
        self.reader = reader
        self.queries = queries
        self.rounds = rounds
    }

    func run() {
        let lot = 20
        while case let first = next.add(lot, ordering: .relaxed).oldValue,
            first < queries.count * rounds
        {
            for number in first..<min(first + lot, queries.count * rounds) {
                do { _ = try reader.search(queries[number % queries.count]) } catch {
                    fatalError("\(error)")
                }
            }
        }
    }
}

/// Queries a second, and processor microseconds a query, when some threads share the reader.
func throughput(
    _ reader: IndexReader, _ queries: [Query], threads: Int
) -> (perSecond: Double, processorMicros: Double) {
    let rounds = 10
    let work = Work(reader, queries, rounds: rounds)
    let (start, used) = (seconds(), processorSeconds())
    let others = (1..<threads).map { _ in
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, Unmanaged.passRetained(work).toOpaque())
        return thread
    }
    work.run()
    for thread in others { pthread_join(thread, nil) }
    let count = Double(queries.count * rounds)
    return (count / (seconds() - start), (processorSeconds() - used) / count * 1e6)
}

/// One thread and two by turns; the best of each says what the index allows, and processor time a
/// query what sharing it costs, whatever else the machine does.
func compareThreads(_ reader: IndexReader, _ queries: [Query]) {
    var best: [(perSecond: Double, processorMicros: Double)] = [(0, .infinity), (0, .infinity)]
    for _ in 0..<5 {
        for threads in 1...2 {
            let now = throughput(reader, queries, threads: threads)
            best[threads - 1].perSecond = max(best[threads - 1].perSecond, now.perSecond)
            best[threads - 1].processorMicros = min(
                best[threads - 1].processorMicros, now.processorMicros)
        }
    }
    print(
        "THREADS qps1=\(Int(best[0].perSecond)) qps2=\(Int(best[1].perSecond))",
        "two/one=\(rounded(best[1].perSecond / best[0].perSecond))",
        "processor_us1=\(rounded(best[0].processorMicros))",
        "processor_us2=\(rounded(best[1].processorMicros))",
        "two/one=\(rounded(best[1].processorMicros / best[0].processorMicros))")
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "build" where arguments.count >= 4:
    try build(arguments[2], arguments[3], isFull: arguments.dropFirst(4).first == "full")
case "change" where arguments.count >= 5:
    try build(
        arguments[2], arguments[4], isFull: arguments.dropFirst(5).first == "full",
        older: arguments[3])
case "query" where arguments.count >= 4:
    try search(
        arguments[2], arguments[3], counts: arguments.dropFirst(4).first,
        peers: arguments.dropFirst(5).first, expected: arguments.dropFirst(6).first)
default:
    print(
        """
        SearchBenchmark build DIR INDEX [full] | change DIR INDEX NEW [full]
                        | query DIR INDEX [COUNTS [PEERS [TOTALS]]]
        """)
    exit(64)
}
