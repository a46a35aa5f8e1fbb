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
        var size = 4
        while size < strings.count * 2 { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        for (index, string) in strings.enumerated() {
            var slot = Int(string.withUnsafeBufferPointer(keyHash)) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(index + 1)
        }
        try write(section, slots)
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
            try Self.writeAll(descriptor, bytes, path)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func writeAll(
        _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, _ path: String
    ) throws(IndexError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(descriptor, part.baseAddress, part.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(path: path, operation: "write", errno: errno)
            }
            rest = rest.dropFirst(count)
        }
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
            try Self.writeAll(descriptor, bytes, path)
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
            try Self.writeAll(descriptor, bytes, path)
        }
        guard fsync(descriptor) == 0 else {
            throw .system(path: path, operation: "write", errno: errno)
        }
        return size
    }
}
