import CourseModel

/// Who says what a field of a course says, since when, and what was done to it on the way.
public struct FieldOrigin: Encodable, Hashable, Sendable {
    /// On what it rests.
    public enum Kind: String, Encodable, Hashable, Sendable, CaseIterable {
        /// The feed says so.
        case declared
        /// It follows from what the feed says: a level from its national name, a place from an address.
        case derived
        /// It was found in the texts, and nobody says so.
        case inferred
        /// A partner corrected or added it.
        case curated
        /// The course's own feed says nothing; it is another source's.
        case filledUp = "filled-up"
    }

    /// A correction behind a value.
    public struct Correction: Encodable, Hashable, Sendable {
        /// Who wrote it; `nil` where anyone may read it, who is told the partner.
        public var author: Nullable<String>
        /// For which partner.
        public var partner: String
        /// Why.
        public var reason: String
        /// The day it was written.
        public var date: String
        /// The last day on which it counts.
        public var until: Nullable<String>
        /// The partners whose people approved it.
        public var approvedBy: [String]
        /// What the feed says instead.
        public var feedSays: [String]

        /// A correction.
        public init(
            author: String, partner: String, reason: String, date: String, until: String?,
            approvedBy: [String], feedSays: [String]
        ) {
            self.author = Nullable(author)
            self.partner = partner
            self.reason = reason
            self.date = date
            self.until = Nullable(until)
            self.approvedBy = approvedBy
            self.feedSays = feedSays
        }
    }

    /// The offering; `nil` for the course itself.
    public var offering: Nullable<String>
    /// The field, as in the course's own JSON.
    public var field: String
    /// What it says, as text.
    public var value: String
    /// On what it rests.
    public var kind: Kind
    /// The source whose feed it is from.
    public var source: String
    /// The partner who says so.
    public var partner: Nullable<String>
    /// When the catalogue first read it so, and has since; ISO 8601.
    public var since: Nullable<String>
    /// The run that brought it.
    public var run: Nullable<Int>
    /// The format it was read in; empty for what no feed says.
    public var format: String
    /// The file, from the catalogue's folder on where it is in there.
    public var file: String
    /// 1-based line of the record or the correction.
    public var line: Nullable<Int>
    /// What was done to it: codes of what was noticed, and where it was found.
    public var transformations: [String]
    /// How sure it is, 0...1, where it was inferred.
    public var confidence: Nullable<Double>
    /// The correction, when it is one.
    public var correction: Nullable<Correction>

    /// Who says what a field says.
    public init(
        offering: ID<Offering>?, field: String, value: String, kind: Kind, source: String,
        partner: String?, since: String? = nil, run: Int? = nil, format: String = "",
        file: String = "", line: Int? = nil, transformations: [String] = [],
        confidence: Double? = nil, correction: Correction? = nil
    ) {
        self.offering = Nullable(offering?.value)
        self.field = field
        self.value = value
        self.kind = kind
        self.source = source
        self.partner = Nullable(partner)
        self.since = Nullable(since)
        self.run = Nullable(run)
        self.format = format
        self.file = file
        self.line = Nullable(line)
        self.transformations = transformations
        self.confidence = Nullable(confidence)
        self.correction = Nullable(correction)
    }

    /// Without the place of a folder on this machine and, where that is hidden, without people's names.
    func hiding(_ folder: HiddenFolder) -> Self {
        var origin = self
        origin.file = folder.remove(from: file)
        if folder.isHidden, var correction = correction.value {
            correction.author = Nullable(nil)
            origin.correction = Nullable(correction)
        }
        return origin
    }
}

extension FieldOrigin.Kind {
    /// On what a field rests, in a word or two.
    public func wording(_ language: AnswerLanguage) -> String {
        switch self {
        case .declared: language(nl: "opgegeven", en: "declared")
        case .derived: language(nl: "afgeleid", en: "derived")
        case .inferred: language(nl: "uit tekst gehaald", en: "found in text")
        case .curated: language(nl: "gecorrigeerd", en: "corrected")
        case .filledUp: language(nl: "aangevuld", en: "filled up")
        }
    }
}
