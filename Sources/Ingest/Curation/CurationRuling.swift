import CourseModel

/// What became of one field's part of a correction: whether it counts, and if not, why.
public struct CurationRuling: Hashable, Sendable, Codable {
    /// Whether it counts.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// It lies over what the feed says.
        case inForce = "in-force"
        /// Too few people of other partners have approved it.
        case waiting
        /// Its date is still to come.
        case notYet = "not-yet"
        /// Its last day is over.
        case expired
        /// The feed came to say it itself; what the feed says after that is the feed's own.
        case takenOver = "taken-over"
        /// Another one says otherwise of the same field: neither counts until a person decides.
        case conflict
        /// No such course, offering or provider was ever known.
        case unknown
        /// The course, offering or provider is no longer in its feed.
        case gone
        /// It cannot stand beside what the feed says, or names a skill that is not known.
        case unusable
    }

    /// A value, and what else it is called.
    public struct Value: Hashable, Sendable, Codable {
        /// Its canonical form; the id of a skill.
        public var text: String
        /// What a skill is called: its Dutch label, its English one, and the words by which the course
        /// declares it; none of other values.
        public var names: [String]
        /// How it is shown.
        public var shown: String { names.first ?? text }
    }

    /// What it is about.
    public var subject: Correction.Subject
    /// The field.
    public var field: String
    /// The language, of a text.
    public var language: LanguageTag?
    /// What is done to it.
    public var operation: Correction.Operation
    /// The values.
    public var values: [Value]
    /// Who wrote it.
    public var author: String
    /// For which partner.
    public var partner: ID<Partner>
    /// Why.
    public var reason: String
    /// The day it was written.
    public var date: CalendarDate
    /// The last day on which it counts.
    public var until: CalendarDate?
    /// The approvals that count, one a person.
    public var approvals: [Correction.Approval]
    /// How many approvals it needs.
    public var approvalsNeeded: Int
    /// The file, from the catalogue's folder on.
    public var file: String
    /// 1-based line; 0 when not known.
    public var line: Int

    /// Whether it counts.
    public var state: State
    /// What the feed said on its date.
    public var feedThen: [String]
    /// What the feed says now.
    public var feedNow: [String]
    /// Whether the feed came to say something else than on its date, and than this, so that somebody
    /// should look at it again.
    public var isFeedChanged: Bool
    /// The day on which the feed took it over.
    public var takenOver: CalendarDate?
    /// Why it is unusable, in English.
    public var problem: String?

    /// The course; `nil` when it is about a provider.
    public var course: ID<Course>? { subject.course }
    /// The offering, when it is about one.
    public var offering: ID<Offering>? { subject.offering }

    /// The field, with its language where it has one: `title.nl`.
    public var fieldName: String { language.map { "\(field).\($0.code)" } ?? field }

    /// What it makes of the field, in words: `3`, `+ snoeien`, `− snoeien`.
    public var said: String {
        let values = values.map(\.shown).joined(separator: ", ")
        switch operation {
        case .set: return values
        case .add: return "+ " + values
        case .remove: return "− " + values
        }
    }

    /// The source of what it is about.
    var source: ID<Source> { subject.source }

    /// What tells two apart that are both in force: the same correction has the same one, wherever it
    /// stands.
    var key: String {
        ([
            course?.value ?? subject.id, offering?.value ?? "", fieldName, operation.rawValue,
            author, partner.value,
        ] + values.map(\.text)).joined(separator: "\u{1F}")
    }

    /// What it corrects.
    struct Target: Hashable {
        var subject: Correction.Subject
        var field: String
    }

    var target: Target { Target(subject: subject, field: fieldName) }
}
