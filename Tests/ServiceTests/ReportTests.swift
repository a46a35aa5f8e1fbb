import Foundation
import HTTPTypes
import Partnership
import TestSupport
import Testing

@testable import Service

@Suite("Anyone can report a wrong listing, and sees what came of it")
struct ReportTests {
    private static let course = "snoeischaar:snoeischaar:BS-REDDING"
    private static let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
    private static let json: HTTPFields = [.contentType: "application/json"]
    private let service: SampleService

    init() throws { service = try SampleService.usual() }

    private var path: String { "/nl/fout-melden/" + Self.course }

    @Test("the course’s page leads to the form, which works without a script")
    func page() async throws {
        let course = try await service.ask(.get, "/nl/cursus/" + Self.course)
        #expect(course.text.contains("/nl/fout-melden/snoeischaar%3Asnoeischaar%3ABS-REDDING"))
        let form = try await service.ask(.get, path)
        #expect(form.status == 200 && form.text.contains("method=\"post\""))
        #expect(form.text.contains("<meta name=\"robots\" content=\"noindex\">"))
        let sent = try await service.ask(
            .post, path, headers: Self.form, body: "fault=price&text=Het+is+%E2%82%AC+50+meer")
        #expect(sent.status == 303)
        let address = try #require(sent.headers[.location])
        #expect(address.hasPrefix("/nl/melding/"))
        let state = try await service.ask(.get, address)
        #expect(state.status == 200 && state.text.contains("Wacht op de aanbieder"))
        #expect(state.headers[.cacheControl] == "no-store")
        #expect(!state.text.contains("50 meer"), "what was written is not shown to others")
        let english = try await service.ask(
            .get, address.replacing("/nl/melding/", with: "/en/report/"))
        #expect(english.text.contains("Waits for the provider"))
        let box = ReportBox(try #require(service.service.catalogue?.current).workspace)
        let reference = String(address.split(separator: "/").last ?? "")
        let report = try box.close(
            reference, as: .mended, "De prijs is <b>verbeterd</b>.", at: service.service.now)
        #expect(report.text == "Het is € 50 meer")
        let closed = try await service.ask(.get, address).text
        #expect(closed.contains("Klaar: het is verbeterd"))
        #expect(closed.contains("De prijs is &lt;b&gt;verbeterd&lt;/b&gt;."))
    }

    @Test("a form without a choice, or with too long a text, comes back with what was filled in")
    func incomplete() async throws {
        let sent = try await service.ask(
            .post, path, headers: Self.form, body: "text=%3Cscript%3Ex")
        #expect(sent.status == 422 && sent.text.contains("Kies wat er niet klopt."))
        #expect(sent.text.contains("&lt;script&gt;x</textarea>"))
        let long = try await service.ask(
            .post, path, headers: Self.form,
            body: "fault=date&text=" + String(repeating: "a", count: 1_001))
        #expect(long.status == 422 && long.text.contains("langer dan 1000 tekens"))
        let none = try await service.ask(.get, "/nl/fout-melden/bestaat-niet")
        #expect(none.status == 404)
    }

    @Test("a report through the API is created, and its status is there under its reference")
    func api() async throws {
        let sent = try await service.ask(
            .post, "/v1/reports", headers: Self.json,
            body:
                #"{"course": "\#(Self.course)", "fault": "date", "text": "Het is een week later"}"#)
        #expect(sent.status == 201, "\(sent.text)")
        let reference = try #require(try sent.json()["reference"] as? String)
        #expect(
            sent.headers[.location] == "https://courses.example/v1/reports/\(reference)")
        let state = try await service.ask(.get, "/v1/reports/\(reference)")
        #expect(state.status == 200 && state.bytes == sent.bytes)
        let document = try await service.ask(.get, "/openapi.json").json()
        let components = try #require(document["components"] as? [String: [String: Any]])
        let schemas = try #require(components["schemas"] as? [String: [String: Any]])
        #expect(
            SchemaChecker(schemas: schemas).faults(
                of: try state.json(), in: try #require(schemas["Report"]), at: "") == [])
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        let responses = paths["/v1/reports"]?["post"]?["responses"] as? [String: Any]
        #expect(responses?["201"] != nil && responses?["200"] == nil)
        #expect(responses?["413"] != nil && responses?["429"] != nil)
    }

    @Test(
        "what is no report is refused, and says which field is wrong",
        arguments: [
            ("", 400, "body"), ("{", 400, "body"), ("[]", 400, "body"),
            (#"{"fault": "date"}"#, 400, "course"), (#"{"course": "x"}"#, 400, "fault"),
            (#"{"course": "x", "fault": "dat"}"#, 400, "did you mean “date”?"),
            (#"{"course": "x", "fault": "date", "name": "Anna"}"#, 400, "name"),
            (#"{"course": "x", "fault": "date", "text": 3}"#, 400, "text"),
            (#"{"course": null, "fault": "date"}"#, 400, "null"),
            (#"{"course": "x", "fault": "date"}"#, 422, "no course has the id"),
        ])
    func refused(body: String, status: Int, word: String) async throws {
        let sent = try await service.ask(.post, "/v1/reports", headers: Self.json, body: body)
        #expect(sent.status == status && sent.text.contains(word), "\(sent.status) \(sent.text)")
    }

    @Test("a course that was reported often is looked at first, and the page says so")
    func often() async throws {
        let course = "snoeischaar:snoeischaar:BS-KLIM-1"
        var last = try await service.ask(.get, "/health")
        for _ in 0..<26 {
            last = try await service.ask(
                .post, "/v1/reports", headers: Self.json,
                body: #"{"course": "\#(course)", "fault": "other"}"#)
        }
        #expect(last.status == 422 && last.text.contains("several times already"))
        let page = try await service.ask(
            .post, "/nl/fout-melden/" + course, headers: Self.form, body: "fault=price")
        #expect(page.status == 422 && page.text.contains("Deze cursus is al vaker gemeld."))
    }

    @Test("a report is small, and one client sends only a few at once")
    func bounds() async throws {
        let large = try await service.ask(
            .post, "/v1/reports", headers: Self.json,
            body: #"{"text": "\#(String(repeating: "a", count: 20_000))"}"#)
        #expect(large.status == 413)
        let limited = try SampleService { $0.limits.requestsPerSecond = 1_000 }
        var statuses: [Int] = []
        for _ in 0..<7 {
            statuses.append(
                try await limited.ask(
                    .post, "/v1/reports", headers: Self.json, body: "{}"
                ).status)
        }
        #expect(statuses == [400, 400, 400, 400, 400, 429, 429])
        #expect(try await limited.ask(.get, "/v1/reports/x").status == 404)
        #expect(try await limited.ask(.get, "/v1/regions").status == 200)
    }
}
