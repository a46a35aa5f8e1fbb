import Testing
import Text

@Suite("Text becomes words")
struct TokenizerTests {
    private func forms(_ text: String) -> [String] {
        Analyzer().tokens(of: text).map(\.form)
    }

    @Test(
        "words are folded and split",
        arguments: [
            ("Cursus Boomverzorging!", ["cursus", "boomverzorging"]),
            ("Coördinatie, café & crème brûlée", ["coordinatie", "cafe", "creme", "brulee"]),
            ("e\u{301}e\u{301}n", ["een"]), ("Straße ĲSSEL Ǆ", ["strasse", "ijssel", "dz"]),
            (
                "C# en C++ of .NET, niet ASP.NET",
                ["c#", "en", "c++", "of", ".net", "niet", "asp", ".net"]
            ),
            ("m.b.o. en B.B.L.", ["mbo", "en", "bbl"]),
            ("foto's, student’s werk", ["foto", "student", "werk"]),
            ("NT2", ["nt2", "nt", "2"]), ("mbo-4", ["mbo4", "mbo", "4"]), ("B1 3D", ["b1", "3d"]),
            ("e-learning", ["elearning", "e", "learning"]),
            ("bij- en nascholing", ["bij", "en", "nascholing"]),
            ("soft\u{AD}hyphen", ["softhyphen"]), ("Привет Ñandú", ["привет", "nandu"]),
            ("", []), ("— … ★ 😀", []), ("a-b-c-d-e", ["abcd", "a", "b", "c", "d", "e"]),
            ("ISO 9001:2015", ["iso", "9001", "2015"]), ("1.195,00", ["1", "195", "00"]),
            ("-a- --b", ["a", "b"]), ("x'", ["x"]), ("l'eau", ["l", "eau"]),
        ] as [(String, [String])])
    func splits(text: String, words: [String]) {
        #expect(forms(text) == words)
    }

    @Test("a joined word covers the positions of its parts, and source ranges give the text back")
    func positions() {
        let text = "Leren: e-learning NT2 één"
        let tokens = Analyzer().tokens(of: text)
        #expect(tokens.map(\.position) == [0, 1, 1, 2, 3, 3, 4, 5])
        #expect(tokens.map(\.span) == [1, 2, 1, 1, 2, 1, 1, 1])
        let bytes = Array(text.utf8)
        let sources = tokens.map { String(decoding: bytes[$0.source], as: UTF8.self) }
        #expect(sources == ["Leren", "e-learning", "e", "learning", "NT2", "NT", "2", "één"])
    }

    @Test("a word of any length ends, and is known by its first bytes")
    func longWords() {
        let long = String(repeating: "ab", count: 5000)
        #expect(forms(long) == [String(long.prefix(Tokenizer.longestWord))])
        #expect(forms(long + "-" + long).count == 2)
    }

    @Test("bytes that are no UTF-8 are separators")
    func brokenBytes() {
        var tokenizer = Tokenizer()
        for broken in [[0x61, 0xFF, 0x62], [0x61, 0xE2, 0x80], [0x80], [0xF4, 0x90, 0x80, 0x80]] {
            let bytes = broken.map { UInt8($0) }
            bytes.withUnsafeBufferPointer { buffer in
                _ = tokenizer.forEachWord(in: buffer) { #expect($0.bytes.count > 0) }
            }
        }
    }
}

@Suite("Words lose their endings")
struct StemmerTests {
    @Test(
        "Dutch and English word forms share a stem",
        arguments: [
            ("verzorging", "verzorgingen"), ("opleiding", "opleidingen"), ("course", "courses"),
            ("hovenier", "hoveniers"), ("training", "trained"), ("boom", "bomen"),
        ])
    func shared(one: String, other: String) {
        let analyzer = Analyzer()
        #expect(!Set(analyzer.stems(of: one)).isDisjoint(with: analyzer.stems(of: other)))
    }

    @Test("codes keep their form", arguments: ["nt2", "c++", "c#", ".net", "mbo", "bbl", "9001"])
    func codes(word: String) {
        #expect(Analyzer().stems(of: word) == [word])
    }

    @Test("an analyzer gives the same stems on many threads")
    func threads() async {
        let analyzer = Analyzer()
        let words = (0..<300).map { "verzorgingen\(String(repeating: "s", count: $0 % 7))" }
        let expected = words.map { Analyzer().stems(of: $0) }
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { words.map { analyzer.stems(of: $0) } == expected } }
            for await same in group { #expect(same) }
        }
    }
}

@Suite("Compounds split into words of the catalogue")
struct CompoundTests {
    @Test(
        "parts are known words, linked or not",
        arguments: [
            ("boomverzorgingscursus", ["boomverzorging", "cursus"]),
            ("veiligheidstraining", ["veiligheid", "training"]),
            ("groepenkast", ["groep", "kast"]), ("boomverzorging", ["boom", "verzorging"]),
            ("boomverzorgingscursusgids", ["boomverzorging", "cursus", "gids"]),
            ("onderwijs", []), ("cursus", []), ("nt2cursus", []), ("", []),
        ] as [(String, [String])])
    func parts(word: String, expected: [String]) {
        let known: Set<String> = [
            "boomverzorging", "cursus", "veiligheid", "training", "groep", "kast", "boom",
            "verzorging", "onder", "wijs", "gids", "nt2",
        ]
        let bytes = Array(word.utf8)
        let ranges = bytes.withUnsafeBufferPointer { buffer in
            CompoundSplitter().parts(of: buffer) {
                known.contains(String(decoding: $0, as: UTF8.self))
            }
        }
        #expect((ranges ?? []).map { String(decoding: bytes[$0], as: UTF8.self) } == expected)
    }
}
