import CourseModel
import Skills
import Testing

@Suite("Plain words resolve to skills and occupations")
struct ResolutionTests {
    @Test(
        "the strongest basis there is decides",
        arguments: [
            ("s:snoei", "s:snoei", ConceptMatch.Basis.id),
            ("Bomen snoeien", "s:snoei", .label),
            ("prune trees", "s:snoei", .label),
            ("boomsnoei", "s:snoei", .alternativeLabel),
            ("bomen te snoeien", "s:snoei", .words),
            ("hagen knippen en snoeien", "s:heg", .letters),
            ("bodem kunde", "k:bodem", .letters),
            ("bomen snoeyen", "s:snoei", .letters),
            ("sql", "k:sql", .label),
        ])
    func skills(text: String, id: String, basis: ConceptMatch.Basis) throws {
        let best = try #require(greenSkills.resolveSkill(text).best)
        #expect(greenSkills.skillID(best.number).value == id)
        #expect(best.basis == basis)
    }

    @Test("job titles resolve, misspelt ones too", arguments: ["hovenier", "Tuinman", "hoveneir"])
    func occupations(text: String) throws {
        let best = try #require(greenSkills.resolveOccupation(text).best)
        #expect(greenSkills.occupationID(best.number).value == "o:hovenier")
    }

    @Test("confidence falls from label to words to letters")
    func confidence() throws {
        let confidences = try ["bomen snoeien", "boomsnoei", "bomen snoeyen"].map {
            try #require(greenSkills.resolveSkill($0).matches.first).confidence
        }
        #expect(confidences == confidences.sorted(by: >))
        #expect(confidences[0] == 1)
        #expect(confidences.allSatisfy { (0...1).contains($0) })
    }

    @Test("what comes near to nothing resolves to nothing")
    func nothing() {
        #expect(greenSkills.resolveSkill("kwantumveldentheorie").best == nil)
        #expect(greenSkills.resolveSkill("").matches.isEmpty)
        #expect(SkillsCatalogue.empty.resolveSkill("snoeien").matches.isEmpty)
    }

    @Test("a skill is most like itself, then its kin")
    func similarity() throws {
        let prune = try #require(greenSkills.number(of: ID<Skill>("s:snoei")))
        let hedge = try #require(greenSkills.number(of: ID<Skill>("s:heg")))
        let soil = try #require(greenSkills.number(of: ID<Skill>("k:bodem")))
        #expect(greenSkills.similarity(prune, prune) == 1)
        #expect(greenSkills.similarity(prune, hedge) == greenSkills.similarity(hedge, prune))
        #expect(greenSkills.similarity(prune, hedge) > greenSkills.similarity(prune, soil))
        #expect(greenSkills.skills(near: prune).first?.skill == prune)
    }
}
