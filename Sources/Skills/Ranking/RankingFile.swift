import CLinux
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file with everything that is derived from the labels and texts of a classification, mapped.
///
/// ```
/// file    = magic:8 version:u32 zero:u32 source:u64 length:u64 sums:u64 body … sum:u64*
/// body    = array*                   array = count:u64 bytes, from a multiple of 16
/// ```
/// Little-endian. There is a sum for each 16 KiB of the body, checked the first time that a part of
/// it is read; `sums` is the sum of the sums. The file is made from what else stands in its folder
/// and can always be made again: one of another version, made from other tables or damaged counts as
/// not there.
///
/// `@unchecked Sendable`: the mapping never changes, and what was checked is kept in atomics.
final class RankingFile: @unchecked Sendable {
    /// Raised with every change of the format, of what is derived or of how it is weighed.
    static let version: UInt32 = 2
    private static let magic: [UInt8] = Array("LEERNAME".utf8)
    private static let headerSize = 64
    private static let chunk = 1 << 14

    /// Why a file cannot be used.
    enum Unreadable: Error {
        case missing, damaged
    }

    private let base: UnsafeRawPointer
    private let size: Int
    private let length: Int
    private let isChecked: [Atomic8]
    private let damage = Atomic<Bool>(false)

    /// A flag of its own object, since atomics cannot be copied into an array.
    private final class Atomic8: Sendable {
        let value = Atomic<Bool>(false)
    }

    /// Whether a part that was read is not what was written: answers since then count for nothing.
    var isDamaged: Bool { damage.load(ordering: .acquiring) }

    /// Opens a file.
    ///
    /// - Parameter source: Stands for the tables that it must have been made from.
    init(path: String, source: UInt64) throws(Unreadable) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .missing }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size >= Self.headerSize else {
            throw .damaged
        }
        size = Int(status.st_size)
        guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
            base != MAP_FAILED
        else { throw .damaged }
        // What cannot be read, when the file is cut short, reads as zeros, and is found to be damage.
        _ = leerwijzer_guard_mapping(base, size)
        self.base = UnsafeRawPointer(base)
        let read = UnsafeRawPointer(base)
        let length = read.load(fromByteOffset: 24, as: UInt64.self)
        let header = UnsafeRawBufferPointer(start: read, count: Self.magic.count)
        guard header.elementsEqual(Self.magic),
            read.load(fromByteOffset: 8, as: UInt32.self) == Self.version,
            read.load(fromByteOffset: 16, as: UInt64.self) == source,
            length < UInt64(size), length % 16 == 0
        else {
            Self.unmap(base, size)
            throw .damaged
        }
        self.length = Int(length)
        let chunks = (Int(length) + Self.chunk - 1) / Self.chunk
        let sums = Self.headerSize + Int(length)
        guard sums + 8 * chunks == size,
            Self.sum(UnsafeRawBufferPointer(start: read + sums, count: 8 * chunks))
                == read.load(fromByteOffset: 32, as: UInt64.self)
        else {
            Self.unmap(base, size)
            throw .damaged
        }
        isChecked = (0..<chunks).map { _ in Atomic8() }
    }

    deinit { Self.unmap(UnsafeMutableRawPointer(mutating: base), size) }

    private static func unmap(_ base: UnsafeMutableRawPointer, _ size: Int) {
        leerwijzer_release_mapping(base)
        munmap(base, size)
    }

    /// Checks what is about to be read, once.
    func check(_ start: UnsafeRawPointer, _ count: Int) {
        guard count > 0 else { return }
        let first = (start - base - Self.headerSize) / Self.chunk
        let last = (start - base - Self.headerSize + count - 1) / Self.chunk
        for chunk in first...last
        where !isChecked[chunk].value.load(ordering: .acquiring) { checkChunk(chunk) }
    }

    private func checkChunk(_ number: Int) {
        let from = number * Self.chunk
        let bytes = UnsafeRawBufferPointer(
            start: base + Self.headerSize + from, count: min(Self.chunk, length - from))
        let known = base.load(
            fromByteOffset: Self.headerSize + length + 8 * number, as: UInt64.self)
        // Damage before the mark: who sees that a part was checked sees what was found, too.
        if Self.sum(bytes) != known { damage.store(true, ordering: .releasing) }
        isChecked[number].value.store(true, ordering: .releasing)
    }

    /// A sum in four lanes: a flipped bit anywhere changes it.
    private static func sum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var lanes = SIMD4<UInt64>(1, 2, 3, 4)
        let step = SIMD4<UInt64>(repeating: 0x9e37_79b9_7f4a_7c15)
        var at = 0
        while at + 32 <= bytes.count {
            let next = bytes.loadUnaligned(fromByteOffset: at, as: SIMD4<UInt64>.self)
            lanes = (lanes ^ next) &* step
            lanes ^= lanes &>> 29
            at += 32
        }
        var sum = UInt64(bytes.count)
        for lane in 0..<4 { sum = (sum ^ lanes[lane]) &* 0xd6e8_feb8_6659_fd93 }
        while at < bytes.count {
            sum = (sum ^ UInt64(bytes[at])) &* 0x100_0000_01b3
            at += 1
        }
        return sum ^ (sum >> 32)
    }

    /// Reads the arrays of a file in the order in which they were written.
    struct Reader {
        private let file: RankingFile
        private var at = 0

        init(_ file: RankingFile) { self.file = file }

        mutating func array<Element: BitwiseCopyable>() throws(Unreadable) -> FlatArray<Element> {
            guard at + 16 <= file.length else { throw .damaged }
            let head = file.base + RankingFile.headerSize + at
            file.check(head, 16)
            let count = Int(clamping: head.load(as: UInt64.self))
            let bytes = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
            guard !file.isDamaged, !bytes.overflow, bytes.partialValue <= file.length - at - 16
            else { throw .damaged }
            at += 16 + (bytes.partialValue + 15) / 16 * 16
            return FlatArray(
                base: (head + 16).assumingMemoryBound(to: Element.self), count: count, file: file)
        }

        mutating func number() throws(Unreadable) -> Int {
            let numbers: FlatArray<Int64> = try array()
            guard numbers.count == 1 else { throw .damaged }
            return Int(numbers[0])
        }
    }

    /// Writes arrays one behind the other.
    struct Writer {
        private var body: [UInt8] = []

        mutating func put<Element: BitwiseCopyable>(_ array: FlatArray<Element>) {
            withUnsafeBytes(of: UInt64(array.count).littleEndian) { body += $0 }
            body += repeatElement(0, count: 8)
            array.withElements { body += UnsafeRawBufferPointer($0) }
            body += repeatElement(0, count: (16 - body.count % 16) % 16)
        }

        mutating func put(_ number: Int) { put(FlatArray([Int64(number)])) }

        /// Puts the file in its place, on the disk before it has its name.
        ///
        /// - Throws: ``SkillsError/unwritable(file:reason:)``.
        func write(to path: String, source: UInt64) throws(SkillsError) {
            var header: [UInt8] = RankingFile.magic
            func put<Number: FixedWidthInteger>(_ number: Number) {
                withUnsafeBytes(of: number.littleEndian) { header += $0 }
            }
            var sums: [UInt64] = []
            body.withUnsafeBytes { bytes in
                var at = 0
                while at < bytes.count {
                    let end = min(at + RankingFile.chunk, bytes.count)
                    sums.append(RankingFile.sum(UnsafeRawBufferPointer(rebasing: bytes[at..<end])))
                    at = end
                }
            }
            put(RankingFile.version)
            put(UInt32(0))
            put(source)
            put(UInt64(body.count))
            put(sums.withUnsafeBytes { RankingFile.sum($0) })
            header += repeatElement(0, count: RankingFile.headerSize - header.count)
            let fresh = path + ".new-\(getpid())"
            guard let handle = fopen(fresh, "wb") else {
                throw .unwritable(file: fresh, reason: String(cString: strerror(errno)))
            }
            func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
                fwrite(bytes.baseAddress, 1, bytes.count, handle) == bytes.count
            }
            let isWritten =
                header.withUnsafeBytes(write) && body.withUnsafeBytes(write)
                && sums.withUnsafeBytes(write) && fflush(handle) == 0 && fsync(fileno(handle)) == 0
            let reason = String(cString: strerror(errno))
            guard fclose(handle) == 0, isWritten, rename(fresh, path) == 0 else {
                unlink(fresh)
                throw .unwritable(file: path, reason: reason)
            }
        }
    }
}
