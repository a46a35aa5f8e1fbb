import CourseModel
import Skills
import TestSupport
import Testing

@Suite("A judged set is ranked without its judgements")
struct EvaluationRunTests {
    private let corpus = """
        id\tconcept\tlabel
        L1\tc/1\tverzorger van bomen
        L2\tc/1\tboomverzorger
        L3\tc/2\tverkoper van meubels
        L4\tisco/C61\tboomverzorgers en tuinders

        """
    private let queries = "qid\ttext\nQ1\tBoomverzorger\nQ2\t\nQ3\tmeubelverkoper\n"

    private func run(_ folder: ScratchFolder) throws -> [EvaluationRun.Line] {
        defer { withExtendedLifetime(folder) {} }
        var lines: [EvaluationRun.Line] = []
        try EvaluationRun(corpus: folder.path + "/corpus.tsv", classification: nil)
            .rank(set: folder.path) { lines.append($0) }
        return lines
    }

    @Test("each query gets the labels of the nearest concepts, one a concept, in TREC run form")
    func lines() throws {
        let folder = try ScratchFolder(["corpus.tsv": corpus, "queries.tsv": queries])
        let lines = try run(folder)
        let first = lines.filter { $0.query == "Q1" }
        #expect(first.map(\.id).starts(with: ["L2", "L4"]))
        #expect(first.map(\.rank) == Array(1...first.count))
        #expect(lines.first { $0.query == "Q3" }?.id == "L3")
        #expect(!lines.contains { $0.query == "Q2" })
        let fields = try #require(lines.first).text.split(separator: " ")
        #expect(fields.count == 6)
        #expect(fields[1] == "Q0")
    }

    @Test("the same set gives the same run, whatever its judgements say")
    func same() throws {
        let folder = try ScratchFolder(["corpus.tsv": corpus, "queries.tsv": queries])
        let before = try run(folder)
        try folder.write("qid\tconcept\tgrade\nQ1\tc/2\t3\n", to: "qrels.tsv")
        #expect(try run(folder) == before)
    }

    @Test("words that frame what a vacancy asks for are passed over, unless there are no others")
    func framing() throws {
        let folder = try ScratchFolder([
            "corpus.tsv": """
            id\tconcept\tlabel\tdescription
            L1\tc/1\tprune the trees of a garden\tCut branches of trees and shrubs.
            L2\tc/2\thave strong knowledge of the position\tKnow the place that you have.
            L3\tc/3\tkeep the books of the company\tWrite down what is paid.

            """,
            "queries.tsv": "qid\ttext\nQ1\tStrong knowledge of trees for this position\n"
                + "Q2\tstrong knowledge\n",
        ])
        let lines = try run(folder)
        #expect(lines.first { $0.query == "Q1" }?.id == "L1")
        #expect(lines.first { $0.query == "Q2" }?.id == "L2")
    }

    @Test("a line that is too short is named")
    func short() throws {
        let folder = try ScratchFolder([
            "corpus.tsv": "id\tconcept\tlabel\nL1\tc/1\n", "queries.tsv": queries,
        ])
        let error = #expect(throws: SkillsError.self) { try run(folder) }
        #expect(error?.description.contains("corpus.tsv:2:") == true)
    }

    @Test(
        "a compressed corpus reads like a plain one",
        .enabled(if: SharedFiles.path("eval/corpus/skills-nl.tsv.gz") != nil, "no shared files"))
    func compressed() throws {
        let corpus = try #require(SharedFiles.path("eval/corpus/skills-nl.tsv.gz"))
        let folder = try ScratchFolder(["queries.tsv": "qid\ttext\nQ1\tbomen snoeien\n"])
        defer { withExtendedLifetime(folder) {} }
        var lines: [EvaluationRun.Line] = []
        try EvaluationRun(corpus: corpus, classification: nil).rank(set: folder.path) {
            lines.append($0)
        }
        #expect(lines.count == EvaluationRun.depth)
    }
}
