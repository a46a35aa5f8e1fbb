import Glibc

/// Writes files into an archive that `tar` reads, too (POSIX.1-2001, pax interchange format).
struct TarWriter {
    private static let block = 512
    private let file: GzipFile

    init(_ file: GzipFile) { self.file = file }

    /// Puts in a small file.
    func write(_ name: String, _ bytes: [UInt8]) throws(BackUpError) {
        try head(name, size: bytes.count)
        try file.write(bytes)
        try pad(bytes.count)
    }

    /// Puts in a file of the disk.
    ///
    /// - Throws: ``BackUpError``, also when the file changes its size meanwhile.
    func write(_ name: String, file path: String) throws(BackUpError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        let size = Int(status.st_size)
        try head(name, size: size)
        var left = size
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while left > 0 {
            let count = read(descriptor, &buffer, min(buffer.count, left))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw .cannotRead(path: path, reason: "it was changed meanwhile; try again")
            }
            try file.write(buffer[..<count])
            left -= count
        }
        try pad(size)
    }

    /// Ends the archive: two blocks of zeros.
    func finish() throws(BackUpError) {
        try file.write([UInt8](repeating: 0, count: 2 * Self.block))
    }

    private func pad(_ size: Int) throws(BackUpError) {
        let rest = size % Self.block
        if rest > 0 { try file.write([UInt8](repeating: 0, count: Self.block - rest)) }
    }

    private func head(_ name: String, size: Int) throws(BackUpError) {
        // What the old fields cannot hold stands in a header of its own before it.
        if name.utf8.count > 100 || size >= 1 << 33 {
            let records = Self.record("path", name) + Self.record("size", "\(size)")
            try file.write(Self.header("pax", size: records.count, type: "x"))
            try file.write(records)
            try pad(records.count)
        }
        try file.write(Self.header(name, size: size < 1 << 33 ? size : 0, type: "0"))
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

    private static func header(_ name: String, size: Int, type: Character) -> [UInt8] {
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
        octal(0o644, at: 100, digits: 7)
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
struct TarReader {
    private static let block = 512
    private let file: GzipFile
    private let path: String
    private var left = 0
    private var padding = 0

    init(_ file: GzipFile, path: String) {
        self.file = file
        self.path = path
    }

    /// The next file's name and size, behind what is left of the one before; `nil` at the end, up to
    /// which the checksum holds then.
    mutating func next() throws(BackUpError) -> (name: String, size: Int)? {
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
                guard length <= 1 << 16 else { throw damaged("a head in it is too long") }
                let text = String(decoding: try exactly(length), as: UTF8.self)
                _ = try exactly((Self.block - length % Self.block) % Self.block)
                for line in text.split(separator: "\n") {
                    let record = line.drop { $0 != " " }.dropFirst()
                    if record.hasPrefix("path=") { name = String(record.dropFirst(5)) }
                    if record.hasPrefix("size=") { size = Int(record.dropFirst(5)) }
                }
            case UInt8(ascii: "0"):
                let own = String(decoding: header[..<100].prefix { $0 != 0 }, as: UTF8.self)
                left = size ?? length
                guard left >= 0 else { throw damaged("a file in it has no size") }
                padding = (Self.block - left % Self.block) % Self.block
                return (name ?? own, left)
            default: throw damaged("it holds something that is no file")
            }
        }
    }

    /// The next piece of the file; empty at its end.
    mutating func read() throws(BackUpError) -> [UInt8] {
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
