import CourseModel
import Feeds
import Ingest
import Matching
import Places
import Settings

/// What the readers of texts that people write promise of any text: an answer or a fault with its
/// place, and the same again.
enum TextTrials {
    static func html(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        let reading = readHTML(text)
        try require(readHTML(text) == reading, "the same twice")
        let shown = reading.text.html
        for tag in ["<script", "<style", "<iframe", "javascript:"] where shown.contains(tag) {
            // As text it would be escaped, and as an address refused.
            try require(!shown.contains("\"" + tag) && !tag.hasPrefix("<"), "\(tag) in \(shown)")
        }
        try require(readHTML(shown).text == reading.text, "the same as HTML: \(shown)")
    }

    static func settings(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        for isJSON in [true, false] {
            let first = contents(text, isJSON)
            try require(contents(text, isJSON) == first, "the same twice")
        }
    }

    /// What a table holds, asked for in every way, or the fault.
    private static func contents(_ text: String, _ isJSON: Bool) -> [String] {
        let table: SettingsTable
        do {
            table =
                isJSON
                ? try SettingsTable.read(json: text, file: "fuzz")
                : try SettingsTable.read(toml: text, file: "fuzz")
        } catch {
            return ["\(error)"]
        }
        return table.fieldNames.map { name in
            let whole = table.integer(name, in: 0...10)
            let number = table.number(name, in: 0...10)
            return "\(name) \(table.text(name) ?? "") \(table.strings(name)) \(whole ?? -1) "
                + "\(number ?? -1) \(table.tables(name).count)"
        }
    }

    static func profile(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        let today = CalendarDate(year: 2026, month: 11, day: 24)!
        func answer() -> String {
            do { return "\(try Profile.read(text, file: "fuzz", today: today))" } catch {
                return "\(error)"
            }
        }
        let first = answer()
        try require(!first.isEmpty, "a fault says what is wrong")
    }

    static func catalogue(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        func answer() throws -> String {
            do {
                let catalogue = try CatalogConfiguration(toml: text, file: "fuzz")
                for source in catalogue.sources {
                    try require(
                        CatalogConfiguration.isSourceName(source.id.value),
                        "a source’s id names a folder: \(source.id)")
                }
                return "\(catalogue)"
            } catch let faults as SettingsFaults {
                try require(!faults.faults.isEmpty, "a fault says what is wrong")
                return "\(faults)"
            }
        }
        _ = try answer()
    }

    static func funding(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        do {
            let rules = try FundingRules.read(toml: text, file: "fuzz")
            try require(
                try FundingRules.read(toml: text, file: "fuzz") == rules, "the same twice")
        } catch let faults as SettingsFaults {
            try require(!faults.faults.isEmpty, "a fault says what is wrong")
        }
    }

    static func area(_ bytes: [UInt8]) throws {
        do {
            let area = try Area(geoJSON: bytes, file: "fuzz")
            for point in area.rings.joined().prefix(64) { _ = area.contains(point) }
        } catch {
            try require(!"\(error)".isEmpty, "a fault says what is wrong")
        }
    }
}
