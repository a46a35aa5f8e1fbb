import CourseModel
import Storage

/// Brings a whole catalogue, with its history, into another store: from SQLite to PostgreSQL, or back.
public enum CatalogueCopy {
    /// What a table holds.
    public struct Table: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// How many rows it has.
        public var rows: Int
        /// Stands for all their values, in order.
        public var fingerprint: Fingerprint
    }

    /// Why a catalogue was not brought over; nothing was changed.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// There is something in the other store already.
        case notEmpty
        /// What was written reads back differently.
        case differs(table: String)

        /// What happened and what to do.
        public var description: String {
            switch self {
            case .notEmpty:
                "there is a catalogue in the other store already. Nothing was changed; name one "
                    + "that is empty"
            case .differs(let table):
                "table “\(table)” reads back differently than it was written. Nothing was kept; "
                    + "please report this"
            }
        }
    }

    /// Copies a catalogue into an empty store, in one transaction, and reads it back before it is
    /// kept.
    ///
    /// - Parameter onProgress: Called now and then with the number of rows written.
    /// - Returns: What was copied, table by table: the same in both.
    /// - Throws: ``Refusal``, ``StoreError``.
    public static func copy(
        from source: any SQLStore, to target: any SQLStore, onProgress: (Int) -> Void = { _ in }
    ) throws -> [Table] {
        try source.reading { source in
            // The other transaction begins when this one already sees its state.
            try target.writing(on: nil, isRepeatable: false) { target in
                try copy(from: source, into: target, onProgress: onProgress)
            }
        }
    }

    private static func copy(
        from source: any SQLConnection, into target: any SQLConnection, onProgress: (Int) -> Void
    ) throws -> [Table] {
        try Query(target, "SELECT key FROM source UNION ALL SELECT number FROM run LIMIT 1")
            .forEach { _ in throw Refusal.notEmpty }
        var rows = 0
        var copied: [Table] = []
        for table in CatalogueTable.all {
            copied.append(
                try copy(table, from: source, to: target, rows: &rows, onProgress: onProgress))
        }
        try copyRuns(ofSourcesIn: source, to: target)
        try target.continueNumbering()
        for (table, original) in zip(CatalogueTable.all, copied) {
            guard try contents(of: table, in: target) == original else {
                throw Refusal.differs(table: table.name)
            }
        }
        return copied
    }

    /// What a store holds, table by table.
    public static func contents(of store: any SQLStore) throws -> [Table] {
        try store.reading { db in
            try CatalogueTable.all.map { try contents(of: $0, in: db) }
        }
    }

    private static let runColumns = ["last_run", "good_run", "held_run", "quarantine_run"]

    private static func copy(
        _ table: CatalogueTable, from source: any SQLConnection, to target: any SQLConnection,
        rows: inout Int, onProgress: (Int) -> Void
    ) throws -> Table {
        let insert = try table.insertion(in: target)
        var digest = Digest()
        try table.forEachRow(in: source) { row in
            digest.add(row)
            var row = row
            if table.name == "source" {
                // The runs that it refers to are not there yet.
                for (place, column) in table.columns.enumerated()
                where runColumns.contains(column.name) {
                    row[place] = .null
                }
            }
            try insert.run(row)
            rows += 1
            if rows % 1000 == 0 { onProgress(rows) }
        }
        return digest.table(table.name)
    }

    private static func copyRuns(
        ofSourcesIn source: any SQLConnection, to target: any SQLConnection
    ) throws {
        let update = try Query(
            target,
            "UPDATE source SET \(runColumns.map { $0 + " = ?" }.joined(separator: ", ")) "
                + "WHERE key = ?")
        try Query(source, "SELECT \(runColumns.joined(separator: ", ")), key FROM source").forEach {
            row in
            try update.run((0...runColumns.count).map { .optional(row.optionalInt($0)) })
        }
    }

    private static func contents(
        of table: CatalogueTable, in db: any SQLConnection
    ) throws -> Table {
        var digest = Digest()
        try table.forEachRow(in: db) { digest.add($0) }
        return digest.table(table.name)
    }

    private struct Digest {
        private var rows = 0
        private var hasher = FingerprintHasher()

        mutating func add(_ row: [SQLValue]) {
            rows += 1
            var writer = RecordWriter(capacity: 256)
            for value in row {
                switch value {
                case .null: writer.write(byte: 0)
                case .int(let number):
                    writer.write(byte: 1)
                    writer.write(number)
                case .text(let text):
                    writer.write(byte: 2)
                    writer.write(text)
                case .bytes(let bytes):
                    writer.write(byte: 3)
                    writer.write(blob: bytes)
                }
            }
            hasher.update(writer.bytes)
        }

        func table(_ name: String) -> Table {
            Table(name: name, rows: rows, fingerprint: hasher.finish())
        }
    }
}
