import CourseModel
import Testing

@testable import Skills

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite("What is derived from an import is kept in a file")
struct KeptNamesTests {
    private let questions = ["snoeien", "boomsnoeien", "bomen", "chirurg van bomen", "zagen"]

    private func install(into folder: ScratchFolder) throws {
        let tables: [(String, String)] = [
            (
                "skills.tsv",
                "id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tbroader\n"
                    + "s1\tskill\tbomen snoeien\tprune trees\ttakken zagen\tcut branches\tg\n"
                    + "s2\tskill\theggen snoeien\tprune hedges\t\t\tg\n"
                    + "s3\tknowledge\tbodemkunde\tsoil science\t\t\t\n"
            ),
            (
                "occupations.tsv",
                "id\tlabel_nl\tlabel_en\talt_nl\talt_en\tisco08\n"
                    + "o1\tboomverzorger\ttree surgeon\tboomchirurg\tarborist\t6113\n"
            ),
            ("occupation-skills.tsv", "occupation\tskill\timportance\no1\ts1\tessential\n"),
            (
                "descriptions.tsv",
                "id\ttext_nl\ttext_en\no1\tVerzorgt bomen.\tTakes care of trees.\n"
            ),
            ("lexicon.tsv", "word\ttranslation\tshare\nboom\ttree\t0.9\n"),
        ]
        mkdir(folder.path + "/imported", 0o755)
        for (name, text) in tables { try folder.write(text, to: "imported/" + name) }
    }

    private func answers(_ catalogue: SkillsCatalogue) -> [Resolution] {
        questions.flatMap { [catalogue.resolveSkill($0), catalogue.resolveOccupation($0)] }
    }

    private func near(_ catalogue: SkillsCatalogue) -> [[SimilarSkill]] {
        (0..<catalogue.skillCount).map { catalogue.skills(near: $0, atLeast: 0.1) }
    }

    @Test("the first question makes the file, and the mapped file answers the same")
    func same() throws {
        let folder = try ScratchFolder()
        try install(into: folder)
        let file = folder.path + "/imported/" + KeptNames.fileName
        #expect(access(file, F_OK) != 0)
        let first = try SkillsCatalogue.load(folder: folder.path)
        let computed = (answers(first), near(first))
        #expect(access(file, F_OK) == 0)
        let second = try SkillsCatalogue.load(folder: folder.path)
        let mapped = (answers(second), near(second))
        #expect(computed.0 == mapped.0)
        #expect(computed.1 == mapped.1)
        #expect(mapped.0.contains { $0.best != nil })
    }

    @Test("a byte that changed anywhere is found, the file is made again, and the answer is right")
    func damage() throws {
        let folder = try ScratchFolder()
        try install(into: folder)
        let right = answers(try SkillsCatalogue.load(folder: folder.path))
        let file = folder.path + "/imported/" + KeptNames.fileName
        let whole = try readBytes(of: file)
        for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 24)) {
            var damaged = whole
            damaged[place] ^= 0x40
            try folder.write(bytes: damaged, to: "imported/" + KeptNames.fileName)
            let catalogue = try SkillsCatalogue.load(folder: folder.path)
            #expect(answers(catalogue) == right, "byte \(place)")
            let mended = try readBytes(of: file)
            // A byte between the parts, which nothing reads, may stay as it is.
            #expect(mended == whole || mended == damaged, "byte \(place)")
        }
        try folder.write(
            bytes: Array(whole.prefix(whole.count / 2)), to: "imported/" + KeptNames.fileName)
        #expect(answers(try SkillsCatalogue.load(folder: folder.path)) == right)
        #expect(try readBytes(of: file) == whole)
    }

    @Test("what was read of a damaged file counts for nothing, whoever made the file again since")
    func mendedMeanwhile() throws {
        let folder = try ScratchFolder()
        try install(into: folder)
        // So many that a part of the file holds labels alone, and is first checked when one is read.
        let rows = (0..<1_100).map { "s\($0)\tskill\tkunde \($0)\tcraft \($0)\t\t\t\n" }
        try folder.write(
            "id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tbroader\n" + rows.joined(),
            to: "imported/skills.tsv")
        let right = try SkillsCatalogue.load(folder: folder.path).resolveSkill("kunde 700").best
        #expect(right?.basis == .label)
        let file = folder.path + "/imported/" + KeptNames.fileName
        var bytes = try readBytes(of: file)
        try #require(bytes.count > 32_768)
        bytes[20_000] ^= 0x40
        try folder.write(bytes: bytes, to: "imported/" + KeptNames.fileName)
        let catalogue = try SkillsCatalogue.load(folder: folder.path)
        var runs = 0
        let answer = catalogue.answering {
            runs += 1
            let found = catalogue.skillNames.matches("kunde 700").first
            // Another question finds the damage and makes the file again.
            _ = catalogue.resolveSkill("kunde 700")
            return found?.number
        }
        #expect(answer == right?.number)
        #expect(runs == 2)
    }

    @Test("when the skills change, the file is made again")
    func changed() throws {
        let folder = try ScratchFolder()
        try install(into: folder)
        _ = answers(try SkillsCatalogue.load(folder: folder.path))
        let file = folder.path + "/imported/" + KeptNames.fileName
        let before = try readBytes(of: file)
        try folder.write(
            "id\tlabel_nl\tlabel_en\talt_nl\talt_en\tisco08\n"
                + "o1\tboomverzorger\ttree surgeon\tbomendokter\tarborist\t6113\n",
            to: "imported/occupations.tsv")
        let catalogue = try SkillsCatalogue.load(folder: folder.path)
        #expect(catalogue.resolveOccupation("bomendokter").best?.basis == .alternativeLabel)
        #expect(try readBytes(of: file) != before)
    }

    @Test("a workspace that has no import needs no file")
    func without() throws {
        let catalogue = try SkillsCatalogue(
            skills: Array("id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tbroader\n".utf8),
            occupations: Array("id\tlabel_nl\tlabel_en\talt_nl\talt_en\tisco08\n".utf8),
            needs: Array("occupation\tskill\timportance\n".utf8))
        #expect(catalogue.resolveSkill("snoeien").matches.isEmpty)
    }
}
