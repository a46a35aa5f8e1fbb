import CourseModel

extension RunRecord {
    /// What was read and what came of it, as bytes; the rest of a run are columns to search by.
    public var report: [UInt8] {
        var writer = RecordWriter(capacity: 256)
        writer.write(byte: 4)
        writer.write(format)
        writer.write(bytes)
        writer.write(isFull)
        writer.write(isComplete)
        for count in [offered, accepted, quarantined] { writer.write(count) }
        for counts in [changes.courses, changes.offerings, changes.providers] {
            writer.write(counts)
        }
        writer.write(count: diagnosticCounts.count)
        for entry in diagnosticCounts {
            writer.write(entry.severity.rawValue)
            writer.write(entry.code.name)
            writer.write(entry.count)
        }
        writer.write(blob: CodedDiagnostics.bytes(of: feedDiagnostics))
        writer.write(hold != nil)
        if let hold {
            writer.write(hold.reason.rawValue)
            writer.write(hold.lost)
            writer.write(hold.current)
            writer.write(hold.renamedCourses)
        }
        writer.write(decidedAt.map { Int($0.secondsSince1970) })
        writer.write(endedAt.map { Int($0.secondsSince1970) })
        writer.write(count: curated.count)
        for change in curated { writer.write(change) }
        writer.write(isErased)
        return writer.bytes
    }

    /// Takes over what ``report`` says.
    public mutating func read(report bytes: [UInt8]) throws(CodingError) {
        var reader = RecordReader(bytes)
        let version = try reader.byte()
        guard (1...4).contains(version) else { throw .unknownVersion(version) }
        format = try reader.string()
        self.bytes = try reader.int()
        isFull = try reader.bool()
        isComplete = try reader.bool()
        offered = try reader.recordCount()
        accepted = try reader.recordCount()
        quarantined = try reader.recordCount()
        changes.courses = try reader.changeCounts()
        changes.offerings = try reader.changeCounts()
        changes.providers = try reader.changeCounts()
        diagnosticCounts = []
        for _ in 0..<(try reader.count()) {
            guard let severity = Diagnostic.Severity(rawValue: try reader.string()) else {
                throw reader.invalid("severity")
            }
            let code = DiagnosticCode(try reader.string())
            diagnosticCounts.append(
                DiagnosticCount(severity: severity, code: code, count: try reader.int()))
        }
        feedDiagnostics = try CodedDiagnostics.diagnostics(in: try reader.blob())
        hold = nil
        if try reader.bool() {
            guard let reason = Hold.Reason(rawValue: try reader.string()) else {
                throw reader.invalid("reason")
            }
            let lost = try reader.recordCount()
            let current = try reader.recordCount()
            hold = Hold(
                reason: reason, lost: lost, current: current, renamedCourses: try reader.int())
        }
        decidedAt = try reader.optionalInt().map { Moment(secondsSince1970: Int64($0)) }
        // Version 1 did not note it.
        endedAt =
            version > 1
            ? try reader.optionalInt().map { Moment(secondsSince1970: Int64($0)) } : nil
        curated = []
        isErased = false
        if version > 2 {
            for _ in 0..<(try reader.count()) {
                curated.append(try reader.curatedChange(tellsProviders: version > 3))
            }
            isErased = try reader.bool()
        }
        try reader.end()
    }
}

extension RecordWriter {
    fileprivate mutating func write(_ count: RecordCount) {
        write(count.courses)
        write(count.offerings)
    }

    fileprivate mutating func write(_ counts: ChangeCounts) {
        for count in [
            counts.added, counts.changed, counts.unchanged, counts.closed, counts.expired,
            counts.withdrawn, counts.reopened,
        ] {
            write(count)
        }
    }
}

extension RecordReader {
    fileprivate mutating func recordCount() throws(CodingError) -> RecordCount {
        let courses = try int()
        return RecordCount(courses: courses, offerings: try int())
    }

    fileprivate mutating func changeCounts() throws(CodingError) -> ChangeCounts {
        var counts = ChangeCounts()
        counts.added = try int()
        counts.changed = try int()
        counts.unchanged = try int()
        counts.closed = try int()
        counts.expired = try int()
        counts.withdrawn = try int()
        counts.reopened = try int()
        return counts
    }
}
