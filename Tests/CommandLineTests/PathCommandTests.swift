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
}
