import CourseModel
import Matching
import Testing

@Suite("Modules are chosen that together cover a team")
struct TeamTests {
    private func cover(
        _ drawing: String, _ members: [TeamMember], _ change: (inout Profile) -> Void = { _ in }
    ) throws -> (cover: TeamCover, catalogue: DrawnCatalogue) {
        let catalogue = DrawnCatalogue(drawing)
        let profile = learner {
            $0.audience = .team
            $0.members = members
            $0.teamSize = members.count
            change(&$0)
        }
        let cover = TeamPlanner(source: catalogue, skills: drawnSkills)
            .cover(for: try resolved(profile), today: today)
        return (cover, catalogue)
    }

    private let crew = [
        TeamMember(name: "Kim", skillsHad: ["vellen"], skillsWanted: ["snoeien", "klimmen"]),
        TeamMember(name: "Bo", skillsWanted: ["snoeien", "boekhouden"]),
        TeamMember(name: "Sem", skillsHad: ["snoeien"], skillsWanted: ["boekhouden", "snoeien"]),
    ]

    @Test("the fewest modules are taken, and of those the cheapest; only those go who lack it")
    func fewest() throws {
        let (cover, catalogue) = try cover(
            """
            prune | a     | 5 | 10 | 100 | 3
            climb | c     | 5 | 10 | 100 | 3
            count | e     | 5 | 10 | 100 | 3
            both  | a c   | 5 | 10 | 900 | 3
            dear  | a c   | 5 | 10 | 950 | 3
            """, crew)
        #expect(cover.modules.map { catalogue.rows[$0.match.offering].id } == ["count", "both"])
        #expect(cover.modules.map(\.members) == [[1, 2], [0, 1]])
        #expect(cover.modules.map(\.cents) == [20_000, 180_000])
        #expect(cover.cents == 200_000)
        #expect(cover.open.isEmpty)
        #expect(cover.isProven)
    }

    @Test("what nothing teaches, or only out of the limits, stays open with who lacks it and why")
    func open() throws {
        let (cover, _) = try cover("far | c | 60 | 10 | 100 | 3\nnear | a | 2 | 10 | 100 | 3", crew)
        {
            $0.home?.within = .metres(10_000)
            $0.musts = [.travel]
        }
        #expect(cover.modules.count == 1)
        let open = Dictionary(
            uniqueKeysWithValues: cover.open.map {
                (drawnSkills.skillLabel($0.skill, in: .english), $0)
            })
        #expect(open["climbing"]?.why == .limit(.travel))
        #expect(open["climbing"]?.members == [0])
        #expect(open["accounting"]?.why == nil)
        #expect(open["accounting"]?.members == [1, 2])
    }

    @Test("a module’s price is told for those who go, not for the whole team")
    func price() throws {
        let (cover, _) = try cover("count | e | 5 | 10 | 100 | 3", crew)
        #expect(cover.modules.map(\.members) == [[1, 2]])
        let reasons = try #require(cover.modules.first).match.reasons.map { $0.text(in: .english) }
        #expect(reasons.contains { $0.hasPrefix("2 × €100") && $0.contains("€200") }, "\(reasons)")
    }

    @Test("a budget is kept by those who go, over all modules together")
    func budget() throws {
        let wish: (inout Profile) -> Void = {
            $0.budget = euro(250)
            $0.musts = [.budget]
        }
        // For all three it would be 300 euro; two go.
        let (one, _) = try cover("prune | a | 5 | 10 | 100 | 3", crew, wish)
        #expect(one.cents == 20_000)
        let (two, _) = try cover(
            "prune | a | 5 | 10 | 100 | 3\ncount | e | 5 | 10 | 110 | 3", crew, wish)
        #expect(two.cents == 20_000)
        let accounting = two.open.first {
            drawnSkills.skillLabel($0.skill, in: .english) == "accounting"
        }
        #expect(accounting?.why == .limit(.budget))
        #expect(!two.isProven)
    }

    @Test("no set of modules does better, tried one by one", arguments: 0..<60)
    func bruteForce(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let lines = (0..<8).map { number in
            let skills = ["a", "b", "c", "d", "e", "f"].filter { _ in random.below(3) == 0 }
            return "m\(number) | \(skills.joined(separator: " ")) | 5 | 10 | "
                + "\(100 * (1 + random.below(5))) | 3"
        }
        let names = ["snoeien", "vellen", "klimmen", "bodemkunde", "boekhouden", "zwemles geven"]
        let members = ["Kim", "Bo", "Sem"].map { name in
            TeamMember(name: name, skillsWanted: names.filter { _ in random.below(2) == 0 })
        }
        let (cover, catalogue) = try cover(lines.joined(separator: "\n"), members)
        #expect(cover.isProven)
        // Every subset of the eight modules, by what it covers, how many it takes and what it costs.
        let lacking = ["a", "b", "c", "d", "e", "f"].enumerated().map { place, _ in
            members.indices.filter { members[$0].skillsWanted.contains(names[place]) }
        }
        let teaches = lines.map { line in
            let skills = line.split(separator: "|")[1].split(separator: " ").map(String.init)
            return (0..<6).filter { skills.contains(["a", "b", "c", "d", "e", "f"][$0]) }
                .filter { !lacking[$0].isEmpty }
        }
        let price = lines.indices.map { line in
            let going = Set(teaches[line].flatMap { lacking[$0] }).count
            return Int(catalogue.rows[line].facts.priceInCents ?? 0) * going
        }
        let all = Set(teaches.flatMap { $0 })
        var best: (count: Int, cents: Int)?
        for bits in 0..<(1 << lines.count) {
            let chosen = lines.indices.filter { bits >> $0 & 1 == 1 }
            guard Set(chosen.flatMap { teaches[$0] }) == all else { continue }
            let own = (count: chosen.count, cents: chosen.reduce(0) { $0 + price[$1] })
            if best.map({ own < $0 }) ?? true { best = own }
        }
        #expect(cover.modules.count == best?.count ?? 0)
        #expect(cover.cents == best?.cents ?? 0)
        #expect(
            Set(cover.modules.flatMap(\.skills)).count + cover.open.count
                == lacking.count { !$0.isEmpty })
    }

    @Test("members are read from the profile, and their number is the size of the team")
    func reading() throws {
        let profile = try Profile.read(
            """
            audience = "team"
            [[team.member]]
            name = "Kim"
            has = ["maaien"]
            [[team.member]]
            wants = ["snoeien"]
            occupation = "hovenier"
            """, file: "t.toml", today: today)
        #expect(profile.members.map(\.name) == ["Kim", "2"])
        #expect(profile.members[1].occupation == "hovenier")
        #expect(profile.teamSize == 2)
        #expect(throws: (any Error).self) {
            try Profile.read(
                "[team]\nsize = 3\n[[team.member]]\nname = \"Kim\"\n", file: "t.toml", today: today)
        }
    }
}

@Suite("Candidates for a place to learn at work are weighed by level and way")
struct CandidacyTests {
    private func score(_ change: (inout Profile) -> Void) throws -> Double? {
        let catalogue = DrawnCatalogue("place | a b | 10 | 30 | 0 | 3 | internship")
        let fit = Matcher(source: catalogue, skills: drawnSkills).candidacy(
            try resolved(learner(change)), offering: 0, today: today)
        guard case .fits(let match) = fit else { return nil }
        return match.score
    }

    @Test("one who names no skill is a candidate, and counts by level and way")
    func silent() throws {
        let near = try #require(try score { $0.levelHad = .two })
        let high = try #require(try score { $0.levelHad = .seven })
        #expect(near > high)
        let far = try #require(
            try score {
                $0.levelHad = .two
                $0.home?.within = .metres(2000)
            })
        #expect(near > far)
    }

    @Test("one who says nothing of level and place does not stand above one who fits")
    func unknown() throws {
        let silent = try #require(try score { $0.home = nil })
        let fitting = try #require(
            try score {
                $0.levelHad = .two
                $0.home = ProfilePlace(place: "Werk", mode: .bike)
            })
        #expect(fitting > silent)
    }

    @Test("the way of a candidate is the router's where there is one")
    func routedWay() throws {
        let catalogue = DrawnCatalogue("place | a b | 10 | 30 | 0 | 3 | internship")
        func fits(_ time: Double) throws -> Bool {
            let profile = learner {
                $0.home?.within = .minutes(30)
                $0.musts = [.travel]
            }
            let fit = Matcher(source: catalogue, skills: drawnSkills)
                .candidacy(try routed(time, profile), offering: 0, today: today)
            if case .fits = fit { return true }
            return false
        }
        // The estimate is 48 minutes.
        #expect(try fits(20))
        #expect(try !fits(40))
    }

    @Test("wanting what is learnt there counts beside, and level and way are told first")
    func wanted() throws {
        let without = try #require(
            try score {
                $0.levelHad = .two
                $0.skillsWanted = ["boekhouden"]
            })
        let with = try #require(
            try score {
                $0.levelHad = .two
                $0.skillsWanted = ["snoeien"]
            })
        #expect(with > without)
        let catalogue = DrawnCatalogue("place | a b | 10 | 30 | 0 | 3 | internship")
        let fit = Matcher(source: catalogue, skills: drawnSkills).candidacy(
            try resolved(
                learner {
                    $0.levelHad = .two
                    $0.skillsWanted = ["snoeien"]
                }), offering: 0, today: today)
        guard case .fits(let match) = fit else {
            Issue.record("a candidate who keeps all limits does not fit")
            return
        }
        #expect(
            match.reasons.prefix(3).map { $0.text(in: .dutch) } == [
                "niveau 3, één stap boven je niveau 2",
                "ongeveer 48 minuten fietsen van huis in Houten",
                "leert je wat je nog mist: snoeien",
            ])
    }
}
