import CourseModel

/// Where a part of a feed that was read by itself stands in the feed.
struct SourceOrigin {
    private let start: SourcePosition
    private let prefix: Int

    /// A part that starts at `start`, and was read behind a prefix of that many ASCII characters.
    init(of start: SourcePosition, behind prefix: Int) {
        self.start = start
        self.prefix = prefix
    }

    /// The position in the feed.
    func moved(_ position: SourcePosition) -> SourcePosition {
        SourcePosition(
            line: start.line + position.line - 1,
            column: position.line == 1
                ? start.column + position.column - 1 - prefix : position.column,
            byteOffset: start.byteOffset + position.byteOffset - prefix)
    }

    /// The diagnostic with its position in the feed.
    func moved(_ diagnostic: Diagnostic) -> Diagnostic {
        var moved = diagnostic
        moved.position = diagnostic.position.map(self.moved)
        return moved
    }

    /// The item with its positions in the feed.
    func moved(_ item: FeedItem) -> FeedItem {
        switch item {
        case .record(let read): .record(self.moved(read))
        case .quarantined(let record): .quarantined(self.moved(record))
        case .provider, .withdrawn: item
        }
    }

    private func moved(_ record: QuarantinedRecord) -> QuarantinedRecord {
        var moved = record
        moved.position = record.position.map(self.moved)
        moved.reasons = record.reasons.map(self.moved)
        return moved
    }

    private func moved(_ read: ReadRecord) -> ReadRecord {
        var moved = read
        moved.diagnostics = read.diagnostics.map(self.moved)
        moved.quarantinedOfferings = read.quarantinedOfferings.map(self.moved)
        var course = read.record.course
        course.provenance.position = course.provenance.position.map(self.moved)
        let offerings = read.record.offerings.map { offering in
            var own = offering
            own.provenance.position = own.provenance.position.map(self.moved)
            return own
        }
        if let record = CourseRecord(course: course, offerings: offerings) {
            moved.record = record
        }
        return moved
    }
}
