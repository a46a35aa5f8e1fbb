/// The terms of all courses, gathered course by course and read back term by term.
///
/// Courses come in their final order. Entries pile up in a log; when it is full it is sorted by term and
/// written to a scratch file.
///
/// ```
/// run  = { term - last:varint count:varint { course - last:varint } * count code:u8 * count }*
/// ```
struct PostingRuns: ~Copyable {
    private let folder: String
    private let termCount: Int
    private let mostLogged: Int
    private var terms: [UInt32] = []
    private var courses: [UInt32] = []
    private var codes: [UInt8] = []
    private var starts: [UInt32]
    private var sorted: [UInt64] = []
    private var runs: [Run] = []

    /// - Parameter memory: The bytes that the log and its sorted copy may take.
    init(folder: String, terms termCount: Int, memory: Int) {
        self.folder = folder
        self.termCount = termCount
        mostLogged = min(max(memory / 17, 1024), Int(Int32.max))
        starts = [UInt32](repeating: 0, count: termCount + 1)
    }

    /// Adds a term of a course, which is not before the course added last.
    @inline(__always)
    mutating func add(term: UInt32, course: UInt32, code: UInt8) {
        terms.append(term)
        courses.append(course)
        codes.append(code)
    }

    /// Writes the log to disk if it is full; call between two courses.
    mutating func endCourse() throws(IndexError) {
        guard terms.count >= mostLogged else { return }
        let file = try ScratchFile(in: folder)
        try file.append(sortedLog())
        runs.append(Run(.file(file)))
    }

    /// Ends the gathering; what is still in the log stays in memory.
    mutating func finish() {
        runs.append(Run(.memory(sortedLog())))
        terms = []
        courses = []
        codes = []
        sorted = []
        starts = []
    }

    private mutating func sortedLog() -> [UInt8] {
        for term in starts.indices { starts[term] = 0 }
        for term in terms { starts[Int(term) + 1] += 1 }
        for term in 0..<termCount { starts[term + 1] += starts[term] }
        if sorted.count < terms.count { sorted = [UInt64](repeating: 0, count: terms.count) }
        for index in terms.indices {
            let place = Int(starts[Int(terms[index])])
            starts[Int(terms[index])] += 1
            sorted[place] = UInt64(courses[index]) << 8 | UInt64(codes[index])
        }
        // Each start has moved to the start of the next term.
        var writer = StoredWriter()
        writer.bytes.reserveCapacity(terms.count * 3)
        var last = 0
        var begin = 0
        for term in 0..<termCount {
            let end = Int(starts[term])
            guard end > begin else { continue }
            writer.put(UInt64(term - last))
            writer.put(UInt64(end - begin))
            var course: UInt64 = 0
            for index in begin..<end {
                writer.put(sorted[index] >> 8 - course)
                course = sorted[index] >> 8
            }
            for index in begin..<end {
                writer.bytes.append(UInt8(truncatingIfNeeded: sorted[index]))
            }
            last = term
            begin = end
        }
        terms.removeAll(keepingCapacity: true)
        courses.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        return writer.bytes
    }

    /// Hands out the entries of a term, by ascending course; terms must be asked for in ascending order.
    mutating func read(
        _ term: Int, into courses: inout [UInt32], _ codes: inout [UInt8]
    ) throws(IndexError) {
        courses.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        for index in runs.indices where runs[index].term <= term {
            try runs[index].read(term, into: &courses, &codes)
        }
    }
}

/// A sorted run and how far it was read.
private struct Run {
    enum Source {
        case file(ScratchFile)
        case memory([UInt8])
    }

    private static let bufferSize = 1 << 16
    private let source: Source
    /// What was read of the file and not used yet.
    private var buffer: [UInt8]
    private var place = 0
    private var offset = 0
    /// The term that comes next; `Int.max` behind the last.
    private(set) var term = 0
    private var isStarted = false

    init(_ source: Source) {
        self.source = source
        if case .memory(let bytes) = source { buffer = bytes } else { buffer = [] }
    }

    /// Reads on until the buffer holds `count` bytes, if there are as many.
    private mutating func fill(_ count: Int) throws(IndexError) {
        guard case .file(let file) = source, buffer.count - place < count else { return }
        buffer.removeSubrange(..<place)
        place = 0
        let most = max(count, Self.bufferSize)
        let before = buffer.count
        try file.read(at: offset, most: most, into: &buffer)
        offset += buffer.count - before
    }

    private mutating func unsigned() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < buffer.count {
            let byte = buffer[place]
            place += 1
            value |= UInt64(byte & 127) << shift
            if byte < 128 { break }
            shift += 7
        }
        return value
    }

    private mutating func enterNext() throws(IndexError) {
        try fill(20)
        term = place < buffer.count ? term + Int(unsigned()) : .max
    }

    mutating func read(
        _ wanted: Int, into courses: inout [UInt32], _ codes: inout [UInt8]
    ) throws(IndexError) {
        if !isStarted {
            isStarted = true
            try enterNext()
        }
        guard term == wanted else { return }
        let count = Int(unsigned())
        var course: UInt32 = 0
        var left = count
        while left > 0 {
            let now = min(left, 4096)
            try fill(now * 5)
            for _ in 0..<now {
                course += UInt32(unsigned())
                courses.append(course)
            }
            left -= now
        }
        try fill(count)
        codes.append(contentsOf: buffer[place..<place + count])
        place += count
        try enterNext()
    }
}
