/// Comma-separated text (RFC 4180), row by row: fields in quotes may hold commas and line ends.
struct CommaTable {
    private let bytes: [UInt8]
    private let file: String
    private var position: Int
    private var line = 1
    /// The columns' names, from the first row.
    private var columns: [String] = []

    /// - Throws: ``SkillsError/malformed(file:line:problem:)`` when there is no row of names.
    init(_ bytes: [UInt8], file: String) throws(SkillsError) {
        self.bytes = bytes
        self.file = file
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let names = try nextRow(), names.fields.contains(where: { !$0.isEmpty }) else {
            throw .malformed(file: file, line: 1, problem: "there is no row of column names")
        }
        columns = names.fields
    }

    /// The number of a column.
    func column(_ name: String) throws(SkillsError) -> Int {
        guard let number = firstColumn(name) else {
            throw .malformed(
                file: file, line: 1,
                problem:
                    "there is no column “\(name)”; the file has “\(columns.joined(separator: "”, “"))”"
            )
        }
        return number
    }

    /// The number of a column that may be missing.
    func firstColumn(_ name: String) -> Int? { columns.firstIndex(of: name) }

    /// The next row with as many fields as there are columns, and the line that it begins on.
    mutating func next() throws(SkillsError) -> (fields: [String], line: Int)? {
        while let row = try nextRow() {
            if row.fields.count == 1, row.fields[0].isEmpty { continue }
            guard row.fields.count == columns.count else {
                throw .malformed(
                    file: file, line: row.line,
                    problem:
                        "\(row.fields.count) fields where the first line names \(columns.count)")
            }
            return row
        }
        return nil
    }

    private mutating func nextRow() throws(SkillsError) -> (fields: [String], line: Int)? {
        guard position < bytes.count else { return nil }
        let began = line
        var fields: [String] = []
        while true {
            fields.append(try nextField(rowBegan: began))
            guard position < bytes.count else { return (fields, began) }
            let end = bytes[position]
            position += 1
            if end == UInt8(ascii: ",") {
                if position == bytes.count { return (fields + [""], began) }
                continue
            }
            if end == UInt8(ascii: "\r"), position < bytes.count,
                bytes[position] == UInt8(ascii: "\n")
            {
                position += 1
            }
            line += 1
            return (fields, began)
        }
    }

    private mutating func nextField(rowBegan: Int) throws(SkillsError) -> String {
        let quote = UInt8(ascii: "\"")
        var text: [UInt8] = []
        guard position < bytes.count, bytes[position] == quote else {
            while position < bytes.count, !Self.endsField(bytes[position]) {
                text.append(bytes[position])
                position += 1
            }
            return String(decoding: text, as: UTF8.self)
        }
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == quote {
                guard position < bytes.count, bytes[position] == quote else {
                    guard position == bytes.count || Self.endsField(bytes[position]) else { break }
                    return String(decoding: text, as: UTF8.self)
                }
                position += 1
            } else if byte == UInt8(ascii: "\n") {
                line += 1
            }
            text.append(byte)
        }
        throw .malformed(
            file: file, line: rowBegan, problem: "a quoted field does not end where it should")
    }

    private static func endsField(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
