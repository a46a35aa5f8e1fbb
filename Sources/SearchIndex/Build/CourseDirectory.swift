#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Which courses an index was made of and where their analyses stand: a file beside the index.
///
/// ```
/// directory = magic:8 version:u32 segments:u32 fingerprint:u64 entries:u64
///             { fileNumber:u64 namesOffset:u64 namesLength:u64 namesSum:u64 } * segments
///             CourseSegment.Entry * entries, by ascending id        48 bytes each
///             checksum of all before the entries:u64 checksum of the entries:u64
/// ```
struct CourseDirectory {
    private static let magic: [UInt8] = Array("LEERWCRS".utf8)
    private static let version: UInt32 = 2
    private static let headerSize = 32
    private static let segmentSize = 32

    struct Segment {
        var fileNumber: Int
        var names: CourseSegment.Names
    }

    var fingerprint: UInt64
    var segments: [Segment]
    var entries: [CourseSegment.Entry]

    static func path(_ folder: String) -> String { folder + "/courses" }

    /// The directory of some courses, which it takes; removes the files of segments that hold none of
    /// them.
    init(
        fingerprint: UInt64, _ segments: [CourseSegment],
        _ entries: inout [CourseSegment.Entry]
    ) {
        self.fingerprint = fingerprint
        var isUsed = [Bool](repeating: false, count: segments.count)
        for entry in entries { isUsed[Int(entry.segment)] = true }
        var numbers = [UInt32](repeating: 0, count: segments.count)
        self.segments = []
        for (number, segment) in segments.enumerated() {
            guard isUsed[number] else {
                segment.removeFile()
                continue
            }
            numbers[number] = UInt32(self.segments.count)
            self.segments.append(
                Segment(fileNumber: segment.fileNumber, names: segment.nameRange))
        }
        for index in entries.indices {
            entries[index].segment = numbers[Int(entries[index].segment)]
        }
        entries.sort { $0.id < $1.id }
        self.entries = []
        swap(&self.entries, &entries)
    }

    /// The directory in an index's folder; `nil` when there is none that can be used.
    init?(folder: String) {
        let descriptor = open(Self.path(folder), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        let size = Int(status.st_size)
        guard size >= Self.headerSize + 16,
            let map = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
            map != UnsafeMutableRawPointer(bitPattern: -1)
        else { return nil }
        defer { munmap(map, size) }
        let bytes = UnsafeRawBufferPointer(start: map, count: size)
        func word(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        func half(_ offset: Int) -> UInt32 {
            UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        }
        let segmentCount = Int(half(12))
        let entryCount = word(24)
        let stride = MemoryLayout<CourseSegment.Entry>.stride
        let start = Self.headerSize + segmentCount * Self.segmentSize
        guard bytes.prefix(8).elementsEqual(Self.magic), half(8) == Self.version,
            entryCount < UInt64(size), size == start + Int(entryCount) * stride + 16,
            word(size - 16) == checksum(UnsafeRawBufferPointer(rebasing: bytes[..<start])),
            word(size - 8)
                == checksum(UnsafeRawBufferPointer(rebasing: bytes[start..<(size - 16)]))
        else { return nil }
        fingerprint = word(16)
        segments = (0..<segmentCount).map { index in
            let at = Self.headerSize + index * Self.segmentSize
            return Segment(
                fileNumber: Int(truncatingIfNeeded: word(at)),
                names: CourseSegment.Names(
                    offset: word(at + 8), length: word(at + 16), sum: word(at + 24)))
        }
        let first = (map + start).assumingMemoryBound(to: CourseSegment.Entry.self)
        entries = Array(UnsafeBufferPointer(start: first, count: Int(entryCount)))
        guard entries.allSatisfy({ $0.segment < UInt32(segmentCount) }) else { return nil }
    }

    /// Whether using it again costs less than it saves: many segments have many names that nobody uses
    /// any more, and their files hold courses that are long gone.
    var isWorthKeeping: Bool {
        segments.count <= Self.mostSegments
            && segments.reduce(0) { $0 + $1.names.offset }
                <= 2 * entries.reduce(0) { $0 + UInt64($1.length) } + 1 << 16
    }

    private static let mostSegments = 64

    /// Where the course with an id stands.
    func find(_ id: UInt64) -> CourseSegment.Entry? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].id == id ? entries[low] : nil
    }

    /// Writes it into an index's folder.
    func write(to folder: String) throws(IndexError) {
        var head: [UInt8] = Self.magic
        func put(_ value: some FixedWidthInteger, _ bytes: inout [UInt8]) {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
        put(Self.version, &head)
        put(UInt32(segments.count), &head)
        put(fingerprint, &head)
        put(UInt64(entries.count), &head)
        for segment in segments {
            put(UInt64(segment.fileNumber), &head)
            put(segment.names.offset, &head)
            put(segment.names.length, &head)
            put(segment.names.sum, &head)
        }
        let path = Self.path(folder)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .system(path: path, operation: "create", errno: errno)
        }
        defer { close(descriptor) }
        var sums: [UInt8] = []
        put(head.withUnsafeBytes { checksum($0) }, &sums)
        try head.withRawBytes { bytes throws(IndexError) in
            try writeAll(bytes, to: descriptor, path)
        }
        try entries.withRawBytes { bytes throws(IndexError) in
            put(checksum(bytes), &sums)
            try writeAll(bytes, to: descriptor, path)
        }
        try sums.withRawBytes { bytes throws(IndexError) in
            try writeAll(bytes, to: descriptor, path)
        }
    }
}
