import CourseModel
import Skills
import Testing

@Suite("Concepts are ranked by how near their labels are")
struct ConceptRankerTests {
    private let ranker = ConceptRanker(
        labels: [
            ["meubelmaker", "maker van meubels"], ["restaurateur van schilderijen"], ["meubel"],
            ["boom"], ["verzorging van dieren"], ["boomverzorger"], ["Boomverzorger"],
        ], language: .dutch)

    @Test("the same words come first, and of equals the preferred label and the lower number")
    func same() {
        #expect(ranker.rank("boomverzorger", limit: 2).map(\.concept) == [5, 6])
        #expect(ranker.rank("Verzorging van dieren", limit: 1).map(\.concept) == [4])
    }

    @Test("a compound is found by its parts", arguments: [("boommeubel", [2, 3])])
    func compound(text: String, concepts: [Int]) {
        #expect(Set(ranker.rank(text, limit: 2).map(\.concept)) == Set(concepts))
    }

    @Test("nothing is asked, nothing is found")
    func nothing() {
        #expect(ranker.rank("", limit: 5).isEmpty)
        #expect(ranker.rank("xqz", limit: 5).isEmpty)
        #expect(ranker.rank("boom", limit: 0).isEmpty)
        #expect(
            ConceptRanker(labels: [], language: .dutch)
                .rank("boom", limit: 5).isEmpty)
    }

    @Test("scores fall from first to last and stay within 0 and 1")
    func scores() {
        let scores = ranker.rank("maker van meubels", limit: 10).map(\.score)
        #expect(scores == scores.sorted(by: >))
        #expect(scores.allSatisfy { (0...1).contains($0) })
    }
}
