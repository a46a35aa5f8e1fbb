import CourseModel
import Places
import SearchIndex

extension Scorer {
    /// The conditions of an offering; nothing is known unless the profile asks about them.
    func conditions(_ facts: OfferingFacts) -> TeachingConditions {
        conditionSets.indices.contains(facts.conditionSet)
            ? conditionSets[facts.conditionSet] : TeachingConditions()
    }

    /// Whether a profile asks what only conditions tell.
    static func asksForConditions(_ profile: Profile, musts: [Profile.Must]) -> Bool {
        !profile.accessibility.isEmpty || !profile.childcare.isEmpty || !profile.freeHours.isEmpty
            || musts.contains(.commute)
    }

    // MARK: Accessibility

    /// Whether an offering provides what the learner needs; `nil` when it does not say.
    func provides(_ need: Accessibility, _ facts: OfferingFacts) -> Bool? {
        if need.isOfThePlace, facts.needsNoTravel { return true }
        let conditions = conditions(facts)
        if conditions.provides.contains(need) { return true }
        return conditions.lacks.contains(need) ? false : nil
    }

    func accessibilityShortfall(_ facts: OfferingFacts) -> Shortfall? {
        var isUnknown = false
        var lacking: [Accessibility] = []
        for need in accessibilityNeeds {
            switch provides(need, facts) {
            case true?: continue
            case false?: lacking.append(need)
            case nil: isUnknown = true
            }
        }
        return lacking.isEmpty ? (isUnknown ? .notStated : nil) : .lacks(lacking)
    }

    /// Takes up how each need is met.
    func takeAccessibility(into fit: inout JointFit, _ facts: OfferingFacts) {
        for need in accessibilityNeeds {
            switch provides(need, facts) {
            case true?: fit.take(1000)
            case false?: fit.take(0)
            case nil: fit.takeUnknown(weights.unknown)
            }
        }
    }

    // MARK: Childcare

    /// How the meetings, with the way from home and back, fit the hours in which the children are
    /// looked after; not known to fit at a place when the profile does not say where home is.
    func childcareShortfall(offering: Int, _ facts: OfferingFacts) -> Shortfall? {
        guard !profile.childcare.isEmpty else { return nil }
        let home = resolved.places.first { $0.role == .home }
        let fit = WeekFit(stretches: profile.childcare)
        let shortfall = bestOverVenues(of: offering, facts, in: fit) { _ in (home, home) }
        if shortfall == nil, home == nil, !facts.needsNoTravel { return .notStated }
        return shortfall
    }

    // MARK: Travel between

    /// How the meetings fit the free time with the way there and back: from work when the learner
    /// comes from it, else from home.
    func commuteShortfall(offering: Int, _ facts: OfferingFacts) -> Shortfall? {
        guard !freeTimes.isEmpty else { return nil }
        return bestOverVenues(of: offering, facts, in: WeekFit(stretches: freeTimes)) {
            (placeBefore($0), placeAfter($0))
        }
    }

    /// The end of the working day: who is free from then comes from work.
    private static var workEnds: Int { 18 * 60 + 30 }
    /// Before this one has not been at work yet.
    private static var workBegins: Int { 7 * 60 }

    private func isWorkday(_ stretch: WeeklyHours) -> Bool {
        stretch.day != .saturday && stretch.day != .sunday
    }

    private func place(_ roles: LifePlace.Role...) -> LifePlace? {
        for role in roles {
            if let place = resolved.places.first(where: { $0.role == role }) { return place }
        }
        return nil
    }

    private func placeBefore(_ stretch: WeeklyHours) -> LifePlace? {
        isWorkday(stretch) && (Self.workBegins...Self.workEnds).contains(stretch.begins)
            ? place(.work, .home, .futureWork) : place(.home, .work, .futureWork)
    }

    private func placeAfter(_ stretch: WeeklyHours) -> LifePlace? {
        isWorkday(stretch) && (Self.workBegins..<18 * 60).contains(stretch.ends)
            ? place(.work, .home, .futureWork) : place(.home, .work, .futureWork)
    }

    /// The least shortfall over the venues: the learner goes to the one that suits best.
    private func bestOverVenues(
        of offering: Int, _ facts: OfferingFacts, in fit: WeekFit,
        places: (WeeklyHours) -> (before: LifePlace?, after: LifePlace?)
    ) -> Shortfall? {
        let meetings = conditions(facts).meetings
        guard !meetings.isEmpty else {
            if !facts.slots.isEmpty {
                if let shortfall = fit.shortfall(facts.slots) { return shortfall }
                // They fit, but how much time is left for the way is not known.
                return facts.needsNoTravel ? nil : .notStated
            }
            return facts.needsNoTravel && facts.start == .continuous ? nil : .notStated
        }
        if facts.needsNoTravel { return fit.shortfall(meetings) { _ in (0, 0) } }
        var best: Shortfall?
        var isFirst = true
        source.forEachVenue(ofOffering: offering) { venue in
            var isCutOff = false
            let shortfall = fit.shortfall(meetings) { stretch in
                let (before, after) = places(stretch)
                func minutes(_ place: LifePlace?) -> Double {
                    guard let place else { return 0 }
                    let time = resolved.travel.time(
                        from: place.coordinates, to: venue, by: place.mode)
                    if time.minutes == nil { isCutOff = true }
                    return time.minutes ?? 0
                }
                return (minutes(before), minutes(after))
            }
            // Where no way leads, there is nobody to be in time.
            if isCutOff { return }
            if isFirst || Self.isLess(shortfall, best) { best = shortfall }
            isFirst = false
        }
        // Without a place on the map, or a way there, nothing can be promised.
        return isFirst ? .notStated : best
    }

    private static func isLess(_ one: Shortfall?, _ other: Shortfall?) -> Bool {
        switch (one, other) {
        case (nil, _): return other != nil
        case (.minutesBetween(let one)?, .minutesBetween(let other)?): return one < other
        default: return false
        }
    }
}
