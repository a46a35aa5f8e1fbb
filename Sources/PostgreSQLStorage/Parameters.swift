#if PostgreSQL
import SQLStorage

/// Values as libpq takes them: each in PostgreSQL's binary form, one behind the other.
struct Parameters {
    private var bytes: [UInt8] = [0]
    private var ranges: [Range<Int>?] = []

    init(_ values: [SQLValue]) {
        ranges.reserveCapacity(values.count)
        for value in values {
            let start = bytes.count
            switch value {
            case .null:
                ranges.append(nil)
                continue
            case .int(let number):
                withUnsafeBytes(of: Int64(number).bigEndian) { bytes.append(contentsOf: $0) }
            case .text(let text):
                TextCoding.append(text, to: &bytes)
            case .bytes(let blob): bytes.append(contentsOf: blob)
            }
            ranges.append(start..<bytes.count)
        }
    }

    /// Hands the values over; `body` says 1 when they were taken.
    func withPointers(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> Int32,
        orThrow failure: () -> PostgreSQLError
    ) throws {
        let lengths = ranges.map { Int32(clamping: $0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: ranges.count)
        let taken = bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                let pointers = ranges.map { range in
                    range.flatMap { characters.baseAddress?.advanced(by: $0.lowerBound) }
                }
                return pointers.withUnsafeBufferPointer { pointers in
                    body(Int32(ranges.count), pointers.baseAddress, lengths, formats)
                }
            }
        }
        guard taken == 1 else { throw failure() }
    }
}

/// Placeholders as PostgreSQL writes them.
enum Placeholders {
    /// The statement with `$1` for `?1`, and for `?` the number behind that of the one before; no
    /// statement of the catalogue has a `?` of another meaning.
    static func numbered(_ sql: String) -> String {
        guard sql.utf8.contains(UInt8(ascii: "?")) else { return sql }
        var numbered = ""
        var last = 0
        var rest = sql[...]
        while let mark = rest.firstIndex(of: "?") {
            numbered += rest[..<mark]
            rest = rest[rest.index(after: mark)...]
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            last = Int(digits) ?? last + 1
            numbered += "$\(last)"
        }
        return numbered + rest
    }
}
#endif
