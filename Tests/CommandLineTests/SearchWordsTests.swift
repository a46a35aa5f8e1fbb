import Foundation
import TestSupport
import Testing

/// One ingested copy of the sample for all tests that only ask.
private let shared = Result { () throws -> SampleWorkspace in
    let workspace = try SampleWorkspace()
    try #require(try workspace.run("ingest").status == 0)
    return workspace
}

@Suite("Search says how it understood the words and why it found what it shows")
struct SearchWordsTests {
    private let workspace: SampleWorkspace

    init() throws { workspace = try shared.get() }

    private func search(_ arguments: String...) throws -> [String: Any] {
        let outcome = try workspace.program.run(
            ["search", "--format", "json", "--today", SampleWorkspace.today] + arguments,
            in: workspace.scratch.folder, environment: ["LANG": "nl_NL.UTF-8"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try json(outcome)
    }

    private func rows(_ answer: [String: Any]) -> [[String: Any]] {
        answer["results"] as? [[String: Any]] ?? []
    }

    private func query(_ answer: [String: Any]) -> [String: Any] {
        answer["query"] as? [String: Any] ?? [:]
    }

    @Test("a search does not load the library that fetches feeds, nor what that brings")
    func loadsLittle() throws {
        let outcome = try workspace.run("search", "boom", environment: ["LD_DEBUG": "files"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("libxml2"), "the loader tells what it loads")
        #expect(!outcome.errors.contains("libcurl"))
    }

    @Test("an explanation adds up to the score and names the synonym that was found")
    func explains() throws {
        let answer = try search("boomchirurg", "snoeien", "--explain")
        let row = try #require(rows(answer).first)
        let explanation = try #require(row["explanation"] as? [String: Any])
        let words = try #require(explanation["words"] as? [[String: Any]])
        let sum = words.reduce(0) { $0 + ($1["score"] as? Double ?? 0) }
        #expect(abs(sum - (row["score"] as? Double ?? 0)) < 0.001)
        #expect(words.first?["reading"] as? String == "synonym")
        #expect(words.first?["foundAs"] as? String == "boomverzorger")
        let places = try #require(words.first?["places"] as? [Any])
        #expect(!places.isEmpty)
    }

    @Test("words are marked in titles, and in a piece of the description when asked")
    func highlights() throws {
        let row = try #require(rows(try search("kettingzaag", "--snippets")).first)
        let highlights = try #require(row["highlights"] as? [String: Any])
        let title = try #require(highlights["title"] as? [[String: Any]])
        #expect(title.compactMap { $0["text"] as? String }.joined() == row["title"] as? String)
        let snippet = try #require(highlights["description"] as? [[String: Any]])
        #expect(snippet.contains { $0["mark"] as? Bool == true })
        #expect(rows(try search("--near", "Houten")).first?["highlights"] == nil)
    }

    @Test("a place among the words is a place to be near to, farther when there is little")
    func place() throws {
        let answer = try search("verpleegkundige", "houten")
        #expect(query(answer)["near"] as? String == "Houten")
        #expect(query(answer)["placeInWords"] as? String == "houten")
        #expect(!rows(answer).isEmpty)
        let wide = try search("kettingzaag", "in", "Nijmegen")
        #expect(query(wide)["widenedFrom"] as? String == "binnen 15 km")
        // The wood, where a course is about it, and in quotation marks the word.
        #expect(query(try search("\"houten\""))["near"] is NSNull)
        #expect(query(try search("lassen", "--near", "Utrecht"))["placeInWords"] is NSNull)
    }

    @Test(
        "a name that is also a word is read as learners mean it, and the answer says so",
        arguments: [
            // Last, what only stands before a noun is the town.
            ("boomverzorgingscursus houten", "Houten", nil),
            ("zorg houten mbo", "Houten", nil),
            // Before a noun, and where a title has it, it is the word.
            ("houten tuinmeubels maken", nil, "houten"), ("houten vloer", nil, "houten"),
            ("houten", nil, "houten"), ("houten hovenier", "Houten", nil),
            ("cursus dieren", nil, "dieren"),
            // What can be learnt about is a town only when it is led to, or nothing is found.
            ("dieren", nil, nil), ("lassen in dieren", "Dieren", nil),
            ("lassen Best", "Best", nil), ("klimmen", nil, nil),
            ("snoeien best", "Best", nil), ("verpleegkundige goes", "Goes", nil),
            ("hovenier zeist", "Zeist", nil), ("zorg leiden", "Leiden", nil),
        ] as [(String, String?, String?)])
    func ambiguous(words: String, near: String?, left: String?) throws {
        let answer = query(try search(words))
        #expect(answer["near"] as? String == near, "\(words)")
        #expect(answer["placeLeftAsWord"] as? String == left, "\(words)")
    }

    @Test(
        "a filter that can find nothing is refused with what to write",
        arguments: [
            ("--partner", "plantkrach", "did you mean “plantkracht”?"),
            ("--partner", "nergens", "the ids are"),
            // Whose courses another gives as well need not show in the index.
            ("--partner", "nergens", "leerwijzer report duplicates"),
            ("--subject", "xqzvw", "no course has the subject “xqzvw”"),
            ("--occupation", "xqzvw", "leerwijzer skills find"),
            ("--skill", "xqzvw", "leerwijzer skills find"),
        ])
    func refused(filter: String, value: String, advice: String) throws {
        let outcome = try workspace.run("search", filter, value)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("\(filter): "))
        #expect(outcome.errors.contains(advice), "\(outcome.errors)")
    }

    @Test("a subject is found by its code and by a part of its label")
    func subjects() throws {
        let all = try search("--subject", "personal care")
        #expect(all["total"] as? Int ?? 0 > 0)
        let code = try search("--subject", "sbi:8130")
        #expect(code["total"] as? Int ?? 0 > 0)
    }

    @Test("a town behind other words finds what --near finds")
    func sameAsNear() throws {
        let words = rows(try search("boomverzorgingscursus houten"))
        let filter = rows(
            try search(
                "boomverzorgingscursus", "--near", "Houten", "--within", "15km", "--widen"))
        #expect(!words.isEmpty)
        #expect(
            words.prefix(5).map { $0["offering"] as? String }
                == filter.prefix(5).map { $0["offering"] as? String })
    }

    @Test("a damaged or lost index is made again, with a note, and the answer is whole")
    func damagedIndex() throws {
        let own = try SampleWorkspace()
        #expect(try own.run("ingest").status == 0)
        let before = try own.run("search", "snoeien", "--format", "json")
        let file = own.scratch.path("catalog/.leerwijzer/index/current/index")
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        var damaged = whole
        // Everything behind the header, so that the first thing that is read is damaged.
        for offset in stride(from: 4096, to: damaged.count - damaged.count / 1000, by: 16_384) {
            damaged[offset] ^= 0xFF
        }
        try damaged.write(to: URL(fileURLWithPath: file))
        let after = try own.run("search", "snoeien", "--format", "json")
        #expect(after.status == 0)
        #expect(after.output == before.output)
        #expect(after.errors.contains("is damaged"))
        #expect(after.errors.contains("making it again"))
        try FileManager.default.removeItem(atPath: file)
        let lost = try own.run("match", "catalog/profiles/worker.toml", "--format", "json")
        #expect(lost.status == 0)
        #expect(lost.errors.contains("making it again"))
        #expect(try own.run("search", "snoeien", "--format", "json").errors.isEmpty)
    }

    @Test("a radius widens when asked, says so, and without that the next one is named")
    func widens() throws {
        let arguments = ["nederlands", "--near", "Winterswijk", "--within", "5km"]
        let narrow = try search(
            arguments[0], arguments[1], arguments[2], arguments[3], arguments[4])
        #expect(narrow["total"] as? Int == 0)
        let wider = try #require(narrow["wider"] as? [String: Any])
        #expect(wider["total"] as? Int ?? 0 > 0)
        let wide = try search(
            arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], "--widen")
        #expect(wide["total"] as? Int ?? 0 > 0)
        #expect(query(wide)["widenedFrom"] as? String == "binnen 5 km")
        let outcome = try workspace.run("search", "nederlands", "--widen")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("--widen: needs a radius"))
    }

    @Test("a faulty line of synonyms.txt is named")
    func faultySynonyms() throws {
        let own = try SampleWorkspace()
        _ = try own.scratch.write("catalog/synonyms.txt", "# ours\nbbl = leerbaan\nlos\n")
        let outcome = try own.run("search", "lassen")
        #expect(outcome.status == 65)
        #expect(
            outcome.errors.contains(
                "catalog/synonyms.txt:3: has neither “=” nor “>”; write: word = word"))
    }

    @Test("when the router does not answer, times are estimates and the answer says so")
    func routerAway() throws {
        let own = try SampleWorkspace()
        let file = own.scratch.path("catalog/catalog.toml")
        let settings = try String(contentsOfFile: file, encoding: .utf8)
        try (settings + "\n[router.car]\nurl = \"http://127.0.0.1:1\"\n")
            .write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try own.run(
            "search", "--near", "Houten", "--within", "20min", "--by", "car", "--lang", "nl")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            outcome.output.contains(
                "reistijden zijn geschat: the router at http://127.0.0.1:1 cannot be reached"))
        #expect(outcome.output.contains("  ~"))
    }
}
