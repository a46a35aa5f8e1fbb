import CourseModel

/// A person's correction of, or addition to, what a feed says of one course or offering: an entry of
/// a file in `curation/`.
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

    /// The course.
    public var course: ID<Course>
    /// The offering, when it is about one.
    public var offering: ID<Offering>?
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
