/// What an index is made with; readers find it in the index and do the same with queries.
public struct IndexOptions: Hashable, Sendable {
    /// The parts of a course that words are found in.
    public enum Field: UInt8, Hashable, Sendable, CaseIterable {
        /// The titles of the course and its offerings.
        case title
        /// Labels of declared and inferred skills, names of qualifications.
        case skills
        /// Keywords and labels of subjects.
        case subject
        /// The provider's name.
        case provider
        /// Summary, description, sections, prerequisites.
        case description
    }

    /// How much a field counts and how much its length tells.
    public struct FieldWeight: Hashable, Sendable {
        /// How much one occurrence counts, 0 or more.
        public var boost: Float
        /// How far a long text counts for less, 0 (not) to 1 (in full): the `b` of BM25F.
        public var lengthNormalisation: Float

        /// A weight.
        public init(boost: Float, lengthNormalisation: Float) {
            self.boost = boost
            self.lengthNormalisation = lengthNormalisation
        }
    }

    /// The weight of each field, in the order of ``Field``.
    public var weights: [FieldWeight]
    /// BM25's `k1`: how soon more occurrences stop counting; above 0.
    public var saturation: Float
    /// Whether endings are taken off words (Snowball, Dutch and English).
    public var stems: Bool
    /// Whether compounds are also found by their parts.
    public var compounds: Bool
    /// Whether stop words (``StopWords``) are left out of descriptions, where they only take space.
    public var leavesOutStopWords: Bool
    /// How much a word counts that is only a part of a compound in the text, 0...1.
    public var compoundWeight: Float
    /// The bytes of memory that the builder may use for words before it writes them to disk.
    public var memory: Int

    /// The weights that we measured to work well; see `SearchIndex.docc`.
    public init() {
        weights = [
            FieldWeight(boost: 4, lengthNormalisation: 0.4),
            FieldWeight(boost: 2, lengthNormalisation: 0.5),
            FieldWeight(boost: 2, lengthNormalisation: 0.5),
            FieldWeight(boost: 1, lengthNormalisation: 0.3),
            FieldWeight(boost: 1, lengthNormalisation: 0.75),
        ]
        saturation = 1.2
        stems = true
        compounds = true
        leavesOutStopWords = true
        compoundWeight = 0.4
        memory = 16 << 20
    }

    /// The weight of a field.
    public subscript(field: Field) -> FieldWeight {
        get { weights[Int(field.rawValue)] }
        set { weights[Int(field.rawValue)] = newValue }
    }

    /// Stands for what analyses of courses depend on.
    var fingerprint: UInt64 { leavesOutStopWords ? 1 : 0 }
}
