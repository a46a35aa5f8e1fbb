import CourseModel
import Text

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file of analysed courses, with the names that they use.
///
/// ```
/// segment = course* names          course = AnalysedCourse
/// names   = { length:varint space:u8 bytes }*
/// ```
/// One thread writes it; once it is finished nobody does, and any thread reads. It outlives the building
/// of an index, so that the next generation need not analyse again what did not change.
///
/// `@unchecked Sendable`: until ``finish()``, which whoever gathers the entries calls when all of them
/// have come, only the analyzer that it was made for touches what changes.
final class CourseSegment: @unchecked Sendable {
    /// A course that is kept in a segment.
    struct Entry {
        /// The hash of its id.
        var id: UInt64
        /// Stands for what it was made of; see ``IndexBuilder/reuse(_:content:)``.
        var content: UInt64
        var sortKey: UInt64
        var offset: UInt64
        var length: UInt32
        /// The low half of the checksum of its bytes.
        var sum: UInt32
        /// The number of its segment among those of the index.
        var segment: UInt32
        /// The group of courses that something of what it was made of is shared by.
        var group: UInt32

        /// Stands where a course is still to come.
        static let free = Entry(
            id: 0, content: 0, sortKey: 0, offset: 0, length: 0, sum: 0, segment: .max,
            group: 0)
        var isFree: Bool { segment == .max }
    }

    /// Where the names of a segment stand.
    struct Names {
        var offset: UInt64
        var length: UInt64
        var sum: UInt64
    }

    /// Its number among those of the index.
    let number: Int
    /// The number in its file's name, which it keeps when it is used again.
    let fileNumber: Int
    /// The file.
    let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var size = 0
    /// Gives the names when all courses are in; kept by the analyzer that counts them.
    var namesSource: (() -> ByteInterner)?
    private(set) var nameRange = Names(offset: 0, length: 0, sum: 0)

    private static let bufferSize = 1 << 18

    static func path(_ folder: String, _ fileNumber: Int) -> String {
        folder + "/courses.\(fileNumber)"
    }

    /// Starts an empty segment.
    init(number: Int, fileNumber: Int, folder: String) throws(IndexError) {
        self.number = number
        self.fileNumber = fileNumber
        path = Self.path(folder, fileNumber)
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .system(path: path, operation: "create", errno: errno)
        }
    }

    /// Takes over a finished segment of an older index by a second name for its file.
    init(
        number: Int, fileNumber: Int, names: Names, from old: String, to folder: String
    ) throws(IndexError) {
        self.number = number
        self.fileNumber = fileNumber
        path = Self.path(folder, fileNumber)
        nameRange = names
        guard link(Self.path(old, fileNumber), path) == 0 else {
            throw .system(path: path, operation: "create", errno: errno)
        }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .system(path: path, operation: "open", errno: errno)
        }
    }

    deinit { close(descriptor) }

    /// Adds a course.
    func append(
        _ bytes: [UInt8], id: String, content: UInt64, group: UInt32, sortKey: UInt64
    ) throws(IndexError) -> Entry {
        let entry = Entry(
            id: Self.key(of: id), content: content, sortKey: sortKey, offset: UInt64(size),
            length: UInt32(bytes.count), sum: Self.sum(of: bytes), segment: UInt32(number),
            group: group)
        buffer += bytes
        size += bytes.count
        if buffer.count >= Self.bufferSize { try flush() }
        return entry
    }

    /// The key by which a course is found.
    static func key(of id: String) -> UInt64 {
        var id = id
        return id.withUTF8 { checksum(UnsafeRawBufferPointer($0)) }
    }

    private static func sum(of bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { UInt32(truncatingIfNeeded: checksum($0)) }
    }

    private func flush() throws(IndexError) {
        try buffer.withRawBytes { bytes throws(IndexError) in
            try writeAll(bytes, to: descriptor, path)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Removes the file's name from the folder.
    func removeFile() { unlink(path) }

    /// Writes what is left, and the names.
    func finish() throws(IndexError) {
        guard let namesSource else { return }
        self.namesSource = nil
        let names = namesSource()
        nameRange.offset = UInt64(size)
        var writer = StoredWriter()
        for number in 0..<names.count {
            names.withBytes(number) { bytes in
                writer.put(UInt64(bytes.count))
                writer.bytes += bytes
            }
        }
        buffer += writer.bytes
        try flush()
        nameRange.length = UInt64(writer.bytes.count)
        nameRange.sum = writer.bytes.withUnsafeBytes { checksum($0) }
    }

    /// Reads the names into `all` and returns the number there of each.
    func readNames(into all: inout ByteInterner) throws(IndexError) -> [UInt32] {
        guard nameRange.length < 1 << 32 else { throw damaged }
        var bytes = [UInt8](repeating: 0, count: Int(nameRange.length))
        try read(&bytes, at: nameRange.offset)
        guard bytes.withUnsafeBytes({ checksum($0) }) == nameRange.sum else { throw damaged }
        var numbers: [UInt32] = []
        bytes.withUnsafeBytes { raw in
            var reader = StoredReader(raw)
            while !reader.isAtEnd {
                let name = reader.bytes(reader.count()).bindMemory(to: UInt8.self)
                guard let space = name.first else { continue }
                numbers.append(
                    UInt32(all.number(space, UnsafeBufferPointer(rebasing: name.dropFirst()))))
            }
        }
        return numbers
    }

    /// Reads the bytes of a course into `bytes`, checked.
    func read(_ entry: Entry, into bytes: inout [UInt8]) throws(IndexError) {
        if bytes.count != Int(entry.length) {
            bytes.removeAll(keepingCapacity: true)
            bytes.append(contentsOf: repeatElement(0, count: Int(entry.length)))
        }
        try read(&bytes, at: entry.offset)
        guard Self.sum(of: bytes) == entry.sum else { throw damaged }
    }

    private var damaged: IndexError { .damaged(path: path, section: "analysed courses") }

    private func read(_ bytes: inout [UInt8], at offset: UInt64) throws(IndexError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                pread(
                    descriptor, buffer.baseAddress! + done, buffer.count - done,
                    off_t(offset) + off_t(done))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(path: path, operation: "read", errno: errno) }
            guard count > 0 else { throw damaged }
            done += count
        }
    }
}

/// Writes bytes to a file.
func writeAll(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String
) throws(IndexError) {
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
}
