import Feeds
import Foundation
import HTTPTypes
import Testing

@testable import Service

@Suite("paging by cursor")
struct PagingTests {
    @Test(
        "shows everything once",
        arguments: [
            ("/v1/offerings?q=boom", "results", "offering"),
            ("/v1/courses?near=Houten&sort=distance", "results", "course"),
            ("/v1/providers?", "results", "id"), ("/v1/changes?since=0", "changes", "course"),
        ])
    func everything(path: String, list: String, key: String) async throws {
        let service = try SampleService.usual()
        let whole = try await service.ask(.get, path + "&limit=1000").json()
        let all = try #require(whole[list] as? [[String: Any]]).compactMap { $0[key] as? String }
        #expect(all.count > 7)
        var seen: [String] = []
        var cursor: String?
        repeat {
            let next = cursor.map { "&cursor=" + percentEncoded($0) } ?? ""
            let page = try await service.ask(.get, path + "&limit=7" + next).json()
            let items = try #require(page[list] as? [[String: Any]])
            #expect(items.count <= 7)
            seen += items.compactMap { $0[key] as? String }
            cursor = page["next"] as? String
        } while cursor != nil
        #expect(seen == all)
    }

    @Test("a cursor is refused for another question, and when it is made up")
    func otherQuestion() async throws {
        let service = try SampleService.usual()
        let page = try await service.ask(.get, "/v1/offerings?q=boom&limit=2").json()
        let cursor = try #require(page["next"] as? String)
        let more = try await service.ask(.get, "/v1/offerings?q=boom&limit=5&cursor=\(cursor)")
        #expect(more.status == 200)
        for path in [
            "/v1/offerings?q=gras&cursor=\(cursor)", "/v1/courses?q=boom&cursor=\(cursor)",
            "/v1/offerings?q=boom&cursor=nonsense", "/v1/offerings?q=boom&cursor=-1.1.1.1.",
        ] {
            let answer = try await service.ask(.get, path)
            #expect(answer.status == 422, "\(path)")
            #expect(answer.text.contains("unusable-cursor"))
        }
    }

    @Test("a cursor of a generation that is gone says to begin again")
    func gone() async throws {
        let service = try SampleService.usual()
        let page = try await service.ask(.get, "/v1/offerings?q=boom&limit=2").json()
        let parts = try #require(page["next"] as? String).split(
            separator: ".", omittingEmptySubsequences: false)
        let old = (["1"] + parts.dropFirst()).joined(separator: ".")
        let answer = try await service.ask(.get, "/v1/offerings?q=boom&cursor=\(old)")
        #expect(answer.status == 410)
    }

    @Test("pages by number fit together")
    func numbers() async throws {
        let service = try SampleService.usual()
        func ids(_ query: String) async throws -> [String] {
            let page = try await service.ask(.get, "/v1/offerings?" + query).json()
            return (page["results"] as? [[String: Any]] ?? []).compactMap {
                $0["offering"] as? String
            }
        }
        let both = try await ids("limit=10")
        #expect(try await ids("limit=5&page=1") + ids("limit=5&page=2") == both)
    }
}
