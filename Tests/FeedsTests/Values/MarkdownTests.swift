import CourseModel
import TestSupport
import Testing

@testable import Feeds

@Suite("Markdown becomes rich text")
struct MarkdownTests {
    private func read(_ text: String) -> RichText { MarkdownReader.read(text).text }

    @Test("emphasis, links and escapes stand within a line")
    func inline() {
        #expect(
            read("Een *nieuwe* **kans** op [werk](https://school.example/w \"titel\") \\*hier\\*")
                == RichText([
                    .paragraph([
                        .init("Een "), .init("nieuwe", style: .emphasis),
                        .init(" "), .init("kans", style: .strong), .init(" op "),
                        .init("werk", link: "https://school.example/w"), .init(" *hier*"),
                    ])
                ]))
    }

    @Test("marks that do not close are text", arguments: ["2 * 3 * 4", "a_b_c", "**half", "[x] y"])
    func text(_ text: String) {
        #expect(read(text).plainText == text)
    }

    @Test("headings, lists and paragraphs are told apart")
    func blocks() {
        #expect(
            read("# Kop\nEerste regel\nTweede\n\n1. een\n2) twee\n\n* a\n- b").blocks == [
                .heading([.init("Kop")]), .paragraph([.init("Eerste regel\nTweede")]),
                .list(ordered: true, items: [[.init("een")], [.init("twee")]]),
                .list(ordered: false, items: [[.init("a")], [.init("b")]]),
            ])
    }

    @Test("links to addresses that are not allowed lead nowhere")
    func links() {
        #expect(read("[x](javascript:alert)").plainText == "x")
        #expect(read("[x](javascript:alert)").blocks == [.paragraph([.init("x")])])
    }

    @Test(
        "lines that look like lists come back as they were",
        arguments: [
            "1. is geen lijst", "- ook niet", "# geen kop", "~ golf", "> citaat", "12) nee",
        ])
    func protected(_ text: String) {
        let rich = RichText([.paragraph([.init(text)])])
        #expect(read(Markdown.text(rich)) == rich)
    }
}
