import CourseModel
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import Service

@Suite("clients keep answers for as long as they are true")
struct KeepingTests {
    @Test("an answer that the client has is not sent again")
    func notModified() async throws {
        let service = try SampleService.usual()
        let first = try await service.ask(.get, "/v1/search?q=boom&limit=2")
        let tag = try #require(first.headers[.eTag])
        let second = try await service.ask(
            .get, "/v1/search?q=boom&limit=2", headers: [.ifNoneMatch: "\"other\", \(tag)"])
        #expect(second.status == 304)
        #expect(second.bytes.isEmpty)
        #expect(second.headers[.eTag] == tag)
        #expect(second.headers[.contentLength] == nil)
        let modified = try #require(first.headers[.lastModified])
        let third = try await service.ask(
            .get, "/v1/search?q=boom&limit=2", headers: [.ifModifiedSince: modified])
        #expect(third.status == 304)
        let older = try await service.ask(
            .get, "/v1/search?q=boom&limit=2",
            headers: [.ifModifiedSince: "Sun, 06 Nov 1994 08:49:37 GMT"])
        #expect(older.status == 200)
    }

    @Test("an answer is another one when synonyms or settings changed, in the same generation")
    func settings() async throws {
        let folder = try SampleService.copy()
        let catalog = folder.path("catalog")
        let opened = try #require(try SampleService.usual().service.catalogue?.current)
        let live = try LiveCatalogue(folder: catalog, store: opened.store)
        let service = try SampleService(catalogue: live)
        let path = "/v1/search?q=zagerij&limit=2"
        let first = try await service.ask(.get, path)
        let tag = try #require(first.headers[.eTag])
        #expect(try await service.ask(.get, path, headers: [.ifNoneMatch: tag]).status == 304)
        try "zagerij = boom\n".write(
            toFile: catalog + "/synonyms.txt", atomically: true, encoding: .utf8)
        #expect(try live.refresh())
        let second = try await service.ask(.get, path, headers: [.ifNoneMatch: tag])
        #expect(second.status == 200)
        #expect(second.bytes != first.bytes)
        #expect(second.headers[.eTag] != tag)
        #expect(live.current?.generation == opened.generation)
    }

    @Test("a search that was answered before is answered again the same, from memory")
    func remembered() async throws {
        let service = try SampleService.usual()
        let opened = try #require(service.service.catalogue?.current)
        let path = "/v1/search?q=gras&limit=2&lang=nl"
        let question = RememberedAnswers.Question(
            target: path, language: "nl", type: "application/json",
            today: service.service.today.daysSince1970)
        #expect(opened.answers.answer(to: question, room: 1_000_000) == nil)
        let first = try await service.ask(.get, path)
        let kept = try #require(opened.answers.answer(to: question, room: 1_000_000))
        #expect(Array(kept.body.readableBytesView) == first.bytes)
        let second = try await service.ask(.get, path)
        #expect(second.bytes == first.bytes)
        #expect(second.headers[.contentType] == first.headers[.contentType])
        #expect(second.headers[.eTag] == first.headers[.eTag])
        let english = try await service.ask(.get, "/v1/search?q=gras&limit=2&lang=en")
        #expect(english.headers[.contentLanguage] == "en")
        opened.answers.forget()
        #expect(opened.answers.answer(to: question, room: 1_000_000) == nil)
    }

    @Test("answers take no more room than they may, and those asked for least lately go")
    func room() {
        let answers = RememberedAnswers()
        func question(_ number: Int) -> RememberedAnswers.Question {
            .init(target: "/\(number)", language: "nl", type: "", today: 0)
        }
        let answer = RememberedAnswers.Answer(
            headers: [:], body: ByteBuffer(repeating: 0, count: 1_000))
        let room = 20_000
        for number in 0..<100 {
            answers.remember(answer, to: question(number), room: room)
            // Asked for all the time, so it stays.
            #expect(answers.answer(to: question(0), room: room) != nil)
        }
        let left = (0..<100).filter { answers.answer(to: question($0), room: room) != nil }
        #expect(left.count * 1_000 <= room)
        #expect(left.contains(99))
        #expect(!left.contains(50))
    }

    @Test("each language, form and address has a tag of its own")
    func variants() async throws {
        let service = try SampleService.usual()
        var tags: Set<String> = []
        for (path, accept) in [
            ("/v1/search?limit=1", "application/json"), ("/v1/search?limit=1", "text/csv"),
            ("/v1/search?limit=1&lang=en", "application/json"),
            ("/v1/search?limit=2", "application/json"),
        ] {
            let answer = try await service.ask(.get, path, headers: [.accept: accept])
            tags.insert(try #require(answer.headers[.eTag]))
            #expect(answer.headers[.vary]?.contains("Accept-Language") == true)
        }
        #expect(tags.count == 4)
    }

    @Test("what depends on a profile is never kept")
    func profiles() async throws {
        let answer = try await SampleService.usual().ask(
            .post, "/v1/match", headers: [.contentType: "application/json"],
            body: "{\"skills\":{\"wants\":[\"snoeien\"]}}")
        #expect(answer.status == 200)
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.headers[.eTag] == nil)
    }

    @Test("a client that takes gzip gets gzip, and another what it is made of")
    func gzip() async throws {
        let service = try SampleService.usual()
        let plain = try await service.ask(.get, "/v1/search?limit=50")
        let packed = try await service.ask(
            .get, "/v1/search?limit=50", headers: [.acceptEncoding: "br, gzip;q=0.8"])
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.headers[.vary]?.contains("Accept-Encoding") == true)
        #expect(packed.bytes.count < plain.bytes.count / 3)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "leerwijzer-\(UUID().uuidString).gz")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(packed.bytes).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let unpacked = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(unpacked == Data(plain.bytes))
        let refused = try await service.ask(
            .get, "/v1/search?limit=50", headers: [.acceptEncoding: "gzip;q=0, identity"])
        #expect(refused.headers[.contentEncoding] == nil)
    }

    @Test(
        "dates of headers are read as they are written",
        arguments: [
            0, 784_111_777, 951_782_400, 1_795_521_600,
        ] as [Int64])
    func dates(seconds: Int64) {
        let text = HTTPDate.text(secondsSince1970: seconds)
        #expect(HTTPDate.seconds(text) == seconds)
        if seconds == 784_111_777 { #expect(text == "Sun, 06 Nov 1994 08:49:37 GMT") }
    }

    @Test(
        "a date in another form is ignored",
        arguments: [
            "yesterday", "Sun, 31 Feb 2026 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "",
        ])
    func otherDates(text: String) { #expect(HTTPDate.seconds(text) == nil) }
}
