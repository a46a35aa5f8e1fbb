import HTTPTypes
import Testing

@testable import Service

@Suite("requests are checked before they are answered")
struct RequestTests {
    @Test("an unknown parameter is refused, and the nearest one named")
    func unknownParameter() async throws {
        let answer = try await SampleService.usual().ask(.get, "/v1/search?naer=Houten")
        #expect(answer.status == 400)
        #expect(answer.headers[.contentType] == "application/problem+json")
        let problem = try answer.json()
        #expect(problem["type"] as? String == "https://courses.example/problems/unknown-parameter")
        #expect((problem["detail"] as? String ?? "").contains("did you mean “near”?"))
    }

    @Test("every faulty parameter is named at once")
    func allFaults() async throws {
        let answer = try await SampleService.usual().ask(
            .get, "/v1/search?limit=0&courses=maybe&max-weeks=%zz&evenings=true&evenings=true")
        #expect(answer.status == 400)
        let errors = try answer.json()["errors"] as? [[String: String]] ?? []
        #expect(
            errors.compactMap { $0["parameter"] }.sorted() == [
                "courses", "evenings", "limit", "max-weeks=%zz",
            ])
    }

    @Test("a name that means nothing here is told as such, with what was meant")
    func notUnderstood() async throws {
        let answer = try await SampleService.usual().ask(.get, "/v1/search?near=Hoouten")
        #expect(answer.status == 422)
        #expect(answer.text.contains("did you mean Houten"))
    }

    @Test(
        "no answer tells where the catalogue lies on the machine",
        arguments: [
            "/v1/courses/snoeischaar:snoeischaar:BS-REDDING",
            "/v1/offerings/snoeischaar:snoeischaar:BS-REDDING%23BS-REDDING-20270827-houten",
            "/v1/providers?limit=1000", "/v1/providers/snoeischaar:snoeischaar",
        ])
    func folders(path: String) async throws {
        let answer = try await SampleService.usual().ask(.get, path)
        #expect(answer.status == 200)
        #expect(!answer.text.contains(try SampleService.folder.get().folder))
    }

    @Test("a method that is not for the path is refused with those that are")
    func otherMethod() async throws {
        let service = try SampleService.usual()
        let refused = try await service.ask(.delete, "/v1/search")
        #expect(refused.status == 405)
        #expect(refused.headers[.allow] == "GET, HEAD, OPTIONS")
        let options = try await service.ask(.options, "/v1/match")
        #expect(options.status == 204)
        #expect(options.headers[.allow] == "OPTIONS, POST")
    }

    @Test("HEAD says what GET says, without the body")
    func head() async throws {
        let service = try SampleService.usual()
        let get = try await service.ask(.get, "/v1/courses?limit=3")
        let head = try await service.ask(.head, "/v1/courses?limit=3")
        #expect(head.status == 200)
        #expect(head.bytes.isEmpty)
        var headers = head.headers
        headers[.requestID] = get.headers[.requestID]
        #expect(headers == get.headers)
    }

    @Test("a form that is not offered is refused with those that are")
    func notAcceptable() async throws {
        let service = try SampleService.usual()
        let refused = try await service.ask(
            .get, "/v1/search", headers: [.accept: "image/png, text/html;q=0.5"])
        #expect(refused.status == 406)
        #expect(refused.text.contains("text/csv"))
        let best = try await service.ask(
            .get, "/v1/search?limit=1", headers: [.accept: "text/csv;q=0.4, application/*;q=0.3"])
        #expect(best.headers[.contentType]?.hasPrefix("text/csv") == true)
        let named = try await service.ask(
            .get, "/v1/search?limit=1&format=geojson", headers: [.accept: "text/csv"])
        #expect(named.headers[.contentType] == "application/geo+json")
    }

    @Test(
        "what has one form is sent in it, whatever is accepted",
        arguments: [
            ("/oai?verb=Identify", "application/xml", "text/xml; charset=utf-8"),
            ("/sitemap.xml", "text/xml", "application/xml; charset=utf-8"),
        ])
    func oneForm(path: String, accepted: String, sent: String) async throws {
        let answer = try await SampleService.usual().ask(
            .get, path, headers: [.accept: accepted])
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == sent)
    }

    @Test("XML is accepted by either of its names")
    func xmlNames() {
        let offered = [MediaType.json, .xml]
        #expect(AcceptHeader("application/xml").choose(among: offered)?.name == "text/xml")
        #expect(AcceptHeader("text/xml;q=0, application/xml").choose(among: offered) == nil)
    }

    @Test("an address beyond the limit is refused")
    func longAddress() async throws {
        let answer = try await SampleService.usual().ask(
            .get, "/v1/search?q=" + String(repeating: "a", count: 9_000))
        #expect(answer.status == 414)
    }

    @Test("a body is refused when it is too large, of another form, or no JSON")
    func bodies() async throws {
        let service = try SampleService { $0.limits.bodyBytes = 100 }
        let json: HTTPFields = [.contentType: "application/json"]
        let large = try await service.ask(
            .post, "/v1/match", headers: json, body: String(repeating: " ", count: 101))
        #expect(large.status == 413)
        #expect(large.headers[.connection] == "close")
        let other = try await service.ask(
            .post, "/v1/match", headers: [.contentType: "text/plain"], body: "{}")
        #expect(other.status == 415)
        let broken = try await service.ask(.post, "/v1/match", headers: json, body: "{\"home\":")
        #expect(broken.status == 400)
        let faulty = try await service.ask(
            .post, "/v1/match", headers: json, body: "{\"audience\":\"martian\"}")
        #expect(faulty.status == 422)
        #expect(faulty.text.contains("\"parameter\":\"audience\""))
    }

    @Test("more requests than a client may send are refused for as long as it takes")
    func rate() async throws {
        let service = try SampleService {
            $0.limits.requestsPerSecond = 1
            $0.limits.burst = 2
        }
        #expect(try await service.ask(.get, "/health").status == 200)
        #expect(try await service.ask(.get, "/health").status == 200)
        let refused = try await service.ask(.get, "/health")
        #expect(refused.status == 429)
        #expect(refused.headers[.retryAfter] == "1")
    }
}
