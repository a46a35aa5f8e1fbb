import CourseModel

/// What a scheme pays and who may use it, as a partnership states it.
///
/// It says what is generally so, on a day and by a source; whether a learner gets it, the scheme
/// itself decides.
public struct FundingRule: Hashable, Sendable {
    /// The scheme, by the name that profiles and courses use.
    public var scheme: FundingScheme
    /// What it is called.
    public var name: Reason.Name
    /// Who may use it; empty for everyone.
    public var audiences: Set<Audience> = []
    /// In which work; empty for any.
    public var employments: Set<Employment> = []
    /// For courses at which EQF levels; `nil` for all, of unknown level too.
    public var levels: ClosedRange<Int>?
    /// For which kinds of course; empty for all.
    public var kinds: Set<CourseKind> = []
    /// What it pays of the price, 0...100; `nil` when that is not stated.
    public var percentage: Int?
    /// The most that it pays for one learner and one offering, in euro cents; `nil` for no such
    /// limit.
    public var maximumInCents: Int?
    /// Whether it also pays for courses that do not name it.
    public var coversAnyCourse = false
    /// Whether whoever may use it gets it without asking, so that a budget can count on it.
    public var isCertain = false
    /// Where it is stated.
    public var source: String
    /// The day on which the source said so.
    public var checked: CalendarDate
    /// What more there is to know.
    public var note: Reason.Name?

    /// A rule of which only the scheme and its source are known.
    public init(
        scheme: FundingScheme, name: Reason.Name, source: String, checked: CalendarDate
    ) {
        self.scheme = scheme
        self.name = name
        self.source = source
        self.checked = checked
    }

    /// Why a scheme cannot be used.
    public enum Obstacle: Hashable, Sendable {
        /// It is for others.
        case audience(Set<Audience>)
        /// It asks for other work.
        case employment(Set<Employment>)
        /// It is for courses at other levels; the course's may not be stated.
        case level(ClosedRange<Int>, is: Int?)
        /// It is for other kinds of course.
        case kind(Set<CourseKind>)
    }

    /// What keeps a learner from using the scheme for a course; nothing when the rule is met, as far
    /// as the profile tells: on what it does not say, it is taken to be met.
    public func obstacles(profile: Profile, course: CourseFacts) -> [Obstacle] {
        var obstacles: [Obstacle] = []
        if !audiences.isEmpty, let audience = profile.audience, !audiences.contains(audience) {
            obstacles.append(.audience(audiences))
        }
        if !employments.isEmpty,
            let employment = profile.employment ?? profile.audience?.employment,
            !employments.contains(employment)
        {
            obstacles.append(.employment(employments))
        }
        if let levels, course.level.map(levels.contains) != true {
            obstacles.append(.level(levels, is: course.level))
        }
        if !kinds.isEmpty, !kinds.contains(course.kind) { obstacles.append(.kind(kinds)) }
        return obstacles
    }

    /// What it pays of a price, in euro cents, for so many learners; `nil` when that is not stated.
    ///
    /// - Parameter price: The price for one learner, in euro cents.
    public func contribution(toPrice price: Int, learners: Int = 1) -> Int? {
        guard percentage != nil || maximumInCents != nil else { return nil }
        let share = price * (percentage ?? 100) / 100
        return min(share, maximumInCents ?? share) * learners
    }
}

/// What work a learner has.
public enum Employment: String, Hashable, Sendable, CaseIterable {
    /// In the service of an employer.
    case employed
    /// Working for oneself.
    case selfEmployed = "self-employed"
    /// Without work.
    case unemployed
}

extension Audience {
    /// The work that one of this audience has, unless the profile says otherwise.
    var employment: Employment? {
        switch self {
        case .worker, .team: .employed
        case .jobSeeker: .unemployed
        case .pupil, .student: nil
        }
    }
}
