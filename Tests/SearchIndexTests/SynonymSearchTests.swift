import CourseModel
import Testing
import Text

@testable import SearchIndex

@Suite("Learners find courses that say it in other words")
struct SynonymSearchTests {
    private let synonyms: Synonyms

    init() throws {
        synonyms = try Synonyms(
            parsing: """
                bbl = leerbaan = beroepsbegeleidende leerweg
                boomchirurg > boomverzorger
                thuisstudie = leren op afstand
                ? cursus, opleiding
                """)
    }

    private func find(
        _ words: String, in titles: [String], some: Bool = false, fewest: Int? = nil
    ) throws -> (titles: [String], understood: UnderstoodQuery) {
        let folder = try ScratchFolder()
        let reader = try folder.index(titles.map { IndexDocument.titled($0) })
        var query = Query(words, today: Draw.today)
        query.synonyms = synonyms
        query.fewestWithAllWords = fewest ?? (some ? 1 : 0)
        let results = try reader.search(query)
        return (
            try results.hits.map { try reader.stored(course: $0.course).title }, results.understood
        )
    }

    @Test("the word itself stands before its synonyms")
    func order() throws {
        let answer = try find("bbl", in: ["Leerbaan hovenier", "BBL hovenier", "BOL hovenier"])
        #expect(answer.titles == ["BBL hovenier", "Leerbaan hovenier"])
        #expect(answer.understood.words[0].synonyms == ["leerbaan"])
    }

    @Test("a word that no course has is read as its synonym, not as a misspelling")
    func unknown() throws {
        let answer = try find("boomchirurg", in: ["Boomverzorger", "Boomchirurgie"])
        #expect(answer.titles == ["Boomverzorger"])
        #expect(answer.understood.words.map(\.reading) == [.synonym])
        #expect(try find("boomverzorger", in: ["Boomchirurg"]).titles.isEmpty)
    }

    @Test("several words together have a synonym, and a synonym may be several words")
    func phrases() throws {
        #expect(
            try find("beroepsbegeleidende leerweg hovenier", in: ["BBL hovenier"]).titles
                == ["BBL hovenier"])
        let titles = ["De beroepsbegeleidende leerweg", "Leerweg van beroepsbegeleidende zorg"]
        #expect(try find("bbl", in: titles).titles == [titles[0]])
        #expect(
            try find("thuisstudie", in: ["Leren op afstand", "Afstand leren nemen op het werk"])
                .titles == ["Leren op afstand"])
    }

    @Test("words that say little may be missing, and count when they are there")
    func weak() throws {
        let answer = try find("cursus lassen", in: ["Lassen", "Lassen: een cursus", "Cursus"])
        #expect(Set(answer.titles) == ["Lassen", "Lassen: een cursus"])
        #expect(answer.understood.words.map(\.isOptional) == [true, false])
        #expect(try find("cursus", in: ["Lassen", "Cursus breien"]).titles == ["Cursus breien"])
    }

    @Test("when no course has all words, those that have most of them come first")
    func some() throws {
        let titles = ["Lassen en solderen", "Lassen", "Breien"]
        #expect(try find("lassen solderen frezen", in: titles).titles.isEmpty)
        let answer = try find("lassen solderen frezen", in: titles, some: true)
        #expect(answer.titles == ["Lassen en solderen", "Lassen"])
        #expect(answer.understood.someWordsSuffice)
        #expect(try !find("lassen solderen", in: titles, some: true).understood.someWordsSuffice)
        #expect(try find("lassen frezen -solderen", in: titles, some: true).titles == ["Lassen"])
        #expect(try find("frezen", in: titles, some: true).titles.isEmpty)
        let few = try find("lassen solderen", in: titles + ["Solderen"], fewest: 2)
        #expect(few.titles.first == "Lassen en solderen")
        #expect(Set(few.titles) == ["Lassen en solderen", "Lassen", "Solderen"])
    }

    @Test("quotation marks ask for the word itself")
    func quoted() throws {
        #expect(try find("\"bbl\"", in: ["Leerbaan", "BBL"]).titles == ["BBL"])
        #expect(try find("\"boomchirurgen\"", in: ["Boomverzorger"]).titles.isEmpty)
    }

    @Test("no query fails, whatever its signs", arguments: UInt64(1)...4)
    func neverFails(seed: UInt64) throws {
        let folder = try ScratchFolder()
        let reader = try folder.index(Draw.documents(40, seed: seed))
        var random = SeededGenerator(seed: seed)
        let pieces =
            Draw.words + [
                "\"", "“", "”", "-", "*", "OR", "OF", "|", ":", "titel:", "aanbieder:", " ", "  ",
                "\n", "\u{0}", "é", "e\u{301}", "😀", "ß", "\u{FEFF}", "中文", "C#", ".net", "'s",
                "tuinman", "basis gevorderd",
            ]
        for _ in 0..<400 {
            let count = Int.random(in: 0...12, using: &random)
            var query = Query(
                (0..<count).map { _ in pieces.randomElement(using: &random)! }
                    .joined(separator: random.chance(0.5) ? "" : " "), today: Draw.today)
            query.synonyms = Draw.synonyms
            query.fewestWithAllWords = Int.random(in: 0...3, using: &random)
            query.completesLastWord = random.chance(0.5)
            query.relaxesUpTo = 3
            let results = try reader.search(query)
            #expect(results.hits.count <= results.total)
            _ = try Highlighter(query, in: reader).mark(query.words, in: nil)
        }
    }
}

extension IndexDocument {
    /// A course with one offering, at any moment.
    static func titled(_ title: String, description: String = "") -> IndexDocument {
        let provenance = Provenance(source: ID("s"), format: "test", file: "f")
        var course = Course(
            id: ID("s:\(title)"), nativeID: title, provider: ID("p"), kind: .course,
            title: LocalizedText(title, language: .dutch), provenance: provenance)!
        course.summary = LocalizedText(description, language: .dutch)
        let offering = Offering(
            id: ID(course: course.id, native: "1"), nativeID: "1", course: course.id,
            timing: Timing(start: .rolling), provenance: provenance)
        return IndexDocument(
            record: CourseRecord(course: course, offerings: [offering])!, providerName: "Vakschool")
    }
}
