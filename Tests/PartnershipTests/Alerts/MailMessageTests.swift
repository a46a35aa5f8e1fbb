import CourseModel
import Foundation
import Storage
import TestSupport
import Testing

@testable import Partnership

@Suite("A message is one message, whatever stands in it")
struct MailMessageTests {
    private func message(
        subject: String = "Onderwerp", from: String = "post@example.org",
        to: [String] = ["anna@example.org"], text: String = "Tekst\n"
    ) throws -> MailMessage {
        MailMessage(
            from: try #require(MailAddress(from)), to: try to.map { try #require(MailAddress($0)) },
            subject: subject, date: Moment(secondsSince1970: 1_795_509_005), id: "abc123",
            language: "nl", text: text)
    }

    private func lines(_ message: MailMessage) -> [String] {
        String(decoding: message.bytes(lineEnd: "\r\n"), as: UTF8.self)
            .components(separatedBy: "\r\n")
    }

    @Test("it has the headers that mail needs, and its day is right")
    func headers() throws {
        #expect(
            lines(try message()) == [
                "From: post@example.org", "To: anna@example.org", "Subject: Onderwerp",
                "Date: Tue, 24 Nov 2026 08:30:05 +0000", "Message-ID: <abc123@example.org>",
                "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable", "Content-Language: nl",
                "Auto-Submitted: auto-generated", "", "Tekst", "",
            ])
    }

    @Test(
        "nothing in a subject or a name begins another header or another line",
        arguments: [
            "x\r\nBcc: victim@example.org", "x\nBcc: victim@example.org",
            "x\u{2028}Bcc: victim@example.org", "x\u{85}Bcc: victim@example.org",
            "x\u{0}\u{1B}[31m", "=?utf-8?Q?x=0ABcc:_v@example.org?=", "\u{202E}gro.elpmaxe",
            String(repeating: "é", count: 400), String(repeating: "a", count: 2_000),
            "snoeien “bij” Houten – gratis! 🌳",
        ])
    func injection(text: String) throws {
        let lines = lines(
            try message(subject: text, from: "Leerwijzer 'é\\' x <post@example.org>"))
        let end = try #require(lines.firstIndex(of: ""))
        for line in lines[..<end] {
            #expect(line.utf8.count <= 78 && line.utf8.allSatisfy { 32...126 ~= $0 }, "\(line)")
        }
        let names = lines[..<end].filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding", "Content-Language", "Auto-Submitted",
            ])
    }

    @Test("the body is lines of ASCII of at most 76 bytes, and none ends or begins a message")
    func body() throws {
        let text =
            "From here\n.\n..\nend \n" + String(repeating: "é=", count: 100) + "\n"
            + String(repeating: "x", count: 75) + ".\n"
        let lines = lines(try message(text: text))
        let body = lines[(try #require(lines.firstIndex(of: "")) + 1)...]
        #expect(body.first == "=46rom here")
        #expect(body.dropFirst().first == "=2E")
        for line in body {
            #expect(line.utf8.count <= 76 && line.utf8.allSatisfy { 33...126 ~= $0 || $0 == 32 })
            #expect(line.last != " " && line != "." && !line.hasPrefix("From "))
        }
    }

    @Test("Python’s reader of mail, which is another’s, reads it as it was meant")
    func readByAnother() throws {
        let scratch = try Scratch()
        let subject = "3 keer nieuw: snoeien “bij” Houten – " + String(repeating: "ë", count: 60)
        let text =
            "Nieuw voor “snoeien”:\n\n" + String(repeating: "lange régel = ", count: 30)
            + "\nFrom Houten\n.\nslot\n"
        let message = try message(
            subject: subject, from: "Leren, in Houten (é) <post@example.org>",
            to: ["anna@example.org", "Bé Jansen <be@example.org>"], text: text)
        try scratch.write("mail.eml", Data(message.bytes(lineEnd: "\r\n")))
        let outcome = try Program(path: "/usr/bin/python3").run(
            [
                "-c",
                """
                import email, email.policy, json
                m = email.message_from_binary_file(open("mail.eml", "rb"), policy=email.policy.default)
                print(json.dumps({"subject": m["subject"], "from": str(m["from"].addresses[0].display_name),
                    "to": [a.addr_spec for a in m["to"].addresses], "names": [a.display_name for a in m["to"].addresses],
                    "text": m.get_content().replace("\\r\\n", "\\n"), "defects": len(m.defects),
                    "date": m["date"].datetime.isoformat()}))
                """,
            ], in: scratch.folder)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let read = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(read["subject"] as? String == subject)
        #expect(read["from"] as? String == "Leren, in Houten (é)")
        #expect(read["to"] as? [String] == ["anna@example.org", "be@example.org"])
        #expect(read["names"] as? [String] == ["", "Bé Jansen"])
        #expect(read["text"] as? String == text)
        #expect(read["defects"] as? Int == 0)
        #expect(read["date"] as? String == "2026-11-24T08:30:05+00:00")
    }

    @Test(
        "what is no plain address is refused",
        arguments: [
            "", "anna", "@example.org", "anna@", "anna@exa mple.org", "an na@example.org",
            "anna@example.org\nBcc: b@example.org", "anna@example.org, b@example.org",
            "-oQ/tmp@example.org", "anna@-example.org", "a..b@example.org", ".a@example.org",
            "\"a b\"@example.org", "anna@[127.0.0.1]", "Anna\r\nBcc <anna@example.org>",
            "anna@example.org>", "anna@éxample.org", "Anna <anna@example.org> x",
        ])
    func addresses(text: String) { #expect(MailAddress(text) == nil) }

    @Test("an address may have a name before it")
    func names() throws {
        #expect(MailAddress(" anna.b+c@example.org ")?.address == "anna.b+c@example.org")
        let named = try #require(MailAddress("Anna de Vries <anna@xn--bcher-kva.example>"))
        #expect(named.name == "Anna de Vries" && named.domain == "xn--bcher-kva.example")
    }
}
