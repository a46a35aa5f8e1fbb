import CourseModel
import Matching
import Testing

@Suite("Paths are put together from offerings that a learner can follow")
struct PathTests {
    /// The paths in a drawn catalogue for someone who wants `snoeien` (a), `vellen` (b) and
    /// `klimmen` (c).
    private func paths(
        _ drawing: String, _ change: (inout Profile) -> Void = { _ in }
    ) throws -> (results: PathResults, catalogue: DrawnCatalogue) {
        let catalogue = DrawnCatalogue(drawing)
        let profile = try resolved(
            learner {
                $0.skillsWanted = ["snoeien", "vellen", "klimmen"]
                change(&$0)
            })
        let planner = PathPlanner(source: catalogue, skills: drawnSkills)
        return (planner.paths(for: profile, today: today), catalogue)
    }

    /// The ids of the steps of the path for a goal.
    private func steps(
        _ goal: PathGoal, _ drawing: String, _ change: (inout Profile) -> Void = { _ in }
    ) throws -> [String] {
        let (results, catalogue) = try paths(drawing, change)
        let path = results.paths.first { $0.goals.contains(goal) }
        return path?.steps.map { catalogue.rows[$0.match.offering].id } ?? []
    }

    @Test("one step for each gap, in the order in which they start")
    func order() throws {
        #expect(
            try steps(
                .mostComplete,
                """
                c1 | c | 5 | 90 | 100 | 3 | ends+95
                a1 | a | 5 | 10 | 100 | 3 | ends+20
                b1 | b | 5 | 40 | 100 | 3 | ends+50
                """) == ["a1", "b1", "c1"])
    }

    @Test("the cheapest, fastest and nearest differ, and each says what it is best for")
    func goals() throws {
        let drawing = """
            cheap | a b c | 30 | 200 | 100 | 3 | ends+210
            fast  | a b c | 20 | 10  | 900 | 3 | ends+20
            near  | a b c | 1  | 90  | 500 | 3 | ends+99
            """
        #expect(try steps(.cheapest, drawing) == ["cheap"])
        #expect(try steps(.fastest, drawing) == ["fast"])
        #expect(try steps(.nearest, drawing) == ["near"])
        let (results, _) = try paths(drawing)
        #expect(results.paths.count == 3)
        #expect(results.paths.first?.goals == [.mostComplete, .cheapest])
        #expect(results.paths.allSatisfy { $0.proofs.values.allSatisfy { $0 == .best } })
    }

    @Test("steps together keep to the budget")
    func budget() throws {
        let drawing = """
            a1 | a   | 5 | 10 | 300 | 3 | ends+20
            b1 | b   | 5 | 30 | 300 | 3 | ends+40
            bc | b c | 5 | 60 | 500 | 3 | ends+70
            """
        #expect(try steps(.mostComplete, drawing) { $0.budget = euro(800) } == ["a1", "bc"])
        #expect(try steps(.mostComplete, drawing) { $0.budget = euro(700) } == ["bc"])
        #expect(try steps(.mostComplete, drawing) { $0.budget = euro(400) } == ["a1"])
    }

    @Test("steps that run together keep to the weekly hours")
    func hours() throws {
        let drawing = """
            a1    | a | 5 | 10 | 300 | 3 | ends+60 8h
            b1    | b | 5 | 30 | 300 | 3 | ends+50 8h
            later | b | 5 | 70 | 900 | 3 | ends+90 8h
            """
        #expect(try steps(.cheapest, drawing) { $0.hoursPerWeek = 16 } == ["a1", "b1"])
        #expect(try steps(.cheapest, drawing) { $0.hoursPerWeek = 10 } == ["a1", "later"])
    }

    @Test("no part of the week is taken twice at once")
    func slots() throws {
        #expect(
            try steps(
                .cheapest,
                """
                a1   | a | 5 | 10 | 300 | 3 | ends+60 tuesday-evening
                b1   | b | 5 | 20 | 300 | 3 | ends+50 tuesday-evening
                b2nd | b | 5 | 20 | 900 | 3 | ends+50 friday
                """) == ["a1", "b2nd"])
    }

    @Test("a level that is too high is reached by a step first")
    func levels() throws {
        let drawing = """
            a1    | a | 5 | 10 | 300 | 3 | ends+30
            early | b | 5 | 20 | 100 | 4 | ends+40
            late  | b | 5 | 50 | 500 | 4 | ends+60
            """
        #expect(try steps(.mostComplete, drawing) { $0.levelHad = .two } == ["a1", "late"])
        #expect(try steps(.mostComplete, drawing) { $0.levelHad = .three } == ["a1", "early"])
    }

    @Test("what can start at any moment waits until it fits")
    func anyTime() throws {
        let drawing = """
            a1 | a | 5 | 10  | 300 | 3 | ends+20 8h
            b1 | b | 5 | any | 300 | 3 | 8h
            """
        let (results, _) = try paths(drawing) { $0.hoursPerWeek = 8 }
        let path = try #require(results.paths.first)
        // Four weeks before the dated step do not fit, so it follows on the day after.
        #expect(path.steps.map(\.startIsChosen) == [false, true])
        #expect(path.steps[1].start == path.steps[0].end.adding(days: 1))
        #expect(path.steps[1].endIsKnown == false)
    }

    @Test("the deadline and the first day hold for all, the start window for the first step")
    func dates() throws {
        let drawing = """
            a1 | a | 5 | 10  | 300 | 3 | ends+20
            b1 | b | 5 | 100 | 300 | 3 | ends+120
            c1 | c | 5 | 150 | 300 | 3 | ends+190
            """
        #expect(
            try steps(.mostComplete, drawing) { $0.deadline = today.adding(days: 150) }
                == ["a1", "b1"])
        #expect(
            try steps(.mostComplete, drawing) { $0.startAfter = today.adding(days: 50) }
                == ["b1", "c1"])
        #expect(
            try steps(.mostComplete, drawing) { $0.startBefore = today.adding(days: 30) }
                == ["a1", "b1", "c1"])
        #expect(
            try steps(.mostComplete, drawing) { $0.startBefore = today.adding(days: 5) } == [])
    }

    @Test("what stays open is told with its reason")
    func open() throws {
        let (results, _) = try paths(
            """
            a1  | a | 5  | 10 | 300 | 3 | ends+20
            far | b | 45 | 30 | 300 | 3 | ends+40
            """
        ) { $0.home?.within = .metres(10_000) }
        func why(_ skill: String) -> OpenGap.Why? {
            results.open.first { drawnSkills.skillID($0.skill).value == skill }?.why
        }
        #expect(results.open.count == 2)
        #expect(why("b") == .refused(.limit(.travel), offerings: 1))
        #expect(why("c") == .notTaught)
        let poor = try paths(
            """
            a1 | a | 5 | 10 | 300 | 3 | ends+20
            b1 | b | 5 | 30 | 300 | 3 | ends+40
            """
        ) { $0.budget = euro(400) }
        #expect(
            poor.results.open.map(\.why) == [.doesNotCombine(offerings: 1), .notTaught])
    }

    @Test("what does not say when it starts is counted and cannot be planned")
    func undated() throws {
        let (results, _) = try paths("a1 | a | 5 | - | 300 | 3 |")
        #expect(results.paths.isEmpty)
        #expect(results.withoutStart == 1)
        #expect(results.open.first?.why == .refused(.limit(.start), offerings: 1))
    }

    @Test("what a little more money or time would bring is told")
    func relaxed() throws {
        let drawing = """
            a1 | a | 5 | 10 | 300 | 3 | ends+20
            b1 | b | 5 | 30 | 900 | 3 | ends+40
            c1 | c | 5 | 90 | 100 | 3 | ends+99
            """
        let (results, _) = try paths(drawing) {
            $0.budget = euro(500)
            $0.deadline = today.adding(days: 60)
        }
        #expect(
            results.relaxations.map(\.need) == [.cents(700_00), .days(39)])
        #expect(results.relaxations.map(\.closes.count) == [2, 2])
        #expect(try paths(drawing).results.relaxations.isEmpty)
    }

    @Test("an offering that cannot be a step even by itself is told with what keeps it out")
    func alone() throws {
        let high = try paths("a1 | a | 5 | 10 | 300 | 5 |") { $0.levelHad = .two }
        #expect(high.results.open.first?.why == .refused(.limit(.level), offerings: 1))
        let late = try paths("a1 | a | 5 | 60 | 300 | 2 |") {
            $0.startBefore = today.adding(days: 30)
        }
        #expect(late.results.open.first?.why == .refused(.limit(.start), offerings: 1))
    }

    @Test("what is meant for others is no step, and that is told")
    func others() throws {
        let (results, _) = try paths("a1 | a | 5 | 10 | 300 | 3 | pupils") {
            $0.audience = .worker
        }
        #expect(results.paths.isEmpty)
        #expect(results.open.first?.why == .refused(.audience, offerings: 1))
    }

    @Test("of many offerings the best are searched, and the bound is told", arguments: 0..<5)
    func bound(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let drawing = (0..<80).map { number in
            let skills = ["a", "b", "c"].filter { _ in random.below(2) == 0 }
            return "c\(number) | \((skills.isEmpty ? ["a"] : skills).joined(separator: " ")) | "
                + "\(random.below(40)) | \(random.below(300)) | \(random.below(30) * 50) | 3 | 4h"
        }.joined(separator: "\n")
        let catalogue = DrawnCatalogue(drawing)
        let profile = try resolved(
            learner {
                $0.skillsWanted = ["snoeien", "vellen", "klimmen"]
                $0.hoursPerWeek = 8
            })
        var planner = PathPlanner(source: catalogue, skills: drawnSkills)
        let whole = planner.paths(for: profile, today: today)
        planner.candidateLimit = 12
        let part = planner.paths(for: profile, today: today)
        #expect(part.considered == 12 && part.eligible == 80)
        for goal in PathGoal.allCases {
            let path = try #require(part.paths.first { $0.goals.contains(goal) })
            let best = try #require(whole.paths.first { $0.goals.contains(goal) })
            guard case .bound(let bound) = path.proofs[goal] else { continue }
            // The bound holds for what the wider search finds, too.
            switch goal {
            case .mostComplete: #expect(best.measures.closed <= bound)
            case .cheapest: #expect(best.measures.cents >= bound)
            case .fastest: #expect(Int(best.measures.finish) >= bound)
            case .nearest: #expect(best.measures.minutes >= bound)
            }
        }
    }

    @Test("the same question has the same paths, whatever the order of the offerings")
    func deterministic() throws {
        var random = SeededRandom(seed: 11)
        let lines = (0..<30).map { number in
            "c\(number) | \(["a", "b", "c"][random.below(3)]) | \(random.below(40)) | "
                + "\(random.below(200)) | \(random.below(6) * 100) | 3 | 4h"
        }
        let answers = try [lines, lines.reversed()].map { lines in
            let (results, catalogue) = try paths(lines.joined(separator: "\n"))
            return results.paths.map { path in
                path.steps.map { catalogue.rows[$0.match.offering].id }
            }
        }
        #expect(answers[0] == answers[1])
    }
}
