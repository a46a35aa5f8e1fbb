import CourseModel
import Synchronization
import TOMLKit

extension SettingsTable {
    /// Reads TOML.
    ///
    /// - Parameter file: The name to use in faults.
    /// - Throws: A fault with its line when the text is no TOML.
    public static func read(toml text: String, file: String) throws(SettingsFault) -> SettingsTable
    {
        if let line = TOMLHeadings.lineOfUnreadable(in: text) {
            throw SettingsFault(
                file: file, line: line, field: "",
                message: "is not valid TOML: the name of a table begins with a letter from a to z, "
                    + "a digit, - or _; put any other in quotes, as in [\"élan\"]")
        }
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw SettingsFault(
                file: file, line: error.source.begin.line, field: "",
                message: "is not valid TOML: \(error.description)")
        } catch {
            throw SettingsFault(file: file, line: nil, field: "", message: "\(error)")
        }
        let lines = TOMLLines(text)
        let entries = Self.entries(of: table, path: "", lines: lines)
        return SettingsTable(
            file: file, path: "", place: .known(nil), entries: entries, log: FaultLog())
    }

    private static func entries(
        of table: TOMLTable, path: String, lines: TOMLLines
    ) -> [String: SettingsNode] {
        var entries: [String: SettingsNode] = [:]
        for (key, value) in table {
            let keyPath = path.isEmpty ? key : path + "." + key
            entries[key] = node(value, path: keyPath, lines: lines)
        }
        return entries
    }

    private static func node(
        _ value: any TOMLValueConvertible, path: String, lines: TOMLLines
    ) -> SettingsNode {
        let place = SettingsNode.Place.at(path: path, lines)
        if let table = value.table {
            return SettingsNode(
                .table(entries(of: table, path: path, lines: lines)), path: path, place: place)
        }
        if let array = value.array {
            let items = array.enumerated().map { index, item in
                node(item, path: "\(path)[\(index)]", lines: lines)
            }
            return SettingsNode(.list(items), path: path, place: place)
        }
        if let text = value.string { return SettingsNode(.string(text), path: path, place: place) }
        if let flag = value.bool { return SettingsNode(.boolean(flag), path: path, place: place) }
        if let whole = value.int { return SettingsNode(.integer(whole), path: path, place: place) }
        if let number = value.double {
            return SettingsNode(.number(number), path: path, place: place)
        }
        if let date = value.date,
            let day = CalendarDate(year: date.year, month: date.month, day: date.day)
        {
            return SettingsNode(.date(day), path: path, place: place)
        }
        // A time or a date with a time: no field of ours takes one, and as text it is refused by
        // the field with its own wording.
        return SettingsNode(.string(value.debugDescription), path: path, place: place)
    }
}

/// On which line each field of a TOML text stands; the parser does not tell.
///
/// Looked for when a fault is told, since most files have none.
final class TOMLLines: Sendable {
    private let text: String
    private let found = Mutex<[String: Int]?>(nil)

    init(_ text: String) { self.text = text }

    /// The line of a field, or of the nearest field around it.
    func line(of path: String) -> Int? {
        let lines = found.withLock { found in
            let lines = found ?? Self.lines(of: text)
            found = lines
            return lines
        }
        var path = path[...]
        while !path.isEmpty {
            if let line = lines[String(path)] { return line }
            guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
            path = path[..<cut]
        }
        return nil
    }

    private static func lines(of text: String) -> [String: Int] {
        var lines: [String: Int] = [:]
        var prefix = ""
        var counts: [String: Int] = [:]
        var inLongText = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = line.trimmingSpaces()
            let quotes = line.countTriples(of: 34) + line.countTriples(of: 39)
            defer { if quotes % 2 == 1 { inLongText.toggle() } }
            if inLongText || line.first == "#" { continue }
            if line.hasPrefix("[["), let end = line.firstIndex(of: "]") {
                let name = resolve(line[line.index(line.startIndex, offsetBy: 2)..<end], counts)
                let number = counts[name, default: 0]
                counts[name] = number + 1
                prefix = "\(name)[\(number)]"
                lines[prefix] = index + 1
                if lines[name] == nil { lines[name] = index + 1 }
            } else if line.first == "[", let end = line.firstIndex(of: "]") {
                prefix = resolve(line.dropFirst()[..<end], counts)
                lines[prefix] = index + 1
            } else if let equals = line.firstIndex(of: "=") {
                let key = unquoted(line[..<equals])
                // `title.nl = …` is a line of `title` as well.
                var path = prefix
                for part in key.split(separator: ".") {
                    path += (path.isEmpty ? "" : ".") + part
                    if lines[path] == nil { lines[path] = index + 1 }
                }
            }
        }
        return lines
    }

    /// A heading's path with the number of the list item that it is in: `partner.source` under the
    /// second `[[partner]]` is `partner[1].source`.
    private static func resolve(_ heading: Substring, _ counts: [String: Int]) -> String {
        var path = ""
        let parts = heading.split(separator: ".").map { unquoted($0) }
        for (index, part) in parts.enumerated() {
            path += (path.isEmpty ? "" : ".") + part
            if index < parts.count - 1, let count = counts[path] { path += "[\(count - 1)]" }
        }
        return path
    }

    private static func unquoted(_ key: Substring) -> String {
        key.split(separator: ".").map {
            String($0.trimmingSpaces()).filter { $0 != "\"" && $0 != "'" }
        }.joined(separator: ".")
    }
}

extension StringProtocol {
    /// How many times a byte stands three times in a row, none counted twice.
    fileprivate func countTriples(of mark: UInt8) -> Int {
        var count = 0
        var run = 0
        for byte in utf8 {
            run = byte == mark ? run + 1 : 0
            guard run == 3 else { continue }
            count += 1
            run = 0
        }
        return count
    }
}
