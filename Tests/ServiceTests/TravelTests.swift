import CourseModel
import Foundation
import HTTPTypes
import Places
import Synchronization
import Testing

@testable import Service

/// Knows the car only: seven minutes to everywhere, or nothing while it is away.
private final class SevenMinutes: Router {
    let isAway = Atomic(false)
    let asked = Atomic(0)

    func covers(_ mode: TravelMode) -> Bool { mode == .car }

    func minutes(
        from: Coordinates, to: [Coordinates], by mode: TravelMode
    ) throws(RouterError) -> [Double?] {
        asked.add(1, ordering: .relaxed)
        if isAway.load(ordering: .relaxed) { throw RouterError("the router is away") }
        return to.map { _ in 7 }
    }
}

@Suite("the service takes travel times from the partnership's router")
struct TravelTests {
    private let router = SevenMinutes()
    private let service: SampleService

    init() throws {
        let folder = try SampleService.folder.get()
        let times = TravelTimes(router: router, rest: .milliseconds(50))
        service = try SampleService(
            catalogue: LiveCatalogue(
                folder: folder.folder, store: try SampleService.catalogue(in: folder).store(),
                travelTimes: { _ in times }))
    }

    private func rows(_ path: String) async throws -> [[String: Any]] {
        try await service.ask(.get, path).json()["results"] as? [[String: Any]] ?? []
    }

    @Test("search, match and pages say the router's times")
    func routed() async throws {
        let found = try await rows("/v1/search?near=Houten&within=8min&by=car&limit=50")
        #expect(!found.isEmpty)
        #expect(
            found.allSatisfy {
                $0["travelMinutes"] as? Int == 7 && $0["travelSource"] as? String == "routed"
            })
        let none = try await rows("/v1/search?near=Houten&within=6min&by=car&limit=50")
        #expect(none.isEmpty)
        let page = try await service.ask(.get, "/nl?near=Utrecht&within=8min&by=car&sort=start")
        #expect(page.text.contains("· 7 min"))
        #expect(!page.text.contains("~7 min"))
        let match = try await service.ask(
            .post, "/v1/match?lang=en", headers: [.contentType: "application/json"],
            body: """
                {"home": {"place": "Houten", "by": "car", "within": "8min"},
                 "occupation": {"wanted": "boomverzorger"}}
                """)
        #expect(match.status == 200, "\(match.text)")
        let results = try #require(try match.json()["results"] as? [[String: Any]])
        let travelled = results.filter { $0["travelMinutes"] as? Int != nil }
        #expect(!travelled.isEmpty)
        #expect(travelled.allSatisfy { $0["travelSource"] as? String == "routed" })
        #expect(match.text.contains("\"7 minutes by car from home in Houten\""))
    }

    @Test("while the router is away times are estimates and say so; later it is asked again")
    func away() async throws {
        router.isAway.store(true, ordering: .relaxed)
        let path = "/v1/search?near=Houten&within=40min&by=car&limit=5"
        let first = try await service.ask(.get, path)
        let rows = try #require(try first.json()["results"] as? [[String: Any]])
        #expect(rows.allSatisfy { $0["travelSource"] as? String == "estimated" })
        let asked = router.asked.load(ordering: .relaxed)
        let page = try await service.ask(.get, "/nl?near=Utrecht&within=40min&by=car&sort=start")
        #expect(page.text.contains("~"))
        router.isAway.store(false, ordering: .relaxed)
        try await Task.sleep(for: .milliseconds(80))
        let later = try await self.rows(path)
        #expect(later.allSatisfy { $0["travelSource"] as? String == "routed" })
        #expect(router.asked.load(ordering: .relaxed) > asked)
    }

    @Test("a way to travel that the router does not know is estimated")
    func unknownWay() async throws {
        let rows = try await rows("/v1/search?near=Houten&within=40min&by=bike&limit=5")
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { $0["travelSource"] as? String == "estimated" })
    }
}
