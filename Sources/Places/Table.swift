/// A tab-separated file, row by row, without a copy of its text.
///
/// The first line names the columns and must be what the reader expects; rows have as many fields.
/// Lines end in LF or CRLF; an empty line is skipped; a byte order mark is not expected.
struct Table {
    let file: String
    private let bytes: [UInt8]
    private let columns: Int
    private var next = 0
    /// The 1-based line of the current row.
    private(set) var line = 0
    /// Where each field of the current row begins; one more marks the end of the last, plus one.
    private var starts: [Int]

    init(file: String, columns: [String]) throws(PlacesError) {
        try self.init(file: file, bytes: contents(ofFile: file), columns: columns)
    }

    init(file: String, bytes: [UInt8], columns: [String]) throws(PlacesError) {
        self.file = file
        self.bytes = bytes
        self.columns = columns.count
        starts = [Int](repeating: 0, count: columns.count + 1)
        guard try advance(), (0..<columns.count).allSatisfy({ string($0) == columns[$0] }) else {
            throw .damaged(
                file: file, line: 1,
                reason: "the first line should name the columns \(columns.joined(separator: ", "))")
        }
    }

    /// Moves to the next row; `false` when there is none.
    mutating func advance() throws(PlacesError) -> Bool {
        while next < bytes.count {
            line += 1
            var field = 0
            var index = next
            starts[0] = index
            while index < bytes.count, bytes[index] != 10 {
                if bytes[index] == 9 {
                    field += 1
                    guard field < columns else { throw wrongCount("more than \(columns)") }
                    starts[field] = index + 1
                }
                index += 1
            }
            let isCR = index > next && bytes[index - 1] == 13
            let start = next
            next = index + 1
            if index - (isCR ? 1 : 0) == start { continue }
            guard field == columns - 1 else {
                throw wrongCount("\(field + 1) instead of \(columns)")
            }
            starts[columns] = index + 1 - (isCR ? 1 : 0)
            return true
        }
        return false
    }

    private func wrongCount(_ found: String) -> PlacesError {
        damaged("the row has \(found) fields, parted by tabs")
    }

    /// A fault in the current row.
    func damaged(_ reason: String) -> PlacesError {
        .damaged(file: file, line: line, reason: reason)
    }

    /// The bytes of a field.
    func field(_ column: Int) -> ArraySlice<UInt8> {
        bytes[starts[column]..<(starts[column + 1] - 1)]
    }

    /// The bytes of two fields that stand side by side, with the tab between them.
    func fields(_ first: Int, _ last: Int) -> ArraySlice<UInt8> {
        bytes[starts[first]..<(starts[last + 1] - 1)]
    }

    /// A field as text.
    func string(_ column: Int) -> String { String(decoding: field(column), as: UTF8.self) }

    /// A field as a whole number without sign.
    func number(
        _ column: Int, in range: ClosedRange<Int>, _ name: String
    ) throws(PlacesError)
        -> Int
    {
        var value = 0
        let field = field(column)
        for byte in field {
            guard 48...57 ~= byte, value < 1_000_000 else {
                value = -1
                break
            }
            value = value * 10 + Int(byte - 48)
        }
        guard !field.isEmpty, range.contains(value) else {
            throw damaged(
                "\(name) “\(string(column))” is not a number from \(range.lowerBound) to "
                    + "\(range.upperBound)")
        }
        return value
    }

    /// A field as degrees, written as `52.0336`.
    func degrees(
        _ column: Int, in range: ClosedRange<Double>, _ name: String
    )
        throws(PlacesError) -> Double
    {
        guard let value = Double(decimal: field(column)), range.contains(value) else {
            throw damaged(
                "\(name) “\(string(column))” is not a number of degrees from "
                    + "\(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}

extension Double {
    /// Reads `-12.345`: digits with at most one point, no exponent, at most 15 digits.
    ///
    /// Exactly rounded, since both the digits and the power of ten are exact in a `Double`.
    init?(decimal text: ArraySlice<UInt8>) {
        var mantissa = 0
        var digits = 0
        var scale = 1.0
        var isFraction = false
        var rest = text
        let isNegative = rest.first == 45
        if isNegative || rest.first == 43 { rest = rest.dropFirst() }
        for byte in rest {
            if byte == 46, !isFraction {
                isFraction = true
                continue
            }
            guard 48...57 ~= byte, digits < 15 else { return nil }
            mantissa = mantissa * 10 + Int(byte - 48)
            digits += 1
            if isFraction { scale *= 10 }
        }
        guard digits > 0 else { return nil }
        self = Double(isNegative ? -mantissa : mantissa) / scale
    }
}
