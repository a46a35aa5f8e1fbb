import Foundation
import TestSupport
import Testing

@Suite("Alerts and reports on the command line")
struct AlertsCommandTests {
    private let workspace: SampleWorkspace

    init() throws {
        workspace = try SampleWorkspace(feeds: false)
        try offer("a,Snoeien,a1,2027-02-01")
        try workspace.scratch.write(
            "catalog/alerts/snoeien.toml",
            """
            title = "Snoeien"
            [search]
            words = "snoeien"
            [atom]
            """)
    }

    private func offer(_ rows: String...) throws {
        try workspace.scratch.write(
            "school.csv",
            "course_id,title,offering_id,start\n" + rows.joined(separator: "\n") + "\n")
        let read = try workspace.run("ingest", "school.csv")
        try #require(read.status == 0, "\(read.errors)")
    }

    @Test("an alert is checked, run and listed")
    func alerts() throws {
        let checked = try workspace.run("alerts", "check")
        #expect(checked.status == 0, "\(checked.errors)")
        #expect(checked.output.contains("snoeien: 1 offering, 1 new\n+ Snoeien"))
        let told = try workspace.run("alerts", "run")
        #expect(told.status == 0 && told.output == "snoeien: atom: 1 offering told\n")
        let again = try workspace.run("alerts", "run", "--lang", "nl")
        #expect(again.output == "snoeien: atom: niets nieuws\n")
        let list = try workspace.run("alerts")
        #expect(list.output.contains("snoeien") && list.output.contains("good"))
        try offer("a,Snoeien,a1,2027-02-01", "b,Fruit snoeien,b1,2027-02-02")
        let json = try workspace.run("alerts", "check", "snoeien", "--format", "json")
        let entries = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        #expect((entries.first?["found"] as? [Any])?.count == 2)
        #expect((entries.first?["new"] as? [String: [String]])?["atom"]?.count == 1)
    }

    @Test("what goes wrong has its message and its status: 64, 65, 69")
    func failures() throws {
        let unknown = try workspace.run("alerts", "run", "snoeie")
        #expect(unknown.status == 64 && unknown.errors.contains("known: snoeien"))
        try workspace.scratch.write(
            "catalog/alerts/mail.toml",
            "[search]\nwords = \"snoeien\"\n[mail]\nto = \"anna@example.org\"\n")
        try workspace.scratch.write(
            "catalog/catalog.toml",
            "[alerts]\nfrom = \"post@example.org\"\nsendmail = [\"/nowhere/sendmail\"]\n")
        // It begins without sending; what comes then cannot be sent.
        #expect(try workspace.run("alerts", "run", "mail").status == 0)
        try offer("a,Snoeien,a1,2027-02-01", "b,Fruit snoeien,b1,2027-02-02")
        let undelivered = try workspace.run("alerts", "run")
        #expect(undelivered.status == 69)
        #expect(undelivered.errors.contains("mail: mail: /nowhere/sendmail cannot be started"))
        #expect(undelivered.output.contains("snoeien: atom: 2 offerings told"))
        #expect(try workspace.run("alerts").output.contains("failing: "))
        try workspace.scratch.write("catalog/alerts/mail.toml", "[search]\nword = \"x\"\n[atom]\n")
        let faulty = try workspace.run("alerts", "run")
        #expect(faulty.status == 65)
        #expect(faulty.errors.contains("alerts/mail.toml:2: search.word: is not a field"))
    }

    @Test("a report that is not there is told with status 66, and an empty list as such")
    func reports() throws {
        let none = try workspace.run("reports")
        #expect(none.status == 0 && none.errors.contains("no reports are waiting"))
        #expect(try workspace.run("reports", "--format", "json").output == "[]\n")
        let unknown = try workspace.run("reports", "close", "x", "--as", "mended")
        #expect(unknown.status == 66 && unknown.errors.contains("there is no report “x”"))
        #expect(try workspace.run("reports", "--partner", "niemand").status == 64)
        #expect(try workspace.run("reports", "close", "x", "--as", "anders").status == 64)
    }
}
