import CourseModel
import Matching
import Settings
import Testing

@Suite("Funding schemes are data that say who pays what")
struct FundingTests {
    private func rules(_ fields: String) throws -> FundingRules {
        try FundingRules.read(
            toml: """
                [[scheme]]
                id = "slim"
                source = "https://slim.example/"
                checked = 2026-11-01
                \(fields)
                [scheme.name]
                nl = "het fonds"
                en = "the fund"
                """, file: "funding.toml")
    }

    private func match(
        _ drawing: String, _ rules: FundingRules, _ change: (inout Profile) -> Void
    ) throws -> MatchResults {
        let profile = try resolved(
            learner {
                $0.skillsWanted = ["snoeien"]
                $0.audience = .worker
                $0.funding = [.slim]
                change(&$0)
            })
        return Matcher(source: DrawnCatalogue(drawing), skills: drawnSkills, funding: rules)
            .match(profile, today: today)
    }

    private let one = "a1 | a | 5 | 30 | 800 | 3 | slim"

    @Test("the net price is told with its scheme, day and source")
    func told() throws {
        let results = try match(one, try rules("percentage = 50\nmaximum = 300"), { _ in })
        let best = try #require(results.results.first)
        #expect(best.netPrice?.cents == 500_00)
        #expect(
            best.reasons.map { $0.text(in: .dutch) }.contains(
                "€ 500 als het fonds meebetaalt (stand 1 november 2026, https://slim.example/)"))
        #expect(best.funding.map(\.contribution) == [300_00])
    }

    @Test("for a team the scheme pays for each of them")
    func team() throws {
        let results = try match(one, try rules("percentage = 50\nmaximum = 300")) {
            $0.teamSize = 3
        }
        #expect(results.results.first?.netPrice?.cents == 1500_00)
    }

    @Test(
        "who may not use a scheme is told why, and gains nothing by it",
        arguments: [
            ("audiences = [\"pupil\"]", "niet via het fonds: alleen voor leerlingen"),
            (
                "employment = [\"self-employed\"]",
                "niet via het fonds: alleen voor wie zelfstandig is"
            ),
            ("levels = \"4-5\"", "niet via het fonds: alleen op niveau 4 tot en met 5, dit is 3"),
            ("kinds = [\"module\"]", "niet via het fonds: alleen voor module"),
        ])
    func refused(rule: String, reason: String) throws {
        let without = try match(one, .none) { $0.funding = [] }
        let results = try match(one, try rules("percentage = 50\n\(rule)"), { _ in })
        let best = try #require(results.results.first)
        #expect(best.netPrice == nil)
        #expect(best.parts.cost == without.results.first?.parts.cost)
        #expect(best.reasons.map { $0.text(in: .dutch) }.contains(reason))
    }

    @Test("a budget counts on what is certain only; the score on all that may be paid")
    func certain() throws {
        func total(_ fields: String) throws -> Int {
            try match(one, try rules(fields)) {
                $0.budget = euro(500)
                $0.musts = [.budget]
            }.total
        }
        #expect(try total("percentage = 50") == 0)
        #expect(try total("percentage = 50\ncertain = true") == 1)
        let gross = try match(one, .none) { $0.funding = [] }
        let net = try match(one, try rules("percentage = 50"), { _ in })
        #expect(net.results[0].parts.cost > gross.results[0].parts.cost)
    }

    @Test("a scheme for any course pays for those that do not name it; others do not")
    func anyCourse() throws {
        let plain = "a1 | a | 5 | 30 | 800 | 3 |"
        let named = try match(plain, try rules("percentage = 50"), { _ in })
        #expect(named.results.first?.netPrice == nil)
        let any = try match(plain, try rules("percentage = 50\nany-course = true"), { _ in })
        #expect(any.results.first?.netPrice?.cents == 400_00)
    }

    @Test("a scheme without an amount may pay, and says where to look")
    func unknown() throws {
        let results = try match(one, try rules(""), { _ in })
        let best = try #require(results.results.first)
        #expect(best.netPrice == nil)
        #expect(best.parts.cost == 900)
        #expect(
            best.reasons.map { $0.text(in: .english) }.contains(
                "can be paid by the fund (as of 1 November 2026, https://slim.example/)"))
    }

    @Test("more that a scheme pays never lowers a score", arguments: 0..<20)
    func monotone(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let drawing = (0..<12).map {
            "c\($0) | a | \(random.below(30)) | \(random.below(90)) | \(random.below(20) * 100) | 3 | slim"
        }.joined(separator: "\n")
        let budget = euro(random.below(1000))
        var last: [Int: Double] = [:]
        for percentage in [0, 10, 40, 80, 100] {
            let results = try match(drawing, try rules("percentage = \(percentage)")) {
                $0.budget = budget
            }
            for match in results.results {
                #expect(match.score >= last[match.offering] ?? 0)
                last[match.offering] = match.score
            }
        }
    }

    @Test("a profile may name the schemes of its partnership")
    func ownSchemes() throws {
        let text = "[money]\nfunding = [\"green-fund\"]\n"
        let profile = try Profile.read(text, file: "p", today: today, schemes: ["green-fund"])
        #expect(profile.funding == ["green-fund"])
        #expect(throws: SettingsFaults.self) {
            try Profile.read(text, file: "p", today: today)
        }
    }

    @Test("faults of the file are told with line and field")
    func faults() {
        let error = #expect(throws: SettingsFaults.self) {
            try FundingRules.read(
                toml: """
                    [[scheme]]
                    id = "slim"
                    audiences = ["workr"]
                    levels = "5-2"
                    percentage = 150
                    """, file: "funding.toml")
        }
        let text = error?.description ?? ""
        for part in [
            "funding.toml:3: scheme[0].audiences", "worker", "levels", "percentage", "source",
            "checked", "name",
        ] { #expect(text.contains(part), "\(part) in \(text)") }
    }
}
