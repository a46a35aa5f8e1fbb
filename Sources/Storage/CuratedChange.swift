import CourseModel

/// What a partner's correction came to change in how a course is shown, as the log keeps it.
///
/// What the feed said stays in the store as it was; a correction lies over it.
public struct CuratedChange: Hashable, Sendable, Codable {
    /// What happened.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// The correction took hold.
        case applied
        /// The feed says it now itself, so that the correction has retired.
        case takenOver = "taken-over"
        /// Its last day is over.
        case expired
        /// Another correction says otherwise, so that neither holds.
        case conflict
        /// It no longer has the approval that it needs.
        case unapproved
        /// The course or offering is no longer offered.
        case gone
        /// It fits the course no longer: the value cannot stand beside what the feed says now.
        case unusable
        /// Its author took it out of the files, or changed it.
        case withdrawn
    }

    /// What happened.
    public var kind: Kind
    /// The course; `nil` when it is about a provider.
    public var course: ID<Course>?
    /// The offering, when it is about one.
    public var offering: ID<Offering>?
    /// The provider, when it is about one.
    public var provider: ID<Provider>?
    /// The field, with its language where it has one: `level`, `title.nl`.
    public var field: String
    /// What is shown before, in words; empty for nothing.
    public var before: String
    /// What is shown after, in words; empty for nothing.
    public var after: String
    /// Who wrote the correction.
    public var author: String
    /// For which partner.
    public var partner: ID<Partner>
    /// Who approved it, each with the partner: `Kees (groenbreed)`.
    public var approvedBy: [String]
    /// Why, in the author's words.
    public var reason: String
    /// The file it stands in, from the catalogue's folder on.
    public var file: String
    /// 1-based line; 0 when not known.
    public var line: Int

    /// What a correction changed.
    public init(
        _ kind: Kind, course: ID<Course>?, offering: ID<Offering>?, provider: ID<Provider>? = nil,
        field: String, before: String, after: String, author: String, partner: ID<Partner>,
        approvedBy: [String], reason: String, file: String, line: Int
    ) {
        self.kind = kind
        self.course = course
        self.offering = offering
        self.provider = provider
        self.field = field
        self.before = before
        self.after = after
        self.author = author
        self.partner = partner
        self.approvedBy = approvedBy
        self.reason = reason
        self.file = file
        self.line = line
    }
}

extension RecordWriter {
    mutating func write(_ change: CuratedChange) {
        write(change.kind.rawValue)
        write(change.course?.value ?? "")
        write(change.offering?.value ?? "")
        for text in [change.field, change.before, change.after, change.author] { write(text) }
        write(change.partner.value)
        write(count: change.approvedBy.count)
        for name in change.approvedBy { write(name) }
        write(change.reason)
        write(change.file)
        write(change.line)
        write(change.provider?.value ?? "")
    }
}

extension RecordReader {
    /// - Parameter tellsProviders: Whether it was written by a program that corrects providers, too.
    mutating func curatedChange(tellsProviders: Bool) throws(CodingError) -> CuratedChange {
        guard let kind = CuratedChange.Kind(rawValue: try string()) else {
            throw invalid("kind of correction")
        }
        let course = try string()
        let offering = try string()
        let (field, before, after) = (try string(), try string(), try string())
        let author = try string()
        let partner = ID<Partner>(try string())
        var approvedBy: [String] = []
        for _ in 0..<(try count()) { approvedBy.append(try string()) }
        let (reason, file) = (try string(), try string())
        let line = try int()
        let provider = tellsProviders ? try string() : ""
        return CuratedChange(
            kind, course: course.isEmpty ? nil : ID(course),
            offering: offering.isEmpty ? nil : ID(offering),
            provider: provider.isEmpty ? nil : ID(provider), field: field, before: before,
            after: after, author: author, partner: partner, approvedBy: approvedBy,
            reason: reason, file: file, line: line)
    }
}
