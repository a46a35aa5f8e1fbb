import CourseModel
import Places
import SearchIndex
import Skills

/// Measures offerings against one profile: limits and parts, in whole numbers.
///
/// Everything that depends on the profile alone is worked out once. Scores are whole numbers, so
/// two offerings that fit equally well are equal, on every machine. A class, since it is handed on for
/// every course, and a profile takes a kilobyte to copy.
final class Scorer<Source: OfferingSource> {
    let source: Source
    let resolved: ResolvedProfile
    let weights: MatchWeights
    let today: Int32

    let profile: Profile
    let funding: FundingRules
    private let credits: CreditTable
    private let gapWeights: GapWeights
    private let levelRange: ClosedRange<Int>?
    let musts: [Profile.Must]
    private let freeSlots: WeekSlots
    let freeTimes: [WeeklyHours]
    /// The source's sets of conditions, when the profile asks what they tell.
    let conditionSets: [TeachingConditions]
    let modes: UInt8
    /// The learner's needs of the place and the teaching, in a fixed order.
    let accessibilityNeeds: [Accessibility]
    /// The budget in euro cents; other currencies are not converted.
    let budget: Int?
    private let audience: Set8<Audience>
    let fundingRights: Set<FundingScheme>
    /// Whether an event counts: it shows a trade to those who still choose one, and teaches no
    /// skill to those who need it at work.
    let countsEvents: Bool

    init(
        source: Source, resolved: ResolvedProfile, skills: SkillsCatalogue, weights: MatchWeights,
        funding: FundingRules, today: CalendarDate, musts: Set<Profile.Must>? = nil
    ) {
        self.source = source
        self.resolved = resolved
        self.weights = weights
        self.funding = funding
        self.today = today.daysSince1970
        profile = resolved.profile
        var credits: [(skill: Int, CreditTable.Credit)] = []
        for (index, gap) in resolved.gap.enumerated() {
            let least = Double(weights.nearSkill) / 1000
            let near = skills.skills(near: gap.skill, atLeast: least)
            let numbers = source.numbers(ofSkills: near.map(\.skill), in: skills)
            for (near, number) in zip(near, numbers) {
                guard let number else { continue }
                let likeness = Int((near.similarity * 1000).rounded())
                credits.append((number, CreditTable.Credit(gap: index, likeness: likeness)))
            }
        }
        self.credits = CreditTable(credits)
        gapWeights = GapWeights(resolved, full: weights.fullGap)
        levelRange = Self.levelRange(profile)
        let limits = Profile.Must.allCases.filter((musts ?? profile.musts).contains)
        self.musts = limits
        freeSlots = profile.freeSlots
        freeTimes = profile.freeTimes
        conditionSets =
            Self.asksForConditions(profile, musts: limits)
            ? (0..<source.conditionSetCount).map { source.conditions(ofSet: $0) } : []
        modes = Set8<DeliveryMode>(profile.modes).bits
        accessibilityNeeds = Accessibility.allCases.filter(profile.accessibility.contains)
        budget = profile.budget.flatMap {
            $0.currency == .euro ? Int($0.amount.scaled / 100) : nil
        }
        audience = Set8(profile.audience.map { [$0] } ?? [])
        fundingRights = Set(profile.funding)
        countsEvents =
            profile.kinds.contains(.event)
            || [nil, .pupil, .student].contains(profile.audience)
    }

    /// Whether the profile has gaps, so that only what closes one is offered; nothing closes a wish
    /// that was not understood.
    var hasGap: Bool { resolved.hasWish }

    /// Whether a course can close gaps of this learner at all.
    func teaches(_ course: CourseFacts) -> Bool {
        !hasGap || countsEvents || course.kind != .event
    }

    /// Tells every course that closes a gap, in part or in full, ascending, with what it does for
    /// the gaps; every course when there is no gap.
    func forEachCandidate(_ body: (_ course: Int, Closing) -> Void) {
        guard hasGap else {
            for course in 0..<source.courseCount { body(course, Closing()) }
            return
        }
        var candidates = NumberSet(below: source.courseCount)
        for skill in credits.skills {
            source.forEachCourse(teachingSkill: skill) { candidates.insert($0) }
        }
        // One for all courses: to make two lists for each would take longer than to fill them.
        var closing = Closing(gaps: resolved.gap.count)
        candidates.forEach { course in
            if close(course: course, into: &closing) { body(course, closing) }
        }
    }

    /// Tells every course that may close a gap and has offerings that may fit, ascending; of all courses
    /// when there is no gap.
    ///
    /// - Parameter most: How many limits an offering may break to be told, 0 or 1.
    func forEachCandidate(
        breaking most: Int, _ near: NearMissLimits,
        _ body: (_ course: Int, _ offerings: [Int]) -> Void
    ) {
        source.forEachCourse(
            teachingAnyOf: hasGap ? credits.skills : nil,
            passing: screen(breaking: most, near), body)
    }

    // MARK: Skills

    /// What a course does for the gaps.
    struct Closing {
        /// Thousandths.
        var part = 1000
        /// Per gap, how far it is closed: likeness times the weight of the tag, thousandths.
        var closed: [Int] = []
        /// Per gap, the likeness of the skill that closes it most.
        var likeness: [Int] = []

        init(part: Int = 1000, gaps: Int = 0) {
            self.part = part
            closed = [Int](repeating: 0, count: gaps)
            likeness = closed
        }
    }

    /// What a course does for the gaps; `nil` when it closes none of them.
    func closing(course: Int) -> Closing? {
        guard hasGap else { return Closing() }
        var closing = Closing(gaps: resolved.gap.count)
        return close(course: course, into: &closing) ? closing : nil
    }

    /// Room for what a course does for the gaps, to be used for one course after the other.
    var emptyClosing: Closing { hasGap ? Closing(gaps: resolved.gap.count) : Closing() }

    /// Tells what a course does for the gaps; whether it closes any of them or there are none.
    func close(course: Int, into closing: inout Closing) -> Bool {
        guard hasGap else { return true }
        for gap in closing.closed.indices {
            closing.closed[gap] = 0
            closing.likeness[gap] = 0
        }
        var isTouched = false
        source.forEachSkill(ofCourse: course) { skill, weight in
            for credit in credits[skill] {
                isTouched = true
                let closed = credit.likeness * weight / 255
                if closed > closing.closed[credit.gap] { closing.closed[credit.gap] = closed }
                if credit.likeness > closing.likeness[credit.gap] {
                    closing.likeness[credit.gap] = credit.likeness
                }
            }
        }
        guard isTouched else { return false }
        var sum = 0
        for gap in resolved.gap.indices where closing.closed[gap] > 0 {
            sum += resolved.gap[gap].weight * closing.closed[gap]
        }
        closing.part = gapWeights.part(closed: sum)
        return true
    }

    /// Whether what a course does for the gaps is worth more effort: it closes one that counts.
    ///
    /// A course that only comes near, or teaches what the work may ask for besides, is no reason to
    /// travel further or to pay more.
    func isWorthTelling(_ closing: Closing) -> Bool {
        guard hasGap else { return true }
        let countsAny = resolved.gap.contains(where: \.isCounted)
        return resolved.gap.indices.contains { place in
            (resolved.gap[place].isCounted || !countsAny) && closes(place, closing)
        }
    }

    /// Whether a gap, by its place, is closed for sure.
    func closes(_ gap: Int, _ closing: Closing) -> Bool {
        !closing.likeness.isEmpty && closing.likeness[gap] >= weights.sameSkill
            && closing.closed[gap] >= weights.surelyClosed
    }

    // MARK: Travel

    /// The way to an offering.
    struct Way {
        /// Thousandths.
        var part = 1000
        /// The place it is reckoned from.
        var place: Int?
        var metres = 0.0
        var minutes = 0.0
        /// Whether the minutes are a router's.
        var isRouted = false
        /// Whether a router knows no way to any of its venues.
        var isCutOff = false
        /// Whether it lies within reach of a place that has one.
        var isWithinReach = false
        /// By how little it lies out of reach of the place that comes nearest to reaching it.
        var beyond: Shortfall?
    }

    func way(offering: Int, _ facts: OfferingFacts) -> Way {
        var way = Way()
        guard !resolved.places.isEmpty else { return way }
        if facts.needsNoTravel {
            way.isWithinReach = true
            return way
        }
        way.part = -1
        var leastBeyond = Double.infinity
        source.forEachVenue(ofOffering: offering) { venue in
            for (index, place) in resolved.places.enumerated() {
                let metres = place.coordinates.distance(to: venue)
                let time = resolved.travel.time(
                    from: place.coordinates, to: venue, metres: metres, by: place.mode)
                guard let minutes = time.minutes else {
                    way.isCutOff = true
                    continue
                }
                let reach = reached(place, metres: metres, minutes: minutes)
                if reach.share >= 1, place.within != nil { way.isWithinReach = true }
                if let beyond = reach.beyond, 1 / reach.share < leastBeyond {
                    leastBeyond = 1 / reach.share
                    way.beyond = beyond
                }
                let worth =
                    weights.halfwayMinutes / (weights.halfwayMinutes + minutes)
                    * min(1, reach.share) * Double(relevance(place.role))
                let part = Int(worth.rounded())
                if part > way.part || (part == way.part && metres < way.metres) {
                    way.part = part
                    way.place = index
                    way.metres = metres
                    way.minutes = minutes
                    way.isRouted = time.isRouted
                }
            }
        }
        way.isCutOff = way.isCutOff && way.part < 0
        if way.part < 0 { way.part = way.isCutOff ? 0 : weights.unknown }
        return way
    }

    /// Asks the router, where there is one, for the ways to all that may be offered.
    ///
    /// - Parameter offerings: Hands out the offerings.
    func lookUpWays(to offerings: ((_ offering: Int) -> Void) -> Void) {
        let routed = resolved.places.filter { resolved.travel.isRouted($0.mode) }
        guard !routed.isEmpty else { return }
        var venues: Set<Coordinates> = []
        offerings { offering in
            source.forEachVenue(ofOffering: offering) { venues.insert($0) }
        }
        for place in routed {
            resolved.travel.lookUp(
                from: place.coordinates, to: Array(venues), by: place.mode)
        }
    }

    /// Hands out every offering that may be offered, before limits.
    func forEachCandidateOffering(
        _ isCandidate: (_ offering: Int) -> Bool, _ body: (_ offering: Int) -> Void
    ) {
        forEachCandidate { course, _ in
            for offering in source.offerings(ofCourse: course) where isCandidate(offering) {
                body(offering)
            }
        }
    }

    /// The reach of a place as a share of the way, 1 or more when it covers it.
    private func reached(
        _ place: LifePlace, metres: Double, minutes: Double
    ) -> (share: Double, beyond: Shortfall?) {
        switch place.within {
        case nil: (1, nil)
        case .metres(let limit):
            metres <= Double(limit)
                ? (1, nil)
                : (Double(limit) / metres, .metres(Int((metres - Double(limit)).rounded(.up))))
        case .minutes(let limit):
            minutes <= Double(limit)
                ? (1, nil)
                : (Double(limit) / minutes, .minutes(Int((minutes - Double(limit)).rounded(.up))))
        }
    }

    private func relevance(_ role: LifePlace.Role) -> Int {
        switch role {
        case .futureWork: 1000
        case .work: weights.workRelevance
        case .home: weights.homeRelevance
        }
    }

    // MARK: Level

    private static func levelRange(_ profile: Profile) -> ClosedRange<Int>? {
        switch (profile.levelHad?.eqf, profile.levelWanted?.eqf) {
        case (let had?, let wanted?): min(had, wanted)...max(had, wanted)
        case (let had?, nil): had...min(had + 1, 8)
        case (nil, let wanted?): wanted...wanted
        case (nil, nil): nil
        }
    }

    func levelPart(_ level: Int?) -> Int {
        guard let range = levelRange else { return 1000 }
        guard let level else { return weights.unknown }
        if level < range.lowerBound { return max(0, 650 - 300 * (range.lowerBound - level - 1)) }
        if level > range.upperBound { return max(0, 500 - 250 * (level - range.upperBound - 1)) }
        guard let had = profile.levelHad?.eqf else { return 1000 }
        // Within the range: a step up is what is asked, one's own level is fine, a leap is hard.
        let steps = level - had
        if profile.levelWanted?.eqf == level && steps <= 1 { return 1000 }
        switch steps {
        case ..<0: return 850
        case 0: return 850
        case 1: return 1000
        default: return max(300, 1000 - 250 * (steps - 1))
        }
    }

    func levelShortfall(_ level: Int?) -> Shortfall? {
        guard let range = levelRange else { return nil }
        guard let level else { return .notStated }
        if level < range.lowerBound { return .levels(level - range.lowerBound) }
        if level > range.upperBound { return .levels(level - range.upperBound) }
        return nil
    }

    // MARK: Time

    /// How a start fits its window.
    func startShortfall(_ facts: OfferingFacts) -> Shortfall? {
        guard profile.startAfter != nil || profile.startBefore != nil else { return nil }
        switch facts.start {
        case .continuous: return nil
        case .unknown: return .notStated
        case .day(let day):
            if let after = profile.startAfter, day < after.daysSince1970 {
                return .days(Int(day - after.daysSince1970))
            }
            if let before = profile.startBefore, day > before.daysSince1970 {
                return .days(Int(day - before.daysSince1970))
            }
            return nil
        }
    }

    /// How the weekly hours fit.
    func hoursShortfall(_ course: CourseFacts) -> Shortfall? {
        guard let have = profile.hoursPerWeek, let need = course.hoursPerWeek, Double(need) > have
        else { return nil }
        return .tenthsOfHours(Int(((Double(need) - have) * 10).rounded(.up)))
    }

    /// How the slots fit; `notStated` when neither meetings nor parts of the day are known.
    func slotsShortfall(_ facts: OfferingFacts) -> Shortfall? {
        let free = freeSlots
        guard !free.isEmpty else { return nil }
        if !facts.slots.isEmpty {
            let meetings = conditions(facts).meetings
            if !profile.freeHours.isEmpty {
                let fit = WeekFit(stretches: freeTimes)
                return meetings.isEmpty
                    ? fit.shortfall(facts.slots) : fit.shortfall(meetings) { _ in (0, 0) }
            }
            let taken = facts.slots.subtracting(free)
            return taken.isEmpty ? nil : .slots(taken)
        }
        guard !facts.dayParts.isEmpty else {
            // Who studies alone chooses the hours.
            return facts.needsNoTravel && facts.start == .continuous ? nil : .notStated
        }
        let missing = facts.dayParts.cases.filter { !Self.hasRoom(for: $0, in: free) }
        return missing.isEmpty ? nil : .dayParts(missing)
    }

    private static func hasRoom(for part: DayPart, in free: WeekSlots) -> Bool {
        switch part {
        case .morning: !free.isDisjoint(with: WeekSlots(every: .morning))
        case .afternoon: !free.isDisjoint(with: WeekSlots(every: .afternoon))
        case .evening: !free.isDisjoint(with: WeekSlots(every: .evening))
        case .weekend: !free.isDisjoint(with: .weekend)
        case .daytime:
            !free.isDisjoint(
                with: WeekSlots(every: .morning).union(WeekSlots(every: .afternoon))
                    .intersection(.weekdays))
        case .night: false
        }
    }

    /// How the end fits the deadline.
    func deadlineShortfall(_ facts: OfferingFacts) -> Shortfall? {
        guard let deadline = profile.deadline else { return nil }
        var last = facts.lastDay
        if case .day(let start) = facts.start { last = max(last ?? start, start) }
        guard let last, last > deadline.daysSince1970 else { return nil }
        return .daysAfterDeadline(Int(last - deadline.daysSince1970))
    }

    func timePart(_ offering: Int, _ facts: OfferingFacts, _ course: CourseFacts) -> Int {
        var fit = JointFit()
        func take(_ part: Int) { fit.take(part) }
        func outside(_ days: Int) -> Int {
            max(0, 1000 - 1000 * abs(days) / max(weights.daysOutside, 1))
        }
        if profile.startAfter != nil || profile.startBefore != nil {
            switch startShortfall(facts) {
            case .days(let days): take(outside(days))
            case .notStated: fit.takeUnknown(weights.unknown)
            default: take(1000)
            }
        }
        if let have = profile.hoursPerWeek {
            switch course.hoursPerWeek {
            case nil: fit.takeUnknown(weights.unknown)
            case let need?: take(Int(min(1000, (have / Double(need) * 1000).rounded())))
            }
        }
        if !freeSlots.isEmpty {
            switch slotsShortfall(facts) {
            case .slots(let taken):
                let all = facts.slots.rawValue.nonzeroBitCount
                take(500 * (all - taken.rawValue.nonzeroBitCount) / max(all, 1))
            case .dayParts: take(0)
            case .notStated: fit.takeUnknown(weights.unknown)
            default: take(1000)
            }
        }
        if !profile.childcare.isEmpty {
            switch childcareShortfall(offering: offering, facts) {
            case nil: take(1000)
            case .notStated: fit.takeUnknown(weights.unknown)
            default: take(0)
            }
        }
        if profile.deadline != nil {
            // Of an unknown end nothing better can be said than of one that is not stated.
            if facts.lastDay == nil { fit.takeUnknown(weights.unknown) }
            if case .daysAfterDeadline(let days) = deadlineShortfall(facts) { take(outside(days)) }
        }
        return fit.part
    }

    // MARK: Cost

    /// What so many learners pay in euro cents; the learner, or the whole team, unless told.
    func cost(_ facts: OfferingFacts, learners: Int? = nil) -> Int? {
        facts.priceInCents.map { Int($0) * (learners ?? profile.teamSize) }
    }

    func budgetShortfall(_ facts: OfferingFacts, _ course: CourseFacts) -> Shortfall? {
        guard profile.budget != nil else { return nil }
        guard let budget, let cost = certainCost(facts, course) else { return .notStated }
        return cost > budget ? .cents(cost - budget) : nil
    }

    /// The rights of the learner that the course accepts, or that pay for any course.
    private func acceptedFunding(_ course: CourseFacts) -> [FundingScheme] {
        guard !fundingRights.isEmpty else { return [] }
        let named = source.funding(ofSet: course.fundingSet).filter { fundingRights.contains($0) }
        return named
            + funding.rules.filter {
                $0.coversAnyCourse && fundingRights.contains($0.scheme)
                    && !named.contains($0.scheme)
            }.map(\.scheme)
    }

    /// What is to be said of each right of the learner that the course accepts.
    func fundingTraces(
        _ facts: OfferingFacts, _ course: CourseFacts, learners: Int? = nil
    ) -> [FundingTrace] {
        acceptedFunding(course).map { scheme in
            let rule = funding[scheme]
            let obstacles = rule?.obstacles(profile: profile, course: course) ?? []
            let price = facts.priceInCents.map { Int($0) }
            return FundingTrace(
                scheme: scheme, rule: rule, obstacles: obstacles,
                contribution: obstacles.isEmpty
                    ? price.flatMap {
                        rule?.contribution(toPrice: $0, learners: learners ?? profile.teamSize)
                    } : nil)
        }
    }

    /// What is left to pay when the scheme that pays most does; the first of equals.
    func netPrice(
        _ traces: [FundingTrace], _ facts: OfferingFacts, learners: Int? = nil
    ) -> NetPrice? {
        guard let cost = cost(facts, learners: learners), cost > 0 else { return nil }
        var best: NetPrice?
        for trace in traces {
            guard let rule = trace.rule, let pays = trace.contribution, pays > 0 else { continue }
            if cost - pays < best?.cents ?? .max { best = NetPrice(rule: rule, cents: cost - pays) }
        }
        return best
    }

    /// What so many learners pay at most: the price, less what a scheme pays without asking.
    func certainCost(
        _ facts: OfferingFacts, _ course: CourseFacts, learners: Int? = nil
    ) -> Int? {
        guard let cost = cost(facts, learners: learners) else { return nil }
        guard cost > 0, !funding.rules.isEmpty, !fundingRights.isEmpty else { return cost }
        let traces = fundingTraces(facts, course, learners: learners)
            .filter { $0.rule?.isCertain == true }
        return netPrice(traces, facts, learners: learners)?.cents ?? cost
    }

    func costPart(
        _ facts: OfferingFacts, _ course: CourseFacts, learners: Int? = nil
    ) -> Int {
        var part = cost(facts, learners: learners).map { costPart($0) } ?? weights.unknown
        guard !fundingRights.isEmpty, part < 1000 else { return part }
        let traces = fundingTraces(facts, course, learners: learners)
        if let net = netPrice(traces, facts, learners: learners) {
            part = max(part, costPart(net.cents))
        }
        // Of a right whose amount is not known, more cannot be said than that it may pay.
        if part < weights.fundable,
            traces.contains(where: { $0.applies && $0.contribution == nil })
        {
            part = weights.fundable
        }
        return part
    }

    /// What so many euro cents are worth beside the budget.
    private func costPart(_ cost: Int) -> Int {
        guard cost > 0 else { return 1000 }
        guard let budget else {
            return 1000 * weights.halfwayCents / (weights.halfwayCents + cost)
        }
        return cost <= budget ? 1000 - 300 * cost / max(budget, 1) : 700 * budget / cost
    }

    // MARK: Preferences

    func modeShortfall(_ facts: OfferingFacts) -> Shortfall? {
        guard modes != 0 else { return nil }
        guard !facts.modes.isEmpty else { return .notStated }
        return facts.modes.bits & modes != 0 ? nil : .modes(facts.modes.cases)
    }

    func languageShortfall(_ facts: OfferingFacts) -> Shortfall? {
        guard !profile.languages.isEmpty else { return nil }
        let languages = source.languages(ofSet: facts.languageSet)
        guard !languages.isEmpty else { return .notStated }
        return languages.contains(where: profile.languages.contains) ? nil : .languages(languages)
    }

    func kindShortfall(_ course: CourseFacts) -> Shortfall? {
        profile.kinds.isEmpty || profile.kinds.contains(course.kind) ? nil : .kind(course.kind)
    }

    func preferencesPart(_ facts: OfferingFacts, _ course: CourseFacts) -> Int {
        var fit = JointFit()
        func take(_ isAsked: Bool, _ shortfall: Shortfall?) {
            guard isAsked, let shortfall else { return }
            if shortfall == .notStated { fit.takeUnknown(weights.unknown) } else { fit.take(0) }
        }
        take(!profile.modes.isEmpty, modeShortfall(facts))
        take(!profile.languages.isEmpty, languageShortfall(facts))
        take(!profile.kinds.isEmpty, kindShortfall(course))
        takeAccessibility(into: &fit, facts)
        if !audience.isEmpty, !course.audiences.isEmpty {
            fit.take(course.audiences.bits & audience.bits != 0 ? 1000 : 0)
        }
        return fit.part
    }

    // MARK: Together

    /// Whether an offering can be taken up at all.
    func isAvailable(_ facts: OfferingFacts) -> Bool {
        facts.availableUntil >= today && !facts.isFull && !facts.isCancelled
    }

    /// Hard limits that an offering breaks: how many, and the first with by how much.
    struct Broken {
        private(set) var count = 0
        private(set) var first: (must: Profile.Must, by: Shortfall)?

        mutating func note(_ must: Profile.Must, _ shortfall: Shortfall?) {
            guard let shortfall else { return }
            if count == 0 { first = (must, shortfall) }
            count += 1
        }
    }

    /// The hard limits that an offering breaks.
    ///
    /// What is not stated breaks a limit: it cannot be promised to the learner. Stops after two,
    /// since only offerings that break one are told of.
    func broken(
        _ offering: Int, _ facts: OfferingFacts, _ course: CourseFacts, _ way: Way
    ) -> Broken {
        var broken = Broken()
        for must in musts where broken.count < 2 {
            if must == .travel {
                broken.note(must, travelShortfall(way))
            } else {
                note(must, offering, facts, course, in: &broken)
            }
        }
        return broken
    }

    /// The hard limits that an offering breaks, but for the way there; stops after so many.
    ///
    /// Most offerings break several, and to reckon the way takes longer than all else together.
    func brokenApartFromTravel(
        _ offering: Int, _ facts: OfferingFacts, _ course: CourseFacts, most: Int
    ) -> Broken {
        var broken = Broken()
        for must in musts where must != .travel {
            note(must, offering, facts, course, in: &broken)
            if broken.count > most { break }
        }
        return broken
    }

    /// Whether the way there is a hard limit.
    var limitsTravel: Bool { musts.contains(.travel) }

    func travelShortfall(_ way: Way) -> Shortfall? {
        way.isWithinReach ? nil : way.beyond ?? .notStated
    }

    private func note(
        _ must: Profile.Must, _ offering: Int, _ facts: OfferingFacts, _ course: CourseFacts,
        in broken: inout Broken
    ) {
        switch must {
        case .travel: break
        case .budget: broken.note(must, budgetShortfall(facts, course))
        case .level: broken.note(must, levelShortfall(course.level))
        case .start: broken.note(must, startShortfall(facts))
        case .time:
            broken.note(must, slotsShortfall(facts))
            broken.note(must, hoursShortfall(course))
            broken.note(must, deadlineShortfall(facts))
        case .language: broken.note(must, languageShortfall(facts))
        case .mode: broken.note(must, modeShortfall(facts))
        case .kind: broken.note(must, kindShortfall(course))
        case .accessibility: broken.note(must, accessibilityShortfall(facts))
        case .childcare: broken.note(must, childcareShortfall(offering: offering, facts))
        case .commute: broken.note(must, commuteShortfall(offering: offering, facts))
        }
    }

    /// Parts to lay learners side by side with: silence about level or place is not known to fit.
    func beside(_ parts: MatchParts) -> MatchParts {
        var parts = parts
        if levelRange == nil { parts.level = weights.unknown }
        if resolved.places.isEmpty { parts.travel = weights.unknown }
        if !hasGap { parts.skills = weights.unknown }
        return parts
    }

    /// - Parameter learners: How many pay; the learner, or the whole team, unless told.
    func parts(
        _ offering: Int, _ facts: OfferingFacts, _ course: CourseFacts, _ closing: Closing,
        _ way: Way, learners: Int? = nil
    ) -> MatchParts {
        var parts = MatchParts()
        parts.skills = closing.part
        parts.travel = way.part
        parts.level = levelPart(course.level)
        parts.time = timePart(offering, facts, course)
        parts.cost = costPart(facts, course, learners: learners)
        parts.preferences = preferencesPart(facts, course)
        return parts
    }

    /// The parts of an offering; `nil` as soon as it is known that they add up to less than `least`.
    ///
    /// What is quick to tell comes first, with all others taken for full; the way there, the slowest,
    /// comes last.
    ///
    /// - Parameter way: The way there, when it is known.
    func parts(
        _ offering: Int, _ facts: OfferingFacts, _ course: CourseFacts, _ closing: Closing,
        _ way: Way?, atLeast least: Int
    ) -> MatchParts? {
        let shares = weights.shares
        var parts = MatchParts()
        parts.skills = closing.part
        parts.level = levelPart(course.level)
        if let way { parts.travel = way.part }
        guard parts.total(shares) >= least else { return nil }
        parts.time = timePart(offering, facts, course)
        parts.cost = costPart(facts, course)
        parts.preferences = preferencesPart(facts, course)
        guard parts.total(shares) >= least else { return nil }
        if way == nil { parts.travel = self.way(offering: offering, facts).part }
        return parts
    }
}
