import CourseModel
import Text

/// A table of a settings file, read field by field; faults are gathered instead of thrown one by one.
///
/// Each field is asked for by name; ``unknownFields()`` then tells of every field that nobody asked
/// for, with the name that was probably meant.
public final class SettingsTable {
    /// The file as it was named.
    public let file: String
    /// The path of this table; empty at the top.
    public let path: String
    /// 1-based line of its heading, when known.
    public var line: Int? { place.line }
    private let place: SettingsNode.Place
    private let entries: [String: SettingsNode]
    private let log: FaultLog
    private var asked: Set<String> = []

    /// Faults are shared by all tables of a file.
    final class FaultLog {
        var faults: [SettingsFault] = []
        var tables: [SettingsTable] = []
    }

    init(
        file: String, path: String, place: SettingsNode.Place, entries: [String: SettingsNode],
        log: FaultLog
    ) {
        self.file = file
        self.path = path
        self.place = place
        self.entries = entries
        self.log = log
        log.tables.append(self)
    }

    /// The names of the fields that are there, sorted.
    public var fieldNames: [String] { entries.keys.sorted() }

    /// The text of a field; `nil` when it is absent or is no text (which is noted as a fault).
    public func string(_ name: String) -> String? {
        guard let node = node(name) else { return nil }
        if case .string(let text) = node.value { return text }
        return mismatch(node, .text)
    }

    /// The text of a field, whether it is written as text, number or date.
    public func text(_ name: String) -> String? {
        guard let node = node(name) else { return nil }
        switch node.value {
        case .string(let text): return text
        case .integer(let number): return String(number)
        case .number(let number): return String(number)
        case .date(let date): return date.iso
        case .boolean, .list, .table, .null: return mismatch(node, .text)
        }
    }

    /// A whole number within a range.
    public func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = node(name) else { return nil }
        guard case .integer(let number) = node.value else {
            return mismatch(
                node,
                FaultText(
                    nl: "een heel getal van \(range.lowerBound) tot en met \(range.upperBound)",
                    en: "a whole number from \(range.lowerBound) to \(range.upperBound)"))
        }
        guard range.contains(number) else {
            fault(node, Self.outside("\(number)", "\(range.lowerBound)", "\(range.upperBound)"))
            return nil
        }
        return number
    }

    /// A number within a range.
    public func number(_ name: String, in range: ClosedRange<Double>) -> Double? {
        guard let node = node(name) else { return nil }
        let number: Double
        switch node.value {
        case .integer(let whole): number = Double(whole)
        case .number(let value): number = value
        default:
            return mismatch(
                node,
                FaultText(
                    nl: "een getal van \(range.lowerBound) tot en met \(range.upperBound)",
                    en: "a number from \(range.lowerBound) to \(range.upperBound)"))
        }
        guard range.contains(number) else {
            fault(node, Self.outside("\(number)", "\(range.lowerBound)", "\(range.upperBound)"))
            return nil
        }
        return number
    }

    /// True or false.
    public func boolean(_ name: String) -> Bool? {
        guard let node = node(name) else { return nil }
        if case .boolean(let value) = node.value { return value }
        return mismatch(
            node,
            FaultText(
                nl: "true of false, zonder aanhalingstekens", en: "true or false, without quotes"))
    }

    /// A list of texts; a single text counts as a list of one.
    public func strings(_ name: String) -> [String] {
        guard let node = node(name) else { return [] }
        switch node.value {
        case .string(let text): return [text]
        case .list(let nodes):
            return nodes.compactMap { item in
                if case .string(let text) = item.value { return text }
                return mismatch(item, .text)
            }
        default:
            _ =
                mismatch(
                    node,
                    FaultText(
                        nl: "een lijst van teksten, zoals [\"a\", \"b\"]",
                        en: "a list of texts, such as [\"a\", \"b\"]")) as String?
            return []
        }
    }

    /// The texts of a field, one or a list of them, whether they are written as text or as numbers.
    public func texts(_ name: String) -> [String] {
        guard let node = node(name) else { return [] }
        guard case .list(let nodes) = node.value else { return text(name).map { [$0] } ?? [] }
        return nodes.compactMap { item in
            switch item.value {
            case .string(let text): return text
            case .integer(let number): return String(number)
            case .number(let number): return String(number)
            default: return mismatch(item, .text)
            }
        }
    }

    /// The table under a name.
    public func table(_ name: String) -> SettingsTable? {
        guard let node = node(name) else { return nil }
        guard case .table(let entries) = node.value else { return mismatch(node, .table) }
        return SettingsTable(
            file: file, path: node.path, place: node.place, entries: entries, log: log)
    }

    /// The tables of a list; TOML writes them as `[[name]]`.
    public func tables(_ name: String) -> [SettingsTable] {
        guard let node = node(name) else { return [] }
        guard case .list(let nodes) = node.value else {
            _ =
                mismatch(
                    node,
                    FaultText(
                        nl: "een lijst van tabellen ([[\(node.path)]])",
                        en: "a list of tables ([[\(node.path)]])")) as String?
            return []
        }
        return nodes.compactMap { item in
            guard case .table(let entries) = item.value else { return mismatch(item, .table) }
            return SettingsTable(
                file: file, path: item.path, place: item.place, entries: entries, log: log)
        }
    }

    /// The wordings of a text by language, which is written as `name.nl = "…"`.
    public func wordings(_ name: String) -> [(language: LanguageTag, text: String)] {
        guard let node = node(name) else { return [] }
        guard case .table = node.value, let table = table(name) else {
            fault(name, "is \(node.kind.english); say in which language: \(name).nl = \"…\"")
            return []
        }
        return table.fieldNames.compactMap { code in
            guard let text = table.string(code) else { return nil }
            guard let language = LanguageTag(code) else {
                table.fault(code, "is not a language code, such as nl or en")
                return nil
            }
            return (language, text)
        }
    }

    /// Says which fields there may be, so that those that nobody asks for are no faults.
    public func expect(_ names: [String]) { asked.formUnion(names) }

    /// 1-based line of a field, else of its table, when known.
    public func line(of name: String) -> Int? { entries[name]?.line ?? line }

    /// The field's text read by `read`; a text that it refuses is a fault worded by `expected`.
    public func parsed<Value>(
        _ name: String, expected: String, _ read: (String) -> Value?
    ) -> Value? {
        guard let text = text(name) else { return nil }
        guard let value = read(text) else {
            fault(name, "“\(text)” is not understood; expected \(expected)")
            return nil
        }
        return value
    }

    /// One word of a closed list; a word that is not on it is a fault that names the nearest.
    public func choice<Choice: CaseIterable & RawRepresentable>(
        _ name: String, of type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        guard let text = string(name) else { return nil }
        return choose(text, of: type, field: name)
    }

    /// Words of a closed list.
    public func choices<Choice: CaseIterable & RawRepresentable>(
        _ name: String, of type: Choice.Type
    ) -> [Choice] where Choice.RawValue == String {
        strings(name).compactMap { choose($0, of: type, field: name) }
    }

    private func choose<Choice: CaseIterable & RawRepresentable>(
        _ text: String, of type: Choice.Type, field: String
    ) -> Choice? where Choice.RawValue == String {
        if let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let hint = nearest(to: text, among: words).map { "; did you mean “\($0)”?" } ?? ""
        fault(field, "“\(text)” is not one of \(words.joined(separator: ", "))\(hint)")
        return nil
    }

    /// Whether the field is there, whatever it holds; does not count as asking for it.
    public func has(_ name: String) -> Bool { entries[name] != nil }

    /// Notes a fault of a field of this table.
    ///
    /// - Parameter message: In English, for those who look after a catalogue.
    public func fault(_ name: String, _ message: String) {
        note(name, message, dutch: nil)
    }

    /// Notes a fault of a field of this table, in both languages.
    public func fault(_ name: String, _ text: FaultText) {
        note(name, text.english, dutch: text.dutch)
    }

    private func note(_ name: String, _ message: String, dutch: String?) {
        let node = entries[name]
        log.faults.append(
            SettingsFault(
                file: file, line: node?.line ?? line,
                field: node?.path ?? (path.isEmpty ? name : path + "." + name), message: message,
                dutchMessage: dutch))
    }

    /// Notes that a field that must be there is not.
    public func missing(_ name: String, _ advice: String) {
        fault(name, "is missing; \(advice)")
    }

    /// Notes that a field that must be there is not, in both languages.
    public func missing(_ name: String, _ advice: FaultText) {
        fault(name, FaultText(nl: "ontbreekt; ", en: "is missing; ") + advice)
    }

    private func fault(_ node: SettingsNode, _ text: FaultText) {
        log.faults.append(SettingsFault(file: file, line: node.line, field: node.path, text))
    }

    private static func outside(_ number: String, _ least: String, _ most: String) -> FaultText {
        FaultText(
            nl: "\(number) ligt niet tussen \(least) en \(most); geef een getal daartussen",
            en: "\(number) is outside \(least) to \(most); give a number in it")
    }

    private func node(_ name: String) -> SettingsNode? {
        asked.insert(name)
        guard let node = entries[name] else { return nil }
        if case .null = node.value { return nil }
        return node
    }

    private func mismatch<Value>(_ node: SettingsNode, _ expected: FaultText) -> Value? {
        fault(
            node,
            FaultText(nl: "is ", en: "is ") + node.kind
                + FaultText(nl: "; verwacht: ", en: "; expected ") + expected)
        return nil
    }

    fileprivate func noteUnknownFields() {
        for (name, node) in entries where !asked.contains(name) {
            let known = asked.sorted().joined(separator: ", ")
            let hint =
                nearest(to: name, among: asked.sorted()).map { FaultText.didYouMean($0) }
                ?? FaultText(nl: "; hier bestaan: \(known)", en: "; known here: \(known)")
            fault(node, FaultText(nl: "is geen veld", en: "is not a field") + hint)
        }
    }

    /// Ends reading: every field that nobody asked for is a fault.
    ///
    /// - Throws: All faults of the file, when there are any.
    public func finish() throws(SettingsFaults) {
        for table in log.tables { table.noteUnknownFields() }
        if !log.faults.isEmpty { throw SettingsFaults(log.faults) }
    }
}

extension FaultText {
    fileprivate static let text = FaultText(
        nl: "tekst tussen aanhalingstekens", en: "text in quotes")
    fileprivate static let table = FaultText(nl: "een tabel", en: "a table")
}

/// The candidate that `word` was probably meant to be: at most two letters off, or a third of its
/// length when that is less.
public func nearest(to word: String, among candidates: [String]) -> String? {
    let letters = Array(WordFolding.fold(word).utf8)
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
        let other = Array(WordFolding.fold(candidate).utf8)
        let limit = min(2, max(1, max(letters.count, other.count) / 3))
        var distance = EditDistance(from: letters[...], limit: limit)
        if let edits = distance(to: other[...]), edits < best?.distance ?? .max {
            best = (edits, candidate)
        }
    }
    return best?.candidate
}
