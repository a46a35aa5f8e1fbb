import Answers
import CourseModel
import Ingest
import Storage

/// A part of a correction as machines get it.
public struct CurationJSON: Encodable {
    private struct Approval: Encodable {
        var person: String
        var partner: String
        var date: Nullable<String>
    }

    private var course: Nullable<String>
    private var offering: Nullable<String>
    private var provider: Nullable<String>
    private var field: String
    private var operation: String
    private var values: [String]
    private var state: String
    private var asksForAction: Bool
    private var author: String
    private var partner: String
    private var reason: String
    private var date: String
    private var until: Nullable<String>
    private var approvals: [Approval]
    private var approvalsNeeded: Int
    private var feedThen: [String]
    private var feedNow: [String]
    private var isFeedChanged: Bool
    private var takenOver: Nullable<String>
    private var problem: Nullable<String>
    private var file: String
    private var line: Int

    /// A part of a correction.
    public init(_ ruling: CurationRuling) {
        course = Nullable(ruling.course?.value)
        offering = Nullable(ruling.offering?.value)
        provider = Nullable(ruling.subject.provider?.value)
        field = ruling.fieldName
        operation = ruling.operation.rawValue
        values = ruling.values.map(\.text)
        state = ruling.state.rawValue
        asksForAction = ruling.asksForAction
        author = ruling.author
        partner = ruling.partner.value
        reason = ruling.reason
        date = ruling.date.iso
        until = Nullable(ruling.until?.iso)
        approvals = ruling.approvals.map {
            Approval(
                person: $0.person, partner: $0.partner.value, date: Nullable($0.date?.iso))
        }
        approvalsNeeded = ruling.approvalsNeeded
        feedThen = ruling.feedThen
        feedNow = ruling.feedNow
        isFeedChanged = ruling.isFeedChanged
        takenOver = Nullable(ruling.takenOver?.iso)
        problem = Nullable(ruling.problem)
        file = ruling.file
        line = ruling.line
    }
}

/// What a correction changed, as machines get it.
public struct CuratedChangeJSON: Encodable {
    private var kind: String
    private var course: Nullable<String>
    private var offering: Nullable<String>
    private var provider: Nullable<String>
    private var field: String
    private var before: String
    private var after: String
    private var author: String
    private var partner: String
    private var approvedBy: [String]
    private var reason: String
    private var file: String
    private var line: Int

    /// What a correction changed.
    public init(_ change: CuratedChange) {
        kind = change.kind.rawValue
        course = Nullable(change.course?.value)
        offering = Nullable(change.offering?.value)
        provider = Nullable(change.provider?.value)
        field = change.field
        before = change.before
        after = change.after
        author = change.author
        partner = change.partner.value
        approvedBy = change.approvedBy
        reason = change.reason
        file = change.file
        line = change.line
    }
}
