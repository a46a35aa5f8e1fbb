import Foundation
import TestSupport
import Testing

@Suite("Paths over the sample catalogue")
struct PathCommandTests {
    private let workspace: SampleWorkspace

    init() throws { workspace = try askedSample.get() }

    @Test("a worker’s paths keep to her limits and say what they come to")
    func worker() throws {
        let outcome = try workspace.run(
            "path", "catalog/profiles/worker.toml", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let answer = try json(outcome)
        let paths = try #require(answer["paths"] as? [[String: Any]])
        #expect(!paths.isEmpty)
        #expect((paths[0]["goals"] as? [String])?.contains("most-complete") == true)
        for path in paths {
            let steps = try #require(path["steps"] as? [[String: Any]])
            #expect(!steps.isEmpty)
            var price = 0.0
            for step in steps {
                #expect((step["to"] as? String ?? "9") <= "2029-05-24")
                #expect((step["from"] as? String ?? "") >= SampleWorkspace.today)
                #expect(step["hoursPerWeek"] as? Double ?? 0 <= 12)
                #expect((step["closes"] as? [String])?.isEmpty == false)
                #expect((step["reasons"] as? [String])?.isEmpty == false)
                let stated = (step["price"] as? [String: Any])?["amount"] as? String
                price += stated.flatMap { Double($0) } ?? .infinity
            }
            #expect(price <= 1500)
            let starts = steps.compactMap { $0["from"] as? String }
            #expect(starts == starts.sorted())
            let closed = steps.flatMap { $0["closes"] as? [String] ?? [] }
            #expect(Set(closed).count == closed.count)
            #expect(Set(closed) == Set(path["closes"] as? [String] ?? []))
        }
        let again = try workspace.run(
            "path", "catalog/profiles/worker.toml", "--format", "json")
        #expect(again.output == outcome.output)
    }

    @Test("people read a timeline, reasons, what stays open and how sure it is")
    func table() throws {
        let outcome = try workspace.run("path", "catalog/profiles/worker.toml", "--lang", "nl")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("meest complete"))
        #expect(outcome.output.contains("█"))
        #expect(outcome.output.contains("leert je"))
        #expect(
            outcome.output.contains("bewezen") || outcome.output.contains("gezocht in"))
    }

    @Test("filters narrow what may be a step; a profile without a gap has no path")
    func edges() throws {
        let online = try workspace.run(
            "path", "catalog/profiles/worker.toml", "--mode", "online", "--format", "json")
        #expect(online.status == 0)
        for path in try json(online)["paths"] as? [[String: Any]] ?? [] {
            for step in path["steps"] as? [[String: Any]] ?? [] {
                #expect((step["modes"] as? [String])?.contains("online") == true)
            }
        }
        try workspace.scratch.write("plain.toml", "audience = \"worker\"\n")
        let plain = try workspace.run("path", "plain.toml")
        #expect(plain.status == 65)
        #expect(plain.errors.contains("no gap"))
        #expect(try workspace.run("path", "plain.toml", "--at-least", "0").status == 64)
    }

    @Test("a wish that is not understood is said first, fits nothing, and has no path")
    func notUnderstood() throws {
        try workspace.scratch.write(
            "kapper.toml", "[occupation]\nwanted = \"kapper\"\n[home]\nplace = \"Houten\"\n")
        let match = try workspace.run("match", "kapper.toml", "--lang", "nl")
        #expect(match.status == 0)
        #expect(match.output.hasPrefix("We kennen het beroep “kapper” niet."))
        #expect(!match.output.contains("vaardigheden"))
        let answer = try json(
            try workspace.run("match", "kapper.toml", "--format", "json"))
        #expect(answer["total"] as? Int == 0)
        let query = try #require(answer["query"] as? [String: Any])
        let open = try #require(query["notUnderstood"] as? [[String: Any]])
        #expect(open.map { $0["text"] as? String } == ["kapper"])
        #expect(open.map { $0["kind"] as? String } == ["occupation"])
        let path = try workspace.run("path", "kapper.toml", "--lang", "nl")
        #expect(path.status == 65)
        #expect(path.errors.contains("We kennen het beroep “kapper” niet."))
        // Beside a wish that is understood it stays open.
        try workspace.scratch.write(
            "both.toml",
            "[occupation]\nwanted = \"kapper\"\n[skills]\nwants = [\"bomen snoeien\"]\n")
        let both = try workspace.run("match", "both.toml", "--lang", "nl", "--limit", "1")
        #expect(both.output.hasPrefix("We kennen het beroep “kapper” niet."))
        #expect(both.output.contains("leert je 1 van de 2 dingen die je nog mist"))
        #expect(!both.output.contains("vaardigheden 1,00"))
    }

    @Test("faults of a profile are told in the language asked for")
    func faultsInDutch() throws {
        try workspace.scratch.write(
            "bad.toml", "[home]\nplace = \"Houten\"\nwithin = \"20\"\n")
        for command in ["match", "path"] {
            let dutch = try workspace.run(command, "bad.toml", "--lang", "nl")
            #expect(dutch.status == 65)
            #expect(
                dutch.errors.contains(
                    "bad.toml:3: home.within: “20” heeft geen eenheid; bedoel je “20km” of “20min”?"
                ))
            let english = try workspace.run(command, "bad.toml", "--lang", "en")
            #expect(english.errors.contains("did you mean “20km” or “20min”?"))
        }
    }
}
