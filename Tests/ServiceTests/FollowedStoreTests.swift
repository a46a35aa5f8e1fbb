import CourseModel
import Foundation
import Ingest
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite("a store that other machines write to is followed")
struct FollowedStoreTests {
    /// The sample's store as a server would be: it tells of generations, and can be away.
    private final class ServerStore: FollowedStore {
        let store: any CatalogueStore
        let identity = "test"
        private let away = Mutex(false)

        init(_ store: any CatalogueStore) { self.store = store }

        var isAway: Bool {
            get { away.withLock { $0 } }
            set { away.withLock { $0 = newValue } }
        }

        private func reached() throws -> any CatalogueStore {
            guard !isAway else { throw StoreError.unavailable(path: "server", reason: "away") }
            return store
        }

        var generation: Generation { get throws { try reached().generation } }

        func snapshot<Answer>(_ body: (any CatalogueSnapshot) throws -> Answer) throws -> Answer {
            try reached().snapshot(body)
        }

        func ingest(
            source: Source, run: RunInfo, _ body: (any FeedTransaction) throws -> Void
        ) throws -> IngestOutcome { try reached().ingest(source: source, run: run, body) }

        func noteFailure(
            source: Source, run: RunInfo, reasons: [Diagnostic]
        ) throws -> RunRecord {
            try reached().noteFailure(source: source, run: run, reasons: reasons)
        }

        func release(_ source: ID<Source>, at moment: Moment) throws -> IngestOutcome {
            try reached().release(source, at: moment)
        }

        func discard(_ source: ID<Source>, at moment: Moment) throws -> RunRecord {
            try reached().discard(source, at: moment)
        }

        func rollback(_ source: ID<Source>, run: RunInfo) throws -> IngestOutcome {
            try reached().rollback(source, run: run)
        }

        func curate(
            _ source: ID<Source>, _ changes: [CuratedChange], touching courses: Set<ID<Course>>,
            run: RunInfo
        ) throws -> RunRecord? {
            try reached().curate(source, changes, touching: courses, run: run)
        }

        func erase(_ what: ErasureScope) throws -> Erasure { try reached().erase(what) }

        func verify() throws -> [String] { try reached().verify() }

        func awaitGeneration(
            otherThan known: Generation, milliseconds: Int
        ) throws -> Generation { try generation }
    }

    private let folder: Scratch
    private let store: ServerStore
    private let live: LiveCatalogue
    private let service: SampleService

    init() throws {
        let folder = try Scratch()
        let sample = try SampleService.folder.get()
        for name in ["places", "skills", "catalog.toml", "funding.toml", "feeds", ".leerwijzer"] {
            try FileManager.default.copyItem(
                atPath: sample.path(name), toPath: folder.path(name))
        }
        let store = ServerStore(try SampleService.catalogue(in: folder).store())
        let live = try LiveCatalogue(
            folder: folder.folder, store: store,
            makeIndex: {
                let catalogue = try SampleService.catalogue(in: folder)
                try catalogue.write { try catalogue.updateIndex() }
            })
        self.folder = folder
        self.store = store
        self.live = live
        service = try SampleService(catalogue: live) { $0.behindSeconds = 1 }
    }

    /// Another machine takes a feed in, and makes no index here.
    private func takeIn(_ native: String) throws {
        let source = Source(id: ID("elsewhere"), location: "elsewhere.xml")
        let provenance = Provenance(source: source.id, format: "drawn", file: "elsewhere.xml")
        let id = ID<Course>(source: source.id, native: native)
        let course = try #require(
            Course(
                id: id, nativeID: native, provider: ID(source: source.id, native: "P"),
                kind: .course, title: LocalizedText("Fluisterbootvaren", language: .dutch),
                provenance: provenance))
        let offering = Offering(
            id: ID(course: id, native: "1"), nativeID: "1", course: id,
            timing: Timing(start: .rolling), provenance: provenance)
        let record = try #require(CourseRecord(course: course, offerings: [offering]))
        let today = try #require(SampleService.today)
        _ = try store.store.ingest(
            source: source, run: RunInfo(startedAt: Moment(today), today: today)
        ) { transaction in
            try transaction.provider(
                Provider(
                    id: ID(source: source.id, native: "P"), nativeID: "P",
                    name: LocalizedText("School"), provenance: provenance))
            try transaction.record(record, original: [])
            try transaction.finish(FeedClosing(offered: RecordCount(courses: 1, offerings: 1)))
        }
    }

    @Test("a generation of another machine is indexed here and then answered from")
    func followed() async throws {
        let path = "/v1/search?q=fluisterbootvaren"
        #expect(try live.follow(store, milliseconds: 1) == false)
        let before = try #require(live.current)
        try takeIn("F1")
        #expect(try await service.ask(.get, path).json()["total"] as? Int == 0)
        #expect(try live.follow(store, milliseconds: 1))
        #expect(try await service.ask(.get, path).json()["total"] as? Int == 1)
        #expect(live.current?.generation == Generation(before.generation.number + 1))
        // Whoever pages through the one before goes on.
        #expect(live.generation(before.generation.number, mark: before.mark) != nil)
    }

    @Test("a node that does not know that it is up to date is unready until it does")
    func behind() async throws {
        #expect(try await service.ask(.get, "/ready").status == 200)
        store.isAway = true
        #expect(throws: StoreError.self) { try live.follow(store, milliseconds: 1) }
        try await Task.sleep(for: .milliseconds(1_200))
        let refused = try await service.ask(.get, "/ready")
        #expect(refused.status == 503)
        #expect(refused.headers[.retryAfter] == "5")
        let behind = try #require(
            try await service.ask(.get, "/metrics").text.firstMatch(
                of: /(?m)^catalogue_behind_seconds ([0-9.]+)$/))
        #expect(try #require(Double(behind.1)) > 1)
        store.isAway = false
        #expect(try live.follow(store, milliseconds: 1) == false)
        #expect(try await service.ask(.get, "/ready").status == 200)
    }

    @Test("while the store is away the index answers, and what has to be looked up is put off")
    func away() async throws {
        store.isAway = true
        #expect(try await service.ask(.get, "/v1/search?q=boom").status == 200)
        for path in [
            "/v1/courses/snoeischaar:snoeischaar:BS-REDDING", "/v1/changes?since=0",
            "/ooapi/v5/organizations", "/nl/aanbieders",
        ] {
            let refused = try await service.ask(.get, path)
            #expect(refused.status == 503, "\(path): \(refused.status)")
            #expect(refused.headers[.retryAfter] == "5")
            #expect(!refused.text.contains("server: "), "\(refused.text)")
        }
        store.isAway = false
        #expect(
            try await service.ask(.get, "/v1/courses/snoeischaar:snoeischaar:BS-REDDING").status
                == 200)
    }

    @Test("a store that is a file is not followed, and never behind")
    func file() async throws {
        let service = try SampleService.usual()
        #expect(service.service.catalogue?.followed == nil)
        #expect(
            try await !service.ask(.get, "/metrics").text.contains(
                "\ncatalogue_behind_seconds "))
    }
}
