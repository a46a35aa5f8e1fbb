import Matching
import Settings
import Testing

@Suite("Weights are data")
struct WeightTests {
    @Test("a partnership's own weights are read; what it leaves out stays")
    func reading() throws {
        let table = try SettingsTable.read(
            toml: "travel = 60\nwanted-skill = 2.5\n", file: "weights.toml")
        let weights = MatchWeights(reading: table)
        try table.finish()
        #expect(weights.shares.travel == 60)
        #expect(weights.shares.skills == MatchWeights().shares.skills)
        #expect(weights.wantedSkill == 2500)
    }

    @Test("a weight that is not known is a fault")
    func unknown() throws {
        let table = try SettingsTable.read(toml: "travle = 60\n", file: "weights.toml")
        _ = MatchWeights(reading: table)
        let error = #expect(throws: SettingsFaults.self) { try table.finish() }
        #expect(
            error?.description
                == "weights.toml:1: travle: is not a field; did you mean “travel”?")
    }

    @Test("weights change the order, and nothing that is said")
    func order() throws {
        let catalogue = DrawnCatalogue(
            """
            far-but-more | a b | 20 | 10 | 100 | 3
            near         | a   | 1  | 10 | 100 | 3
            """)
        let profile = try resolved(learner { $0.skillsWanted = ["snoeien", "vellen"] })
        var travel = MatchWeights()
        travel.shares.skills = 1
        let usual = Matcher(source: catalogue, skills: drawnSkills).match(profile, today: today)
        let other = Matcher(source: catalogue, skills: drawnSkills, weights: travel)
            .match(profile, today: today)
        #expect(usual.results.map(\.offering) == [0, 1])
        #expect(other.results.map(\.offering) == [1, 0])
        #expect(
            Set(usual.results.map(\.reasons)) == Set(other.results.map(\.reasons)))
    }
}
