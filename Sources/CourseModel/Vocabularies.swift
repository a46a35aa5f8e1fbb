/// What sort of learning a course is.
public enum CourseKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A course or training that stands by itself.
    case course
    /// A part of a programme that can be taken by itself (module, keuzedeel).
    case module
    /// A course that ends in a recognised certificate (mbo-certificaat).
    case certificate
    /// A programme that ends in a diploma or degree.
    case diplomaProgramme = "diploma-programme"
    /// A place to learn while employed (bbl, leerbaan).
    case apprenticeshipPlace = "apprenticeship-place"
    /// An internship (stage).
    case internship
    /// A project that someone can join and learn in.
    case project
    /// A lecture, webinar, conference, open day.
    case event
}

/// For whom a course is.
public enum Audience: String, Hashable, Sendable, Codable, CaseIterable {
    /// Someone in primary or secondary school.
    case pupil
    /// Someone in vocational or higher education.
    case student
    /// Someone who works.
    case worker
    /// Someone who looks for work.
    case jobSeeker = "job-seeker"
    /// A team or an employer as a whole.
    case team
}

/// How teaching reaches the learner.
public enum DeliveryMode: String, Hashable, Sendable, Codable, CaseIterable {
    /// At a venue of the provider.
    case classroom
    /// Partly at a venue, partly online.
    case blended
    /// Online, at set times or not.
    case online
    /// Self-study with material sent, without meeting.
    case distance
    /// At the learner's workplace.
    case workplace
}

/// Full-time or beside work.
public enum StudyMode: String, Hashable, Sendable, Codable, CaseIterable {
    /// The week is filled.
    case fullTime = "full-time"
    /// Beside work or other duties.
    case partTime = "part-time"
    /// Learning and working in one contract (bbl, duaal).
    case dual
    /// As the learner likes.
    case flexible
}

/// The part of the day or week in which teaching takes place.
public enum DayPart: String, Hashable, Sendable, Codable, CaseIterable {
    /// Until 12:30.
    case morning
    /// From 12:30 to 18:00.
    case afternoon
    /// Working hours, not said which.
    case daytime
    /// From 18:00.
    case evening
    /// At night.
    case night
    /// Saturday or Sunday.
    case weekend
}

/// Whether an offering can be taken up.
public enum OfferingStatus: String, Hashable, Sendable, Codable, CaseIterable {
    /// Enrolment is open.
    case open
    /// No places left.
    case full
    /// Enrolment is closed for another reason.
    case closed
    /// It will not take place.
    case cancelled
    /// The feed does not say; it counts as open.
    case unstated
}

/// A way in which a course can be paid for or is free, as the feed states it.
///
/// Open vocabulary: schemes come and go with the law.
public struct FundingScheme: Hashable, Sendable, Codable, ExpressibleByStringLiteral {
    /// The scheme's name in lower case, kebab-case.
    public let name: String

    /// A scheme by name.
    public init(_ name: String) { self.name = name }
    /// A scheme by name.
    public init(stringLiteral name: String) { self.name = name }

    /// Government-funded education.
    public static let government: FundingScheme = "government"
    /// Learning under an apprenticeship contract (beroepsbegeleidende leerweg).
    public static let bbl: FundingScheme = "bbl"
    /// The catalogue of national government staff.
    public static let leerrijk: FundingScheme = "leerrijk"
    /// The former STAP budget.
    public static let stap: FundingScheme = "stap"
    /// The SLIM scheme for small and medium-sized employers.
    public static let slim: FundingScheme = "slim"
    /// A training fund of a sector (O&O-fonds).
    public static let sectorFund: FundingScheme = "sector-fund"
}
