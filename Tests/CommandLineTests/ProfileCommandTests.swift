import Foundation
import TestSupport
import Testing

@Suite("Profiles are asked for and explained")
struct ProfileCommandTests {
    private let workspace: SampleWorkspace

    init() throws { workspace = try askedSample.get() }

    /// Answers up to the last question; those that are not given stay empty.
    private func answers(_ given: [String]) -> String {
        (given + [String](repeating: "", count: 40)).joined(separator: "\n")
    }

    @Test("an interview asks again what it does not understand, and writes only its file")
    func interview() throws {
        let before = try FileManager.default.subpathsOfDirectory(
            atPath: workspace.scratch.folder)
        let outcome = try workspace.run(
            "profile", "new", "jan.toml", "--lang", "nl",
            input: answers([
                "Jan", "3", "hovenier", "boomverzorger", "snoeien", "", "mbo 3", "9", "4",
                "Houtn", "Houten", "fiets", "20mijl", "20km",
            ]))
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("Waar woon je?"))
        #expect(outcome.errors.contains("“Houten”"))
        #expect(outcome.errors.contains("32km"))
        let text = try String(
            contentsOfFile: workspace.scratch.path("jan.toml"), encoding: .utf8)
        #expect(
            text == """
                language = "nl"
                name = "Jan"
                audience = "worker"

                [occupation]
                current = "hovenier"
                wanted = "boomverzorger"

                [skills]
                has = ["snoeien"]

                [level]
                has = "mbo 3"
                wants = "4"

                [home]
                place = "Houten"
                by = "bike"
                within = "20km"

                """)
        let after = try FileManager.default.subpathsOfDirectory(atPath: workspace.scratch.folder)
        #expect(Set(after).subtracting(before).filter { $0.contains("jan") } == ["jan.toml"])
        #expect(try workspace.run("match", "jan.toml").status == 0)
        let again = try workspace.run("profile", "new", "jan.toml", input: answers(["Piet"]))
        #expect(again.status == 73)
    }

    @Test(
        "an interview in Dutch speaks Dutch throughout, also of ways to pay, languages and faults")
    func dutch() throws {
        let given = [
            "Fleur", "4", "", "hovenier", "snoeien", "", "9", "mbo 2", "", "Houten", "fiets",
            "20km",
            "", "", "", "", "", "", "", "", "1", "250 EUR", "mijn werkgever, 2", "",
            "Nederlands, engels", "2, 8",
        ]
        let outcome = try workspace.run(
            "profile", "new", "fleur.toml", "--lang", "nl", input: answers(given))
        #expect(outcome.status == 0, "\(outcome.errors)")
        let text = try String(
            contentsOfFile: workspace.scratch.path("fleur.toml"), encoding: .utf8)
        #expect(text.contains(#"funding = ["employer", "sector-fund"]"#), "\(text)")
        #expect(text.contains(#"languages = ["nl", "en"]"#), "\(text)")
        // Only what was filled in can be a limit.
        #expect(
            outcome.errors.contains("1 de reis, 2 het budget, 3 het niveau, 4 de taal, 5 wat ik"))
        #expect(outcome.errors.contains("“9” is geen niveau; schrijf 1 tot en met 8"))
        for word in ["employer", "is not", "did you", "Choose", " the "] {
            #expect(!outcome.errors.contains(word), "\(word)")
        }
    }

    @Test("a check of a team tells what each member lacks")
    func members() throws {
        let outcome = try workspace.run(
            "profile", "check", "catalog/profiles/team.toml", "--lang", "nl")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("“Fatma” → mist "), "\(outcome.output)")
    }

    @Test("an interview in English that breaks off writes nothing")
    func brokenOff() throws {
        let outcome = try workspace.run(
            "profile", "new", "eve.toml", "--lang", "en", input: "Eve\n3\n")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("What work do you do now?"))
        #expect(outcome.errors.contains("nothing was written"))
        #expect(!FileManager.default.fileExists(atPath: workspace.scratch.path("eve.toml")))
    }

    @Test("a check shows what words were taken for, how sure that is, and reach and dates")
    func check() throws {
        let outcome = try workspace.run(
            "profile", "check", "catalog/profiles/worker.toml", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let items = try #require(try json(outcome)["items"] as? [[String: Any]])
        func item(_ field: String) -> [String: Any]? {
            items.first { $0["field"] as? String == field }
        }
        #expect(item("occupation.wanted")?["id"] as? String == "occupation:boomverzorger")
        #expect(item("occupation.wanted")?["confidence"] as? Double == 1)
        #expect((item("home.place")?["understood"] as? String)?.hasPrefix("Houten (52.") == true)
        #expect(item("time.start-after")?["understood"] as? String == "24 november 2026")
        #expect((try json(outcome)["gap"] as? [String])?.contains("bomen vellen") == true)
        let people = try workspace.run(
            "profile", "check", "catalog/profiles/worker.toml", "--lang", "en")
        #expect(people.output.contains("“3992 AB” → Houten"))
    }

    @Test("a check tells faults with their fields and ends with 65")
    func faults() throws {
        try workspace.scratch.write(
            "wrong.toml", "[home]\nplace = \"Bergen\"\n[work]\nplace = \"Houtn\"\n")
        let places = try workspace.run("profile", "check", "wrong.toml")
        #expect(places.status == 65)
        #expect(places.errors.contains("home.place") && places.errors.contains("work.place"))
        try workspace.scratch.write("field.toml", "audiense = \"worker\"\n")
        let field = try workspace.run("profile", "check", "field.toml")
        #expect(field.status == 65)
        #expect(field.errors.contains("field.toml:1: audiense"))
    }
}
