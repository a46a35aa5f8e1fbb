import Text

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Writes an index file, section by section, with its checksums; memory for one buffer.
struct IndexFileWriter: ~Copyable {
    private static let bufferSize = 1 << 20
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var sections = [Range<Int>](repeating: 0..<0, count: IndexSection.allCases.count)
    private var written = Set<Int>()
    private var offset = IndexFormat.headerSize
    private var sums: [UInt64] = []
    private var sectionStart = 0

    /// Starts a new file; there must be none.
    init(path: String) throws(IndexError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .system(path: path, operation: "create", errno: errno)
        }
        buffer.reserveCapacity(Self.bufferSize + IndexFormat.chunkSize)
        guard lseek(descriptor, off_t(IndexFormat.headerSize), SEEK_SET) >= 0 else {
            throw .system(path: path, operation: "write", errno: errno)
        }
    }

    deinit { close(descriptor) }

    /// Starts a section; each is written once, in any order.
    mutating func begin(_ section: IndexSection) throws(IndexError) {
        precondition(written.insert(section.rawValue).inserted, "a section is written once")
        let rest = offset % IndexFormat.alignment
        if rest > 0 {
            let padding = [UInt8](repeating: 0, count: IndexFormat.alignment - rest)
            try padding.withRawBytes { bytes throws(IndexError) in try append(bytes) }
        }
        sectionStart = offset
    }

    /// Ends the section that was begun last.
    mutating func end(_ section: IndexSection) {
        sections[section.rawValue] = sectionStart..<offset
    }

    /// Adds bytes to the section at hand.
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.bufferSize - buffer.count)
            buffer.append(contentsOf: part)
            offset += part.count
            rest = rest.dropFirst(part.count)
            if buffer.count == Self.bufferSize { try flush() }
        }
    }

    /// Writes a whole section of rows.
    mutating func write<Row>(_ section: IndexSection, _ rows: [Row]) throws(IndexError) {
        try begin(section)
        try rows.withRawBytes { bytes throws(IndexError) in try append(bytes) }
        end(section)
    }

    /// Writes a whole section of strings.
    mutating func write(
        _ section: IndexSection, strings: some Collection<[UInt8]>
    ) throws(IndexError) {
        var starts: [UInt32] = [UInt32(strings.count)]
        starts.reserveCapacity(strings.count + 2)
        var total = 0
        for string in strings {
            starts.append(UInt32(total))
            total += string.count
            guard total <= Int(UInt32.max) else {
                throw .tooLarge(what: "bytes of \(section)", limit: Int(UInt32.max))
            }
        }
        starts.append(UInt32(total))
        try begin(section)
        try starts.withRawBytes { bytes throws(IndexError) in try append(bytes) }
        for string in strings {
            try string.withRawBytes { bytes throws(IndexError) in try append(bytes) }
        }
        end(section)
    }

    /// Writes a hash table over the strings of another section.
    mutating func write(
        _ section: IndexSection, hashesOf strings: some Collection<[UInt8]>
    ) throws(IndexError) {
        var slots = HashSlots(count: strings.count)
        for string in strings { slots.insert(string.withUnsafeBufferPointer(keyHash)) }
        try write(section, slots.slots)
    }

    /// Writes a whole section that was gathered in a scratch file.
    mutating func write(_ section: IndexSection, from file: ScratchFile) throws(IndexError) {
        try begin(section)
        try forEachPiece(of: file) { writer, piece throws(IndexError) in
            try piece.withRawBytes { bytes throws(IndexError) in try writer.append(bytes) }
        }
        end(section)
    }

    /// Writes offsets that were gathered as u64 (``Offsets``).
    mutating func write(
        _ section: IndexSection, offsets file: ScratchFile, most: Int
    ) throws(IndexError) {
        guard most <= Int(UInt32.max) else { return try write(section, from: file) }
        try begin(section)
        try forEachPiece(of: file) { writer, piece throws(IndexError) in
            let narrow = piece.withUnsafeBytes { bytes in
                bytes.bindMemory(to: UInt64.self).map { UInt32(truncatingIfNeeded: $0) }
            }
            try narrow.withRawBytes { bytes throws(IndexError) in try writer.append(bytes) }
        }
        end(section)
    }

    private mutating func forEachPiece(
        of file: ScratchFile,
        _ body: (inout IndexFileWriter, [UInt8]) throws(IndexError) -> Void
    ) throws(IndexError) {
        var piece: [UInt8] = []
        var offset = 0
        while offset < file.size {
            piece.removeAll(keepingCapacity: true)
            try file.read(at: offset, most: Self.bufferSize, into: &piece)
            offset += piece.count
            try body(&self, piece)
        }
    }

    private mutating func flush() throws(IndexError) {
        // The buffer holds a whole number of chunks, but for the last time.
        try buffer.withRawBytes { bytes throws(IndexError) in
            var start = 0
            while start < bytes.count {
                let end = min(start + IndexFormat.chunkSize, bytes.count)
                sums.append(checksum(UnsafeRawBufferPointer(rebasing: bytes[start..<end])))
                start = end
            }
            try writeAll(bytes, to: descriptor, path)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes checksums and header and makes sure that all of it is on the disk.
    ///
    /// - Returns: The size of the file.
    consuming func finish(generation: Int) throws(IndexError) -> Int {
        precondition(written.count == IndexSection.allCases.count, "every section is written")
        let padding = [UInt8](repeating: 0, count: (8 - offset % 8) % 8)
        try padding.withRawBytes { bytes throws(IndexError) in try append(bytes) }
        try flush()
        let sumsOffset = offset
        var sumOfSums: UInt64 = 0
        try sums.withRawBytes { bytes throws(IndexError) in
            sumOfSums = checksum(bytes)
            try writeAll(bytes, to: descriptor, path)
        }
        let size = sumsOffset + sums.count * 8
        var header = [UInt8](repeating: 0, count: IndexFormat.headerSize)
        header.replaceSubrange(0..<8, with: IndexFormat.magic)
        func put(_ value: some FixedWidthInteger, _ offset: Int) {
            withUnsafeBytes(of: value.littleEndian) {
                header.replaceSubrange(offset..<offset + $0.count, with: $0)
            }
        }
        put(IndexFormat.version, 8)
        put(UInt32(IndexSection.allCases.count), 12)
        put(UInt64(generation), 16)
        put(UInt64(size), 24)
        put(UInt64(sumsOffset), 32)
        put(sumOfSums, 40)
        for (index, section) in sections.enumerated() {
            put(UInt64(section.lowerBound), 48 + index * 16)
            put(UInt64(section.count), 56 + index * 16)
        }
        let sum = header[..<(IndexFormat.headerSize - 8)].withUnsafeBytes { checksum($0) }
        put(sum, IndexFormat.headerSize - 8)
        guard lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw .system(path: path, operation: "write", errno: errno)
        }
        try header.withRawBytes { bytes throws(IndexError) in
            try writeAll(bytes, to: descriptor, path)
        }
        guard fsync(descriptor) == 0 else {
            throw .system(path: path, operation: "write", errno: errno)
        }
        return size
    }
}
