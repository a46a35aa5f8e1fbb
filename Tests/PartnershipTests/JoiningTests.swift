import CourseModel
import Foundation
import HTTPClient
import Ingest
import Storage
import TestSupport
import Testing

@testable import Partnership

@Suite("A feed from the network is shown before it comes into the catalogue")
struct JoiningTests {
    private static let server = Result { try LocalServer() }
    private let server: LocalServer
    private let workspace: SyncWorkspace
    private let name = UUID().uuidString

    init() throws {
        server = try Self.server.get()
        workspace = try SyncWorkspace()
    }

    private func joining(_ path: String) throws -> Joining {
        try workspace.scratch.write("catalog/catalog.toml", "# ours\n")
        let (catalogue, now) = try workspace.open()
        let source = Source(
            id: ID("nieuw"), partner: ID("nieuw"), location: server.address(path))
        return try Joining(
            NewSource(
                source, partner: Partner(id: ID("nieuw"), name: "Nieuw", roles: [.provider]),
                allowsPrivateAddresses: true), to: catalogue, now: now)
    }

    private var limits: HTTPLimits {
        var limits = HTTPLimits()
        limits.attempts = 1
        limits.seconds = 30
        return limits
    }

    private var settings: String {
        get throws {
            try String(
                contentsOfFile: workspace.scratch.path("catalog/catalog.toml"), encoding: .utf8)
        }
    }

    @Test("it goes into the store that the catalogue was opened with, whatever the settings say")
    func store() throws {
        try workspace.scratch.write("catalog/catalog.toml", "# ours\n")
        let address = try StoreAddress("postgres://someone@127.0.0.1:1/catalogue")
        let opened = try Workspace(folder: workspace.scratch.path("catalog"), store: address)
        let today = SyncWorkspace.today
        let joining = try Joining(
            NewSource(
                Source(id: ID("nieuw"), partner: ID("nieuw"), location: "feed.xml"),
                partner: Partner(id: ID("nieuw"), name: "Nieuw", roles: [.provider])),
            to: Catalogue(opened, today: today, now: Moment(today)), now: Moment(today))
        #expect(joining.catalogue.workspace.store == address)
        #expect(joining.catalogue.workspace.configuration.sources.map(\.id) == [ID("nieuw")])
    }

    @Test("it is fetched once for the preview and the first sync, and then stands in catalog.toml")
    func added() throws {
        let joining = try joining("good/\(name)/feed.xml")
        let preview = try FeedPreview(
            of: joining.new.source, in: joining.catalogue, now: Moment(SyncWorkspace.today),
            limits: limits)
        #expect(preview.documents == 1)
        #expect(!preview.checked.summary.accepted.isZero)
        #expect(try settings == "# ours\n")
        let outcome = try joining.finish(now: Moment(SyncWorkspace.today), limits: limits)
        #expect(outcome.failure == nil)
        #expect(try settings.hasPrefix("# ours\n\n[[partner]]\nid = \"nieuw\"\n"))
        #expect(try !workspace.titles().isEmpty)
    }

    @Test("when it cannot be taken in, or catalog.toml was changed meanwhile, nothing is added")
    func undone() throws {
        let failing = try joining("500/\(name)/feed.xml")
        // The first answer is good, so the preview is; then the server fails.
        _ = try FeedPreview(
            of: failing.new.source, in: failing.catalogue, now: Moment(SyncWorkspace.today),
            limits: limits)
        #expect(throws: (any Error).self) {
            try failing.finish(now: Moment(SyncWorkspace.today), limits: limits)
        }
        #expect(try settings == "# ours\n")

        let changed = try joining("good/\(name)/other.xml")
        try workspace.scratch.write("catalog/catalog.toml", "# another hand\n")
        #expect(throws: NewSource.Refusal.self) {
            try changed.finish(now: Moment(SyncWorkspace.today), limits: limits)
        }
        #expect(try settings == "# another hand\n")
    }

    @Test("a preview that is not followed up leaves nothing behind")
    func discarded() throws {
        let joining = try joining("good/\(name)/feed.xml")
        _ = try FeedPreview(
            of: joining.new.source, in: joining.catalogue, now: Moment(SyncWorkspace.today),
            limits: limits)
        FeedPreview.discard(joining.new.source, in: joining.catalogue.workspace)
        #expect(
            !FileManager.default.fileExists(
                atPath: workspace.scratch.path("catalog/.leerwijzer/fetched/nieuw")))
    }

    @Test("a catalog.toml that reads otherwise than by its lines is left to a person")
    func unsafe() throws {
        let text = """
            region = \"\"\"
            [[partner]]
            id = "een"
            \"\"\"
            [[partner]]
            name = "Een"
              id   =   "een" # first
            """
        let new = NewSource(Source(id: ID("b"), partner: ID("een"), location: "b.xml"))
        #expect(throws: NewSource.Refusal.self) { try new.added(to: text, file: "catalog.toml") }
    }
}
