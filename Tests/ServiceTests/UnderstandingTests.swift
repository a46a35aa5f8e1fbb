import Foundation
import TestSupport
import Testing

@testable import Service

@Suite("the service understands words as the command line does")
struct UnderstandingTests {
    private func ask(_ path: String) async throws -> [String: Any] {
        try await SampleService.usual().ask(.get, path).json()
    }

    private func query(_ answer: [String: Any]) -> [String: Any] {
        answer["query"] as? [String: Any] ?? [:]
    }

    @Test("a place among the words is a place to be near to, in answers and on pages")
    func place() async throws {
        let answer = try await ask("/v1/search?q=boomverzorgingscursus%20houten")
        #expect(query(answer)["near"] as? String == "Houten")
        #expect(query(answer)["placeInWords"] as? String == "houten")
        let page = try await SampleService.usual().ask(
            .get, "/nl?q=boomverzorgingscursus%20houten")
        #expect(page.text.contains("“houten” → bij Houten"))
        #expect(page.text.contains("Zoek het woord “houten”"))
        let word = try await SampleService.usual().ask(.get, "/nl?q=cursus%20dieren")
        #expect(word.text.contains("“dieren” is hier een gewoon woord"))
        #expect(word.text.contains("Zoek bij Dieren"))
    }

    @Test("suggestions complete what is typed or are likely; a mere likeness is not passed on")
    func suggestions() async throws {
        func labels(_ text: String, _ list: String) async throws -> [String] {
            let rows = try await ask("/v1/suggest?q=\(text)")[list] as? [[String: Any]] ?? []
            return rows.compactMap { $0["label"] as? String }
        }
        #expect(try await labels("hov", "occupations").contains("hovenier"))
        #expect(try await labels("boomverzorger", "occupations").first == "boomverzorger")
        #expect(try await labels("telefoonhoesje", "occupations").isEmpty)
        #expect(try await labels("telefoonhoesje", "skills").isEmpty)
    }

    @Test("synonyms of the catalogue are known, and a change to them is seen")
    func synonyms() async throws {
        let scratch = try Scratch()
        let sample = try SampleService.folder.get()
        for name in ["places", "skills", "catalog.toml", "funding.toml", "feeds", ".leerwijzer"] {
            try FileManager.default.copyItem(
                at: URL(fileURLWithPath: sample.path(name)),
                to: URL(fileURLWithPath: scratch.path(name)))
        }
        let live = try LiveCatalogue(
            folder: scratch.folder, store: try SampleService.catalogue(in: scratch).store())
        let service = try SampleService(catalogue: live)
        let path = "/v1/search?q=xqzvw&limit=1"
        #expect(try await service.ask(.get, path).json()["total"] as? Int == 0)
        try scratch.write("synonyms.txt", "xqzvw = snoeien\n")
        #expect(try live.refresh())
        #expect(try await service.ask(.get, path).json()["total"] as? Int ?? 0 > 0)
    }

    @Test("a radius widens when asked, and says so")
    func widens() async throws {
        let path = "/v1/search?q=nederlands&near=Winterswijk&within=5km"
        #expect(try await ask(path)["total"] as? Int == 0)
        let wide = try await ask(path + "&widen=true")
        #expect(wide["total"] as? Int ?? 0 > 0)
        #expect(query(wide)["widenedFrom"] is String)
        let refused = try await SampleService.usual().ask(.get, "/v1/search?q=boom&widen=true")
        #expect(refused.status == 422)
    }

    @Test("the words are marked in titles and descriptions, in answers and on pages")
    func marks() async throws {
        let answer = try await ask("/v1/search?q=kettingzaag&snippets=true&explain=true&limit=1")
        let row = try #require((answer["results"] as? [[String: Any]])?.first)
        let highlights = try #require(row["highlights"] as? [String: Any])
        let description = try #require(highlights["description"] as? [[String: Any]])
        #expect(description.contains { $0["mark"] as? Bool == true })
        #expect(row["explanation"] is [String: Any])
        let page = try await SampleService.usual().ask(.get, "/nl?q=kettingzaag")
        #expect(page.text.contains("<mark>"))
        #expect(page.text.contains("class=\"piece\""))
        let plain = try await SampleService.usual().ask(.get, "/nl?near=Houten")
        #expect(!plain.text.contains("<mark>"))
    }
}
