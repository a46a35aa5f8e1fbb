import Testing

@testable import Skills

@Suite("Small words tell Dutch from English")
struct LanguageSignsTests {
    @Test(
        "words are told by what stands around them",
        arguments: [
            ("De kunst van het snoeien", 3, 0), ("the art of pruning", 0, 2),
            ("de-de,DE;de", 4, 0), ("“de” voor\u{A0}een", 3, 0), ("dé en e\u{301}n dee", 1, 0),
            ("vanaf degen voort open", 0, 0), ("A to-do for you & not me", 0, 5), ("", 0, 0),
            ("niet\nwith", 1, 1), ("4de de4", 2, 0),
        ])
    func counts(text: String, dutch: Int, english: Int) {
        let signs = LanguageSigns.count(in: text)
        #expect(signs.dutch == dutch && signs.english == english)
    }
}
