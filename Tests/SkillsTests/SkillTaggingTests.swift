import CourseModel
import Skills
import Testing

@Suite("Course text is tagged with skills")
struct SkillTaggingTests {
    @Test("a tag names the words that gave it, in any order and with words between")
    func evidence() throws {
        let tags = greenSkills.tags(
            in: "Je leert het snoeien van oude bomen en leert groene daken aanleggen.",
            language: .dutch)
        let found = tags.map { greenSkills.skillID($0.skill).value }
        #expect(found == ["s:dak", "s:snoei"])
        #expect(tags.map(\.words) == ["groene daken aanleggen", "snoeien van oude bomen"])
        #expect(tags.allSatisfy { (0...1).contains($0.confidence) })
    }

    @Test("a word between two makes a tag doubtful, for it may change what they mean")
    func between() throws {
        let close = try #require(greenSkills.tags(in: "hagen snoeien", language: .dutch).first)
        let apart = try #require(
            greenSkills.tags(in: "hagen digitaal snoeien", language: .dutch).first)
        #expect(apart.skill == close.skill)
        #expect(close.confidence > 0.8)
        #expect(apart.confidence < 0.6)
    }

    @Test("what follows on a label makes a tag doubtful when it is of another field")
    func qualified() throws {
        func confidence(_ text: String, _ language: LanguageTag = .dutch) throws -> Double {
            let tags = qualifiedSkills.tags(in: text, language: language, field: .title)
            return try #require(
                tags.first { qualifiedSkills.skillID($0.skill).value == "s:hulp" }, "\(text)"
            ).confidence
        }
        let plain = try confidence("Eerste hulp")
        for text in ["Eerste hulp bij dieren", "Eerste hulp aan huisdieren"] {
            #expect(try confidence(text) < 0.6, "\(text)")
        }
        #expect(try confidence("First aid to animals", .english) < 0.6)
        // Who it is for, where it is given, and what is said next change nothing.
        for text in [
            "Eerste hulp voor dierverzorgers", "Eerste hulp voor wie dieren verzorgt",
            "Eerste hulp op kantoor", "Eerste hulp, bij dieren",
            "Eerste hulp. Dieren verzorgen", "Eerste hulp bij brandwonden",
            "Eerste hulp en dieren verzorgen",
        ] { #expect(try confidence(text) == plain, "\(text)") }
    }

    @Test("what the title qualifies is doubtful among the search words and in the text, too")
    func qualifiedTitle() throws {
        func confidence(_ title: String) throws -> Double {
            var course = try #require(
                Course(
                    id: ID("s:1"), nativeID: "1", provider: ID("s:p"), kind: .course,
                    title: LocalizedText(title, language: .dutch),
                    provenance: Provenance(source: ID("s"), format: "test", file: "f")))
            course.title.append("First aid for animals", language: .english)
            course.keywords.append("eerste hulp verlenen", language: .dutch)
            course.summary = LocalizedText("Je leert eerste hulp verlenen.", language: .dutch)
            let tags = qualifiedSkills.skills(of: course).inferred
            return try #require(
                tags.first { qualifiedSkills.skillID($0.skill).value == "s:hulp" }
            ).confidence
        }
        #expect(try confidence("Eerste hulp") > 0.9)
        #expect(try confidence("Eerste hulp bij dieren") < 0.6)
    }

    @Test("a search word that is a label in full is taken for one, one among others less surely")
    func keywords() throws {
        var course = try #require(
            Course(
                id: ID("s:1"), nativeID: "1", provider: ID("s:p"), kind: .course,
                title: LocalizedText("Werken in het groen", language: .dutch),
                provenance: Provenance(source: ID("s"), format: "test", file: "f")))
        course.keywords.append("hagen snoeien", language: .dutch)
        let whole = try #require(greenSkills.skills(of: course).inferred.first)
        #expect(whole.field == .keyword)
        #expect(whole.confidence > 0.9)
        course.keywords = LocalizedText("altijd al hagen willen snoeien", language: .dutch)
        let among = try #require(greenSkills.skills(of: course).inferred.first)
        #expect(among.confidence < whole.confidence)
    }

    @Test("of a text whose language is not said, the labels of the other language do not count")
    func language() {
        // “Snoeien van de hagen” has English words in none of its labels, but “prune” would be one.
        let dutch = greenSkills.tags(in: "Het snoeien van de hagen en het woord pruning")
        #expect(dutch.allSatisfy { !$0.words.contains("pruning") })
    }

    @Test("a short label counts only as it is written")
    func short() {
        #expect(greenSkills.tags(in: "Werken met SQL", language: .dutch).count == 1)
        #expect(greenSkills.tags(in: "het sql-achtige", language: .dutch).isEmpty)
    }

    @Test("declared skills are kept apart from inferred and unknown ones")
    func declared() throws {
        var course = try #require(
            Course(
                id: ID("s:1"), nativeID: "1", provider: ID("s:p"), kind: .course,
                title: LocalizedText("Bodemkunde voor hoveniers", language: .dutch),
                provenance: Provenance(source: ID("s"), format: "test", file: "f")))
        course.skills = [
            DeclaredSkill(id: "s:heg"), DeclaredSkill(label: "hagen snoeien"),
            DeclaredSkill(label: "kwantumveldentheorie"),
        ]
        course.summary = LocalizedText("Met hagen snoeien.", language: .dutch)
        let skills = greenSkills.skills(of: course)
        #expect(skills.declared.map { greenSkills.skillID($0.skill).value } == ["s:heg"])
        #expect(skills.inferred.map { greenSkills.skillID($0.skill).value } == ["k:bodem"])
        #expect(skills.inferred.map(\.field) == [.title])
        #expect(skills.unknown.map { $0.label.text() } == ["kwantumveldentheorie"])
    }
}
