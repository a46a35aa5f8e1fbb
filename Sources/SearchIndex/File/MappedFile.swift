internal import CLinux
import Synchronization
import Text

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An index file in memory, read-only, whose chunks are checked the first time they are used.
///
/// The file never changes: a newer index is another file. Should it be cut short all the same, or the
/// disk fail, what cannot be read reads as zeros, which no checksum allows.
///
/// Sendable: the mapping never changes while it lives, and which chunks were checked is kept in
/// atomics.
final class MappedFile: @unchecked Sendable {
    let path: String
    let generation: Int
    private let base: UnsafeRawPointer
    private let size: Int
    private let sections: [Range<Int>]
    private let sums: UnsafePointer<UInt64>
    /// For each chunk whether it was checked.
    let isChecked: UnsafeMutablePointer<Atomic<UInt8>>
    private let chunkCount: Int

    /// Maps the file and checks its header, its length and its table of checksums.
    init(path: String) throws(IndexError) {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
            throw .system(path: path, operation: "open", errno: errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .system(path: path, operation: "read", errno: errno)
        }
        let size = Int(status.st_size)
        guard size >= IndexFormat.headerSize, status.st_mode & S_IFMT == S_IFREG else {
            throw .damaged(path: path, section: "header")
        }
        guard let map = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0),
            map != UnsafeMutableRawPointer(bitPattern: -1)
        else { throw .system(path: path, operation: "map", errno: errno) }
        // Beyond sixty-four files at once the rest do without.
        _ = leerwijzer_guard_mapping(map, size)
        do throws(IndexError) {
            let header = try Self.readHeader(UnsafeRawPointer(map), size: size, path: path)
            sections = header.sections
            generation = header.generation
            chunkCount = header.chunkCount
            sums = (UnsafeRawPointer(map) + header.sumsOffset).assumingMemoryBound(to: UInt64.self)
        } catch {
            leerwijzer_release_mapping(map)
            munmap(map, size)
            throw error
        }
        base = UnsafeRawPointer(map)
        self.size = size
        isChecked = .allocate(capacity: chunkCount)
        for chunk in 0..<chunkCount { (isChecked + chunk).initialize(to: Atomic(0)) }
    }

    deinit {
        isChecked.deinitialize(count: chunkCount)
        isChecked.deallocate()
        leerwijzer_release_mapping(base)
        munmap(UnsafeMutableRawPointer(mutating: base), size)
    }

    private struct Header {
        var sections: [Range<Int>]
        var generation: Int
        var sumsOffset: Int
        var chunkCount: Int
    }

    private static func readHeader(
        _ map: UnsafeRawPointer, size: Int, path: String
    ) throws(IndexError) -> Header {
        let bytes = UnsafeRawBufferPointer(start: map, count: IndexFormat.headerSize)
        guard bytes.prefix(8).elementsEqual(IndexFormat.magic) else {
            throw .damaged(path: path, section: "header")
        }
        func word(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        func half(_ offset: Int) -> UInt32 {
            UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        }
        guard half(8) == IndexFormat.version else {
            throw .otherVersion(
                path: path, found: Int(half(8)), expected: Int(IndexFormat.version))
        }
        let body = UnsafeRawBufferPointer(rebasing: bytes[..<(IndexFormat.headerSize - 8)])
        guard word(IndexFormat.headerSize - 8) == checksum(body),
            Int(half(12)) == IndexSection.allCases.count, word(24) == UInt64(size)
        else { throw .damaged(path: path, section: "header") }
        let sumsOffset = Int(word(32))
        let covered = sumsOffset - IndexFormat.headerSize
        let chunkCount = (covered + IndexFormat.chunkSize - 1) >> IndexFormat.chunkShift
        let sumsLength = chunkCount * 8
        guard covered >= 0, sumsOffset + sumsLength <= size,
            checksum(UnsafeRawBufferPointer(start: map + sumsOffset, count: sumsLength)) == word(40)
        else { throw .damaged(path: path, section: "checksums") }
        var sections: [Range<Int>] = []
        for index in IndexSection.allCases.indices {
            let offset = Int(word(48 + index * 16))
            sections.append(offset..<offset + Int(word(56 + index * 16)))
        }
        return Header(
            sections: sections, generation: Int(word(16)), sumsOffset: sumsOffset,
            chunkCount: chunkCount)
    }

    /// Where a section lies in the file.
    func range(_ section: IndexSection) -> Range<Int> { sections[section.rawValue] }

    /// Where a section starts, unchecked: for rows that are checked when they are used.
    func start(of section: IndexSection) -> UnsafeRawPointer {
        base + range(section).lowerBound
    }

    /// Checks a chunk.
    @inline(never)
    func verify(_ chunk: Int, _ section: IndexSection) throws(IndexError) {
        let offset = IndexFormat.headerSize + chunk << IndexFormat.chunkShift
        let end = UnsafeRawPointer(sums) - base
        let count = min(IndexFormat.chunkSize, end - offset)
        let bytes = UnsafeRawBufferPointer(start: base + offset, count: count)
        guard checksum(bytes) == UInt64(littleEndian: sums[chunk]) else { throw damaged(section) }
        isChecked[chunk].store(1, ordering: .relaxed)
    }

    /// Checks every chunk.
    func verifyAll() throws(IndexError) {
        for section in IndexSection.allCases {
            try SectionView(self, section).check(0, range(section).count)
        }
    }

    func damaged(_ section: IndexSection) -> IndexError {
        .damaged(path: path, section: "\(section)")
    }
}

/// A section of the file.
///
/// Its chunks are checked when they are read.
struct SectionView: @unchecked Sendable {
    // Sendable: points into the mapping, which never changes; which chunks were checked is kept in
    // atomics. The reader keeps the file alive; counting here would make threads wait for the count.
    unowned(unsafe) let file: MappedFile
    let section: IndexSection
    let base: UnsafeRawPointer
    let count: Int
    private let isChecked: UnsafeMutablePointer<Atomic<UInt8>>
    /// Where the section starts behind the header.
    private let offset: Int

    init(_ file: MappedFile, _ section: IndexSection) {
        self.file = file
        self.section = section
        base = file.start(of: section)
        count = file.range(section).count
        isChecked = file.isChecked
        offset = file.range(section).lowerBound - IndexFormat.headerSize
    }

    /// Checks the chunks that hold these bytes, unless that was done before.
    @inline(__always)
    func check(_ start: Int, _ length: Int) throws(IndexError) {
        guard start >= 0, length >= 0, start <= count - length else { throw file.damaged(section) }
        guard length > 0 else { return }
        let first = (offset &+ start) &>> IndexFormat.chunkShift
        let last = (offset &+ start &+ length &- 1) &>> IndexFormat.chunkShift
        var chunk = first
        while chunk <= last {
            if isChecked[chunk].load(ordering: .relaxed) == 0 { try file.verify(chunk, section) }
            chunk &+= 1
        }
    }

    /// Some bytes, checked.
    @inline(__always)
    func bytes(_ start: Int, _ length: Int) throws(IndexError) -> UnsafeRawBufferPointer {
        try check(start, length)
        return UnsafeRawBufferPointer(start: base + start, count: length)
    }

    /// Where the chunk that holds a byte ends, counted in this section.
    @inline(__always)
    func chunkEnd(_ start: Int) -> Int {
        (((offset &+ start) &>> IndexFormat.chunkShift &+ 1) &<< IndexFormat.chunkShift) &- offset
    }
}

/// An array of fixed-size rows in the file.
///
/// A row's chunk is checked when the row is read.
struct Column<Row>: @unchecked Sendable {
    // Sendable: as SectionView.
    let view: SectionView
    let rows: UnsafePointer<Row>
    let count: Int

    /// The rows of a section, which must hold a whole number of them.
    init(_ file: MappedFile, _ section: IndexSection) throws(IndexError) {
        view = SectionView(file, section)
        guard view.count % MemoryLayout<Row>.stride == 0 else { throw file.damaged(section) }
        rows = view.base.assumingMemoryBound(to: Row.self)
        count = view.count / MemoryLayout<Row>.stride
    }

    /// A row; traps beyond the end.
    @inline(__always)
    func row(_ index: Int) throws(IndexError) -> Row {
        precondition(index >= 0 && index < count, "row outside of the index")
        try check(index..<index + 1)
        return rows[index]
    }

    /// Checks the chunks of some rows, so that they can be read from ``rows``.
    @inline(__always)
    func check(_ range: Range<Int>) throws(IndexError) {
        let stride = MemoryLayout<Row>.stride
        try view.check(range.lowerBound &* stride, range.count &* stride)
    }

    /// Checks a row and all that end in the same chunk.
    ///
    /// - Returns: The first row that is not checked.
    @inline(never)
    func checkOn(from index: Int) throws(IndexError) -> Int {
        try check(index..<index + 1)
        let stride = MemoryLayout<Row>.stride
        return min(max(view.chunkEnd(index * stride) / stride, index + 1), count)
    }
}

/// Strings in the file: `count` + 1 starts as u32, then UTF-8.
struct StringTable: Sendable {
    private let view: SectionView
    private let bytesStart: Int
    let count: Int

    init(_ file: MappedFile, _ section: IndexSection) throws(IndexError) {
        view = SectionView(file, section)
        guard view.count >= 8 else { throw file.damaged(section) }
        count = Int(try view.bytes(0, 4).loadUnaligned(as: UInt32.self))
        bytesStart = 4 + 4 * (count + 1)
        guard bytesStart <= view.count else { throw file.damaged(section) }
    }

    /// The bytes of a string; traps beyond the end.
    @inline(__always)
    func bytes(_ index: Int) throws(IndexError) -> UnsafeBufferPointer<UInt8> {
        precondition(index >= 0 && index < count, "string outside of the index")
        let ends = try view.bytes(4 &+ 4 &* index, 8)
        let start = Int(ends.loadUnaligned(as: UInt32.self))
        let end = Int(ends.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        return try view.bytes(bytesStart &+ start, end &- start).bindMemory(to: UInt8.self)
    }

    /// A string; traps beyond the end.
    func string(_ index: Int) throws(IndexError) -> String {
        String(decoding: try bytes(index), as: UTF8.self)
    }

    /// The first string that is not less than `key` in the order of bytes, in a sorted table.
    func lowerBound(_ key: some Sequence<UInt8>) throws(IndexError) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if try bytes(middle).lexicographicallyPrecedes(key) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// Where `key` stands in a sorted table.
    func find(_ key: String) throws(IndexError) -> Int? {
        let key = Array(key.utf8)
        let low = try lowerBound(key)
        guard low < count, try bytes(low).elementsEqual(key) else { return nil }
        return low
    }
}

/// A hash table in the file over the strings of a table (``HashSlots``).
struct HashTable: Sendable {
    private let slots: Column<UInt32>
    private let strings: StringTable

    init(
        _ file: MappedFile, _ section: IndexSection, over strings: StringTable
    ) throws(IndexError) {
        slots = try Column(file, section)
        guard slots.count > strings.count else { throw file.damaged(section) }
        self.strings = strings
    }

    /// The number of the string.
    ///
    /// - Complexity: O(1) expected.
    func find(_ key: UnsafeBufferPointer<UInt8>) throws(IndexError) -> Int? {
        var slot = HashSlots.first(keyHash(key), of: slots.count)
        while true {
            let entry = try slots.row(slot)
            guard entry != 0 else { return nil }
            let candidate = try strings.bytes(Int(entry) - 1)
            if candidate.count == key.count, isEqual(candidate, key) { return Int(entry) - 1 }
            slot = HashSlots.next(slot, of: slots.count)
        }
    }
}
