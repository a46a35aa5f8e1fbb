import CourseModel
import Testing

@testable import SearchIndex

@Suite("Learners' words find the courses they mean")
struct WordTests {
    /// An index of courses that each have one offering, at any moment, and only a title.
    private func titles(
        _ titles: [String], _ query: String, configure: (inout Query) -> Void = { _ in }
    ) throws -> (found: [String], understood: UnderstoodQuery) {
        let folder = try ScratchFolder()
        let provenance = Provenance(source: ID("s"), format: "test", file: "f")
        let documents = titles.enumerated().map { index, title in
            let course = Course(
                id: ID("s:\(index)"), nativeID: "\(index)", provider: ID("p"), kind: .course,
                title: LocalizedText(title, language: .dutch), provenance: provenance)!
            let offering = Offering(
                id: ID(course: course.id, native: "1"), nativeID: "1", course: course.id,
                timing: Timing(start: .rolling), provenance: provenance)
            return IndexDocument(
                record: CourseRecord(course: course, offerings: [offering])!,
                providerName: "Vakschool Groenhoek")
        }
        let reader = try folder.index(documents)
        var search = Query(query, today: Draw.today)
        configure(&search)
        let results = try reader.search(search)
        return (
            try results.hits.map { try reader.stored(course: $0.course).title }, results.understood
        )
    }

    @Test(
        "forms of a word find each other",
        arguments: [
            ("Opleidingen voor hoveniers", "opleiding hovenier"),
            ("Coördinatie", "coordinatie"), ("coordinatie", "COÖRDINATIE"),
            ("Bomen snoeien", "boom"), ("E-learning", "elearning"), ("elearning", "e-learning"),
            ("E-learning", "e learning"), ("NT2", "nt-2"), ("NT 2", "nt2"), ("m.b.o.", "mbo"),
            ("Programmeren in C++", "c++"), ("Foto's bewerken", "foto"),
        ])
    func forms(title: String, query: String) throws {
        #expect(try titles([title, "Iets anders"], query).found == [title])
    }

    @Test("a compound finds its parts and the parts find it, the word itself first")
    func compounds() throws {
        let all = ["Boomverzorgingscursus", "Cursus boomverzorging", "Boomverzorging", "Lassen"]
        let whole = try titles(all, "boomverzorgingscursus")
        #expect(whole.found == ["Boomverzorgingscursus", "Cursus boomverzorging"])
        #expect(whole.understood.words.map(\.reading) == [.word])
        let part = try titles(all, "boomverzorging")
        #expect(Set(part.found) == Set(all.dropLast()))
        #expect(part.found.last == "Boomverzorgingscursus")
    }

    @Test("a compound that no course has is read as its parts")
    func unknownCompound() throws {
        let answer = try titles(
            ["Onderhoud van motoren", "Monteur onderhoud"], "onderhoudsmonteur")
        #expect(answer.found == ["Monteur onderhoud"])
        #expect(answer.understood.words.map(\.reading) == [.parts])
    }

    @Test("an unknown word is read as the beginning of one, then as a misspelling")
    func unknown() throws {
        let all = ["Veehouderij", "Hovenier", "Verpleegkundige"]
        let prefix = try titles(all, "veeh")
        #expect(prefix.found == ["Veehouderij"])
        #expect(prefix.understood.words.map(\.reading) == [.prefix])
        for typo in ["hoevnier", "hovnier", "hoveniir", "hovennier"] {
            let answer = try titles(all, typo)
            #expect(answer.found == ["Hovenier"], "\(typo)")
            #expect(answer.understood.words.map(\.reading) == [.spelling])
            #expect(answer.understood.suggestion == "hovenier")
        }
        #expect(try titles(all, "verpleegkunidgen").found == ["Verpleegkundige"])
        let nothing = try titles(all, "xyzzy")
        #expect(nothing.found.isEmpty)
        #expect(nothing.understood.words.map(\.reading) == [.unknown])
    }

    @Test("the last word may still be being typed")
    func completion() throws {
        let all = ["Boom planten", "Boomgaard", "Lassen"]
        #expect(try titles(all, "boom").found == ["Boom planten"])
        let typing = try titles(all, "boom") { $0.completesLastWord = true }
        #expect(Set(typing.found) == ["Boom planten", "Boomgaard"])
        #expect(try titles(all, "boom ") { $0.completesLastWord = true }.found == ["Boom planten"])
    }

    @Test("stop words are left out, unless there is nothing else")
    func stopWords() throws {
        let answer = try titles(["Lassen in de bouw", "Lassen", "De bouw"], "lassen in de bouw")
        #expect(answer.found == ["Lassen in de bouw"])
        #expect(answer.understood.ignored == ["in", "de"])
        #expect(try titles(["Lassen in de bouw", "Lassen"], "in de").found.count == 1)
    }

    @Test(
        "the query language does what it says",
        arguments: [
            ("lassen -mig", ["Lassen basis"]), ("\"lassen basis\"", ["Lassen basis"]),
            ("\"basis lassen\"", []), ("lass*", ["Lassen MIG", "Lassen basis"]),
            ("mig OR hovenier", ["Hovenier", "Lassen MIG"]),
            ("mig OF hovenier", ["Hovenier", "Lassen MIG"]),
            ("titel:groenhoek", []), ("aanbieder:groenhoek hovenier", ["Hovenier"]),
            ("TITEL:mig", ["Lassen MIG"]), ("lassen mig", ["Lassen MIG"]),
            ("-lassen", ["Hovenier"]), ("lassen -\"lassen basis\"", ["Lassen MIG"]),
        ] as [(String, [String])])
    func language(query: String, expected: [String]) throws {
        let found = try titles(["Lassen basis", "Lassen MIG", "Hovenier"], query).found
        #expect(found.sorted() == expected)
    }

    @Test(
        "no query fails",
        arguments: [
            "", " ", "\"", "\"\"", "-", "--", "- -", "*", "**", "OR", "a OR", "OR OR OR", "titel:",
            "titel: lassen", ":", "-titel:", "\"lassen", "lassen\"", "-\"", "|", "lassen |",
            "\u{0}",
            "😀", "((", "a:b:c", "„lassen basis”", "e-", "'s",
            String(repeating: "lassen ", count: 500),
            String(repeating: "x", count: 10_000), "\"" + String(repeating: "lassen ", count: 100),
        ])
    func neverFails(query: String) throws {
        _ = try titles(["Lassen basis", "Hovenier"], query)
    }

    @Test("words of the title weigh more than those of the description")
    func weights() throws {
        let reader = try IndexReaderFixture.twoCourses()
        let hits = try reader.search(Query("lassen", today: Draw.today)).hits
        #expect(
            try hits.map { try reader.stored(course: $0.course).title } == ["Lassen", "Metaal"])
    }
}

private enum IndexReaderFixture {
    /// One course with the word in its title, one with it in its description.
    static func twoCourses() throws -> IndexReader {
        let provenance = Provenance(source: ID("s"), format: "test", file: "f")
        let documents = ["Metaal", "Lassen"].map { title in
            var course = Course(
                id: ID("s:\(title)"), nativeID: title, provider: ID("p"), kind: .course,
                title: LocalizedText(title, language: .dutch), provenance: provenance)!
            course.summary = LocalizedText("Leer lassen of metaal bewerken.", language: .dutch)
            let offering = Offering(
                id: ID(course: course.id, native: "1"), nativeID: "1", course: course.id,
                timing: Timing(start: .rolling), provenance: provenance)
            return IndexDocument(
                record: CourseRecord(course: course, offerings: [offering])!, providerName: "")
        }
        return try ScratchFolder().index(documents)
    }
}
