import Glibc

/// Writes files into an archive that `tar` reads, too (POSIX.1-2001, pax interchange format).
package struct TarWriter {
    private static let block = 512
    private let file: GzipFile
    /// How many files of the disk it holds.
    package private(set) var files = 0
    /// How many bytes those have together.
    package private(set) var bytes = 0

    package init(_ file: GzipFile) { self.file = file }

    /// Puts in a text of our own, which does not count.
    package func write(_ name: String, text: String) throws(BackUpError) {
        let bytes = Array(text.utf8)
        try head(name, size: bytes.count, mode: 0o600, type: "0")
        try file.write(bytes)
        try pad(bytes.count)
    }

    /// Puts in bytes as a file.
    package mutating func write(_ name: String, bytes: [UInt8]) throws(BackUpError) {
        try head(name, size: bytes.count, mode: 0o644, type: "0")
        try file.write(bytes)
        try pad(bytes.count)
        files += 1
        self.bytes += bytes.count
    }

    /// Puts in a folder of the disk without what is in it; nothing when it is gone.
    func write(_ name: String, folder path: String) throws(BackUpError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let code = errno
            if code == ENOENT, Self.isGone(path) { return }
            throw .cannotRead(path: path, reason: String(cString: strerror(code)))
        }
        try head(name + "/", size: 0, mode: status.st_mode, type: "5")
    }

    /// Puts in a file of the disk, with as many bytes as it had when it was opened; nothing when it
    /// is gone.
    ///
    /// - Parameter mode: Who may use it; `nil` for what the disk says.
    /// - Throws: ``BackUpError``, also when the file becomes shorter meanwhile.
    package mutating func write(
        _ name: String, file path: String, mode: mode_t? = nil
    ) throws(BackUpError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            if code == ENOENT, Self.isGone(path) { return }
            throw .cannotRead(path: path, reason: String(cString: strerror(code)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        let size = Int(status.st_size)
        try head(name, size: size, mode: mode ?? status.st_mode, type: "0")
        var left = size
        var buffer = [UInt8](repeating: 0, count: min(1 << 20, max(1, size)))
        while left > 0 {
            let count = read(descriptor, &buffer, min(buffer.count, left))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
            }
            guard count > 0 else { throw .changed(path: path) }
            try file.write(buffer[..<count])
            left -= count
        }
        try pad(size)
        files += 1
        bytes += size
    }

    /// Whether there is nothing at a path, not even a link that leads to nothing.
    static func isGone(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) != 0 && [ENOENT, ENOTDIR].contains(errno)
    }

    /// Ends the archive: two blocks of zeros.
    package func finish() throws(BackUpError) {
        try file.write([UInt8](repeating: 0, count: 2 * Self.block))
    }

    private func pad(_ size: Int) throws(BackUpError) {
        let rest = size % Self.block
        if rest > 0 { try file.write([UInt8](repeating: 0, count: Self.block - rest)) }
    }

    private func head(
        _ name: String, size: Int, mode: mode_t, type: Character
    ) throws(BackUpError) {
        // What the old fields cannot hold stands in a header of its own before it.
        if name.utf8.count > 100 || size >= 1 << 33 {
            let records = Self.record("path", name) + Self.record("size", "\(size)")
            try file.write(Self.header("pax", size: records.count, mode: 0o600, type: "x"))
            try file.write(records)
            try pad(records.count)
        }
        try file.write(
            Self.header(name, size: size < 1 << 33 ? size : 0, mode: mode, type: type))
    }

    /// `length key=value`, the length its own digits included.
    private static func record(_ key: String, _ value: String) -> [UInt8] {
        let rest = " \(key)=\(value)\n"
        var length = rest.utf8.count
        while "\(length)".utf8.count + rest.utf8.count != length {
            length = "\(length)".utf8.count + rest.utf8.count
        }
        return Array("\(length)\(rest)".utf8)
    }

    private static func header(
        _ name: String, size: Int, mode: mode_t, type: Character
    ) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: block)
        func put(_ text: String, at offset: Int, most: Int) {
            for (index, byte) in text.utf8.prefix(most).enumerated() {
                header[offset + index] = byte
            }
        }
        func octal(_ number: Int, at offset: Int, digits: Int) {
            let text = String(number, radix: 8)
            put(String(repeating: "0", count: digits - text.count) + text, at: offset, most: digits)
        }
        put(name, at: 0, most: 100)
        octal(Int(mode & 0o777), at: 100, digits: 7)
        octal(0, at: 108, digits: 7)
        octal(0, at: 116, digits: 7)
        octal(size, at: 124, digits: 11)
        octal(0, at: 136, digits: 11)
        put(String(type), at: 156, most: 1)
        put("ustar", at: 257, most: 5)
        put("00", at: 263, most: 2)
        put("        ", at: 148, most: 8)
        octal(header.reduce(0) { $0 + Int($1) }, at: 148, digits: 6)
        header[154] = 0
        return header
    }
}

/// Reads the files of such an archive, one behind the other.
package struct TarReader {
    /// A file or folder of the archive.
    package struct Entry {
        /// Its path.
        package var name: String
        /// Its bytes.
        package var size: Int
        /// Who may read, write and enter it.
        var mode: mode_t
        /// Whether it is a folder.
        package var isFolder: Bool

        /// The names on its path; `nil` when that leads out of the folder it is unpacked in, or says
        /// the same in two ways.
        package var parts: [Substring]? {
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
            let isPlain = !parts.contains {
                $0.isEmpty || $0 == "." || $0 == ".." || $0.utf8.contains(0)
            }
            return isPlain ? parts : nil
        }
    }

    private static let block = 512
    private let file: GzipFile
    private let path: String
    private var left = 0
    private var padding = 0

    package init(_ file: GzipFile, path: String) {
        self.file = file
        self.path = path
    }

    /// The next file or folder, behind what is left of the one before; `nil` at the end, up to which
    /// the checksum holds then.
    package mutating func next() throws(BackUpError) -> Entry? {
        while left > 0 { _ = try read() }
        if padding > 0 { _ = try exactly(padding) }
        padding = 0
        var name: String?
        var size: Int?
        while true {
            let header = try exactly(Self.block)
            if header.allSatisfy({ $0 == 0 }) {
                // The rest is read so that it is checked.
                while try !file.read(1 << 16).isEmpty {}
                return nil
            }
            guard let sum = Self.octal(header[148..<156]), sum == Self.sum(header),
                let length = Self.octal(header[124..<136])
            else { throw damaged("the head of a file in it is broken") }
            switch header[156] {
            case UInt8(ascii: "x"):
                guard (0...(1 << 16)).contains(length) else {
                    throw damaged("a head in it is too long")
                }
                guard let records = Self.records(try exactly(length)) else {
                    throw damaged("a head in it cannot be read")
                }
                _ = try exactly((Self.block - length % Self.block) % Self.block)
                for record in records {
                    if record.key == "path" { name = record.value }
                    if record.key == "size" { size = Int(record.value) }
                }
            case UInt8(ascii: "0"), UInt8(ascii: "5"):
                let own = String(decoding: header[..<100].prefix { $0 != 0 }, as: UTF8.self)
                let isFolder = header[156] == UInt8(ascii: "5")
                left = size ?? length
                guard left >= 0, !isFolder || left == 0 else {
                    throw damaged("a file in it has no size")
                }
                guard let mode = Self.octal(header[100..<108]), mode >= 0 else {
                    throw damaged("a file in it does not say who may read it")
                }
                padding = (Self.block - left % Self.block) % Self.block
                var path = name ?? own
                if isFolder, path.hasSuffix("/") { path.removeLast() }
                return Entry(
                    name: path, size: left, mode: mode_t(mode & 0o777), isFolder: isFolder)
            default: throw damaged("it holds something that is no file")
            }
        }
    }

    /// The next piece of the file; empty at its end.
    package mutating func read() throws(BackUpError) -> [UInt8] {
        guard left > 0 else { return [] }
        let bytes = try exactly(min(left, 1 << 20))
        left -= bytes.count
        return bytes
    }

    private func exactly(_ count: Int) throws(BackUpError) -> [UInt8] {
        guard count > 0 else { return [] }
        let bytes = try file.read(count)
        guard bytes.count == count else { throw damaged("it stops before its end") }
        return bytes
    }

    private func damaged(_ reason: String) -> BackUpError { .damaged(path: path, reason: reason) }

    /// The records of a pax header: `length key=value`; `nil` when it is none.
    private static func records(_ bytes: [UInt8]) -> [(key: String, value: String)]? {
        var records: [(key: String, value: String)] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
                let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
                length > space - rest.startIndex + 1, length <= rest.count
            else { return nil }
            // The last byte is a line feed; a value may hold others.
            let end = rest.startIndex + length - 1
            let record = rest[(space + 1)..<end]
            guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            records.append(
                (
                    String(decoding: record[..<equals], as: UTF8.self),
                    String(decoding: record[(equals + 1)...], as: UTF8.self)
                ))
            rest = rest[(end + 1)...]
        }
        return records
    }

    private static func octal(_ bytes: ArraySlice<UInt8>) -> Int? {
        let digits = bytes.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
        return Int(String(decoding: digits, as: UTF8.self), radix: 8)
    }

    private static func sum(_ header: [UInt8]) -> Int {
        header.enumerated().reduce(0) {
            $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element))
        }
    }
}
