import CourseModel

extension Profile {
    /// The parts of the week in which the learner is free, in full or for some hours.
    public var freeSlots: WeekSlots { freeHours.reduce(free) { $0.union($1.slots) } }

    /// The hours in which the learner is free, put together where they meet.
    public var freeTimes: [WeeklyHours] { WeeklyHours.merged(free.hours + freeHours) }
}
