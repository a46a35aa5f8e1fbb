import CourseModel
import Storage

/// What someone reports of a course that is not as the catalogue says, and what came of it.
///
/// Nothing is asked of who reports: whoever has the reference reads the answer.
public struct ListingReport: Codable, Hashable, Sendable {
    /// What is wrong.
    public enum Fault: String, Codable, CaseIterable, Sendable {
        /// Another day or time.
        case date
        /// Another price.
        case price
        /// Another place.
        case place
        /// No places left, or no longer open for enrolment.
        case full
        /// It is not offered, or not any more.
        case notOffered = "not-offered"
        /// A link that leads nowhere, or elsewhere.
        case link
        /// What the course is about, its level or its skills.
        case content
        /// Anything else.
        case other
    }

    /// How far it is.
    public enum Status: String, Codable, CaseIterable, Sendable {
        /// It waits for the partner.
        case received
        /// The partner answered and is at it.
        case answered
        /// It is done.
        case closed
    }

    /// What came of it.
    public enum Outcome: String, Codable, CaseIterable, Sendable {
        /// The listing was wrong, and is right now.
        case mended
        /// The listing was right.
        case wasRight = "was-right"
        /// It is passed on to whom it concerns.
        case passedOn = "passed-on"
    }

    /// What the reporter knows it by: 26 letters and digits, 130 bits drawn at random.
    public let reference: String
    private let courseID: String
    /// Its title when it was reported.
    public let title: String
    private let sourceID: String
    /// What is wrong.
    public let fault: Fault
    /// What the reporter wrote.
    public let text: String
    /// When it came, in seconds since 1970.
    public let receivedAt: Int64
    /// How far it is.
    public internal(set) var status = Status.received
    /// What the partner answers.
    public internal(set) var answer: String?
    /// What came of it, when it is closed.
    public internal(set) var outcome: Outcome?
    /// When the partner last did something, in seconds since 1970.
    public internal(set) var decidedAt: Int64?

    /// For how many days a closed report is kept.
    public static let daysClosed: Int64 = 90
    /// For how many days a report is kept that nobody closed.
    public static let daysOpen: Int64 = 365
    /// The longest text, of reporter and partner, in characters.
    public static let longestText = 1_000

    /// Until when it is kept.
    public var keptUntil: Moment {
        let days = status == .closed ? Self.daysClosed : Self.daysOpen
        let since = status == .closed ? decidedAt ?? receivedAt : receivedAt
        return Moment(secondsSince1970: since + days * 86_400)
    }

    /// The course.
    public var course: ID<Course> { ID(courseID) }
    /// The source that the course comes from.
    public var source: ID<Source> { ID(sourceID) }

    private enum CodingKeys: String, CodingKey {
        case reference
        case courseID = "course"
        case title
        case sourceID = "source"
        case fault, text, receivedAt, status, answer, outcome, decidedAt
    }

    /// A report that comes in.
    init(
        reference: String, course: ID<Course>, title: String, source: ID<Source>, fault: Fault,
        text: String, at moment: Moment
    ) {
        self.reference = reference
        courseID = course.value
        self.title = title
        sourceID = source.value
        self.fault = fault
        self.text = text
        receivedAt = moment.secondsSince1970
    }
}
