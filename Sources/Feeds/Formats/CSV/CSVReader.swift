import CourseModel

/// Reads a table in two passes: the first notes which rows belong to which course and counts what
/// is offered, the second makes a course of its rows.
struct CSVReader {
    private let input: FeedInput
    private let source: SeekableInput
    private var mapping: CSVMapping
    private var summary = FeedSummary(format: CSV.name)
    /// The rows of each course, by the hash of its id, in the order of the first.
    private var courses: [(key: UInt64, rows: [Place])] = []
    private var numbers: [UInt64: Int] = [:]
    private var told: Set<String> = []

    private struct Place {
        var range: Range<Int>
        var start: SourcePosition
    }

    init(_ input: FeedInput) throws {
        self.input = input
        source = try SeekableInput(input)
        let opening = try source.bytes(0..<65_536)
        guard !opening.isEmpty else { throw FeedError.empty(name: input.name) }
        let start = opening.starts(with: [0xEF, 0xBB, 0xBF]) ? opening.dropFirst(3) : opening[...]
        mapping = try CSVMapping(for: input, opening: Array(start))
    }

    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        try note(receive)
        for course in courses { try emit(course.rows, receive) }
        return summary
    }

    // MARK: First pass

    private mutating func note(_ receive: (FeedItem) throws -> Void) throws {
        var rows = try CSVRows(
            source.rewound(), separator: mapping.separator, isLatin: mapping.isLatin)
        guard let header = try rows.next() else { throw FeedError.empty(name: input.name) }
        let others = mapping.take(header: header)
        guard mapping.holdsTitle else {
            throw FeedError.wrongFormat(
                name: input.name, expected: "a table of courses",
                found: "no column is mapped to “title”; its columns are "
                    + header.fields.joined(separator: ", "))
        }
        if !others.isEmpty {
            summary.diagnostics.append(
                Diagnostic(
                    .note, .columnNotMapped, file: input.name, position: header.start,
                    message: "No field is mapped to the columns \(others.joined(separator: ", ")); "
                        + "they were left out. Map them, or leave them."))
        }
        while let row = try rows.next() {
            if row.isDamaged {
                try quarantine(row, receive)
                continue
            }
            let id = mapping.value(.courseID, row)?.text ?? fallback(row)
            let key = StableHash.of(id)
            if let number = numbers[key] {
                courses[number].rows.append(Place(range: row.range, start: row.start))
            } else {
                numbers[key] = courses.count
                courses.append((key, [Place(range: row.range, start: row.start)]))
                summary.offered.courses += 1
            }
            if mapping.holdsOffering(row) { summary.offered.offerings += 1 }
        }
        summary.bytes = rows.bytesRead
    }

    /// A course without an id is known by its provider and title.
    private func fallback(_ row: CSVRow) -> String {
        let title = mapping.texts(.title, row).first?.text ?? ""
        let provider = mapping.value(.providerID, row)?.text ?? ""
        let hex = String(StableHash.of(provider, title), radix: 16)
        return "title-" + String(repeating: "0", count: 16 - hex.count) + hex
    }

    private mutating func quarantine(
        _ row: CSVRow, _ receive: (FeedItem) throws -> Void
    ) throws {
        let count = RecordCount(courses: 1)
        summary.offered += count
        let reason = Diagnostic(
            .error, .malformedRecord, file: input.name, position: row.start,
            message: "A quote in this row does not end; the row was set apart. Double quotes that "
                + "belong to a text.")
        let item = FeedItem.quarantined(
            QuarantinedRecord(
                kind: .course, nativeID: nil, file: input.name, position: row.start,
                original: row.bytes, reasons: [reason], count: count))
        summary.count(item)
        try receive(item)
    }

    // MARK: Second pass

    private func row(_ place: Place) throws -> CSVRow? {
        var own = input
        own.content = .bytes(try source.bytes(place.range))
        var rows = try CSVRows(own, separator: mapping.separator, isLatin: mapping.isLatin)
        guard var row = try rows.next() else { return nil }
        row.positions = row.positions.map { position in
            SourcePosition(
                line: place.start.line + position.line - 1,
                column: position.line == 1
                    ? place.start.column + position.column - 1 : position.column,
                byteOffset: place.start.byteOffset + position.byteOffset)
        }
        row.start = place.start
        return row
    }

    private mutating func emit(
        _ places: [Place], _ receive: (FeedItem) throws -> Void
    ) throws {
        let rows = try places.compactMap { try row($0) }
        guard let first = rows.first else { return }
        var log = DiagnosticLog(file: input.name)
        var original: [UInt8] = []
        var offeringCount = 0
        for row in rows {
            if !original.isEmpty { original.append(10) }
            original += row.bytes
            if mapping.holdsOffering(row) { offeringCount += 1 }
            if row.fields.count != mapping.width {
                log.add(
                    .warning, .rowLength, place: row.start,
                    "The row has \(row.fields.count) fields where the first line has "
                        + "\(mapping.width); what is missing counts as empty. Check its quotes and "
                        + "separators.")
            }
        }
        let count = RecordCount(courses: 1, offerings: offeringCount)
        let native = mapping.value(.courseID, first)?.text ?? fallback(first)
        log.record = native
        if mapping.value(.courseID, first) == nil {
            log.add(
                .warning, .missingID, place: first.start, field: "course_id",
                "The course has no id; one was made of provider and title, and changes with them. "
                    + "Give it a course_id.")
        }
        let content = CSVContent(mapping: mapping, input: input)
        let provider = content.provider(first)
        guard let course = content.course(foldedSpaces(native), rows, provider.id, &log) else {
            log.add(
                .error, .courseWithoutTitle, place: first.start, field: "title",
                "The course has no title; it was set apart. Give it a title.")
            return try setApart(
                native, rows, log.take().sorted { $0.severity > $1.severity }, receive)
        }
        if told.insert(provider.id.value).inserted { try receive(.provider(provider)) }
        var offerings: [Offering] = []
        var apart: [QuarantinedRecord] = []
        var taken = RecordIDs()
        for row in rows where mapping.holdsOffering(row) {
            let id = content.offeringID(row)
            switch taken.claim(id, content: StableHash.of(row.bytes)) {
            case .repeated:
                let reason = Diagnostic(
                    .warning, .duplicateRecord, file: input.name, position: row.start, record: id,
                    message: "The row stands twice, byte for byte; the second one was set apart. "
                        + "Remove it.")
                apart.append(
                    QuarantinedRecord(
                        kind: .offering, nativeID: id, file: input.name, position: row.start,
                        original: row.bytes, reasons: [reason], count: RecordCount(offerings: 1)))
            case .new(let unique):
                if unique != id {
                    log.add(
                        .warning, .duplicateID, place: row.start, field: "offering_id",
                        "The course has another offering with the id \(quoted(id)); this one "
                            + "became \(quoted(unique)). Give each its own id.")
                }
                offerings.append(content.offering(unique, row, of: course, &log))
            }
        }
        guard let record = CourseRecord(course: course, offerings: offerings) else {
            // Ids were made unique above, so this cannot be; if it were, nothing may be lost.
            log.add(.error, .duplicateID, place: first.start, "The offerings cannot be told apart.")
            return try setApart(native, rows, log.take(), receive)
        }
        let item = FeedItem.record(
            ReadRecord(
                record: record, original: original, offered: count, diagnostics: log.take(),
                quarantinedOfferings: apart))
        summary.count(item)
        try receive(item)
    }

    /// Sets a course's first row apart, and by itself each of its further rows, which may stand
    /// elsewhere.
    private mutating func setApart(
        _ native: String, _ rows: [CSVRow], _ reasons: [Diagnostic],
        _ receive: (FeedItem) throws -> Void
    ) throws {
        let content = CSVContent(mapping: mapping, input: input)
        for (index, row) in rows.enumerated() {
            let isFirst = index == 0
            let isOffering = mapping.holdsOffering(row)
            let further = Diagnostic(
                .error, .unknownReference, file: input.name, position: row.start, record: native,
                field: "course_id",
                message: "The course \(quoted(native)) of this row was set apart, and the row with "
                    + "it. Mend the course's first row; this one comes back with it.")
            let item = FeedItem.quarantined(
                QuarantinedRecord(
                    kind: isFirst || !isOffering ? .course : .offering,
                    nativeID: isFirst || !isOffering ? native : content.offeringID(row),
                    file: input.name, position: row.start, original: row.bytes,
                    reasons: isFirst ? reasons : [further],
                    count: RecordCount(courses: isFirst ? 1 : 0, offerings: isOffering ? 1 : 0)))
            summary.count(item)
            try receive(item)
        }
    }
}

extension DiagnosticCode {
    /// No field is mapped to a column.
    public static let columnNotMapped: DiagnosticCode = "column-not-mapped"
    /// A row has more or fewer fields than the first line.
    public static let rowLength: DiagnosticCode = "row-length"

    /// Every code that only tables have, in the order above.
    public static let csvCodes: [DiagnosticCode] = [columnNotMapped, rowLength]
}
