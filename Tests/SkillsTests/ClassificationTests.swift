import CourseModel
import Skills
import Testing

/// A classification of nothing that exists, in the files and columns of ESCO's download.
private let download: [String: String] = {
    let base = "http://data.europa.eu/esco/"
    func skills(_ rows: String...) -> String {
        "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,"
            + "modifiedDate,scopeNote,definition,inScheme,description\n" + rows.joined()
    }
    func skill(
        _ id: String, _ kind: String, _ label: String, _ other: String, _ text: String,
        status: String = "released"
    ) -> String {
        "KnowledgeSkillCompetence,\(base)skill/\(id),\(kind),sector-specific,\(label),\"\(other)\","
            + ",\(status),2026-01-01T00:00:00Z,,,\(base)concept-scheme/skills,\"\(text)\"\n"
    }
    func occupations(_ rows: String...) -> String {
        "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,"
            + "modifiedDate,regulatedProfessionNote,scopeNote,definition,inScheme,description,code\n"
            + rows.joined()
    }
    func occupation(_ id: String, _ label: String, _ other: String, _ text: String) -> String {
        "Occupation,\(base)occupation/\(id),6113,\(label),\"\(other)\",,released,"
            + "2026-01-01T00:00:00Z,,,,\(base)concept-scheme/occupations,\(text),6113.9\n"
    }
    return [
        "skills_nl.csv": skills(
            skill(
                "0a", "skill/competence", "mos vlechten", "mosvlechtwerk maken\nmosmatten vlechten",
                "Mos tot matten vlechten, \"\"strak\"\" en sterk."),
            skill("0b", "knowledge", "soorten mos", "", "De soorten."),
            skill("0c", "knowledge", "oud mos", "", "", status: "obsolete")),
        "skills_en.csv": skills(
            skill(
                "0a", "skill/competence", "braid moss", "make moss braids", "Braid moss into mats."),
            skill("0b", "knowledge", "species of moss", "", "The species."),
            skill("0d", "skill/competence", "water moss", "", "Keep moss moist.")),
        "occupations_nl.csv": occupations(
            occupation("1a", "mosvlechter", "mosvlechtster\nvlechter van mos", "Vlecht mos.")),
        "occupations_en.csv": occupations(
            occupation("1a", "moss braider", "braider of moss", "Braids moss.")),
        "occupationSkillRelations_en.csv":
            "occupationUri,occupationLabel,relationType,skillType,skillUri,skillLabel\n"
            + "\(base)occupation/1a,moss braider,essential,skill/competence,\(base)skill/0a,x\n"
            + "\(base)occupation/1a,moss braider,optional,knowledge,\(base)skill/0b,x\n"
            + "\(base)occupation/1a,moss braider,optional,knowledge,\(base)skill/0c,x\n",
        "broaderRelationsSkillPillar_en.csv":
            "conceptType,conceptUri,broaderType,broaderUri\n"
            + "KnowledgeSkillCompetence,\(base)skill/0a,SkillGroup,\(base)skill/S1.1\n",
    ]
}()

@Suite("ESCO is imported from the files of its download")
struct ClassificationTests {
    @Test("both languages make one concept; what is obsolete or unrelated is counted, not taken in")
    func official() throws {
        let folder = try ScratchFolder(download)
        defer { withExtendedLifetime(folder) {} }
        let read = try Classification.read(folder: folder.path)
        #expect(read.skills.map(\.dutch.label) == ["mos vlechten", "soorten mos", ""])
        #expect(
            read.skills.map(\.english.label) == ["braid moss", "species of moss", "water moss"])
        #expect(read.skills.map(\.isKnowledge) == [false, true, false])
        let skill = try #require(read.skills.first)
        #expect(skill.dutch.alternatives == ["mosvlechtwerk maken", "mosmatten vlechten"])
        #expect(skill.dutch.text == "Mos tot matten vlechten, \"strak\" en sterk.")
        #expect(skill.broader == ["http://data.europa.eu/esco/skill/S1.1"])
        #expect(read.occupations.map(\.isco08) == ["6113"])
        #expect(read.needs.map(\.isEssential) == [true, false])
        #expect(read.leftOut.obsolete == 1)
        #expect(read.leftOut.unnamed == 0)
        #expect(read.leftOut.unrelated == 1)
    }

    @Test("an import stands beside the workspace's own skills and resolves words of both")
    func install() throws {
        let source = try ScratchFolder(download)
        defer { withExtendedLifetime(source) {} }
        let own = try ScratchFolder([
            "skills.tsv": "id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tbroader\n"
                + "skill:heide\tskill\theide maaien\tmow heather\t\t\t\n",
            "occupations.tsv": "id\tlabel_nl\tlabel_en\talt_nl\talt_en\tisco08\tsector\n",
            "occupation-skills.tsv": "occupation\tskill\timportance\n",
        ])
        defer { withExtendedLifetime(own) {} }
        let summary = try ClassificationInstaller(try .read(folder: source.path))
            .install(into: own.path)
        #expect(summary.skills == 3)
        #expect(summary.dutchSkills == 2)
        #expect(summary.occupations == 1)
        #expect(summary.needs == 2)
        let skills = try SkillsCatalogue.load(folder: own.path)
        #expect(skills.skillCount == 4)
        for text in ["heide maaien", "skill:heide"] {
            let best = try #require(skills.resolveSkill(text).best)
            #expect(skills.skillID(best.number).value == "skill:heide")
        }
        let moss = try #require(skills.number(of: ID<Skill>("0a")))
        #expect(skills.skillID(moss).value == "http://data.europa.eu/esco/skill/0a")
        #expect(skills.resolveSkill("mosmatten vlechten").best?.number == moss)
        #expect(skills.resolveSkill("vlechten van mosmatten").matches.first?.number == moss)
        let braider = try #require(skills.resolveOccupation("mosvlechtster").best)
        #expect(
            skills.needs(ofOccupation: braider.number).map(\.importance) == [.essential, .optional])
        #expect(
            try skills.description(of: "http://data.europa.eu/esco/skill/0a").text(in: [.english])
                == "Braid moss into mats.")
    }

    @Test("a second import takes the place of the first and says the same again")
    func again() throws {
        let source = try ScratchFolder(download)
        defer { withExtendedLifetime(source) {} }
        let own = try ScratchFolder()
        defer { withExtendedLifetime(own) {} }
        let installer = ClassificationInstaller(try .read(folder: source.path))
        let first = try installer.install(into: own.path)
        let again = try installer.install(into: own.path)
        #expect(first == again)
        #expect(try SkillsCatalogue.load(folder: own.path).skillCount == 3)
        #expect(!own.holds("imported.new") && !own.holds("imported.old"))
    }

    @Test(
        "a faulty download is refused by file and line, and what was there stays",
        arguments: [
            (
                "skills_nl.csv", "conceptUri,preferredLabel\n",
                "skills_nl.csv:1: there is no column “altLabels”"
            ),
            (
                "skills_en.csv",
                "conceptUri,skillType,preferredLabel,altLabels\nhttp://x/1,skill,\"a,b\n",
                "skills_en.csv:2: a quoted field does not end where it should"
            ),
            (
                "occupationSkillRelations_en.csv",
                "occupationUri,relationType,skillUri\nhttp://x/1,needed,http://x/2\n",
                "_en.csv:2: the relationType “needed” is neither essential nor optional"
            ),
        ])
    func faulty(name: String, text: String, message: String) throws {
        let source = try ScratchFolder(download)
        defer { withExtendedLifetime(source) {} }
        try source.write(text, to: name)
        let error = #expect(throws: SkillsError.self) {
            try Classification.read(folder: source.path)
        }
        #expect(error?.description.contains(message) == true, "\(error as Any)")
    }

    @Test("an id that the workspace has already keeps the import out")
    func twice() throws {
        let source = try ScratchFolder(download)
        defer { withExtendedLifetime(source) {} }
        let own = try ScratchFolder([
            "skills.tsv": "id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tbroader\n"
                + "http://data.europa.eu/esco/skill/0a\tskill\tvlechten\tbraid\t\t\t\n",
            "occupations.tsv": "id\tlabel_nl\tlabel_en\talt_nl\talt_en\n",
            "occupation-skills.tsv": "occupation\tskill\timportance\n",
        ])
        defer { withExtendedLifetime(own) {} }
        let installer = ClassificationInstaller(try .read(folder: source.path))
        #expect(throws: SkillsError.self) { try installer.install(into: own.path) }
        #expect(!own.holds("imported") && !own.holds("imported.new"))
        #expect(try SkillsCatalogue.load(folder: own.path).skillCount == 1)
    }

    @Test("a folder without a classification is told what it should hold")
    func empty() throws {
        let folder = try ScratchFolder()
        defer { withExtendedLifetime(folder) {} }
        let error = #expect(throws: SkillsError.self) {
            try Classification.read(folder: folder.path)
        }
        #expect(error?.description.contains("skills_nl.csv") == true)
    }

    @Test("a lexicon learns which words stand for which")
    func lexicon() throws {
        let folder = try ScratchFolder(download)
        defer { withExtendedLifetime(folder) {} }
        let lexicon = try Classification.read(folder: folder.path).learnLexicon()
        let moss = lexicon.entries.filter { $0.word == "mos" }.map(\.translation)
        #expect(moss.first?.word == "moss")
        #expect(moss.allSatisfy { (0...1).contains($0.share) })
    }
}
