import Testing

@testable import Feeds

@Suite("Characters are counted as readers see them")
struct CharacterCountTests {
    @Test(
        "a limit counts characters, whatever they are made of",
        arguments: [
            "", "boom", "bomen en groen", "coördinatie", "één – “twee” • € 3", "e\u{301}e\u{301}n",
            "a\r\nb\r\nc", "👩‍🌾 en 🇳🇱", "soft\u{AD}hyphen", "ĳssel ʼs", "Привет", "क्षि",
            "a\u{200D}b", "a\u{202E}b\u{2028}c", "…", "\u{301}a",
        ])
    func counts(text: String) {
        for part in [text, text + " x", "x" + text] {
            #expect(CharacterCount.of(part[...]) == part.count, "\(part)")
            for limit in 0...part.count + 2 {
                #expect(CharacterCount.isAtMost(limit, part) == (part.count <= limit), "\(part)")
                #expect(CharacterCount.prefix(limit, of: part) == part.prefix(limit), "\(part)")
            }
        }
    }
}
