import Testing

@testable import Skills

@Suite("Trees put in order what weights cannot")
struct RankingTreesTests {
    /// The first word counts only where the letters agree as well, and a group counts less.
    private let trees = RankingTrees(
        """
        0:0.5:2 0 2:0.6:4
        1 2; 4:-0.5:2 -3 0
        """, views: [.labelLetters, .headLetters], sight: [.labelLetters: 1], share: 2,
        sharpness: 0.5)

    private let seen = [
        RankingTrees.Seen(view: .labelLetters, scores: [0.4, 0.8, 0.9], most: 0.9),
        RankingTrees.Seen(view: .headLetters, scores: [0.9, 0.9, 0.5], most: 0.9),
    ]

    @Test("each tree adds the leaf that a concept comes to, over views that may be missing")
    func leaves() {
        #expect(trees.score(0, isGroup: false, seen) == 0)
        #expect(trees.score(1, isGroup: false, seen) == 2)
        #expect(trees.score(2, isGroup: false, seen) == 1)
        #expect(trees.score(1, isGroup: true, seen) == -1)
        #expect(trees.score(1, isGroup: false, [seen[0]]) == 1)
    }

    @Test("sums of views and of trees are added up in standard deviations")
    func together() {
        let scores = trees.scores([10, 20], [1, 0])
        // Each stands one deviation from the mean: -1 + 2 and 1 - 2, halved.
        #expect(abs(scores[0] - 0.5) < 0.001)
        #expect(abs(scores[1] + 0.5) < 0.001)
        #expect(trees.scores([3], [7]) == [0])
    }

    @Test("what is near at first sight is chosen by the views named for it")
    func sight() {
        #expect(trees.firstSight(seen, count: 3) == [0.4, 0.8, 0.9])
    }

    @Test("the trees for job titles are whole: every branch ends in a leaf")
    func whole() {
        let none = RankingTrees.occupations.score(0, isGroup: false, [])
        #expect(none.isFinite)
        let all = RankingView.allCases.map {
            RankingTrees.Seen(view: $0, scores: [1], most: 1)
        }
        // A concept that stands first in every view is likelier than one that stands in none.
        #expect(RankingTrees.occupations.score(0, isGroup: false, all) > none)
    }

    @Test("a job title’s first word is told from the rest, without what stands in brackets")
    func title() {
        let words = RankingWords(texts: [String](), language: .dutch, lexicon: nil)
        let full = words.title("Senior docent scheikunde (1e graads) / onderzoeker")
        let bare = words.title("docent scheikunde")
        #expect(full.headLetters == bare.headLetters)
        #expect(full.headEndings == bare.headEndings)
        #expect(words.title("scheikunde").headLetters == bare.restLetters)
        #expect(words.title("(BBL)").headEndings.count == 1)
        #expect(words.title("").headLetters.isEmpty)
    }
}
