import CourseModel
import Glibc
import Settings

/// Which column holds which field, and what its values mean.
struct CSVMapping {
    /// A column of a field, with the language of its texts.
    struct Column {
        var field: CSVField
        var language: LanguageTag?
        var index: Int
    }

    var separator: UInt8
    var isLatin: Bool
    var language: LanguageTag?
    var currency: Currency?
    var listSeparator: Character = ";"
    /// Filled when the header is known.
    private(set) var columns: [Column] = []
    private(set) var width = 0
    private var names: [String: String] = [:]
    private var constants: [CSVField: String] = [:]
    private var values: [CSVField: [String: String]] = [:]

    /// The mapping of a file, from the one beside it when there is one.
    init(for input: FeedInput, opening: [UInt8]) throws {
        let line = opening.prefix { $0 != 10 && $0 != 13 }
        let marks = [UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: ",")]
        separator =
            marks.max { first, second in
                line.filter { $0 == first }.count < line.filter { $0 == second }.count
            } ?? UInt8(ascii: ",")
        // The last character may be cut in two.
        isLatin = (0..<4).allSatisfy {
            String(validating: opening.dropLast($0), as: UTF8.self) == nil
        }
        let file = input.name.withoutGzipEnding
        let name = file.split(separator: "/").last.map(String.init) ?? file
        guard let settings = try? input.resolve(name + ".toml") else { return }
        try take(settings)
    }

    private mutating func take(_ settings: FeedInput) throws {
        let bytes = try SeekableInput(settings).bytes(0..<1_000_000)
        do {
            let table = try SettingsTable.read(
                toml: String(decoding: bytes, as: UTF8.self), file: settings.name)
            if let mark = table.string("separator")?.utf8.first { separator = mark }
            if let encoding = table.choice("encoding", of: Encoding.self) {
                isLatin = encoding == .windows
            }
            language = table.parsed("language", expected: "a code such as nl") { LanguageTag($0) }
            currency = table.parsed("currency", expected: "a code such as EUR") { Currency($0) }
            if let mark = table.string("list-separator")?.first { listSeparator = mark }
            if let columns = table.table("columns") {
                for key in columns.fieldNames {
                    let field = key.split(separator: "@").first.map(String.init) ?? key
                    if CSVField(rawValue: field) == nil {
                        let all = CSVField.allCases.map(\.rawValue)
                        let hint = nearest(to: field, among: all).map { "; did you mean “\($0)”?" }
                        columns.fault(key, "is no field\(hint ?? "; see the list of fields")")
                    }
                    if let column = columns.string(key) { names[column] = key }
                }
            }
            if let own = table.table("constants") {
                for key in own.fieldNames {
                    guard let field = CSVField(rawValue: key) else {
                        own.fault(key, "is no field; see the list of fields")
                        continue
                    }
                    constants[field] = own.text(key)
                }
            }
            if let own = table.table("values") {
                for key in own.fieldNames {
                    guard let field = CSVField(rawValue: key), let words = own.table(key) else {
                        own.fault(key, "is no field; see the list of fields")
                        continue
                    }
                    for word in words.fieldNames {
                        values[field, default: [:]][word.lowercased()] = words.text(word)
                    }
                }
            }
            try table.finish()
        } catch let fault as SettingsFault {
            throw FeedError.unreadable(name: settings.name, reason: fault.description)
        } catch let faults as SettingsFaults {
            throw FeedError.unreadable(name: settings.name, reason: faults.description)
        }
    }

    private enum Encoding: String, CaseIterable {
        case utf8 = "utf-8"
        case windows = "windows-1252"
    }

    /// Takes the header; columns that are no field are left out.
    ///
    /// - Returns: The names of columns that were left out.
    mutating func take(header: CSVRow) -> [String] {
        var others: [String] = []
        width = header.fields.count
        for (index, name) in header.fields.enumerated() {
            let trimmed = foldedSpaces(name)
            let key = names[trimmed] ?? (names.isEmpty ? trimmed : "")
            let parts = key.split(separator: "@", maxSplits: 1).map(String.init)
            guard let first = parts.first, let field = CSVField(rawValue: first) else {
                if !trimmed.isEmpty { others.append(trimmed) }
                continue
            }
            columns.append(
                Column(
                    field: field,
                    language: parts.count > 1 ? LanguageTag(parts[1]) : language, index: index))
        }
        return others
    }

    /// Whether a title can be found.
    var holdsTitle: Bool { columns.contains { $0.field == .title } || constants[.title] != nil }

    /// What a row says of a field, with the place where it says so.
    func value(_ field: CSVField, _ row: CSVRow) -> (text: String, position: SourcePosition)? {
        for column in columns where column.field == field {
            if let text = own(column, row) { return (text, row.positions[column.index]) }
        }
        return constants[field].map { ($0, row.start) }
    }

    /// What a row says of a text, in all its languages.
    func texts(_ field: CSVField, _ row: CSVRow) -> [(text: String, language: LanguageTag?)] {
        var result: [(text: String, language: LanguageTag?)] = []
        for column in columns where column.field == field {
            if let text = own(column, row) { result.append((text, column.language)) }
        }
        if result.isEmpty, let constant = constants[field] { result = [(constant, language)] }
        return result
    }

    func list(_ field: CSVField, _ row: CSVRow) -> [String] {
        guard let (text, _) = value(field, row) else { return [] }
        return text.split(separator: listSeparator).map { foldedSpaces(String($0)) }
            .filter { !$0.isEmpty }.map { values[field]?[$0.lowercased()] ?? $0 }
    }

    private func own(_ column: Column, _ row: CSVRow) -> String? {
        guard row.fields.indices.contains(column.index) else { return nil }
        let text = row.fields[column.index]
        guard let folded = nonEmpty(text) else { return nil }
        return values[column.field]?[folded.lowercased()] ?? text
    }

    /// Whether a row says something of an offering.
    func holdsOffering(_ row: CSVRow) -> Bool {
        columns.contains { $0.field.isOfOffering && own($0, row) != nil }
    }
}
