import Foundation
import TestSupport
import Testing

@Suite("Profiles are ranked for an offering, as offerings are for a profile")
struct PlacesToFillTests {
    private let workspace: SampleWorkspace

    init() throws { workspace = try askedSample.get() }

    @Test("a profile’s score, parts and reasons are those of its own match")
    func sameAsMatch() throws {
        let profiles = [
            #"{"name":"a","occupation":{"wanted":"boomverzorger"},"home":{"place":"Houten"}}"#,
            "not a profile",
            #"{"name":"b","occupation":{"wanted":"verpleegkundige"}}"#,
            #"{"name":"c","skills":{"wants":["snoeien"]},"home":{"place":"Maastricht"}}"#,
        ]
        try workspace.scratch.write("a.json", profiles[0])
        // A course: for an apprenticeship, level and way come first, and the scores are others.
        let own = try workspace.run(
            "match", "a.json", "--kind", "course", "--limit", "1", "--format", "json")
        let rows = try json(own)["results"] as? [[String: Any]]
        let best = try #require(rows?.first)
        let offering = try #require(best["offering"] as? String)
        let course = try #require(best["course"] as? String)
        for id in [offering, course] {
            let outcome = try workspace.run(
                "match", "--for", id, "--profiles", "-", "--format", "json", "--lang", "en",
                input: profiles.joined(separator: "\n"))
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("line 2"))
            let answer = try json(outcome)
            #expect(answer["read"] as? Int == 4)
            #expect(answer["faulty"] as? Int == 1)
            let found = try #require(answer["results"] as? [[String: Any]])
            #expect(answer["total"] as? Int == found.count)
            let a = try #require(found.first { $0["name"] as? String == "a" })
            #expect(a["line"] as? Int == 1)
            #expect(a["score"] as? Double == best["score"] as? Double)
            #expect(
                NSDictionary(dictionary: a["parts"] as? [String: Any] ?? [:])
                    == NSDictionary(dictionary: best["parts"] as? [String: Any] ?? [:]))
            #expect(!found.contains { $0["name"] as? String == "b" })
        }
    }

    @Test("what does not go together or is not there is told")
    func usage() throws {
        #expect(try workspace.run("match").status == 64)
        #expect(try workspace.run("match", "--for", "x").status == 64)
        let unknown = try workspace.run("match", "--for", "x", "--profiles", "-", input: "{}")
        #expect(unknown.status == 66)
        #expect(unknown.errors.contains("“x”"))
    }
}
