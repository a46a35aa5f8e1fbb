import Foundation
import HTTPTypes
import Ingest
import NIOPosix
import TestSupport
import Testing

@testable import Service

@Suite("a damaged index is mended while the service goes on")
struct DamagedIndexTests {
    /// A catalogue of its own, whose index can be damaged.
    private static func catalogue() throws -> (folder: Scratch, live: LiveCatalogue) {
        let scratch = try Scratch()
        let sample = try SampleService.folder.get()
        for name in ["places", "skills", "catalog.toml", "funding.toml", "feeds", ".leerwijzer"] {
            try FileManager.default.copyItem(
                at: URL(fileURLWithPath: sample.path(name)),
                to: URL(fileURLWithPath: scratch.path(name)))
        }
        let live = try LiveCatalogue(
            folder: scratch.folder, store: try SampleService.catalogue(in: scratch).store(),
            mendIndex: { try SampleService.catalogue(in: scratch).mendIndex() })
        return (scratch, live)
    }

    private static func damage(_ folder: Scratch) throws {
        let file = folder.path(".leerwijzer/index/current/index")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        // All but the header and the sums at the end, which are read when it is opened.
        let end = bytes.count - bytes.count / 1000 - 64
        for offset in stride(from: 4096, to: end, by: 8_192) { bytes[offset] ^= 0xFF }
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.write(contentsOf: bytes)
        try handle.close()
    }

    @Test(
        "what cannot be answered is refused for a while, readiness tells it, and it is made again")
    func mended() async throws {
        let (folder, live) = try Self.catalogue()
        let service = try SampleService(catalogue: live)
        let path = "/v1/search?q=boom&limit=5"
        let before = try await SampleService.usual().ask(.get, path).json()
        try Self.damage(folder)
        let refused = try await service.ask(.get, path)
        #expect(refused.status == 503)
        #expect(refused.headers[.retryAfter] == "10")
        #expect(try await service.ask(.get, "/ready").status == 503)
        // What is damaged is not opened again.
        #expect(try live.refresh() == false)
        #expect(try live.mend())
        #expect(try live.refresh())
        #expect(try await service.ask(.get, "/ready").status == 200)
        let after = try await service.ask(.get, path).json()
        #expect(after["total"] as? Int == before["total"] as? Int)
        #expect(try live.mend() == false)
    }

    @Test("a generation before it that is still held answers meanwhile")
    func earlier() async throws {
        let (folder, live) = try Self.catalogue()
        let service = try SampleService(catalogue: live)
        let first = try #require(live.current?.generation.number)
        // The next generation: one partner's feed is gone.
        let feed = folder.path("feeds/" + "extra.csv")
        try "id,title,provider\nx1,Boom vellen,Nieuw\n".write(
            toFile: feed, atomically: true, encoding: .utf8)
        let catalogue = try SampleService.catalogue(in: folder)
        _ = try catalogue.ingest([
            (
                source: .init(
                    id: .init("extra"), partner: .init("extra"), location: feed, format: "csv"),
                location: feed
            )
        ])
        #expect(try live.refresh())
        let second = try #require(live.current?.generation.number)
        #expect(second > first)
        try Self.damage(folder)
        let answer = try await service.ask(.get, "/v1/search?q=boom&limit=5")
        #expect(answer.status == 200)
        #expect(try answer.json()["generation"] as? Int == first)
        let ready = try await service.ask(.get, "/ready")
        #expect(try ready.json()["status"] as? String == "mending")
        #expect(try live.mend())
        #expect(try live.refresh())
        #expect(live.current?.generation.number == second)
        #expect(try await service.ask(.get, "/v1/search?q=boom").status == 200)
    }

    @Test("an index whose file is gone goes on answering until it is made again")
    func lost() async throws {
        let (folder, live) = try Self.catalogue()
        let service = try SampleService(catalogue: live)
        try FileManager.default.removeItem(
            atPath: folder.path(".leerwijzer/index/current/index"))
        #expect(throws: (any Error).self) { try live.refresh() }
        #expect(try await service.ask(.get, "/v1/search?q=boom").status == 200)
        let ready = try await service.ask(.get, "/ready")
        #expect(try ready.json()["status"] as? String == "mending")
        #expect(try live.mend())
        #expect(try live.refresh())
        let status = try await service.ask(.get, "/ready").json()["status"] as? String
        #expect(status == "ready")
    }
}
