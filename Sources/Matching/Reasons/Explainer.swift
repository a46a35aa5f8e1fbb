import CourseModel
import Skills

/// Says of one offering why it fits: the facts behind each part.
struct Explainer<Source: OfferingSource> {
    let scorer: Scorer<Source>
    let skills: SkillsCatalogue
    /// Whether learners are weighed for a place to learn at work, rather than offerings for one.
    var isForPlace = false

    /// The offering as a match, with its reasons.
    ///
    /// - Parameter learners: How many go, of a team; the learner, or the whole team, unless told.
    func match(_ offering: Int, otherOccasions: Int = 0, learners: Int? = nil) -> Match {
        let facts = scorer.source.facts(ofOffering: offering)
        let number = scorer.source.course(ofOffering: offering)
        let course = scorer.source.facts(ofCourse: number)
        let closing =
            scorer.closing(course: number) ?? Scorer<Source>.Closing(part: isForPlace ? 0 : 1000)
        let way = scorer.way(offering: offering, facts)
        var parts = scorer.parts(offering, facts, course, closing, way, learners: learners)
        if isForPlace { parts = scorer.beside(parts) }
        let shares = isForPlace ? scorer.weights.placeShares : scorer.weights.shares
        let all = MatchParts().total(shares)
        let gap = scorer.resolved.gap
        let covers = gap.indices.filter { scorer.closes($0, closing) }
        let travel = way.place.map {
            MatchTravel(
                from: scorer.resolved.places[$0], metres: way.metres, minutes: way.minutes,
                isRouted: way.isRouted)
        }
        let traces = scorer.fundingTraces(facts, course, learners: learners)
        let net = scorer.netPrice(traces, facts, learners: learners)
        return Match(
            offering: offering, course: number,
            score: all == 0 ? 0 : Double(parts.total(shares)) / Double(all), parts: parts,
            covers: covers.map { gap[$0].skill }, travel: travel,
            netPrice: net, funding: traces, otherOccasions: otherOccasions,
            needs: needs(offering, facts),
            reasons: (isForPlace ? levelReasons(course) + travelReasons(way, facts) : [])
                + skillReasons(closing, covers) + (isForPlace ? [] : travelReasons(way, facts))
                + timeReasons(facts, course) + needReasons(offering, facts)
                + costReasons(offering, facts, net, traces, learners)
                + (isForPlace ? [] : levelReasons(course)) + preferenceReasons(facts, course)
                + (otherOccasions > 0 ? [.otherOccasions(otherOccasions)] : []))
    }

    private func skillReasons(_ closing: Scorer<Source>.Closing, _ covers: [Int]) -> [Reason] {
        let gap = scorer.resolved.gap
        guard !gap.isEmpty, !closing.likeness.isEmpty else { return [] }
        var reasons: [Reason] = []
        let counted = covers.filter { gap[$0].isCounted }
        let others = covers.filter { !gap[$0].isCounted }
        let near = gap.indices.filter {
            gap[$0].isCounted && closing.likeness[$0] > 0 && !covers.contains($0)
        }
        if !counted.isEmpty {
            reasons.append(
                .closes(
                    count: counted.count, of: scorer.resolved.openCount,
                    skills: names(counted)))
        }
        if !others.isEmpty { reasons.append(.alsoTeaches(names(others))) }
        if !near.isEmpty { reasons.append(.comesNear(names(near))) }
        return reasons
    }

    private func names(_ gaps: [Int]) -> [Reason.Name] {
        gaps.map {
            let skill = scorer.resolved.gap[$0].skill
            return Reason.Name(
                dutch: skills.skillLabel(skill, in: .dutch),
                english: skills.skillLabel(skill, in: .english))
        }
    }

    private func travelReasons(_ way: Scorer<Source>.Way, _ facts: OfferingFacts) -> [Reason] {
        if facts.needsNoTravel {
            let mode = facts.modes.cases.first { [.online, .distance, .workplace].contains($0) }
            return [.noTravel(mode ?? .online)]
        }
        guard !scorer.resolved.places.isEmpty else { return [] }
        guard let number = way.place else { return [way.isCutOff ? .noRoute : .placeNotStated] }
        let place = scorer.resolved.places[number]
        if way.minutes < 3 { return [.closeBy(role: place.role, place: place.label)] }
        return [
            .travel(
                minutes: Int(way.minutes.rounded()), mode: place.mode, role: place.role,
                place: place.label, isRouted: way.isRouted,
                beyond: way.isWithinReach ? nil : way.beyond)
        ]
    }

    private func timeReasons(_ facts: OfferingFacts, _ course: CourseFacts) -> [Reason] {
        var reasons: [Reason] = []
        switch facts.start {
        case .day(let day):
            var outside = 0
            if case .days(let days) = scorer.startShortfall(facts) { outside = days }
            reasons.append(.starts(CalendarDate(daysSince1970: day), outside: outside))
        case .continuous: reasons.append(.startsAnyTime)
        case .unknown: reasons.append(.startNotStated)
        }
        let shortfall = scorer.slotsShortfall(facts)
        // Where it is not known whether the hours are free, they are not said to fit.
        if !scorer.resolved.profile.freeSlots.isEmpty, shortfall != .notStated {
            if !facts.slots.isEmpty {
                var taken: WeekSlots = []
                if case .slots(let slots) = shortfall { taken = slots }
                reasons.append(.slots(facts.slots, taken: taken))
            } else if !facts.dayParts.isEmpty {
                var taken: [DayPart] = []
                if case .dayParts(let parts) = shortfall { taken = parts }
                reasons.append(.dayParts(facts.dayParts.cases, taken: taken))
            }
        }
        if let have = scorer.resolved.profile.hoursPerWeek, let need = course.hoursPerWeek {
            reasons.append(.hours(Double(need), of: have))
        }
        if case .daysAfterDeadline(let days) = scorer.deadlineShortfall(facts) {
            reasons.append(.endsAfterDeadline(days: days))
        }
        return reasons
    }

    private func needs(_ offering: Int, _ facts: OfferingFacts) -> [MatchNeed] {
        var needs = scorer.accessibilityNeeds.map {
            MatchNeed(accessibility: $0, isMet: scorer.provides($0, facts))
        }
        if !scorer.resolved.profile.childcare.isEmpty {
            let shortfall = scorer.childcareShortfall(offering: offering, facts)
            needs.append(
                MatchNeed(
                    accessibility: nil, isMet: shortfall == .notStated ? nil : shortfall == nil))
        }
        return needs
    }

    private func needReasons(_ offering: Int, _ facts: OfferingFacts) -> [Reason] {
        var reasons: [Reason] = []
        func those(_ isMet: Bool?) -> [Accessibility] {
            // Of who learns at home nothing is to be said about the place.
            scorer.accessibilityNeeds.filter {
                scorer.provides($0, facts) == isMet && !($0.isOfThePlace && facts.needsNoTravel)
            }
        }
        let (met, lacking, unknown) = (those(true), those(false), those(nil))
        if !met.isEmpty { reasons.append(.accessible(met)) }
        if !lacking.isEmpty { reasons.append(.notAccessible(lacking)) }
        if !unknown.isEmpty { reasons.append(.accessibilityNotStated(unknown)) }
        if !scorer.resolved.profile.childcare.isEmpty {
            reasons.append(.childcare(scorer.childcareShortfall(offering: offering, facts)))
        }
        if scorer.resolved.profile.musts.contains(.commute) {
            reasons.append(.commute(scorer.commuteShortfall(offering: offering, facts)))
        }
        return reasons
    }

    private func costReasons(
        _ offering: Int, _ facts: OfferingFacts, _ net: NetPrice?, _ traces: [FundingTrace],
        _ learners: Int?
    ) -> [Reason] {
        var reasons: [Reason] = []
        switch facts.priceInCents {
        case nil: reasons.append(.priceNotStated)
        case 0: reasons.append(.free)
        case let cents?:
            reasons.append(
                .price(
                    cents: Int(cents),
                    includesVAT: scorer.source.priceIncludesVAT(ofOffering: offering),
                    people: learners ?? scorer.resolved.profile.teamSize, budget: scorer.budget))
        }
        if let net {
            reasons.append(
                .netPrice(
                    cents: net.cents, scheme: net.rule.name, source: net.rule.source,
                    checked: net.rule.checked, note: net.rule.note))
        }
        // What costs nothing needs no scheme.
        guard facts.priceInCents != 0 else { return reasons }
        let bare = traces.filter { $0.rule == nil }.map(\.scheme)
        if !bare.isEmpty { reasons.append(.fundable(bare)) }
        for trace in traces {
            guard let rule = trace.rule, rule != net?.rule else { continue }
            if let obstacle = trace.obstacles.first {
                reasons.append(.schemeRefuses(rule.name, obstacle))
            } else if trace.contribution == nil {
                reasons.append(
                    .schemeMayPay(
                        rule.name, source: rule.source, checked: rule.checked, note: rule.note))
            }
        }
        return reasons
    }

    private func levelReasons(_ course: CourseFacts) -> [Reason] {
        let profile = scorer.resolved.profile
        guard let level = course.level, profile.levelHad != nil || profile.levelWanted != nil
        else { return [] }
        return [
            .level(level, had: profile.levelHad?.eqf, wanted: profile.levelWanted?.eqf)
        ]
    }

    /// What the learner asks about and the offering does not say.
    ///
    /// Each takes something off a part, which nothing else would explain.
    private func unstated(_ facts: OfferingFacts, _ course: CourseFacts) -> [Reason.Topic] {
        let profile = scorer.resolved.profile
        return Reason.Topic.allCases.filter { topic in
            switch topic {
            case .hours: profile.hoursPerWeek != nil && course.hoursPerWeek == nil
            case .times: scorer.slotsShortfall(facts) == .notStated
            case .end: profile.deadline != nil && facts.lastDay == nil
            case .level:
                course.level == nil && (profile.levelHad != nil || profile.levelWanted != nil)
            case .mode: scorer.modeShortfall(facts) == .notStated
            case .language: scorer.languageShortfall(facts) == .notStated
            }
        }
    }

    private func preferenceReasons(_ facts: OfferingFacts, _ course: CourseFacts) -> [Reason] {
        var reasons: [Reason] = []
        if case .kind(let kind) = scorer.kindShortfall(course) { reasons.append(.otherKind(kind)) }
        if case .languages(let languages) = scorer.languageShortfall(facts) {
            reasons.append(.otherLanguages(languages))
        }
        if case .modes(let modes) = scorer.modeShortfall(facts) {
            reasons.append(.otherModes(modes))
        }
        if let audience = scorer.resolved.profile.audience, !course.audiences.isEmpty,
            !course.audiences.contains(audience)
        {
            reasons.append(.otherAudience(course.audiences.cases))
        }
        let silent = unstated(facts, course)
        if !silent.isEmpty { reasons.append(.notStated(silent)) }
        return reasons
    }
}
