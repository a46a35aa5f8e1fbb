import CourseModel
import Foundation
import HTTPClient
import Ingest
import Settings
import Storage
import TestSupport
import Testing

@testable import Partnership

@Suite("A source is looked at in its own time, and asked only for what is new")
struct SyncTests {
    private static let server = Result { try LocalServer() }
    private let server: LocalServer
    private let workspace: SyncWorkspace
    private let name = UUID().uuidString

    init() throws {
        server = try Self.server.get()
        workspace = try SyncWorkspace()
    }

    /// The requests for paths that hold a text, as the server noted them.
    private func requests(_ text: String) throws -> [String] {
        let scratch = try Scratch()
        var limits = HTTPLimits()
        limits.allowsPrivateAddresses = true
        _ = try HTTPClient(limits: limits).fetch(
            HTTPRequest(try WebAddress(server.address("log"))), into: scratch.path("log"))
        return try String(contentsOfFile: scratch.path("log"), encoding: .utf8)
            .split(separator: "\n").map(String.init).filter { $0.contains(text) }
    }

    @Test("what has not changed is not sent again, and its run says so")
    func conditional() throws {
        try workspace.configure(server.address("unchanged/\(name)/feed.xml"))
        #expect(try workspace.sync()[0].documents?.fetched == 1)
        // The first answer had another tag, so it is sent once more.
        #expect(try workspace.sync(after: 60)[0].documents?.fetched == 1)
        let third = try workspace.sync(after: 120)[0]
        #expect(third.documents?.fetched == 0 && third.documents?.kept == 1)
        #expect(try workspace.runs().map(\.verdict) == [.unchanged, .unchanged, .published])
        let tags = try requests(name).map { $0.split(separator: " ")[2] }
        #expect(tags == ["-", "\"first\"", "\"1\""])
    }

    @Test("another address of the same source is asked as if for the first time")
    func otherAddress() throws {
        try workspace.configure(server.address("good/\(name)/one.xml"))
        _ = try workspace.sync()
        try workspace.configure(server.address("good/\(name)/two.xml"))
        #expect(try workspace.sync(after: 60)[0].documents?.fetched == 1)
        #expect(try requests(name + "/two").allSatisfy { $0.contains(" - ") })
    }

    @Test("a source whose time has not come is left alone, and one that failed is tried sooner")
    func schedule() throws {
        let every = "allow-private = true\nevery = \"6h\""
        try workspace.configure(server.address("500/\(name)/feed.xml"), more: every)
        guard case .delivered = try workspace.sync(onlyDue: true)[0].step else {
            Issue.record("a source that was never looked at is due")
            return
        }
        guard case .notDue(let until) = try workspace.sync(after: 3_600, onlyDue: true)[0].step
        else {
            Issue.record("an hour after a good look a source is not due")
            return
        }
        #expect(
            until == Moment(secondsSince1970: Moment(SyncWorkspace.today).secondsSince1970 + 21_600)
        )
        // From now on the server fails.
        #expect(try workspace.sync(after: 21_600, onlyDue: true)[0].failure != nil)
        guard case .notDue(let retry) = try workspace.sync(after: 21_700, onlyDue: true)[0].step
        else {
            Issue.record("a source that failed is not tried again at once")
            return
        }
        #expect(retry.secondsSince1970 - until.secondsSince1970 == 900)
        #expect(try workspace.sync(after: 22_500, onlyDue: true)[0].failure != nil)
    }

    @Test("a source of which nothing good is heard for too long is silent, and only then")
    func silence() throws {
        let more = "allow-private = true\nevery = \"6h\"\nsilent-after = \"1d\""
        try workspace.configure(server.address("500/\(name)/feed.xml"), more: more)
        func silent(after seconds: Int64) throws -> [Silence] {
            let (catalogue, now) = try workspace.open(after: seconds)
            return try catalogue.store().snapshot {
                Silence.all(try $0.sources(), catalogue.workspace.configuration, now: now)
            }
        }
        #expect(try silent(after: 900_000).isEmpty, "nobody asked it anything yet")
        _ = try workspace.sync()
        _ = try workspace.sync(after: 80_000)
        #expect(try silent(after: 80_000).isEmpty)
        let found = try silent(after: 90_000)
        #expect(found.map(\.source.value) == ["school"])
        #expect(found.first?.since == Moment(SyncWorkspace.today))
    }

    @Test("a password is taken from where catalog.toml says, and one written out is refused")
    func secrets() throws {
        let address = server.address("always/password/\(name)")
        let credentials = """
            allow-private = true
            [partner.source.credentials]
            kind = "basic"
            user = "user"
            secret = "file:secret"
            """
        try workspace.configure(address, more: credentials)
        let missing = try #require(try workspace.sync()[0].failure)
        #expect("\(missing)".contains("file:secret"))
        try workspace.scratch.write("catalog/secret", "geheim\n")
        #expect(try workspace.sync(after: 60)[0].failure == nil)
        #expect(
            try workspace.runs().flatMap(\.feedDiagnostics).allSatisfy {
                !$0.message.contains("geheim")
            })
        try workspace.configure(
            address, more: credentials.replacingOccurrences(of: "file:secret", with: "geheim"))
        #expect(throws: WorkspaceError.self) { try workspace.open() }
    }

    // MARK: Directories

    @Test("the documents that a directory names are fetched, and the next time only what changed")
    func directory() throws {
        let address = server.address("directory/good/\(name)/directory.xml")
        try workspace.configure(address)
        let first = try workspace.sync()[0]
        #expect(first.failure == nil)
        #expect(first.documents?.fetched == 6)
        #expect(try workspace.titles().count == 5)
        let second = try workspace.sync(after: 60)[0]
        #expect(second.documents?.fetched == 1 && second.documents?.kept == 5)
        #expect(try workspace.runs().first?.verdict == .unchanged)
        // Whoever reads where a record came from sees the address, not our copy of it.
        try workspace.open().catalogue.store().snapshot { snapshot in
            try snapshot.forEachRecord {
                #expect($0.record.course.provenance.file.hasPrefix("http://"))
            }
        }
    }

    @Test(
        "a document of a directory that cannot be had closes nothing",
        arguments: ["lost", "away", "broken"])
    func directoryFaults(way: String) throws {
        try workspace.configure(server.address("directory/\(way)/\(name)/directory.xml"))
        _ = try workspace.sync()
        let outcome = try workspace.sync(after: 60)[0]
        #expect(try workspace.titles().count == 5)
        let run = try #require(try workspace.runs().first)
        if way == "away" {
            #expect(outcome.warnings.contains { $0.contains("503") && $0.contains("P3.xml") })
            #expect(run.quarantined.courses == 0)
        } else {
            #expect(run.quarantined.courses == 1)
            #expect(run.changes.courses.gone == 0)
        }
    }

    @Test("a round over a directory that was interrupted goes on where it stopped")
    func resumes() throws {
        let address = server.address("directory/good/\(name)/directory.xml")
        try workspace.configure(address)
        _ = try workspace.sync()
        // As a round leaves its state that broke off after the first two programmes.
        let (catalogue, _) = try workspace.open()
        let file = Mirror.folder(of: ID("school"), in: catalogue.workspace) + "/state.json"
        var state = try #require(MirrorState.read(file))
        let now = Moment(SyncWorkspace.today).secondsSince1970 + 600
        state.roundBegan = now
        for number in 0..<2 {
            let document = address.replacingOccurrences(
                of: "directory.xml", with: "programs/P\(number).xml")
            state.documents[document]?.checkedAt = now
        }
        try JSONEncoder().encode(state).write(to: URL(fileURLWithPath: file))
        let before = try requests(name).count
        _ = try workspace.sync(after: 700)
        #expect(try requests(name).count - before == 4, "the directory and three programmes")
        #expect(try #require(MirrorState.read(file)).roundBegan == nil)
    }

    // MARK: Repositories

    @Test("a repository is harvested page by page, then only for what changed and was deleted")
    func repository() throws {
        let own = try LocalServer()
        try workspace.configure(
            own.address("oai/plain"), more: "allow-private = true\n[partner.source.oai-pmh]")
        let first = try workspace.sync()[0]
        #expect(first.failure == nil && first.documents?.fetched == 9)
        #expect(try workspace.titles() == (0..<9).map { "Cursus \($0)" })
        let second = try workspace.sync(after: 60)[0]
        #expect(second.failure == nil && second.documents?.fetched == 2)
        #expect(
            try workspace.titles()
                == ["Cursus 0", "Cursus 1, vernieuwd"] + (3..<10).map { "Cursus \($0)" })
    }

    @Test("a repository with nothing new changes nothing")
    func quiet() throws {
        let own = try LocalServer()
        try workspace.configure(
            own.address("oai/quiet"), more: "allow-private = true\n[partner.source.oai-pmh]")
        _ = try workspace.sync()
        #expect(try workspace.sync(after: 60)[0].failure == nil)
        #expect(try workspace.runs().first?.verdict == .unchanged)
        #expect(try workspace.titles().count == 9)
    }

    @Test("a harvest that is cut off goes on from its last page")
    func interrupted() throws {
        let own = try LocalServer()
        try workspace.configure(
            own.address("oai/cut"), more: "allow-private = true\n[partner.source.oai-pmh]")
        #expect(try workspace.sync()[0].failure != nil)
        #expect(try workspace.titles().isEmpty)
        let second = try workspace.sync(after: 60)[0]
        #expect(second.failure == nil && second.documents?.fetched == 5)
        #expect(try workspace.titles().count == 9)
    }

    @Test("a repository that forgets where it was is harvested anew")
    func forgets() throws {
        let own = try LocalServer()
        try workspace.configure(
            own.address("oai/forgets"), more: "allow-private = true\n[partner.source.oai-pmh]")
        #expect(try workspace.sync()[0].failure == nil)
        #expect(try workspace.titles().count == 9)
    }

    @Test(
        "a repository that errs says what to do",
        arguments: [
            ("loop", "in a circle"), ("error", "cannotDisseminateFormat"),
            ("page", "no answer of OAI-PMH"),
        ])
    func repositoryFaults(way: String, words: String) throws {
        let own = try LocalServer()
        try workspace.configure(
            own.address("oai/\(way)"),
            more: "allow-private = true\n[partner.source.oai-pmh]\nprefix = \"xcri\"")
        let failure = try #require(try workspace.sync()[0].failure)
        #expect("\(failure)".contains(words) && "\(failure)".contains(own.address("oai")))
    }
}
