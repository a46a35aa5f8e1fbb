import CourseModel

/// The answer to a query.
public struct SearchResults: Sendable {
    /// How many offerings fit.
    public var total: Int
    /// How many courses they belong to.
    public var totalCourses: Int
    /// The page that was asked for.
    public var hits: [Hit]
    /// The counts that were asked for, in the order of ``FacetKind``.
    public var facets: [Facet]
    /// How the words were understood.
    public var understood: UnderstoodQuery
    /// How many more offerings fit all but the place because they need no travel: online, by
    /// distance learning, at the learner's workplace.
    ///
    /// 0 when the query accepts them or names no place.
    public var needingNoTravel: Int
    /// What leaving out one condition would give, most first; worked out when there are few results.
    public var relaxations: [Relaxation]
}

/// An offering that fits a query.
public struct Hit: Hashable, Sendable {
    /// The offering's number in the index.
    public var offering: Int
    /// The course's number in the index.
    public var course: Int
    /// How well the words fit: BM25F; 0 without words.
    public var score: Float
    /// Great-circle metres to the nearest venue that fits, when the query says near where.
    public var metres: Double?
    /// Which of the offering's venues that is; the first one when the query names no place.
    public var venue: Int
    /// How many offerings of this course fit.
    public var offeringsOfCourse: Int
}

/// A condition of a query.
public enum Condition: Hashable, Sendable {
    /// A word or phrase, as it was understood.
    case word(String)
    /// One of the other conditions.
    case near, region, area, level, kind, mode, language, audience, provider, partner, funding
    /// What the course is about.
    case skill, occupation, subject
    /// When, how long, for how much.
    case price, start, dayPart, weeks
    /// Whether it can be taken up.
    case open, past, full, cancelled
}

/// What leaving out a condition would give.
public struct Relaxation: Hashable, Sendable {
    /// What to leave out.
    public var condition: Condition
    /// How many offerings would then fit.
    public var total: Int
}

/// How the words of a query were understood.
public struct UnderstoodQuery: Hashable, Sendable {
    /// The words and phrases that results must have, in order.
    public var words: [UnderstoodWord] = []
    /// The words that results must not have.
    public var excluded: [UnderstoodWord] = []
    /// Words that were left out since they say nothing about a course.
    public var ignored: [String] = []
    /// A spelling that would give results, when the words give none.
    public var suggestion: String?
    /// Whether few courses have all words, so that results may have only some
    /// (``Query/fewestWithAllWords``).
    public var someWordsSuffice = false
}

/// How one word or phrase was understood.
public struct UnderstoodWord: Hashable, Sendable {
    /// Why these terms stand for the word.
    public enum Reading: String, Hashable, Sendable {
        /// The word itself, in any of its forms, and compounds that hold it.
        case word
        /// Its parts, since courses write it apart.
        case parts
        /// Only its synonyms, since no course has the word itself.
        case synonym
        /// All words that begin with it.
        case prefix
        /// Words that are spelt almost like it, since no course has it.
        case spelling
        /// Words one behind the other.
        case phrase
        /// Nothing: no course has anything like it.
        case unknown
    }

    /// As it was typed.
    public var text: String
    /// Why these terms stand for it.
    public var reading: Reading
    /// The words of the catalogue that stand for it besides itself, at most eight.
    public var terms: [String]
    /// The field it must stand in (`titel:`), when given.
    public var field: IndexOptions.Field?
    /// The synonyms that stand for it too, as far as courses have them.
    public var synonyms: [String] = []
    /// Whether results may lack it.
    public var isOptional = false
}
