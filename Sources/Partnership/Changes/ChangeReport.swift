import Answers
import CourseModel
import Ingest
import Storage

/// What differs between an earlier generation of the catalogue and now, course by course.
public enum ChangeReport {
    /// Calls `body` with each course that differs, in order of id.
    ///
    /// What came and went in between, and what was changed and changed back, is not told.
    ///
    /// - Parameters:
    ///   - since: The generation to compare with; 0 is the empty catalogue.
    ///   - ledger: Since when courses stand for others: one that became a part of another is told
    ///     though its source gives it as before.
    /// - Throws: `StoreError`, and what `body` throws.
    public static func forEachChange(
        since: Generation, of source: ID<Source>? = nil, in snapshot: any CatalogueSnapshot,
        ledger: ClusterLedger = ClusterLedger(), _ language: AnswerLanguage,
        _ body: (CourseChange) throws -> Void
    ) throws {
        // The rows are read to the end before others are asked for, one course's worth at a time.
        var ids: [ID<Course>] = []
        try snapshot.forEachRecord(
            since: since, states: Set(RecordState.allCases), source: source
        ) { ids.append($0.record.course.id) }
        var merging: [ID<Course>: ClusterLedger.Change] = [:]
        for (course, change, _) in ledger.changes(after: since)
        where source.map({ course.value.hasPrefix($0.value + ":") }) ?? true {
            merging[course] = change
        }
        for id in Set(ids).union(merging.keys).sorted() {
            guard let now = try snapshot.record(id) else { continue }
            var change = CourseChange(
                from: since.number == 0 ? nil : try snapshot.record(id, at: since), to: now,
                gone: try snapshot.goneOfferings(of: id), language)
            // One that came since then is told as new, however it is shown.
            if now.state == .present, now.added <= since { change.merging = merging[id] }
            if !change.isEmpty { try body(change) }
        }
    }

    /// The last generation that was there when a day began, UTC; 0 when there was none.
    public static func generation(
        before day: CalendarDate, in snapshot: any CatalogueSnapshot
    ) throws -> Generation {
        let moment = Moment(day)
        var last = Generation(0)
        for run in try snapshot.runs(of: nil, limit: .max) where run.startedAt < moment {
            if let generation = run.generation, generation > last { last = generation }
        }
        return last
    }
}
