import CourseModel
import Matching
import Testing

@Suite("An adviser can trust what a match says")
struct TrustTests {
    @Test("a wish that is not understood raises no score and is told", arguments: 0..<40)
    func notUnderstood(seed: Int) throws {
        var random = SeededRandom(seed: 3000 + seed)
        let catalogue = DrawnCatalogue(randomDrawing(&random))
        let profile = randomLearner(&random)
        let before = try resolved(profile)
        var asked = profile
        if random.below(2) == 0, asked.wantedOccupation == nil {
            asked.wantedOccupation = "kwantumkapper"
        } else {
            asked.skillsWanted.append("kwantumknippen")
        }
        let after = try resolved(asked)
        #expect(after.unrecognisedWishes.count == 1)
        let scores = results(after, catalogue)
        guard before.hasWish else {
            // What nobody understands is no reason to offer anything.
            #expect(scores.isEmpty)
            return
        }
        let earlier = results(before, catalogue)
        #expect(Set(scores.keys) == Set(earlier.keys))
        for (offering, match) in scores {
            let old = try #require(earlier[offering])
            #expect(match.score <= old.score)
            #expect(match.parts.skills < 1000)
            #expect(match.parts.skills <= old.parts.skills)
        }
    }

    @Test("the skills part is full only when no gap stays open", arguments: 0..<40)
    func fullOnlyWhenClosed(seed: Int) throws {
        var random = SeededRandom(seed: 4000 + seed)
        let catalogue = DrawnCatalogue(randomDrawing(&random))
        let profile = try resolved(randomLearner(&random))
        guard profile.hasWish else { return }
        for match in results(profile, catalogue).values where match.parts.skills == 1000 {
            #expect(match.covers.count == profile.gap.count)
        }
    }

    @Test("who lacks much sees much stay open, however much a course teaches of it")
    func largeGap() throws {
        // Ten wishes of 2.5 each: two of them weigh as much as earns most of the part.
        let names = ["snoeien", "vellen", "klimmen", "bodemkunde", "boekhouden", "zwemles geven"]
        func skills(_ taught: String) throws -> Int {
            let (results, _) = try matches("c | \(taught) | 5 | 10 | 100 | 3 |") {
                $0.skillsWanted = names
            }
            return try #require(results.results.first).parts.skills
        }
        let parts = try ["a", "a b", "a b c", "a b c d e", "a b c d e f"].map(skills)
        #expect(parts == parts.sorted())
        #expect(parts == [400, 800, 850, 950, 1000])
    }

    @Test("the parts add up to the score by the shares that the weights give", arguments: 0..<20)
    func parts(seed: Int) throws {
        var random = SeededRandom(seed: 5000 + seed)
        let catalogue = DrawnCatalogue(randomDrawing(&random))
        let shares = MatchWeights().shares
        let all =
            shares.skills + shares.travel + shares.level + shares.time + shares.cost
            + shares.preferences
        for match in results(try resolved(randomLearner(&random)), catalogue).values {
            let parts = match.parts
            let sum =
                parts.skills * shares.skills + parts.travel * shares.travel
                + parts.level * shares.level + parts.time * shares.time
                + parts.cost * shares.cost + parts.preferences * shares.preferences
            #expect(match.score == Double(sum) / Double(1000 * all))
        }
    }

    @Test("a near miss fits once the profile is changed as it says", arguments: 0..<40)
    func nearMisses(seed: Int) throws {
        var random = SeededRandom(seed: 6000 + seed)
        let catalogue = DrawnCatalogue(randomDrawing(&random))
        let profile = randomLearner(&random)
        let found = Matcher(source: catalogue, skills: drawnSkills)
            .match(try resolved(profile), today: today, limit: 0)
        for miss in found.nearMisses {
            guard let changed = widened(profile, by: miss) else { continue }
            let then = results(try resolved(changed), catalogue)
            #expect(
                then[miss.match.offering] != nil,
                "\(catalogue.rows[miss.match.offering].id): \(miss.text(in: .english))")
        }
    }

    @Test(
        "a stretch of time is told so that it can be counted on",
        arguments: [
            (1, "1 dag", "1 day"), (7, "1 week", "1 week"), (13, "13 dagen", "13 days"),
            (21, "3 weken", "3 weeks"), (24, "ruim 3 weken", "over 3 weeks"),
            (26, "bijna 4 weken", "almost 4 weeks"), (92, "ruim 3 maanden", "over 3 months"),
            (116, "bijna 4 maanden", "almost 4 months"), (365, "12 maanden", "12 months"),
        ])
    func stretches(days: Int, dutch: String, english: String) {
        #expect(Shortfall.days(days).text(in: .dutch) == "begint \(dutch) later")
        #expect(Shortfall.days(days).text(in: .english) == "starts \(english) later")
    }
}

/// All that fits, by offering.
private func results(_ profile: ResolvedProfile, _ catalogue: DrawnCatalogue) -> [Int: Match] {
    let results = Matcher(source: catalogue, skills: drawnSkills)
        .match(profile, today: today, limit: 1000, oncePerCourse: false)
    return Dictionary(uniqueKeysWithValues: results.results.map { ($0.offering, $0) })
}

/// The profile with as much more as a near miss says; `nil` where the learner cannot give it.
private func widened(_ profile: Profile, by miss: NearMiss) -> Profile? {
    var more = profile
    func reach(_ change: (inout ProfilePlace.Within?) -> Void) {
        for place in [\Profile.home, \.work, \.futureWork] {
            if var stated = more[keyPath: place] {
                change(&stated.within)
                more[keyPath: place] = stated
            }
        }
    }
    switch miss.by {
    case .metres(let metres):
        reach { if case .metres(let own)? = $0 { $0 = .metres(own + metres) } }
    case .minutes(let minutes):
        reach { if case .minutes(let own)? = $0 { $0 = .minutes(own + minutes) } }
    case .cents(let cents):
        more.budget = more.budget.map {
            Money($0.amount + FixedDecimal(scaled: Int64(cents) * 100), $0.currency)
        }
    case .levels(let levels):
        // A step first: the level is had, or wanted, that much higher or lower.
        let all: [NLQFLevel] = [.one, .two, .three, .four, .five, .six, .seven, .eight]
        let bounds = [more.levelHad?.eqf, more.levelWanted?.eqf].compactMap { $0 }
        guard let low = bounds.min() else { return nil }
        let top = bounds.count == 1 && more.levelHad != nil ? min(low + 1, 8) : bounds.max() ?? low
        let (from, to) = levels > 0 ? (low, top + levels) : (low + levels, top)
        more.levelHad = all[from - 1]
        more.levelWanted = all[to - 1]
    case .days(let days):
        if days > 0 { more.startBefore = more.startBefore?.adding(days: days) }
        if days < 0 { more.startAfter = more.startAfter?.adding(days: days) }
    case .daysAfterDeadline(let days): more.deadline = more.deadline?.adding(days: days)
    case .tenthsOfHours(let tenths):
        more.hoursPerWeek = more.hoursPerWeek.map { $0 + Double(tenths) / 10 }
    case .slots where miss.blockedBy == .childcare:
        // The way from home and back comes on top, of which the lesson alone tells nothing.
        return nil
    case .slots(let slots): more.free.formUnion(slots)
    case .dayParts(let parts):
        if parts.contains(.evening) { more.free.formUnion(WeekSlots(every: .evening)) }
        if parts.contains(.weekend) { more.free.formUnion(.weekend) }
    case .languages(let languages): more.languages += languages
    case .modes(let modes): more.modes.formUnion(modes)
    case .kind(let kind): more.kinds.insert(kind)
    case .minutesBetween, .lacks, .notStated: return nil
    }
    return more
}
