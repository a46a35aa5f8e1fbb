import CourseModel
import Foundation
import Ingest
import Matching
import Settings
import Storage
import TestSupport
import Testing

@testable import Partnership

@Suite("An alert tells each offering once, and nothing that cannot be taken up")
struct AlertTests {
    private let workspace: AlertWorkspace

    init() throws { workspace = try AlertWorkspace() }

    private func news(_ outcome: AlertOutcome) -> String {
        outcome.steps.map { channel, step in
            switch step {
            case .began(let count): "\(channel) began \(count)"
            case .nothingNew: "\(channel) nothing"
            case .told(let count): "\(channel) told \(count)"
            case .failed(let count, _): "\(channel) failed \(count)"
            }
        }.joined(separator: ", ")
    }

    @Test("what is there when it begins is not told; what comes is told once")
    func once() throws {
        try workspace.offer("a,Snoeien,a1,2027-02-01")
        try workspace.alertAboutPruning()
        #expect(news(try workspace.run()) == "mail began 1")
        #expect(news(try workspace.run()) == "mail nothing")
        try workspace.offer(
            "a,Snoeien,a1,2027-02-01", "a,Snoeien,a2,2027-03-01", "b,Fruit snoeien,b1,2027-02-05",
            "c,Zagen,c1,2027-02-05")
        #expect(news(try workspace.run()) == "mail told 2")
        #expect(news(try workspace.run()) == "mail nothing")
        let mail = try workspace.mail()
        #expect(mail.count == 1)
        #expect(mail.first?.contains("Subject: 2 keer nieuw: Snoeien\r\n") == true)
        #expect(mail.first?.contains("Fruit snoeien") == true)
        #expect(mail.first?.contains("Zagen") == false)
        #expect(mail.first?.contains("1 mrt 2027") == true)
    }

    @Test("what is there already is told when the alert asks so")
    func existing() throws {
        try workspace.offer("a,Snoeien,a1,2027-02-01")
        try workspace.alertAboutPruning("tell-existing = true")
        #expect(news(try workspace.run()) == "mail told 1")
        #expect(news(try workspace.run()) == "mail nothing")
    }

    @Test("an alert never lists a course that is closed, full, cancelled or past")
    func closedCourse() throws {
        try workspace.offer("z,Zagen,z1,2027-02-01")
        try workspace.alertAboutPruning()
        try workspace.run()
        try workspace.offer(
            "a,Snoeien A,a1,2027-02-01,closed", "b,Snoeien B,b1,2027-02-01,full",
            "c,Snoeien C,c1,2027-02-01,cancelled", "d,Snoeien D,d1,2026-11-01",
            "e,Snoeien E,e1,2027-02-01,,0", "f,Snoeien F,f1,2027-02-01,open,3")
        let outcome = try workspace.run()
        #expect(news(outcome) == "mail told 1")
        #expect(outcome.findings?.found.map(\.row.title) == ["Snoeien F"])
        let text = try #require(try workspace.mail().last)
        for title in ["A", "B", "C", "D", "E"] { #expect(!text.contains("Snoeien \(title)")) }
    }

    @Test("what closes while it waits to be delivered is not delivered any more")
    func closedWhileWaiting() throws {
        try workspace.configure(
            #"from = "post@leerwijzer.example"\#nsendmail = ["/nowhere/sendmail"]"#)
        try workspace.offer("z,Zagen,z1,2027-02-01")
        try workspace.alert(
            "snoeien",
            """
            [search]
            words = "snoeien"
            [mail]
            to = "anna@example.org"
            """)
        try workspace.run()
        try workspace.offer("a,Snoeien A,a1,2027-02-01", "b,Snoeien B,b1,2027-02-01")
        #expect(news(try workspace.run()) == "mail failed 2")
        try workspace.offer("a,Snoeien A,a1,2027-02-01,full", "b,Snoeien B,b1,2027-02-01")
        let program = try mailProgram()
        try workspace.configure("from = \"post@leerwijzer.example\"\nsendmail = [\"\(program)\"]")
        #expect(news(try workspace.run()) == "mail told 1")
        let sent = try String(contentsOfFile: program + ".sent", encoding: .utf8)
        #expect(sent.contains("Snoeien B") && !sent.contains("Snoeien A"))
    }

    /// A program that keeps what it is given.
    private func mailProgram(status: Int = 0) throws -> String {
        let path = try workspace.workspace.scratch.write(
            "sendmail-\(status)",
            """
            #!/bin/sh
            printf '%s\\n' "$@" >"$0.arguments"
            cat >"$0.sent"
            echo 'mailbox is full' >&2
            exit \(status)
            """)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    @Test("a way that fails is tried again, and the others are not told twice")
    func retry() throws {
        try workspace.offer("z,Zagen,z1,2027-02-01")
        let refusing = try mailProgram(status: 75)
        try workspace.configure("from = \"post@leerwijzer.example\"\nsendmail = [\"\(refusing)\"]")
        try workspace.alert(
            "snoeien",
            """
            [search]
            words = "snoeien"
            [atom]
            file = "snoeien.atom"
            [mail]
            to = ["anna@example.org", "Bé <be@example.org>"]
            """)
        try workspace.run()
        try workspace.offer("a,Snoeien,a1,2027-02-01")
        let failed = try workspace.run()
        #expect(news(failed) == "atom told 1, mail failed 1")
        guard case .failed(_, let reason) = failed.steps[1].step else {
            Issue.record("the program refused")
            return
        }
        #expect(reason.description.contains("status 75): mailbox is full"))
        let program = try mailProgram()
        try workspace.configure("from = \"post@leerwijzer.example\"\nsendmail = [\"\(program)\"]")
        #expect(news(try workspace.run()) == "atom nothing, mail told 1")
        #expect(news(try workspace.run()) == "atom nothing, mail nothing")
        let arguments = try String(contentsOfFile: program + ".arguments", encoding: .utf8)
        #expect(
            arguments == "-i\n-f\npost@leerwijzer.example\n--\nanna@example.org\nbe@example.org\n")
    }

    @Test("a program that does not end is stopped")
    func slowProgram() throws {
        let program = try workspace.workspace.scratch.write("slow", "#!/bin/sh\nsleep 60\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let began = ContinuousClock.now
        #expect(throws: DeliveryFailure.self) {
            try Sendmail(command: [program], seconds: 1).send(
                MailMessage(
                    from: try #require(MailAddress("a@example.org")), to: [], subject: "",
                    date: Moment(SyncWorkspace.today), id: "1", language: "nl", text: ""))
        }
        #expect(ContinuousClock.now - began < .seconds(30))
    }

    @Test("Atom holds what can be taken up now, dated by when it was first found")
    func atom() throws {
        try workspace.offer("a,Snoeien & zagen,a1,2027-02-01", "b,Snoeien B,b1,2027-02-01")
        try workspace.alert(
            "snoeien",
            """
            title = "Snoeien <alles>"
            [search]
            words = "snoeien"
            [atom]
            """)
        #expect(news(try workspace.run()) == "atom told 2")
        let path = workspace.workspace.scratch.path("catalog/.leerwijzer/alerts/snoeien.atom")
        let first = try String(contentsOfFile: path, encoding: .utf8)
        #expect(first.contains("<title>Snoeien &lt;alles&gt;</title>"))
        #expect(first.contains("<title>Snoeien &amp; zagen</title>"))
        #expect(first.components(separatedBy: "<entry>").count == 3)
        try workspace.run()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == first)
        try workspace.offer("a,Snoeien & zagen,a1,2027-02-01,full", "b,Snoeien B,b1,2027-02-01")
        try workspace.run()
        let second = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!second.contains("Snoeien &amp; zagen") && second.contains("Snoeien B"))
    }

    @Test("it finds what a search with the same words and filters finds")
    func sameAsSearch() throws {
        try workspace.offer(
            "a,Snoeien in Houten,a1,2027-02-01", "b,Snoeicursus,b1,2027-05-01",
            "c,Hoveniers snoeien,c1,2027-02-20", "d,Zagen,d1,2027-02-20")
        try workspace.alert(
            "snoeien",
            """
            [search]
            words = "snoeien in Houten"
            start-before = 2027-03-01
            [atom]
            """)
        let found = try workspace.run().findings?.found.map(\.row.offering.value)
        let catalogue = try workspace.catalogue()
        var filters = Filters()
        filters.words = "snoeien in Houten"
        filters.startBefore = "2027-03-01"
        let searched = try catalogue.answering { index in
            try index.search(
                FilterReader(
                    gazetteer: catalogue.gazetteer(), skills: catalogue.skills(), index: index,
                    synonyms: catalogue.synonyms(), today: catalogue.today
                ).learnersQuery(filters).query
            ).hits.map { try index.stored(offering: $0.offering).id.value }
        }
        #expect(searched.count == 2 && found == searched)
    }

    @Test("a profile’s alert tells what fits with its reasons, and keeps nothing of the profile")
    func profile() throws {
        try workspace.offer("a,Zagen,a1,2027-02-01")
        try workspace.workspace.scratch.write(
            "catalog/anna.toml",
            """
            language = "nl"
            [home]
            place = "Houten"
            [skills]
            wants = ["bomen snoeien"]
            """)
        try workspace.alert(
            "anna",
            """
            profile = "anna.toml"
            [mail]
            to = "anna@example.org"
            folder = "mail"
            """)
        try workspace.run()
        try workspace.offer("a,Zagen,a1,2027-02-01", "b,Bomen snoeien,b1,2027-02-01")
        #expect(news(try workspace.run()) == "mail told 1")
        let text = try #require(try workspace.mail().last)
        #expect(text.contains("Bomen snoeien") && text.contains("  - "))
        let state = workspace.workspace.scratch.path("catalog/.leerwijzer/alerts/anna.json")
        let kept = try String(contentsOfFile: state, encoding: .utf8)
        #expect(kept.contains("b1"))
        for word in ["Houten", "bomen snoeien", "anna@", "anna.toml", "3991"] {
            #expect(!kept.contains(word), "\(word)")
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: state)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        try FileManager.default.removeItem(
            atPath: workspace.workspace.scratch.path("catalog/alerts/anna.toml"))
        _ = try workspace.alertRun().run()
        #expect(!FileManager.default.fileExists(atPath: state), "who goes is forgotten")
    }

    @Test("checking sends nothing and changes nothing")
    func check() throws {
        try workspace.offer("a,Snoeien,a1,2027-02-01")
        try workspace.alertAboutPruning("tell-existing = true")
        let checked = try workspace.alertRun().check()[0]
        #expect(checked.news[.mail]?.count == 1)
        #expect(try workspace.mail().isEmpty)
        #expect(news(try workspace.run()) == "mail told 1")
    }

    @Test("two runs at once do not both send")
    func busy() throws {
        try workspace.offer("a,Snoeien,a1,2027-02-01")
        try workspace.alertAboutPruning()
        let lock = try #require(try AlertFolder(try workspace.catalogue().workspace).lock())
        #expect(throws: AlertError.self) { _ = try workspace.alertRun().run() }
        withExtendedLifetime(lock) {}
    }

    @Test("a damaged memory stops the alert, and a faulty alert does not stop the others")
    func damage() throws {
        try workspace.offer("a,Snoeien,a1,2027-02-01")
        try workspace.alertAboutPruning("tell-existing = true")
        try workspace.alert("fout", "[search]\nwords = \"x\"\n")
        var outcomes = try workspace.alertRun().run()
        #expect(outcomes.map(\.name) == ["fout", "snoeien"])
        #expect(outcomes[0].failure is SettingsFaults && news(outcomes[1]) == "mail told 1")
        try workspace.workspace.scratch.write("catalog/.leerwijzer/alerts/snoeien.json", "{")
        outcomes = try workspace.alertRun().run()
        #expect(outcomes[1].failure is AlertError && outcomes[1].steps.isEmpty)
    }

    @Test("mail without a sender is a fault before there is news")
    func noSender() throws {
        try workspace.configure("")
        try workspace.offer("a,Snoeien,a1,2027-02-01")
        try workspace.alertAboutPruning()
        let failure = try #require(try workspace.alertRun().run()[0].failure)
        #expect("\(failure)".contains("mail: has nobody to come from"))
    }

    @Test(
        "what is wrong in an alert is told with its field",
        arguments: [
            ("[search]\nall = true\n[atom]", "search.all: has no place here"),
            ("[search]\nnaer = \"Houten\"\n[atom]", "did you mean “near”?"),
            ("[mail]\nto = \"a@b.nl\"", "search: is missing"),
            ("[search]\nwords = \"x\"", "mail: is missing"),
            (
                "[search]\n[mail]\nto = \"a@b.nl\\nBcc: c@d.nl\"",
                "is no address"
            ),
            (
                "[search]\n[webhook]\nurl = \"https://x.nl\"\nsecret = \"geheim\"",
                "write env:NAME or file:PATH"
            ),
            (
                "[search]\n[webhook]\nurl = \"http://x.example/\"\nsecret = \"env:X\"",
                "webhook.url: is not sent to without TLS"
            ),
            (
                "[search]\n[webhook]\nurl = \"ftp://x.example/\"\nsecret = \"env:X\"",
                "webhook.url: "
            ),
            ("[search]\nnear = \"Nergenshuizen\"\n[atom]", "search.near:"),
            ("best = 5\n[search]\n[atom]", "best: goes with profile"),
        ])
    func faults(text: String, message: String) throws {
        try workspace.offer("a,Snoeien,a1,2027-02-01")
        try workspace.alert("fout", text)
        let failure = try #require(try workspace.alertRun().run()[0].failure)
        #expect("\(failure)".contains(message), "\(failure)")
    }
}
