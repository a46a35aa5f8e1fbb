import CourseModel
import Feeds
import Testing

@Suite("Durations, levels, addresses and yes or no")
struct OtherValueTests {
    @Test(
        "ISO 8601 durations",
        arguments: [
            ("P10W", "10", CourseDuration.Unit.week), ("P1Y6M", "18", .month), ("P3Y", "3", .year),
            ("P70D", "70", .day), ("PT6H", "6", .hour), ("P2W3D", "17", .day),
            ("P1.5Y", "1.5", .year), ("P1DT2H", "1", .day), ("P0Y10M", "10", .month),
        ])
    func interval(text: String, value: String, unit: CourseDuration.Unit) throws {
        #expect(parseDuration(iso: text) == CourseDuration(FixedDecimal(value)!, unit))
    }

    @Test("what is no duration stays none", arguments: ["", "P", "PT", "P0D", "10W", "P10", "PX"])
    func noInterval(text: String) {
        #expect(parseDuration(iso: text) == nil)
    }

    @Test(
        "durations in words",
        arguments: [
            ("10 weken", "10", CourseDuration.Unit.week, true), ("3 - 4 Years", "3", .year, false),
            ("4 months (approx)", "4", .month, false), ("één jaar", "1", .year, true),
            ("anderhalf jaar", "1.5", .year, true), ("6maanden", "6", .month, true),
            ("2 dagen", "2", .day, true), ("1,5 dag", "1.5", .day, true),
        ])
    func words(text: String, value: String, unit: CourseDuration.Unit, isPlain: Bool) {
        let expected = CourseDuration(
            FixedDecimal(value)!, unit, statedAs: isPlain ? nil : text)
        #expect(parseDuration(text) == expected)
    }

    @Test(
        "Dutch levels stand in the NLQF",
        arguments: [
            ("mbo niveau 3", NLQFLevel.three), ("MBO-4", .four), ("mbo 2", .two), ("havo", .four),
            ("VWO", .fourPlus), ("Ad", .five), ("hbo bachelor", .six), ("master", .seven),
            ("vmbo-kb", .two), ("PhD", .eight),
        ])
    func dutch(text: String, level: NLQFLevel) {
        let parsed = parseLevel(text)
        #expect(parsed?.nlqf == level)
        #expect(parsed?.basis == .derived)
        #expect(parsed?.nationalName == text)
    }

    @Test(
        "British levels stand in the EQF",
        arguments: [
            ("QCF Level 4", nil, 5), ("SCQF level 6", nil, 4), ("Undergraduate", nil, 6),
            ("2", LevelFramework.rqf, 3), ("Level 3", .rqf, 4), ("HND", nil, 5),
            ("Intermediate 2", nil, 3),
        ] as [(String, LevelFramework?, Int)])
    func british(text: String, framework: LevelFramework?, eqf: Int) {
        let parsed = parseLevel(text, framework: framework)
        #expect(parsed?.eqf == eqf)
        #expect(parsed?.nlqf == nil)
    }

    @Test("a number without a framework, and other names, are only kept")
    func kept() {
        for name in ["2", "Level 3", "mbo", "Professional", "X"] {
            let parsed = parseLevel(name)
            #expect(parsed?.nationalName == name)
            #expect(parsed?.eqf == nil)
        }
        #expect(parseLevel("  ") == nil)
    }

    @Test(
        "a level written is read back",
        arguments: [
            Level(stated: .four), Level(stated: .fourPlus, nationalName: "vwo"),
            Level(derived: .four, nationalName: "mbo niveau 4"),
            Level(derived: .five, nationalName: "eigen naam"), Level(eqf: 5)!,
            Level(eqf: 5, nationalName: "DQR 5")!,
            Level(eqf: 5, nationalName: "DQR 5", basis: .derived)!,
            Level(derived: nil, nationalName: "gevorderd"),
        ])
    func writtenLevel(level: Level) {
        #expect(parseLevel(levelText(level)) == level)
    }

    @Test("yes and no")
    func boolean() {
        for text in ["true", "1", "Ja", " YES "] { #expect(parseBoolean(text) == true) }
        for text in ["false", "0", "nee", "N"] { #expect(parseBoolean(text) == false) }
        #expect(parseBoolean("misschien") == nil)
    }

    @Test(
        "addresses are brought to a form that can be written",
        arguments: [
            ("https://a.example/x y", "https://a.example/x%20y"),
            ("www.a.example", "https://www.a.example"),
            ("https://a.example/caf\u{E9}", "https://a.example/caf%C3%A9"),
            ("https://a.example/100%", "https://a.example/100%25"),
            ("https://a.example/a%20b", "https://a.example/a%20b"),
            (" http://a.example ", "http://a.example"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            ("tel:+31301234567", "tel:+31301234567"),
        ])
    func address(text: String, url: String) {
        #expect(cleanURL(text) == url)
    }

    @Test(
        "other schemes and relative addresses are none",
        arguments: [
            "javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "/courses/1", "geen", "",
            "http:", "http://", "https:///x", "file:///etc/passwd", "mailto:",
        ])
    func noAddress(text: String) {
        #expect(cleanURL(text) == nil)
    }

    @Test("white space is folded")
    func folding() {
        #expect(foldedSpaces("  a \n\t b\u{A0}c ") == "a b c")
        #expect(foldedSpaces("a b") == "a b")
        #expect(foldedSpaces("é ü") == "é ü")
        #expect(foldedSpaces("£5 × 2") == "£5 × 2")
        #expect(foldedSpaces(" \n") == "")
    }

    @Test("white space is found wherever it stands in a text of any length", arguments: [1, 2, 3])
    func foldingAnywhere(count: Int) {
        for length in 0...40 {
            for place in 0...length {
                let before = String(repeating: "a", count: place)
                let behind = String(repeating: "x", count: length - place)
                let isWithin = place > 0 && place < length
                for white in [" ", "\n", "\t", "\u{A0}"] {
                    let text = before + String(repeating: white, count: count) + behind
                    #expect(
                        foldedSpaces(text) == before + (isWithin ? " " : "") + behind, "\(text)")
                }
                #expect(readHTML(before + "<" + behind).text.plainText == before + "<" + behind)
            }
        }
    }
}
