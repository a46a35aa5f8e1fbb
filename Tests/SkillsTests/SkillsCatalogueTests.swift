import CourseModel
import Skills
import Testing

@Suite("A skills catalogue is read from three tables")
struct SkillsCatalogueTests {
    @Test("rows become skills and occupations with their labels")
    func rows() throws {
        #expect(greenSkills.skillCount == 8)
        #expect(greenSkills.occupationCount == 2)
        let number = try #require(greenSkills.number(of: ID<Skill>("s:snoei")))
        let skill = greenSkills.skill(number)
        #expect(skill.kind == .skill)
        #expect(skill.label.text(in: [.english]) == "prune trees")
        #expect(skill.alternativeLabels.wordings.map(\.text).contains("boomsnoei"))
        #expect(skill.broader == ["g:groen"])
        let occupation = greenSkills.occupation(0)
        #expect(occupation.isco08 == "6113")
        #expect(greenSkills.occupationLabel(1, in: .english) == "tree surgeon")
    }

    @Test("what an occupation asks for comes essential first")
    func needs() {
        let needs = greenSkills.needs(ofOccupation: 0)
        let ids = needs.map { greenSkills.skillID($0.skill).value }
        #expect(ids == ["g:groen", "s:heg", "s:dak"])
        #expect(needs.map(\.importance) == [.essential, .essential, .optional])
    }

    @Test(
        "a fault names file, line and what is wrong",
        arguments: [
            ("id\ttype\n", "skills.tsv:1: there is no column “label_nl”"),
            (head + "a\tskill\tA\n", "skills.tsv:2: 3 fields where the first line names 7"),
            (
                head + row("a", "skil"),
                "skills.tsv:2: the type “skil” is neither skill nor knowledge"
            ),
            (
                head + row("a", "skill") + row("a", "skill"),
                "skills.tsv:3: the id “a” stands here twice"
            ),
            (head + row("", "skill"), "skills.tsv:2: the id is empty"),
        ])
    func faults(skills: String, message: String) {
        let error = #expect(throws: SkillsError.self) {
            try SkillsCatalogue(
                skills: Array(skills.utf8),
                occupations: Array(
                    "id\tlabel_nl\tlabel_en\talt_nl\talt_en\tisco08\tbroader\n".utf8),
                needs: Array("occupation\tskill\timportance\n".utf8))
        }
        #expect(error?.description == message)
    }

    @Test("the sample set of the catalogue loads, and every occupation asks for something")
    func sample() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let sample = try SkillsCatalogue.load(folder: "/\(root)/catalog/skills")
        #expect(sample.skillCount > 200)
        for number in 0..<sample.occupationCount {
            #expect(!sample.needs(ofOccupation: number).isEmpty)
        }
        for title in ["boomverzorger", "arborist", "Tuinman"] {
            #expect(sample.resolveOccupation(title).best?.confidence ?? 0 > 0.9)
        }
    }

    @Test("a folder that is not there is an error of that file")
    func absent() {
        let error = #expect(throws: SkillsError.self) {
            try SkillsCatalogue.load(folder: "/no/such/folder")
        }
        #expect(
            error?.description
                == "/no/such/folder/skills.tsv: cannot be read: No such file or directory")
    }
}

private let head = "id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tbroader\n"

private func row(_ id: String, _ type: String) -> String {
    "\(id)\t\(type)\tbomen\ttrees\t\t\t\n"
}
