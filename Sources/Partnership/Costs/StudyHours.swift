import CourseModel
import SearchIndex

/// How many hours of work a course is, and how that is known.
public struct StudyHours: Hashable, Sendable {
    /// What a number of hours rests on.
    public enum Basis: String, Hashable, Sendable {
        /// The feed gives the study load in hours.
        case stated
        /// The feed gives ECTS credits, of 28 hours each (the Dutch law on higher education, WHW 7.4).
        case credits
        /// The feed gives hours a week and a length.
        case weekly
        /// The feed gives only the hours with a teacher.
        case contact
    }

    /// Hours in one ECTS credit.
    public static let hoursPerCredit = 28.0

    /// The hours; above 0.
    public let hours: Double
    /// How they are known.
    public let basis: Basis

    /// The hours of an occasion to take a course; `nil` when the feed says nothing that tells them.
    public init?(_ offering: Offering, of course: Course) {
        let load = course.studyLoad
        if let hours = load.hours, hours > .zero {
            self.init(hours.double, .stated)
        } else if let credits = load.ects, credits > .zero {
            self.init(credits.double * Self.hoursPerCredit, .credits)
        } else if let weekly = offering.hoursPerWeek ?? load.hoursPerWeek, weekly > .zero,
            let weeks = offering.weeks(course), weeks > 0
        {
            self.init(weekly.double * Double(weeks), .weekly)
        } else if let hours = load.contactHours, hours > .zero {
            self.init(hours.double, .contact)
        } else {
            return nil
        }
    }

    private init(_ hours: Double, _ basis: Basis) {
        self.hours = hours
        self.basis = basis
    }
}
