import CourseModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The rows of `skills.tsv` or `occupations.tsv`, found by number or id.
struct ConceptTable: Sendable {
    let table: TabTable
    private let extraColumn: Int?
    private let idColumn: Int
    private let labelColumns: [(language: LanguageTag, label: Int, alternatives: Int)]
    private let broaderColumn: Int?
    /// An open-addressing hash table from id to row; −1 where free.
    private let slots: [Int32]

    var count: Int { table.count }

    /// - Parameter extra: The name of the one column that the two files do not share; like
    ///   `broader` it may be left out.
    init(_ bytes: [UInt8], file: String, extra: String) throws(SkillsError) {
        let table = try TabTable(bytes, file: file)
        self.table = table
        idColumn = try table.column("id", file: file)
        extraColumn = table.columns.firstIndex(of: extra)
        broaderColumn = table.columns.firstIndex(of: "broader")
        labelColumns = [
            (
                .dutch, try table.column("label_nl", file: file),
                try table.column("alt_nl", file: file)
            ),
            (
                .english, try table.column("label_en", file: file),
                try table.column("alt_en", file: file)
            ),
        ]
        var size = 16
        while size < table.count * 2 { size *= 2 }
        var slots = [Int32](repeating: -1, count: size)
        for row in 0..<table.count {
            let range = table.range(row, idColumn)
            guard !range.isEmpty else {
                throw .malformed(file: file, line: row + 2, problem: "the id is empty")
            }
            let hash = table.bytes.withUnsafeBytes { Self.hash(.init(rebasing: $0[range])) }
            var slot = hash & (size - 1)
            while slots[slot] >= 0 {
                let other = table.range(Int(slots[slot]), idColumn)
                if table.bytes[other].elementsEqual(table.bytes[range]) {
                    throw .malformed(
                        file: file, line: row + 2,
                        problem: "the id “\(table.text(row, idColumn))” stands here twice")
                }
                slot = (slot + 1) & (size - 1)
            }
            slots[slot] = Int32(row)
        }
        self.slots = slots
    }

    /// The row with this id.
    func number(of id: UnsafeRawBufferPointer) -> Int? {
        table.bytes.withUnsafeBytes { bytes in
            var slot = Self.hash(id) & (slots.count - 1)
            while slots[slot] >= 0 {
                let row = Int(slots[slot])
                let known = table.range(row, idColumn)
                if known.count == id.count,
                    memcmp(bytes.baseAddress! + known.lowerBound, id.baseAddress!, id.count) == 0
                {
                    return row
                }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    /// The row with this id.
    func number(of id: String) -> Int? {
        var id = id
        return id.withUTF8 { $0.isEmpty ? nil : number(of: UnsafeRawBufferPointer($0)) }
    }

    func id(_ row: Int) -> String { table.text(row, idColumn) }

    func extra(_ row: Int) -> String { extraColumn.map { table.text(row, $0) } ?? "" }

    func broader(_ row: Int) -> [String] { broaderColumn.map { table.list(row, $0) } ?? [] }

    /// The preferred label in a language, else in the other one, else the id.
    func label(_ row: Int, in language: LanguageTag) -> String {
        if let column = labelColumns.first(where: { $0.language == language }) {
            let text = table.text(row, column.label)
            if !text.isEmpty { return text }
        }
        for column in labelColumns {
            let text = table.text(row, column.label)
            if !text.isEmpty { return text }
        }
        return id(row)
    }

    func names(_ row: Int) -> (label: LocalizedText, alternatives: LocalizedText) {
        var label = LocalizedText()
        var alternatives = LocalizedText()
        for name in allNames(row) {
            if name.isPreferred {
                label.append(name.text, language: name.language)
            } else {
                alternatives.append(name.text, language: name.language)
            }
        }
        return (label, alternatives)
    }

    /// Every label of a row, preferred ones first within a language.
    func allNames(_ row: Int) -> [ConceptName] {
        nameRanges(row).map { name in
            ConceptName(
                concept: row, language: name.language, text: text(name.range),
                isPreferred: name.isPreferred)
        }
    }

    /// Where the labels of a row stand in the bytes of the table.
    func nameRanges(
        _ row: Int
    ) -> [(language: LanguageTag, range: Range<Int>, isPreferred: Bool)] {
        var names: [(language: LanguageTag, range: Range<Int>, isPreferred: Bool)] = []
        for column in labelColumns {
            let label = table.range(row, column.label)
            if !label.isEmpty { names.append((column.language, label, true)) }
            for part in table.bytes[table.range(row, column.alternatives)].split(separator: 124)
            where !part.elementsEqual(table.bytes[label]) {
                names.append((column.language, part.startIndex..<part.endIndex, false))
            }
        }
        return names
    }

    /// What stands in a range of the bytes.
    func text(_ range: Range<Int>) -> String { String(decoding: table.bytes[range], as: UTF8.self) }

    /// FNV-1a, so that the table is the same on every run.
    private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0x7fff_ffff_ffff_ffff)
    }
}

/// One label of a skill or occupation.
struct ConceptName: Sendable {
    /// The row of its concept.
    var concept: Int
    var language: LanguageTag
    var text: String
    var isPreferred: Bool
}
