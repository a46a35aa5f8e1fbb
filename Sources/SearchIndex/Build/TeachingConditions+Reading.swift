import CourseModel

extension TeachingConditions {
    /// What a course says of all its offerings; see ``StatedAccessibility``.
    static func accessibility(of course: Course) -> StatedAccessibility {
        var stated = StatedAccessibility()
        stated.read(course.description)
        stated.read(course.sections)
        for wording in course.summary.wordings { stated.read(wording.text) }
        return stated
    }

    /// The conditions of an offering.
    ///
    /// - Parameter shared: What its course says of all its offerings; its own words count before it.
    init(_ offering: Offering, shared: StatedAccessibility) {
        var own = StatedAccessibility()
        own.read(offering.description)
        own.read(offering.sections)
        for place in offering.places {
            for wording in place.venue?.name.wordings ?? [] { own.read(wording.text) }
        }
        self.init(
            provides: own.provides.union(shared.provides.subtracting(own.lacks)),
            lacks: own.lacks.union(shared.lacks.subtracting(own.provides)),
            meetings: offering.weeklyHours)
    }
}

extension Offering {
    /// When its meetings are, each stretch of the week once; empty unless all of them say.
    fileprivate var weeklyHours: [WeeklyHours] {
        var hours: Set<WeeklyHours> = []
        for session in sessions {
            guard let day = session.weekday ?? session.date?.weekday, let begins = session.begins,
                let ends = session.ends,
                let stretch = WeeklyHours(day, from: begins.minutes, to: ends.minutes)
            else { return [] }
            hours.insert(stretch)
        }
        return hours.sorted {
            ($0.slots.rawValue, $0.begins, $0.ends) < ($1.slots.rawValue, $1.begins, $1.ends)
        }
    }
}
