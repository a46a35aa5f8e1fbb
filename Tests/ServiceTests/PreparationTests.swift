import HTTPTypes
import Testing

@testable import Service

@Suite("places to learn at work and modules lead to each other")
struct PreparationTests {
    @Test("a module names the places that it prepares for, and a place the modules")
    func bothWays() async throws {
        let service = try SampleService.usual()
        let answer = try await service.ask(
            .get, "/v1/courses/middenweide:middenweide:MW-KD-BOOM/preparation?lang=en")
        #expect(answer.status == 200)
        let module = try answer.json()
        #expect(module["relation"] as? String == "prepares-for")
        let places = try #require(module["courses"] as? [[String: Any]])
        let place = "hetgroenehek:hetgroenehek:HEK-BBL-BOOM"
        let entry = try #require(places.first { $0["course"] as? String == place })
        #expect((entry["skills"] as? [String])?.contains("tree climbing") == true)
        #expect(entry["travelMinutes"] as? Int ?? 99 <= 45)
        let back = try await service.ask(.get, "/v1/courses/\(place)/preparation?limit=100")
        #expect(try back.json()["relation"] as? String == "prepared-by")
        let modules = try back.json()["courses"] as? [[String: Any]]
        #expect(
            modules?.contains { $0["course"] as? String == "middenweide:middenweide:MW-KD-BOOM" }
                == true)
        #expect(try await service.ask(.get, "/v1/courses/x/preparation").status == 404)
    }

    @Test("the pages of both say so, and what the module costs for an hour of study")
    func pages() async throws {
        let service = try SampleService.usual()
        let module = try await service.ask(
            .get, PageAddress.course("middenweide:middenweide:MW-KD-BOOM").path(in: .en))
        #expect(module.text.contains("Prepares for"))
        #expect(module.text.contains("HEK-BBL-BOOM"))
        #expect(module.text.contains("Per hour of study"))
        #expect(module.text.contains("With a scheme"))
        let place = try await service.ask(
            .get, PageAddress.course("hetgroenehek:hetgroenehek:HEK-BBL-BOOM").path(in: .nl))
        #expect(place.text.contains("Hiermee bereid je je voor"))
    }

    @Test("a joint module's page tells its parts, whose they are, and each sentence once")
    func jointPage() async throws {
        let (service, folder) = try SampleService.withPartnersWork()
        defer { withExtendedLifetime(folder) {} }
        let page = try await service.ask(
            .get, PageAddress.course("joint:boomverzorger-starten").path(in: .nl))
        #expect(page.status == 200)
        let part = PageAddress.course("middenweide:middenweide:MW-KD-BOOM").path(in: .nl)
        #expect(page.text.contains(part))
        let sentence = "klim daarna met de Boomschool de kroon in.</"
        #expect(page.text.ranges(of: sentence).count == 1)
        #expect(page.text.contains("modulecertificaat"))
        let english = try await service.ask(
            .get, PageAddress.course("joint:boomverzorger-starten").path(in: .en))
        #expect(english.text.contains("module certificate"))
    }

    @Test(
        "costs are told by the API as by the report: an hour, what a scheme leaves, and cheaper ones"
    )
    func costs() async throws {
        let service = try SampleService.usual()
        let answer = try await service.ask(.get, "/v1/costs?near=Houten&within=20km&limit=200")
        #expect(answer.status == 200, "\(answer.text)")
        let costs = try answer.json()
        let courses = try #require(costs["courses"] as? [[String: Any]])
        #expect(!courses.isEmpty && courses.count <= 200)
        #expect((costs["priced"] as? Int ?? 0) >= courses.count)
        let perHour = courses.compactMap { ($0["perHour"] as? String).flatMap(Double.init) }
        #expect(perHour == perHour.sorted() && !perHour.isEmpty)
        #expect(courses.contains { $0["net"] is [String: Any] })
        #expect(courses.contains { $0["equivalent"] is [String: Any] })
        #expect(try await service.ask(.get, "/v1/costs?limit=0").status == 400)
        #expect(try await service.ask(.get, "/v1/costs?level=40").status >= 400)
    }

    @Test("a catalogue without joint modules has none to list")
    func joint() async throws {
        let answer = try await SampleService.usual().ask(.get, "/v1/joint-modules")
        #expect(answer.status == 200)
        #expect((try answer.json()["modules"] as? [Any])?.isEmpty == true)
    }
}
