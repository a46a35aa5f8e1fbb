import CourseModel
import Testing
import Text

@testable import SearchIndex

@Suite("A score and its words can be explained and shown")
struct ExplanationTests {
    @Test("the parts of a score add up to that of the result", arguments: UInt64(1)...4)
    func sums(seed: UInt64) throws {
        let documents = Draw.documents(80, seed: seed)
        let folder = try ScratchFolder()
        let reader = try folder.index(documents)
        var random = SeededGenerator(seed: seed &+ 41)
        var explained = 0
        for _ in 0..<60 {
            var query = Draw.query(&random)
            query.sort = .relevance
            query.limit = 10
            query.offset = 0
            let results = try reader.search(query)
            for hit in results.hits {
                let id = try reader.stored(course: hit.course).id
                let document = try #require(documents.first { $0.record.course.id == id })
                let explanation = try #require(
                    try reader.explain(
                        query, course: hit.course, document: document,
                        some: results.understood.someWordsSuffice))
                #expect(explanation.score == hit.score)
                let sum = explanation.words.reduce(0) { $0 + $1.score }
                #expect(abs(sum - hit.score) < 0.001)
                for word in explanation.words where word.reading != nil {
                    // Whatever counts stands somewhere, and its places make up what it counts.
                    #expect(!word.places.isEmpty, "\(query.words) \(word)")
                    let places = word.places.reduce(0) { $0 + $1.score }
                    #expect(abs(places - word.score) < 0.001)
                    explained += 1
                }
            }
        }
        #expect(explained > 50)
    }

    @Test("an explanation says in which field which word was found, and as what")
    func fields() throws {
        let document = IndexDocument.titled("Boomverzorger", description: "Leer bomen verzorgen.")
        let folder = try ScratchFolder()
        let reader = try folder.index([document, .titled("Lassen")])
        var query = Query("boomchirurg bomen", today: Draw.today)
        query.synonyms = try Synonyms(parsing: "boomchirurg > boomverzorger")
        let hit = try #require(try reader.search(query).hits.first)
        let explanation = try #require(
            try reader.explain(query, course: hit.course, document: document))
        #expect(explanation.words.map(\.reading) == [.synonym, .word])
        #expect(explanation.words.map(\.foundAs) == ["boomverzorger", nil])
        #expect(explanation.words[0].places.map(\.field) == [.title])
        #expect(explanation.words[1].places.map(\.form) == ["bomen"])
        #expect(explanation.words[1].places.map(\.field) == [.description])
    }

    private func marked(
        _ words: String, _ text: String, _ language: LanguageTag? = .dutch
    ) throws -> String {
        let folder = try ScratchFolder()
        let reader = try folder.index([
            .titled(text), .titled("Lassen in de tuin"), .titled("Cursus boomverzorging"),
        ])
        var query = Query(words, today: Draw.today)
        query.synonyms = try Synonyms(parsing: "hovenier = tuinman")
        return try Highlighter(query, in: reader).mark(text, in: language).text { "[\($0)]" }
    }

    @Test(
        "marks stand where the index finds the words",
        arguments: [
            ("boom", "Bomen snoeien", "[Bomen] snoeien"),
            ("hovenier", "De tuinman én de hoveniers", "De [tuinman] én de [hoveniers]"),
            ("boomverzorging", "Een boomverzorgingscursus", "Een [boomverzorgingscursus]"),
            ("e-learning", "Via e-learning, dus thuis", "Via [e-learning], dus thuis"),
            ("\"bomen snoeien\"", "Bomen snoeien", "[Bomen] [snoeien]"),
            ("titel:snoeien", "Bomen snoeien", "Bomen [snoeien]"),
            ("snoei*", "Bomen snoeien", "Bomen [snoeien]"),
            ("snoieen", "Bomen snoeien", "Bomen [snoeien]"),
            ("bomen -snoeien", "Bomen snoeien", "[Bomen] snoeien"),
            ("coordinatie", "Coördinatie & beheer", "[Coördinatie] & beheer"),
            ("", "Bomen", "Bomen"),
        ])
    func marks(words: String, text: String, expected: String) throws {
        #expect(try marked(words, text) == expected)
    }

    @Test("a snippet shows the piece with most of the words, in whole words")
    func snippet() throws {
        let long =
            String(repeating: "Dit gaat nergens over. ", count: 20)
            + "Hier leer je bomen verzorgen en snoeien. "
            + String(repeating: "Ook dit niet. ", count: 20)
        let document = IndexDocument.titled("Boom", description: long)
        let folder = try ScratchFolder()
        let reader = try folder.index([document])
        let highlighter = try Highlighter(
            Query("snoeien bomen", today: Draw.today), in: reader)
        let snippet = try #require(try highlighter.snippet(of: long, in: .dutch, length: 80))
        #expect(
            snippet.text { "[\($0)]" }
                == "… Hier leer je [bomen] verzorgen en [snoeien]. Ook dit niet. Ook dit niet. Ook dit …"
        )
        #expect(try highlighter.snippet(of: "Niets hiervan.", in: .dutch) == nil)
    }
}
