import CourseModel
import Storage

/// The quarantine of a run on its way into the store.
///
/// As long as what comes is what the source's quarantine holds already, nothing is written; from the
/// first difference on the run gets rows of its own.
final class QuarantineRows {
    private let db: any SQLConnection
    private let run: RunNumber
    private let reference: RunNumber?
    private var place = 0
    private var hasOwnRows = false
    private lazy var hashes = Result {
        try Query(db, "SELECT hash FROM quarantine WHERE run = ? AND place = ?")
    }
    private lazy var insert = Result {
        try Query(
            db,
            """
            INSERT INTO quarantine (run, place, hash, kind, native, file, line, col, byte_offset,
                courses, offerings, reasons, original)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
    }

    init(_ db: any SQLConnection, run: RunNumber, reference: RunNumber?) {
        self.db = db
        self.run = run
        self.reference = reference
    }

    func append(_ entry: QuarantinedRecord) throws {
        let reasons = CodedDiagnostics.bytes(of: entry.reasons)
        let hash = Self.hash(entry, reasons: reasons)
        if !hasOwnRows {
            if let reference {
                let known = try hashes.get().first(.int(reference.value), .int(place)) {
                    $0.bits(0)
                }
                if known == hash {
                    place += 1
                    return
                }
            }
            try copyKnown()
        }
        try insert.get().run(
            .int(run.value), .int(place), .bits(hash), .text(entry.kind.rawValue),
            .optional(entry.nativeID), .text(entry.file), .optional(entry.position?.line),
            .optional(entry.position?.column), .optional(entry.position?.byteOffset),
            .int(entry.count.courses), .int(entry.count.offerings),
            .bytes(PackedBytes.pack(reasons)), .bytes(PackedBytes.pack(entry.original)))
        place += 1
    }

    /// Ends the quarantine of a published run.
    ///
    /// - Returns: The run whose rows are the source's quarantine from now on.
    func publish() throws -> RunNumber? {
        if !hasOwnRows {
            let known = try Query(db, "SELECT count(*) FROM quarantine WHERE run = ?")
                .first(.optional(reference?.value)) { $0.int(0) }
            if known == place { return reference }
            try copyKnown()
        }
        if let reference {
            try Query(db, "DELETE FROM quarantine WHERE run = ?").run(.int(reference.value))
        }
        return place == 0 ? nil : run
    }

    /// Ends the quarantine of a held run, which keeps its own beside the source's.
    func hold() throws {
        if !hasOwnRows { try copyKnown() }
    }

    private func copyKnown() throws {
        hasOwnRows = true
        guard let reference, place > 0 else { return }
        try Query(
            db,
            """
            INSERT INTO quarantine
            SELECT ?, place, hash, kind, native, file, line, col, byte_offset, courses, offerings,
                reasons, original
            FROM quarantine WHERE run = ? AND place < ?
            """
        ).run(.int(run.value), .int(reference.value), .int(place))
    }

    private static func hash(_ entry: QuarantinedRecord, reasons: [UInt8]) -> UInt64 {
        var writer = RecordWriter(capacity: 128)
        writer.write(entry.kind.rawValue)
        writer.write(entry.nativeID)
        writer.write(entry.file)
        writer.write(entry.position?.byteOffset)
        writer.write(entry.count.courses)
        writer.write(entry.count.offerings)
        writer.write(entry.original.count)
        var hasher = FingerprintHasher()
        hasher.update(writer.bytes)
        hasher.update(reasons)
        hasher.update(entry.original)
        return hasher.finish().high
    }

    /// The entries of a run, in the order of its feed.
    static func forEach(
        of run: RunNumber, in db: any SQLConnection, _ body: (QuarantinedRecord) throws -> Void
    ) throws {
        try Query(
            db,
            """
            SELECT kind, native, file, line, col, byte_offset, courses, offerings, reasons, original
            FROM quarantine WHERE run = ? ORDER BY place
            """
        ).forEach(.int(run.value)) { row in
            guard let kind = QuarantinedRecord.Kind(rawValue: row.text(0)) else {
                throw StoreError.damagedRecord(id: "quarantine of run \(run)", reason: "kind")
            }
            var position: SourcePosition?
            if let line = row.optionalInt(3), let column = row.optionalInt(4),
                let offset = row.optionalInt(5)
            {
                position = SourcePosition(line: line, column: column, byteOffset: offset)
            }
            let entry: QuarantinedRecord
            do {
                entry = QuarantinedRecord(
                    kind: kind, nativeID: row.optionalText(1), file: row.text(2),
                    position: position, original: try PackedBytes.unpack(row.bytes(9)),
                    reasons: try CodedDiagnostics.diagnostics(
                        in: try PackedBytes.unpack(row.bytes(8))),
                    count: RecordCount(courses: row.int(6), offerings: row.int(7)))
            } catch {
                throw StoreError.damagedRecord(id: "quarantine of run \(run)", reason: "\(error)")
            }
            try body(entry)
        }
    }
}
