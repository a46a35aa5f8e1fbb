import CourseModel

/// A person's correction of, or addition to, what a feed says of one course, offering or provider: an
/// entry of a file in `curation/`.
///
/// It lies over the feed's record wherever that is shown and never becomes part of it.
public struct Correction: Hashable, Sendable {
    /// Someone's consent.
    public struct Approval: Hashable, Sendable, Codable {
        /// Who.
        public var person: String
        /// For which partner.
        public var partner: ID<Partner>
        /// When, if said.
        public var date: CalendarDate?
    }

    /// What is done to a field.
    public enum Operation: String, Hashable, Sendable, Codable {
        /// The field says this instead; no values make it empty.
        case set
        /// The list holds this as well.
        case add
        /// The list does not hold this.
        case remove
    }

    /// One field's part of a correction.
    public struct Change: Hashable, Sendable {
        /// The field by its name.
        public var field: String
        /// The language, of a text.
        public var language: LanguageTag?
        /// What is done.
        public var operation: Operation
        /// The values in their canonical form.
        public var values: [String]
        /// 1-based line; 0 when not known.
        public var line: Int
    }

    /// What a correction is about.
    public enum Subject: Hashable, Sendable, Codable {
        /// A course.
        case course(ID<Course>)
        /// An offering of a course.
        case offering(ID<Offering>, of: ID<Course>)
        /// An offering that the feed does not have.
        case addition(ID<Offering>, to: ID<Course>)
        /// A provider.
        case provider(ID<Provider>)

        /// The course that it changes; `nil` for a provider, of all its courses.
        public var course: ID<Course>? {
            switch self {
            case .course(let id), .offering(_, of: let id), .addition(_, to: let id): id
            case .provider: nil
            }
        }

        /// The offering, when it is about one.
        public var offering: ID<Offering>? {
            switch self {
            case .offering(let id, of: _), .addition(let id, to: _): id
            case .course, .provider: nil
            }
        }

        /// The provider, when it is about one.
        public var provider: ID<Provider>? {
            if case .provider(let id) = self { id } else { nil }
        }

        /// The id of what it is about.
        public var id: String {
            switch self {
            case .course(let id): id.value
            case .offering(let id, of: _), .addition(let id, to: _): id.value
            case .provider(let id): id.value
            }
        }

        /// The source that gives it.
        public var source: ID<Source> {
            ID(String(id[..<(id.firstIndex(of: ":") ?? id.endIndex)]))
        }
    }

    /// What it is about.
    public var subject: Subject
    /// Who wrote it.
    public var author: String
    /// For which partner.
    public var partner: ID<Partner>
    /// Why.
    public var reason: String
    /// The day it was written: what the feed said then is what it corrects.
    public var date: CalendarDate
    /// The last day on which it counts; for ever when absent.
    public var until: CalendarDate?
    /// Who agreed.
    public var approvals: [Approval]
    /// What it changes; at least one.
    public var changes: [Change]
    /// The file, from the catalogue's folder on.
    public var file: String
}
