import Answers
import CourseModel
import Storage

/// A change as machines read it.
public struct ChangeJSON: Encodable {
    private struct Field: Encodable {
        var field: String
        var before: Nullable<String>
        var after: Nullable<String>
    }

    private struct Occasion: Encodable {
        var id: String
        var change: String
        var occasion: String
        var fields: [Field]
    }

    private var course: String
    private var title: String
    private var change: Nullable<String>
    private var fields: [Field]
    private var offerings: [Occasion]
    /// `part-of` another course, or merged `otherwise`.
    private var merging: Nullable<String>
    private var partOf: Nullable<String>

    /// A change of a course.
    public init(_ change: CourseChange) {
        course = change.id.value
        title = change.title
        self.change = Nullable(change.kind?.rawValue)
        fields = change.fields.map(Self.field)
        offerings = change.offerings.map {
            Occasion(
                id: $0.id.value, change: $0.kind.rawValue, occasion: $0.occasion,
                fields: $0.fields.map(Self.field))
        }
        switch change.merging {
        case .hidden(let other):
            (merging, partOf) = (Nullable("part-of"), Nullable(other.value))
        case .shown: (merging, partOf) = (Nullable("otherwise"), Nullable(nil))
        case nil: (merging, partOf) = (Nullable(nil), Nullable(nil))
        }
    }

    private static func field(_ change: FieldChange) -> Field {
        Field(
            field: change.field.rawValue, before: Nullable(change.before),
            after: Nullable(change.after))
    }
}

/// The account of a run as machines read it; two of them can be compared line by line.
public struct RunAccountJSON: Encodable {
    private struct Counts: Encodable {
        var courses: Int
        var offerings: Int

        init(_ count: RecordCount) {
            courses = count.courses
            offerings = count.offerings
        }
    }

    private struct Warning: Encodable {
        var severity: String
        var code: String
        var count: Int
    }

    private struct Quarantined: Encodable {
        var kind: String
        var id: Nullable<String>
        var file: String
        var line: Nullable<Int>
        var column: Nullable<Int>
        var code: String
        var message: String
    }

    private struct Renamed: Encodable {
        var old: String
        var new: String
    }

    private struct Freshness: Encodable {
        var previousRun: Nullable<String>
        var previousChange: Nullable<String>
        var daysSinceChange: Nullable<Int>
    }

    private var run: Int
    private var source: String
    private var cause: String
    private var startedAt: String
    private var verdict: String
    private var generation: Nullable<Int>
    private var held: Nullable<String>
    private var format: String
    private var bytes: Int
    private var isFull: Bool
    private var isComplete: Bool
    private var offered: Counts
    private var accepted: Counts
    private var quarantined: Counts
    private var quarantine: [Quarantined]
    private var freshness: Freshness
    private var warnings: [Warning]
    private var messages: [String]
    private var renamed: [Renamed]
    private var placesLost: [String]
    private var changes: [ChangeJSON]

    /// The account of a run.
    public init(_ account: RunAccount) {
        let run = account.run
        self.run = run.number.value
        source = run.source.value
        cause = run.cause.rawValue
        startedAt = run.startedAt.iso
        verdict = run.verdict.rawValue
        generation = Nullable(run.generation?.number)
        held = Nullable(run.hold?.description)
        format = run.format
        bytes = run.bytes
        isFull = run.isFull
        isComplete = run.isComplete
        offered = Counts(run.offered)
        accepted = Counts(run.accepted)
        quarantined = Counts(run.quarantined)
        quarantine = account.quarantine.flatMap { record in
            record.reasons.prefix(1).map { reason in
                Quarantined(
                    kind: record.kind.rawValue, id: Nullable(record.nativeID), file: record.file,
                    line: Nullable(record.position?.line),
                    column: Nullable(record.position?.column), code: reason.code.name,
                    message: reason.message)
            }
        }
        freshness = Freshness(
            previousRun: Nullable(account.previous?.startedAt.iso),
            previousChange: Nullable(account.previousChange?.startedAt.iso),
            daysSinceChange: Nullable(account.daysSinceChange))
        warnings = run.diagnosticCounts.map {
            Warning(severity: $0.severity.rawValue, code: $0.code.name, count: $0.count)
        }
        messages = run.feedDiagnostics.map(\.message)
        renamed = account.renamed.map { Renamed(old: $0.old.value, new: $0.new.value) }
        placesLost = account.placesLost.map(\.value)
        changes = account.changes.map(ChangeJSON.init)
    }
}
