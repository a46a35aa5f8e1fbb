import CourseModel
import Matching
import Testing

@Suite("Matching keeps its promises on random catalogues and profiles")
struct PropertyTests {
    @Test("the best are those that weighing every single offering gives", arguments: 0..<40)
    func bruteForce(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let catalogue = DrawnCatalogue(randomDrawing(&random))
        let profile = try resolved(randomLearner(&random))
        let matcher = Matcher(source: catalogue, skills: drawnSkills)
        // A list as long as the catalogue, cut by hand, must begin like a short list; and taking
        // one offering at a time must give the same score as taking them together.
        let all = matcher.match(
            profile, today: today, limit: catalogue.offeringCount, oncePerCourse: false)
        let few = matcher.match(profile, today: today, limit: 5, oncePerCourse: false)
        #expect(all.total == all.results.count)
        #expect(few.total == all.total)
        #expect(few.results == Array(all.results.prefix(5)))
        // What is ranked without a word about it is the same.
        let ranked = matcher.rank(profile, today: today, limit: 5)
        #expect(ranked.total == all.total)
        #expect(ranked.best.map(\.offering) == few.results.map(\.offering))
        #expect(ranked.best.map(\.parts) == few.results.map(\.parts))
        var alone: [Match] = []
        for number in 0..<catalogue.offeringCount {
            alone += matcher.match(profile, today: today, limit: 1) { $0 == number }.results
        }
        // Once a course is the same list with all but the first of each course left out.
        let once = matcher.match(profile, today: today, limit: 7)
        var seen: Set<Int> = []
        let firsts = all.results.filter { seen.insert($0.course).inserted }
        #expect(once.results.map(\.offering) == firsts.prefix(7).map(\.offering))
        #expect(once.total == all.total)
        #expect(once.totalCourses == firsts.count)
        let sorted = alone.sorted {
            $0.score != $1.score
                ? $0.score > $1.score
                : catalogue.rows[$0.offering].id < catalogue.rows[$1.offering].id
        }
        #expect(sorted == all.results)
    }

    @Test(
        "more budget, reach, hours, time or rights never lower a score or the number of results",
        arguments: 0..<40)
    func monotonicity(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let catalogue = DrawnCatalogue(randomDrawing(&random))
        let profile = randomLearner(&random)
        let before = try scores(profile, catalogue)
        let widenings: [(String, (inout Profile) -> Void)] = [
            ("budget", { $0.budget = $0.budget.map { Money($0.amount + $0.amount, $0.currency) } }),
            (
                "reach",
                {
                    let (home, work) = ($0.home?.within, $0.work?.within)
                    $0.home?.within = wider(home)
                    $0.work?.within = wider(work)
                }
            ),
            ("hours", { $0.hoursPerWeek = $0.hoursPerWeek.map { $0 + 3 } }),
            ("earlier start", { $0.startAfter = $0.startAfter?.adding(days: -30) }),
            ("later start", { $0.startBefore = $0.startBefore?.adding(days: 30) }),
            ("deadline", { $0.deadline = $0.deadline?.adding(days: 60) }),
            ("free", { if !$0.freeSlots.isEmpty { $0.free.formUnion(.weekend) } }),
            ("funding", { $0.funding.append(.slim) }),
            ("fewer musts", { $0.musts.removeAll() }),
            (
                "modes",
                { if !$0.modes.isEmpty { $0.modes.formUnion(DeliveryMode.allCases) } }
            ),
            (
                "childcare",
                {
                    guard !$0.childcare.isEmpty else { return }
                    $0.childcare = WeeklyHours.merged($0.childcare + WeekSlots(.wednesday).hours)
                }
            ),
            (
                "free hours",
                {
                    guard !$0.freeSlots.isEmpty else { return }
                    $0.freeHours = WeeklyHours.merged($0.freeHours + WeekSlots(.friday).hours)
                }
            ),
            ("languages", { if !$0.languages.isEmpty { $0.languages.append(.english) } }),
        ]
        for (name, widen) in widenings {
            var more = profile
            widen(&more)
            let after = try scores(more, catalogue)
            #expect(after.count >= before.count, "\(name)")
            for (offering, score) in before {
                #expect(after[offering] ?? -1 >= score, "\(name) at offering \(offering)")
            }
        }
    }

    @Test(
        "asking for less never lowers a score or the number of results, whatever is given up",
        arguments: 0..<40)
    func givingUp(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let catalogue = DrawnCatalogue(randomDrawing(&random))
        let profile = randomLearner(&random)
        let before = try scores(profile, catalogue)
        // Not among them: a budget, without which cheaper is still better; one of two levels, since
        // the other then says alone what is asked; a place, which is somewhere to travel from.
        var removals: [(String, (inout Profile) -> Void)] = [
            ("all needs", { $0.accessibility = [] }), ("childcare", { $0.childcare = [] }),
            (
                "free time",
                {
                    $0.free = []
                    $0.freeHours = []
                }
            ),
            ("hours", { $0.hoursPerWeek = nil }), ("deadline", { $0.deadline = nil }),
            ("earliest start", { $0.startAfter = nil }),
            ("latest start", { $0.startBefore = nil }), ("modes", { $0.modes = [] }),
            ("languages", { $0.languages = [] }), ("kinds", { $0.kinds = [] }),
            (
                "levels",
                {
                    $0.levelHad = nil
                    $0.levelWanted = nil
                }
            ),
            ("reach of home", { $0.home?.within = nil }),
            ("reach of work", { $0.work?.within = nil }),
        ]
        for need in Accessibility.allCases {
            removals.append(("need \(need)", { $0.accessibility.remove(need) }))
        }
        for must in Profile.Must.allCases {
            removals.append(("must \(must)", { $0.musts.remove(must) }))
        }
        for (name, remove) in removals {
            var less = profile
            remove(&less)
            // What is not asked any more is no limit either.
            if less.home?.within == nil, less.work?.within == nil { less.musts.remove(.travel) }
            let after = try scores(less, catalogue)
            #expect(after.count >= before.count, "\(name)")
            for (offering, score) in before {
                #expect(after[offering] ?? -1 >= score, "\(name) at offering \(offering)")
            }
        }
    }

    @Test("the same question has the same answer, whatever the order of the offerings")
    func order() throws {
        var random = SeededRandom(seed: 7)
        // Every line a course of its own, so that the lines can be shuffled.
        let lines = randomDrawing(&random).replacing("#", with: "-").split(separator: "\n")
            .map(String.init)
        let profile = try resolved(randomLearner(&random))
        let answers = [lines, lines.reversed(), lines.sorted()].map { lines in
            let catalogue = DrawnCatalogue(lines.joined(separator: "\n"))
            let results = Matcher(source: catalogue, skills: drawnSkills)
                .match(profile, today: today, limit: 100)
            return results.results.map { "\(catalogue.rows[$0.offering].id) \($0.score)" }
        }
        #expect(answers[0] == answers[1])
        #expect(answers[0] == answers[2])
    }

    @Test("scores and parts stay within their ranges")
    func ranges() throws {
        for seed in 100..<120 {
            var random = SeededRandom(seed: seed)
            let catalogue = DrawnCatalogue(randomDrawing(&random))
            let results = Matcher(source: catalogue, skills: drawnSkills)
                .match(try resolved(randomLearner(&random)), today: today, limit: 100)
            for match in results.results + results.nearMisses.map(\.match) {
                #expect((0...1).contains(match.score))
                for part in [
                    match.parts.skills, match.parts.travel, match.parts.level, match.parts.time,
                    match.parts.cost, match.parts.preferences,
                ] { #expect((0...1000).contains(part)) }
                #expect(!match.reasons.isEmpty)
            }
        }
    }
}

private func scores(_ profile: Profile, _ catalogue: DrawnCatalogue) throws -> [Int: Double] {
    let results = Matcher(source: catalogue, skills: drawnSkills)
        .match(try resolved(profile), today: today, limit: 1000, oncePerCourse: false)
    return Dictionary(uniqueKeysWithValues: results.results.map { ($0.offering, $0.score) })
}

private func wider(_ within: ProfilePlace.Within?) -> ProfilePlace.Within? {
    switch within {
    case .metres(let metres): .metres(metres + 5000)
    case .minutes(let minutes): .minutes(minutes + 20)
    case nil: nil
    }
}

/// Forty offerings of some twenty courses.
func randomDrawing(_ random: inout SeededRandom) -> String {
    let words = [
        "full", "past", "evening", "weekend", "tuesday-evening", "friday", "4h", "12h", "en",
        "unsaid", "slim", "ends+60", "ends+200", "internship", "pupils", "x0.5", "wheelchair",
        "stairs", "tue1900-2130", "fri0930-1200", "wed1300-1630",
    ]
    return (0..<40).map { number in
        let skills = ["a", "b", "b2", "c", "d", "e"].filter { _ in random.below(3) == 0 }
        let place =
            random.below(6) == 0 ? "online" : random.below(9) == 0 ? "-" : "\(random.below(50))"
        let start =
            random.below(6) == 0 ? "any" : random.below(9) == 0 ? "-" : "\(random.below(300))"
        let price = random.below(8) == 0 ? "-" : "\(random.below(20) * 100)"
        let level = random.below(8) == 0 ? "-" : "\(1 + random.below(7))"
        let more = words.filter { _ in random.below(8) == 0 }
        return
            "c\(number / 2)#\(number) | \(skills.joined(separator: " ")) | \(place) | \(start) | "
            + "\(price) | \(level) | \(more.joined(separator: " "))"
    }.joined(separator: "\n")
}

func randomLearner(_ random: inout SeededRandom) -> Profile {
    var profile = Profile()
    func maybe() -> Bool { random.below(2) == 0 }
    profile.home = ProfilePlace(
        place: "Thuis", within: maybe() ? .metres(5000 + random.below(20_000)) : nil, mode: .bike)
    if maybe() {
        profile.work = ProfilePlace(
            place: "Werk", within: .minutes(10 + random.below(60)), mode: .transit)
    }
    if maybe() { profile.wantedOccupation = "boomverzorger" }
    if maybe() { profile.skillsWanted = ["boekhouden", "vellen"] }
    if maybe() { profile.skillsHad = ["snoeien"] }
    if maybe() { profile.levelHad = .three }
    if maybe() { profile.levelWanted = .four }
    if maybe() { profile.startAfter = today }
    if maybe() { profile.startBefore = today.adding(days: 30 + random.below(200)) }
    if maybe() { profile.deadline = today.adding(days: 200 + random.below(200)) }
    if maybe() { profile.hoursPerWeek = Double(4 + random.below(10)) }
    if maybe() { profile.free = [WeekSlots(.tuesday, .evening), WeekSlots(.friday)] }
    if maybe() {
        profile.freeHours = [WeeklyHours(.wednesday, from: 540, to: 1000)].compactMap { $0 }
    }
    if maybe() {
        profile.accessibility = Set(Accessibility.allCases.filter { _ in random.below(3) == 0 })
    }
    if maybe() {
        profile.childcare = [WeeklyHours(.friday, from: 510, to: 870)].compactMap { $0 }
    }
    if maybe() { profile.budget = euro(100 + random.below(1000)) }
    if maybe() { profile.modes = [.classroom] }
    if random.below(4) == 0 { profile.kinds = [.course, .internship] }
    if maybe() { profile.languages = [.dutch] }
    for must in Profile.Must.allCases where random.below(5) == 0 { profile.musts.insert(must) }
    return profile
}
