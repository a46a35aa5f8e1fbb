/// A table of a catalogue, as every engine has it.
struct CatalogueTable {
    /// What a column holds.
    enum Kind { case int, text, bytes }

    let name: String
    let columns: [(name: String, kind: Kind)]
    /// The columns that a row is known by.
    let key: [String]

    /// The tables, each behind those that its rows refer to, except that the rows of sources refer to
    /// those of runs as well.
    static let all: [CatalogueTable] = [
        CatalogueTable(
            "source", key: ["key"],
            "key courses offerings last_run good_run held_run quarantine_run",
            texts: "id partner location format"),
        CatalogueTable(
            "run", key: ["number"],
            "number source started today generation first_version last_version",
            texts: "cause verdict", bytes: "fingerprint report"),
        CatalogueTable(
            "course", key: ["key"],
            "key source state version content surroundings added changed last_run", texts: "id"),
        CatalogueTable(
            "version", key: ["key"], "key course run previous surroundings",
            bytes: "digest diagnostics payload"),
        CatalogueTable("original", key: ["version"], "version", bytes: "bytes"),
        CatalogueTable(
            "gone", key: ["course", "offering"], "course state generation version",
            texts: "offering"),
        CatalogueTable("event", key: ["key"], "key run course kind", texts: "offering"),
        CatalogueTable(
            "provider", key: ["key"], "key source state content changed", texts: "id",
            bytes: "payload"),
        CatalogueTable(
            "provider_before", key: ["run", "provider"], "run provider state", bytes: "payload"),
        CatalogueTable(
            "quarantine", key: ["run", "place"],
            "run place hash line col byte_offset courses offerings", texts: "kind native file",
            bytes: "reasons original"),
        CatalogueTable(
            "held", key: ["run"], "run", bytes: "seen withdrawn withdrawn_offerings"),
        CatalogueTable(
            "held_provider", key: ["run", "id"], "run content", texts: "id", bytes: "payload"),
    ]

    private init(
        _ name: String, key: [String], _ ints: String, texts: String = "", bytes: String = ""
    ) {
        func columns(_ names: String, _ kind: Kind) -> [(name: String, kind: Kind)] {
            names.split(separator: " ").map { (String($0), kind) }
        }
        self.name = name
        self.key = key
        self.columns = columns(ints, .int) + columns(texts, .text) + columns(bytes, .bytes)
    }

    /// Calls `body` with the values of every row, in the order of keys.
    func forEachRow(in db: any SQLConnection, _ body: ([SQLValue]) throws -> Void) throws {
        let names = columns.map(\.name).joined(separator: ", ")
        try Query(
            db, "SELECT \(names) FROM \(name) ORDER BY \(key.joined(separator: ", "))"
        ).forEach { row in
            var values: [SQLValue] = []
            values.reserveCapacity(columns.count)
            for (place, column) in columns.enumerated() {
                switch column.kind {
                case .int: values.append(.optional(row.optionalInt(place)))
                case .text: values.append(.optional(row.optionalText(place)))
                case .bytes: values.append(.optional(row.optionalBytes(place)))
                }
            }
            try body(values)
        }
    }

    /// The statement that adds a row.
    func insertion(in db: any SQLConnection) throws -> Query {
        let names = columns.map(\.name).joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        return try Query(db, "INSERT INTO \(name) (\(names)) VALUES (\(marks))")
    }
}
