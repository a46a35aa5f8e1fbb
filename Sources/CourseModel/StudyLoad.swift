/// How much work a course is.
public struct StudyLoad: Hashable, Sendable, Codable {
    /// Hours of work in all (Dutch: studiebelastingsuren, SBU); above 0.
    public var hours: FixedDecimal?
    /// Hours of work a week; above 0.
    public var hoursPerWeek: FixedDecimal?
    /// Hours with a teacher, within ``hours``.
    public var contactHours: FixedDecimal?
    /// Credits of a named system; one ECTS credit stands for 25 to 30 hours (in the Netherlands 28).
    public var credits: [Credit]

    /// Credits of one system.
    public struct Credit: Hashable, Sendable, Codable {
        /// The system, such as `ECTS`, `PE` or `KRT`.
        public var system: String
        /// How many.
        public var value: FixedDecimal
        /// The level that the feed gives with them.
        public var level: String?

        /// Credits of one system.
        public init(system: String, value: FixedDecimal, level: String? = nil) {
            self.system = system
            self.value = value
            self.level = level
        }
    }

    /// A study load; everything that the feed does not say stays absent.
    public init(
        hours: FixedDecimal? = nil, hoursPerWeek: FixedDecimal? = nil,
        contactHours: FixedDecimal? = nil, credits: [Credit] = []
    ) {
        self.hours = hours
        self.hoursPerWeek = hoursPerWeek
        self.contactHours = contactHours
        self.credits = credits
    }

    /// The ECTS credits, when there are any.
    public var ects: FixedDecimal? {
        credits.first { $0.system.uppercased() == "ECTS" }?.value
    }

    /// Whether nothing is said.
    public var isEmpty: Bool { self == StudyLoad() }
}

/// How long a course lasts on the calendar.
public struct CourseDuration: Hashable, Sendable, Codable {
    /// A unit of calendar time.
    public enum Unit: String, Hashable, Sendable, Codable, CaseIterable {
        /// From short to long.
        case hour, day, week, month, year
    }

    /// How many units; above 0.
    public let value: FixedDecimal
    /// Of what.
    public let unit: Unit
    /// The feed's own words ("3 - 4 jaar"), when they say more.
    public let statedAs: String?

    /// A duration.
    ///
    /// - Returns: `nil` when `value` is not above zero.
    public init?(_ value: FixedDecimal, _ unit: Unit, statedAs: String? = nil) {
        guard value > .zero else { return nil }
        self.value = value
        self.unit = unit
        self.statedAs = statedAs
    }

    /// The length in weeks, with a month of 52/12 weeks and a working day of a fifth of a week.
    public var weeks: Double {
        switch unit {
        case .hour: value.double / 40
        case .day: value.double / 5
        case .week: value.double
        case .month: value.double * 52 / 12
        case .year: value.double * 52
        }
    }
}
