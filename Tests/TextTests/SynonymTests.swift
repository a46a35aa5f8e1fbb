import Testing

@testable import Text

@Suite("Synonyms are read from a text of a line each")
struct SynonymTests {
    private func others(_ synonyms: Synonyms, _ words: [String]) -> [String] {
        synonyms.others(for: words[...]).map(\.text)
    }

    @Test("equals goes both ways, greater-than one way")
    func directions() throws {
        let synonyms = try Synonyms(
            parsing: """
                # ways of learning
                bbl = beroepsbegeleidende leerweg = leerbaan

                thuisstudie > online, e-learning
                """)
        #expect(others(synonyms, ["bbl"]) == ["beroepsbegeleidende leerweg", "leerbaan"])
        #expect(
            others(synonyms, ["beroepsbegeleidende", "leerweg"]) == ["bbl", "leerbaan"])
        #expect(others(synonyms, ["leerweg"]) == [])
        #expect(others(synonyms, ["thuisstudie"]) == ["online", "e-learning"])
        #expect(others(synonyms, ["online"]) == [])
        #expect(synonyms.longest == 2)
    }

    @Test("lines may end as Windows ends them, and be indented")
    func carriageReturns() throws {
        let synonyms = try Synonyms(parsing: "# ja\r\n\tbbl = leerbaan \r\n\r\n? cursus\r\n")
        #expect(others(synonyms, ["bbl"]) == ["leerbaan"])
        #expect(synonyms.isWeak("cursus"))
    }

    @Test("endings, accents, hyphens and space before digits do not count")
    func forms() throws {
        let synonyms = try Synonyms(
            parsing: "leerbaan = bbl\nnt2 = Nederlands als tweede taal\ncoördinator = leider")
        #expect(others(synonyms, ["leerbanen"]) == ["bbl"])
        #expect(others(synonyms, ["nt", "2"]) == ["Nederlands als tweede taal"])
        #expect(others(synonyms, ["coordinator"]) == ["leider"])
    }

    @Test("words that may be missing are known in all their forms")
    func weak() throws {
        let synonyms = try Synonyms(parsing: "? cursus, opleiding")
        #expect(synonyms.isWeak("opleidingen"))
        #expect(!synonyms.isWeak("lassen"))
    }

    @Test("a partnership adds to the standard entries and forgets some of them")
    func adding() throws {
        let standard = try Synonyms(parsing: "evc = ervaringscertificaat\n? cursus\nbhv = noodhulp")
        let own = try Synonyms(parsing: "! evc, cursus\nbhv = calamiteiten")
        let both = standard.adding(own)
        #expect(others(both, ["evc"]) == [])
        #expect(others(both, ["ervaringscertificaat"]) == [])
        #expect(others(both, ["bhv"]) == ["noodhulp", "calamiteiten"])
        #expect(!both.isWeak("cursus"))
    }

    @Test(
        "a fault names its line and what to do",
        arguments: [
            ("bbl", "has neither “=” nor “>”; write: word = word, or word > word, word"),
            ("a = b > c", "has both “=” and “>”; write two lines"),
            ("a > b > c", "has “>” twice; write two lines"),
            ("a =", "has nothing on one side of a sign; write a word there"),
            ("a > b,", "has nothing on one side of a sign; write a word there"),
            ("a = !!", "“!!” holds no word"), ("a = A", "has “A” twice"),
            ("? een twee", "“een twee” is more than one word; only words may be missing"),
            ("a = b c d e f g h i j", "“b c d e f g h i j” has more than 8 words"),
        ])
    func faults(line: String, message: String) {
        let error = #expect(throws: SynonymFaults.self) {
            try Synonyms(parsing: "# first\nok = fine\n\(line)\n")
        }
        #expect(error?.faults == [.init(line: 3, message: message)])
    }

    @Test("the standard entries are sound and hold the abbreviations of the field")
    func standard() {
        let standard = Synonyms.standard
        for word in ["bbl", "bol", "mbo", "hbo", "nt2", "vca", "evc", "keuzedeel", "bhv", "ehbo"] {
            #expect(!standard.others(for: [word]).isEmpty, "\(word)")
        }
        #expect(standard.isWeak("cursus"))
    }
}
