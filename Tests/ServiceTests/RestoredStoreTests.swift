import Foundation
import Ingest
import Storage
import TestSupport
import Testing

@testable import Service

@Suite("a store that was put back is followed")
struct RestoredStoreTests {
    @Test("when another file takes the store's place, it answers from then on")
    func replaced() throws {
        let folder = try Scratch()
        let sample = try SampleService.folder.get()
        for name in ["places", "skills", "catalog.toml", "funding.toml", "feeds", ".leerwijzer"] {
            try FileManager.default.copyItem(
                atPath: sample.path(name), toPath: folder.path(name))
        }
        let live = try LiveCatalogue(
            folder: folder.folder, store: try SampleService.catalogue(in: folder).store(),
            openStore: { try SampleService.catalogue(in: folder).store() })
        let before = try #require(live.current)
        #expect(try live.refresh() == false)
        // As a back-up is put back: beside it, then in its place.
        try FileManager.default.copyItem(
            atPath: sample.path(".leerwijzer"), toPath: folder.path("restored"))
        try FileManager.default.moveItem(
            atPath: folder.path(".leerwijzer"), toPath: folder.path("replaced"))
        try FileManager.default.moveItem(
            atPath: folder.path("restored"), toPath: folder.path(".leerwijzer"))
        #expect(try live.refresh())
        let after = try #require(live.current)
        let isSame = (after.store as AnyObject) === (before.store as AnyObject)
        #expect(!isSame)
        let generation = try after.store.snapshot { $0.generation }
        #expect(generation == after.generation)
        let number = after.generation.number
        #expect(live.generation(number, mark: after.mark) === after)
        #expect(live.generation(number, mark: after.mark &+ 1) == nil)
        #expect(try live.refresh() == false)
    }
}
