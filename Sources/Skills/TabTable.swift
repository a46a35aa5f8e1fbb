#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A table of tab-separated text, kept as the bytes of its file.
///
/// Only where the fields stand is computed when it is read; text is made when it is asked for. So
/// opening 14,000 ESCO skills costs one pass over their bytes and no allocation a row.
struct TabTable: Sendable {
    /// The file's bytes.
    let bytes: [UInt8]
    /// The columns' names, from the first line.
    let columns: [String]
    /// Where each field starts, row after row; a field ends one byte before the next one starts.
    private let starts: [UInt32]

    /// How many rows there are, without the line of names.
    var count: Int { starts.count / (columns.count + 1) }

    /// Reads a table.
    ///
    /// - Throws: ``SkillsError/malformed(file:line:problem:)`` when a row has another number of
    ///   fields than the first line, or the file is not of a size that 32 bits can address.
    init(_ bytes: [UInt8], file: String) throws(SkillsError) {
        guard bytes.count < UInt32.max else {
            throw .malformed(file: file, line: 1, problem: "the file is larger than 4 GiB")
        }
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var names: [String] = []
        var line = 1
        var lineEnd = Self.lineEnd(bytes, from: start)
        var field = start
        for index in start...lineEnd where index == lineEnd || bytes[index] == 9 {
            names.append(String(decoding: bytes[field..<index], as: UTF8.self))
            field = index + 1
        }
        if let last = names.last, last.hasSuffix("\r") { names[names.count - 1].removeLast() }
        guard !names.allSatisfy(\.isEmpty) else {
            throw .malformed(file: file, line: 1, problem: "there is no line of column names")
        }
        var starts: [UInt32] = []
        starts.reserveCapacity(bytes.count / 16)
        start = lineEnd + 1
        while start < bytes.count {
            line += 1
            lineEnd = Self.lineEnd(bytes, from: start)
            defer { start = lineEnd + 1 }
            var end = lineEnd
            if end > start, bytes[end - 1] == 13 { end -= 1 }
            if end == start { continue }
            let before = starts.count
            starts.append(UInt32(start))
            bytes.withUnsafeBufferPointer { bytes in
                for index in start..<end where bytes[index] == 9 {
                    starts.append(UInt32(index + 1))
                }
            }
            starts.append(UInt32(end + 1))
            guard starts.count - before == names.count + 1 else {
                throw .malformed(
                    file: file, line: line,
                    problem: "\(starts.count - before - 1) fields where the first line names "
                        + "\(names.count)")
            }
        }
        self.bytes = bytes
        self.columns = names
        self.starts = starts
    }

    /// The rows of two tables under the columns of the first; a column that the second one lacks is
    /// empty there.
    static func joined(
        _ first: [UInt8], file: String, _ second: [UInt8], file secondFile: String
    ) throws(SkillsError) -> [UInt8] {
        var result = first
        if result.last != 10 { result.append(10) }
        let head = first.prefix(lineEnd(first, from: 0))
        let secondHead = second.prefix(lineEnd(second, from: 0))
        if head.elementsEqual(secondHead) {
            return result + second.dropFirst(secondHead.count + 1)
        }
        let columns = try TabTable(Array(head), file: file).columns
        let table = try TabTable(second, file: secondFile)
        let places = columns.map { table.columns.firstIndex(of: $0) }
        for row in 0..<table.count {
            for (number, place) in places.enumerated() {
                if number > 0 { result.append(9) }
                if let place { result += second[table.range(row, place)] }
            }
            result.append(10)
        }
        return result
    }

    /// The number of a column.
    ///
    /// - Throws: ``SkillsError/malformed(file:line:problem:)`` when there is no such column.
    func column(_ name: String, file: String) throws(SkillsError) -> Int {
        guard let number = columns.firstIndex(of: name) else {
            throw .malformed(file: file, line: 1, problem: "there is no column “\(name)”")
        }
        return number
    }

    /// Where a field's bytes stand.
    func range(_ row: Int, _ column: Int) -> Range<Int> {
        let at = row * (columns.count + 1) + column
        return Int(starts[at])..<Int(starts[at + 1]) - 1
    }

    /// A field as text.
    func text(_ row: Int, _ column: Int) -> String {
        String(decoding: bytes[range(row, column)], as: UTF8.self)
    }

    /// The parts of a field that `|` separates, without empty ones.
    func list(_ row: Int, _ column: Int) -> [String] {
        bytes[range(row, column)].split(separator: 124).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func lineEnd(_ bytes: [UInt8], from start: Int) -> Int {
        guard start < bytes.count else { return bytes.count }
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress,
                let found = memchr(base + start, 10, buffer.count - start)
            else { return buffer.count }
            return UnsafeRawPointer(found) - base
        }
    }
}

/// Reads a whole file; one whose name ends in `.gz` is unpacked.
///
/// - Throws: ``SkillsError/unreadable(file:reason:)``.
func readBytes(of file: String) throws(SkillsError) -> [UInt8] {
    if file.hasSuffix(".gz") {
        var reader = try TextLineReader(file)
        var bytes: [UInt8] = []
        while let line = try reader.next() { bytes += line + [10] }
        return bytes
    }
    guard let handle = fopen(file, "rb") else {
        throw .unreadable(file: file, reason: String(cString: strerror(errno)))
    }
    defer { fclose(handle) }
    var bytes: [UInt8] = []
    let chunk = 1 << 18
    while true {
        let before = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: chunk))
        let got = bytes.withUnsafeMutableBytes { fread($0.baseAddress! + before, 1, chunk, handle) }
        bytes.removeLast(chunk - got)
        if got < chunk {
            guard ferror(handle) == 0 else {
                throw .unreadable(file: file, reason: String(cString: strerror(errno)))
            }
            return bytes
        }
    }
}
