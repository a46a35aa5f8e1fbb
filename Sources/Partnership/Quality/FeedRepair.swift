import CourseModel
import Quality

/// Something that the owner of a feed could mend, and how many offerings learners would find or be
/// matched to by it.
public struct FeedRepair: Hashable, Sendable {
    /// What is to be mended.
    public enum Kind: Hashable, Sendable {
        /// Records in quarantine with this fault, which nobody can find.
        case accept(DiagnosticCode)
        /// Courses without an offering that can still be taken up, which nobody can find.
        case newOccasion
        /// Something that is not said, so that who asks for it does not find the offering.
        case say(CompletenessField)
    }

    /// What is to be mended.
    public var kind: Kind
    /// In how many courses.
    public var courses: Int
    /// How many offerings would be found, or found by one more question; a course without an offering
    /// counts as one.
    public var offerings: Int
    /// Some of the courses, by id; of what is in quarantine what the feed calls it.
    public var examples: [String]

    /// How many examples are told.
    public static let exampleCount = 3

    /// How much learners would gain: each offering counts with the part of all questions that it would
    /// be found by, in the weights of ``CompletenessField``; one that is not found at all counts whole.
    public var effect: Double { Double(offerings) * weight }

    private var weight: Double {
        switch kind {
        case .accept, .newOccasion: 1
        case .say(let field): Double(field.weight) / 100
        }
    }

    init(_ kind: Kind) {
        self.kind = kind
        courses = 0
        offerings = 0
        examples = []
    }

    mutating func count(_ offerings: Int, of course: String) {
        courses += 1
        self.offerings += offerings
        if examples.count < Self.exampleCount, !examples.contains(course) {
            examples.append(course)
        }
    }
}
