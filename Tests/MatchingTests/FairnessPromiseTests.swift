import CourseModel
import Matching
import Testing

@Suite("Nothing about age, sex or origin is read or changes a result")
struct FairnessPromiseTests {
    @Test(
        "a profile that tells it is refused, so that nobody thinks that it is used",
        arguments: [
            "age = 52", "birth-date = \"1974-03-01\"", "sex = \"f\"", "gender = \"woman\"",
            "nationality = \"NL\"", "origin = \"Syria\"", "religion = \"none\"",
            "surname = \"Yilmaz\"", "photo = \"me.jpg\"", "[home]\nplace = \"Thuis\"\nborn = true",
        ])
    func refused(line: String) {
        #expect(throws: (any Error).self) {
            try Profile.read(line + "\n", file: "p.toml", today: today)
        }
    }

    @Test("what offerings are weighed by has no age, sex or origin in it")
    func facts() {
        let facts = [
            Mirror(reflecting: OfferingFacts()), Mirror(reflecting: CourseFacts(kind: .course)),
        ]
        .flatMap { $0.children.compactMap(\.label) }
        #expect(!facts.isEmpty)
        for trait in ["age", "sex", "gender", "origin", "nationality", "religion", "name"] {
            #expect(
                !facts.contains { $0.lowercased() == trait || $0.lowercased().hasSuffix(trait) },
                "\(trait)")
        }
    }

    @Test("a name, and the language to explain in, change no score and no order", arguments: 0..<30)
    func names(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let catalogue = DrawnCatalogue(randomDrawing(&random))
        let profile = randomLearner(&random)
        let matcher = Matcher(source: catalogue, skills: drawnSkills)
        func answer(_ change: (inout Profile) -> Void) throws -> [String] {
            var other = profile
            change(&other)
            let results = matcher.match(try resolved(other), today: today, limit: 100)
            return results.results.map {
                "\(catalogue.rows[$0.offering].id) \($0.score) \($0.parts)"
            }
                + results.nearMisses.map {
                    "\(catalogue.rows[$0.match.offering].id) \($0.blockedBy)"
                }
        }
        let plain = try answer { $0.name = nil }
        for name in ["Fatima", "Jan", "Mohammed", "Sophie", "X"] {
            #expect(try answer { $0.name = name } == plain)
        }
        #expect(try answer { $0.language = .english } == plain)
    }

    @Test("a place counts by where it is: one of another name in the same spot gives the same")
    func places() throws {
        let catalogue = DrawnCatalogue("near | a | 5 | 10 | 100 | 3\nfar | a | 30 | 10 | 100 | 3")
        let profile = learner {
            $0.skillsWanted = ["snoeien"]
            $0.home?.within = .metres(40_000)
        }
        let scores = try ["Houten", "Kanaleneiland", "Bloemendaal"].map { label in
            let resolved = try ResolvedProfile(profile, skills: drawnSkills) { _ in
                .found(label: label, DrawnCatalogue.home)
            }
            return Matcher(source: catalogue, skills: drawnSkills)
                .match(resolved, today: today, limit: 10).results.map(\.score)
        }
        #expect(scores[0] == scores[1])
        #expect(scores[0] == scores[2])
    }
}
