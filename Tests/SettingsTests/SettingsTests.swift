import CourseModel
import Settings
import Testing

@Suite("Settings files")
struct SettingsTests {
    private enum Colour: String, CaseIterable { case red, green }

    private static let toml = """
        name = "x"
        # not = "this"
        [work]
        place = "Houten"
        withn = "20km"
        [[partner]]
        id = "a"
        [[partner.source]]
        feed = "one.xml"
        [[partner]]
        id = "b"
        colour = "gren"
        [[partner.source]]
        feed = 12
        """
    private static let json = """
        {
          "name": "x",
          "work": {
            "place": "Houten",
            "withn": "20km"
          },
          "partner": [
            {"id": "a", "source": [{"feed": "one.xml"}]},
            {"id": "b",
             "colour": "gren",
             "source": [{
                "feed": 12 }]}
          ]
        }
        """

    private func faults(_ table: SettingsTable) -> [String] {
        _ = table.string("name")
        let work = table.table("work")
        _ = work?.string("place")
        _ = work?.string("within")
        for partner in table.tables("partner") {
            _ = partner.string("id")
            _ = partner.choice("colour", of: Colour.self)
            for source in partner.tables("source") { _ = source.string("feed") }
        }
        do {
            try table.finish()
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test("every fault of a TOML file is told at once, with line, field and what was meant")
    func tomlFaults() throws {
        #expect(
            faults(try .read(toml: Self.toml, file: "p.toml")) == [
                "p.toml:5: work.withn: is not a field; did you mean “within”?",
                "p.toml:12: partner[1].colour: “gren” is not one of red, green; "
                    + "did you mean “green”?",
                "p.toml:14: partner[1].source[0].feed: is a whole number; expected text in quotes",
            ])
    }

    @Test("the same tree in JSON has the same faults")
    func jsonFaults() throws {
        #expect(
            faults(try .read(json: Self.json, file: "p.json")) == [
                "p.json:5: work.withn: is not a field; did you mean “within”?",
                "p.json:10: partner[1].colour: “gren” is not one of red, green; "
                    + "did you mean “green”?",
                "p.json:12: partner[1].source[0].feed: is a whole number; expected text in quotes",
            ])
    }

    @Test("text that is no TOML is told with its line")
    func notTOML() {
        #expect {
            try SettingsTable.read(toml: "a = 1\nb = = 2\n", file: "p.toml")
        } throws: { error in
            (error as? SettingsFault)?.line == 2
        }
    }

    @Test("text that is no JSON is told with its line")
    func notJSON() {
        #expect {
            try SettingsTable.read(json: "{\n\"a\": ,\n}", file: "p.json")
        } throws: { error in
            (error as? SettingsFault)?.line == 2
        }
    }

    @Test("numbers, days and switches are read in their own kind")
    func kinds() throws {
        let table = try SettingsTable.read(
            toml: "hours = 12\nshare = 0.1\nday = 2027-01-31\non = true\nwords = \"one\"\n",
            file: "p.toml")
        #expect(table.integer("hours", in: 1...60) == 12)
        #expect(table.number("share", in: 0...1) == 0.1)
        #expect(table.text("day") == "2027-01-31")
        #expect(table.boolean("on") == true)
        #expect(table.strings("words") == ["one"])
        try table.finish()
    }

    @Test("a number outside its range is a fault that names the range")
    func range() throws {
        let table = try SettingsTable.read(toml: "hours = 120\n", file: "p.toml")
        #expect(table.integer("hours", in: 1...60) == nil)
        #expect(throws: SettingsFaults.self) { try table.finish() }
    }

    @Test("escapes of JSON are read", arguments: [#"\u00e9"#, #"é"#, #"\uD83D\uDE00\n"#])
    func escapes(text: String) throws {
        let table = try SettingsTable.read(json: "{\"a\": \"\(text)\"}", file: "p.json")
        #expect(["é", "😀\n"].contains(table.string("a")))
    }

    @Test(
        "broken JSON is refused with a line, never with a crash",
        arguments: [
            "", "[1]", "{", "{\"a\"}", "{\"a\":1,}", "{\"a\":\"x}", "{\"a\":01x}", "{\"a\":1} x",
            "{\"a\":1,\"a\":2}", "{\"a\":\"\\uD800\"}", "{\"a\":\"\\q\"}",
            String(repeating: "[", count: 100_000),
        ])
    func broken(text: String) {
        #expect {
            try SettingsTable.read(json: text, file: "p.json")
        } throws: { error in
            (error as? SettingsFault)?.line == 1
        }
    }

    @Test(
        "a table’s heading that begins with what no name may hold is a fault with its line",
        arguments: [
            "[élan]", "[=]", "[", "[[ é ]]", "[ # x\na]", "[[[a]]]", "[.a]", "  [é]",
            "b = [\n  1, # ]\n  'x[']\n[é]", "b = \"\"\"\n[a\"\"\"\"\"\n[é]", "b = '\\'\n[é]",
        ])
    func headings(text: String) {
        let fault = #expect(throws: SettingsFault.self) {
            try SettingsTable.read(toml: "a = 1\n" + text + "\n", file: "f.toml")
        }
        #expect(fault?.line ?? 0 >= 2, "\(String(describing: fault))")
        #expect(fault?.message.hasPrefix("is not valid TOML") == true)
    }

    @Test(
        "quoted names, and brackets that are no headings, are read",
        arguments: [
            "[\"élan\"]\nb = 1", "[ 'é' . b ]", "b = \"\"\"\n[élan]\n\"\"\"", "b = '''\n[é]'''",
            "b = [\n[ \"é\" ],\n[1],\n]", "# [é]", "b = \"[é\" # [é", "b = { c = [[1]] }\n[d]",
            "b = \"\"\"\\\"\"\"\n[é]\n\"\"\"\"", "[[b]]\nc = \"\\\\\"\n[[b]]",
        ])
    func brackets(text: String) throws {
        let table = try SettingsTable.read(toml: text + "\n", file: "f.toml")
        #expect(table.fieldNames.count <= 2)
    }
}
