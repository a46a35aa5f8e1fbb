import CourseModel

/// A line of a CSV file.
struct CSVRow {
    /// The fields, unquoted, without the apostrophe that keeps a spreadsheet from running them.
    var fields: [String]
    /// Where each field starts.
    var positions: [SourcePosition]
    /// Its bytes, without the line end.
    var bytes: [UInt8]
    /// Where it starts.
    var start: SourcePosition
    /// Whether a quote in it does not end.
    var isDamaged = false

    /// The range in the document.
    var range: Range<Int> { start.byteOffset..<start.byteOffset + bytes.count }
}

/// Reads the lines of a CSV file (RFC 4180), with any separator, one at a time.
struct CSVRows: ~Copyable {
    private var window: JSONWindow
    private var replay: ReplayedBytes?
    let separator: UInt8
    private let isLatin: Bool

    /// Longer than any text of a course: a quote that is still open then was never meant as one.
    private static let maximumRow = 4_000_000

    /// - Parameter isLatin: Whether the text is Windows-1252 instead of UTF-8.
    init(_ input: FeedInput, separator: UInt8, isLatin: Bool) throws(FeedError) {
        window = try JSONWindow(input)
        self.separator = separator
        self.isLatin = isLatin
    }

    var bytesRead: Int { window.bytesRead }

    /// The next line that is not blank; `nil` at the end.
    mutating func next() throws(FeedError) -> CSVRow? {
        while try peek() != nil {
            let row = try row()
            if row.isDamaged || row.fields.contains(where: { !$0.isEmpty }) { return row }
        }
        return nil
    }

    private var position: SourcePosition { replay?.position ?? window.position }

    private mutating func row() throws(FeedError) -> CSVRow {
        let start = position
        var row = CSVRow(fields: [], positions: [start], bytes: [], start: start)
        var field: [UInt8] = []
        var inQuotes = false
        var wasQuoted = false
        while let byte = try take() {
            if inQuotes {
                row.bytes.append(byte)
                guard row.bytes.count <= Self.maximumRow else { return cut(row) }
                if byte == 0x22 {
                    if try peek() == 0x22 {
                        row.bytes.append(try take() ?? 0)
                        field.append(0x22)
                    } else {
                        inQuotes = false
                    }
                } else {
                    field.append(byte)
                }
                continue
            }
            if byte == 10 || byte == 13 {
                if byte == 13, try peek() == 10 { _ = try take() }
                row.fields.append(SpreadsheetText.read(text(field)))
                return row
            }
            row.bytes.append(byte)
            if byte == separator {
                row.fields.append(SpreadsheetText.read(text(field)))
                row.positions.append(position)
                field = []
                wasQuoted = false
            } else if byte == 0x22, field.isEmpty, !wasQuoted {
                inQuotes = true
                wasQuoted = true
            } else {
                field.append(byte)
            }
        }
        if inQuotes { return cut(row) }
        row.fields.append(SpreadsheetText.read(text(field)))
        return row
    }

    /// A row whose quote does not end is its first line; what was read beyond is read again.
    private mutating func cut(_ row: CSVRow) -> CSVRow {
        var own = row
        own.isDamaged = true
        guard let end = row.bytes.firstIndex(of: 10) else { return own }
        own.bytes = Array(row.bytes[..<end])
        var position = row.start
        position.advance(over: row.bytes[...end])
        replay = ReplayedBytes(
            bytes: Array(row.bytes[(end + 1)...]) + (replay?.rest ?? []), position: position)
        return own
    }

    private func text(_ bytes: [UInt8]) -> String {
        guard isLatin else { return String(decoding: bytes, as: UTF8.self) }
        var text = ""
        for byte in bytes {
            text.unicodeScalars.append(
                0x80...0x9F ~= byte
                    ? UnicodeScalar(Self.windows[Int(byte - 0x80)]) ?? "\u{FFFD}"
                    : UnicodeScalar(byte))
        }
        return text
    }

    /// Windows-1252 from 0x80 to 0x9F.
    private static let windows: [UInt32] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    ]

    private mutating func peek() throws(FeedError) -> UInt8? {
        if let byte = replay?.peek { return byte }
        replay = nil
        return try window.peek()
    }

    private mutating func take() throws(FeedError) -> UInt8? {
        if replay?.peek != nil { return replay?.take() }
        replay = nil
        return try window.next()
    }
}
