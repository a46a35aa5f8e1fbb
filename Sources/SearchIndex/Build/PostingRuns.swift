#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The words of all courses, gathered course by course and read back word by word.
///
/// Entries pile up in a log; when it is full it is sorted by word and written to a file of its own
/// that is unlinked at once, so nothing is left behind whatever happens.
struct PostingRuns: ~Copyable {
    /// A word in a course.
    struct Entry {
        var course: UInt32
        var payload: UInt32
    }

    private struct LogEntry {
        var form: UInt32
        var course: UInt32
        var payload: UInt32
    }

    private let folder: String
    private let mostLogged: Int
    private var log: [LogEntry] = []
    /// For each form where it stands in the log for the course at hand.
    private var lastCourse: [UInt32] = []
    private var lastEntry: [Int] = []
    private var runs: [Run] = []

    /// - Parameter memory: The bytes that the log and its sorted copy may take.
    init(folder: String, memory: Int) {
        self.folder = folder
        mostLogged = max(memory / (MemoryLayout<LogEntry>.stride + 8), 1024)
    }

    /// Changes the payload of a form in a course, which starts as 0; courses come in ascending
    /// order.
    @inline(__always)
    mutating func update(_ form: Int, _ course: UInt32, _ change: (inout UInt32) -> Void) {
        while form >= lastCourse.count {
            lastCourse.append(.max)
            lastEntry.append(0)
        }
        if lastCourse[form] != course {
            lastCourse[form] = course
            lastEntry[form] = log.count
            log.append(LogEntry(form: UInt32(form), course: course, payload: 0))
        }
        change(&log[lastEntry[form]].payload)
    }

    /// Writes the log to disk if it is full; call between two courses.
    mutating func endCourse(forms: Int) throws(IndexError) {
        guard log.count >= mostLogged else { return }
        let (starts, entries) = sortedLog(forms: forms)
        runs.append(try Run(writing: starts, entries, in: folder))
    }

    /// Ends the gathering; what is still in the log stays in memory.
    mutating func finish(forms: Int) {
        let (starts, entries) = sortedLog(forms: forms)
        log = []
        lastCourse = []
        lastEntry = []
        runs.append(Run(starts, entries))
    }

    private mutating func sortedLog(forms: Int) -> (starts: [Int], entries: [Entry]) {
        var starts = [Int](repeating: 0, count: forms + 1)
        for entry in log { starts[Int(entry.form) + 1] += 1 }
        for form in 0..<forms { starts[form + 1] += starts[form] }
        var next = starts
        let count = log.count
        let entries = [Entry](unsafeUninitializedCapacity: count) { buffer, initialized in
            for entry in log {
                let place = next[Int(entry.form)]
                next[Int(entry.form)] = place + 1
                buffer.initializeElement(
                    at: place, to: Entry(course: entry.course, payload: entry.payload))
            }
            initialized = count
        }
        log.removeAll(keepingCapacity: true)
        for form in lastCourse.indices { lastCourse[form] = .max }
        return (starts, entries)
    }

    /// In how many courses a form stands.
    func count(of form: Int) -> Int { runs.reduce(0) { $0 + $1.range(of: form).count } }

    /// Hands out the entries of a form, by ascending course.
    func forEach(of form: Int, _ body: (Entry) -> Void) {
        for run in runs {
            run.withEntries(of: form) { entries in
                for entry in entries { body(entry) }
            }
        }
    }
}

/// Entries sorted by form, in memory or in a file.
private final class Run {
    private let starts: [Int]
    private let entries: [PostingRuns.Entry]
    private let map: UnsafeMutableRawPointer?
    private let mapSize: Int

    init(_ starts: [Int], _ entries: [PostingRuns.Entry]) {
        self.starts = starts
        self.entries = entries
        map = nil
        mapSize = 0
    }

    init(
        writing starts: [Int], _ entries: [PostingRuns.Entry], in folder: String
    ) throws(IndexError) {
        let file = try ScratchFile(in: folder)
        try entries.withRawBytes { bytes throws(IndexError) in try file.append(bytes) }
        map = try file.map()
        mapSize = file.size
        self.starts = starts
        self.entries = []
    }

    deinit { if let map { munmap(map, mapSize) } }

    func range(of form: Int) -> Range<Int> {
        form + 1 < starts.count ? starts[form]..<starts[form + 1] : 0..<0
    }

    func withEntries(
        of form: Int, _ body: (UnsafeBufferPointer<PostingRuns.Entry>) -> Void
    ) {
        let range = range(of: form)
        guard !range.isEmpty else { return }
        if let map {
            let start = map.assumingMemoryBound(to: PostingRuns.Entry.self)
            body(UnsafeBufferPointer(start: start + range.lowerBound, count: range.count))
        } else {
            entries.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
        }
    }
}

/// A file for the time of building: unlinked as soon as it is open.
final class ScratchFile {
    private let descriptor: Int32
    private let path: String
    private(set) var size = 0

    init(in folder: String) throws(IndexError) {
        var template = Array((folder + "/scratch-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        guard descriptor >= 0 else {
            throw .system(path: path, operation: "create", errno: errno)
        }
        unlink(path)
    }

    deinit { close(descriptor) }

    func append(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = write(descriptor, part.baseAddress, part.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(path: path, operation: "write", errno: errno)
            }
            rest = rest.dropFirst(count)
        }
        size += bytes.count
    }

    /// The bytes so far in memory, until the caller unmaps them; `nil` when there are none.
    func map() throws(IndexError) -> UnsafeMutableRawPointer? {
        guard size > 0 else { return nil }
        guard let map = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
            map != UnsafeMutableRawPointer(bitPattern: -1)
        else { throw .system(path: path, operation: "map", errno: errno) }
        return map
    }
}
