import Foundation
import Testing

@Suite("a catalogue is kept, put back and checked", .timeLimit(.minutes(15)))
struct BackUpTests {
    private let workspace: SampleWorkspace

    init() throws {
        workspace = try SampleWorkspace()
        #expect(try workspace.run("ingest").status == 0)
    }

    private func search(_ folder: String) throws -> String {
        try workspace.run("search", "boom", "--format", "csv", "--all", "--catalog", folder).output
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: workspace.scratch.path(name), encoding: .utf8)
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: workspace.scratch.path(folder)).sorted()
    }

    /// Who may use a file; `nil` when it is not there.
    private func mode(_ name: String) -> mode_t? {
        var status = stat()
        return stat(workspace.scratch.path(name), &status) == 0 ? status.st_mode & 0o777 : nil
    }

    private func damage(_ path: String, at share: Double) throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let place = Int(Double(bytes.count) * share)
        for offset in 0..<64 { bytes[place + offset * 97 % 4096] ^= 0xFF }
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    @Test("what is put back elsewhere answers as before, and is a catalogue that can go on")
    func elsewhere() throws {
        let before = try search("catalog")
        let kept = try workspace.run("backup", "kept.tar.gz", "--lang", "en")
        #expect(kept.status == 0, "\(kept.errors)")
        #expect(kept.output.contains("270 courses"))
        let restored = try workspace.run("restore", "kept.tar.gz", "--catalog", "other")
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try search("other") == before)
        #expect(try workspace.run("verify", "--catalog", "other").status == 0)
        let again = try workspace.run("ingest", "--catalog", "other")
        #expect(again.status == 0 && !again.output.contains("published"), "\(again.output)")
        let names = try FileManager.default.contentsOfDirectory(
            atPath: workspace.scratch.path("other"))
        #expect(!names.contains(".leerwijzer-restoring"))
    }

    @Test("a catalogue that is there goes only when that is said, and then as a whole")
    func replacing() throws {
        let before = try search("catalog")
        #expect(try workspace.run("backup", "kept.tar.gz").status == 0)
        let feed = workspace.scratch.path("catalog/feeds/stroomop-techniek/catalog.xml")
        let text = try String(contentsOfFile: feed, encoding: .utf8)
        try text.replacing("<dc:title xml:lang=\"nl\">", with: "<dc:title xml:lang=\"nl\">Boom ")
            .write(toFile: feed, atomically: true, encoding: .utf8)
        #expect(try workspace.run("ingest").status == 0)
        #expect(try search("catalog") != before)
        let refused = try workspace.run("restore", "kept.tar.gz")
        #expect(refused.status == 73 && refused.errors.contains("--replace"))
        #expect(try search("catalog") != before)
        #expect(try workspace.run("restore", "kept.tar.gz", "--replace").status == 0)
        #expect(try search("catalog") == before)
        // Its feeds came back with it.
        #expect(try String(contentsOfFile: feed, encoding: .utf8) == text)
    }

    @Test("a file that is not in the back-up stays, also beside those that come back")
    func strangers() throws {
        let settings = try text("catalog/catalog.toml")
        #expect(try workspace.run("backup", "kept.tar.gz").status == 0)
        try workspace.scratch.write("catalog/feeds/stroomop-techniek/later.txt", "later")
        try workspace.scratch.write("catalog/later/own.txt", "own")
        try workspace.scratch.write("catalog/catalog.toml", settings + "\n# later\n")
        let outcome = try workspace.run("restore", "kept.tar.gz", "--replace")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try text("catalog/catalog.toml") == settings)
        #expect(try text("catalog/feeds/stroomop-techniek/later.txt") == "later")
        #expect(try text("catalog/later/own.txt") == "own")
        #expect(try !names("catalog").contains { $0.hasPrefix(".leerwijzer-") })
    }

    @Test("a restore that fails halfway leaves settings, feeds and store as they were")
    func halfway() throws {
        // The last of the names at the top: all others have taken their places when it fails.
        try workspace.scratch.write("catalog/zz", "a file")
        #expect(try workspace.run("backup", "kept.tar.gz").status == 0)
        try FileManager.default.removeItem(atPath: workspace.scratch.path("catalog/zz"))
        try workspace.scratch.write("catalog/zz/own.txt", "own")
        let feed = "catalog/feeds/stroomop-techniek/catalog.xml"
        let changed = try [
            "catalog/catalog.toml": text("catalog/catalog.toml") + "\n# later\n",
            feed: text(feed) + "<!-- later -->\n",
        ]
        for (name, text) in changed { try workspace.scratch.write(name, text) }
        let before = try search("catalog")
        let outcome = try workspace.run("restore", "kept.tar.gz", "--replace")
        #expect(outcome.status == 73 && outcome.errors.contains("catalog/zz"), "\(outcome)")
        for (name, text) in changed { #expect(try self.text(name) == text) }
        #expect(try text("catalog/zz/own.txt") == "own")
        #expect(try !names("catalog").contains { $0.hasPrefix(".leerwijzer-") })
        #expect(try search("catalog") == before)
    }

    @Test("what an interrupted restore had replaced is not thrown away by the next one")
    func interrupted() throws {
        #expect(try workspace.run("backup", "kept.tar.gz").status == 0)
        try workspace.scratch.write("catalog/.leerwijzer-replaced/catalog.toml", "# before\n")
        let outcome = try workspace.run("restore", "kept.tar.gz", "--replace")
        #expect(outcome.status == 73 && outcome.errors.contains(".leerwijzer-replaced"))
        #expect(try text("catalog/.leerwijzer-replaced/catalog.toml") == "# before\n")
    }

    @Test("without --replace no file that is there is touched, with a store or without")
    func occupied() throws {
        #expect(try workspace.run("backup", "kept.tar.gz").status == 0)
        try workspace.scratch.write("other/catalog.toml", "# mine\n")
        try workspace.scratch.write("other/feeds/own.txt", "own")
        let refused = try workspace.run("restore", "kept.tar.gz", "--catalog", "other")
        #expect(refused.status == 73 && refused.errors.contains("--replace"))
        #expect(refused.errors.contains("other/catalog.toml"), "\(refused.errors)")
        #expect(try text("other/catalog.toml") == "# mine\n")
        #expect(try names("other/feeds") == ["own.txt"])

        try FileManager.default.removeItem(
            atPath: workspace.scratch.path("other/catalog.toml"))
        let outcome = try workspace.run("restore", "kept.tar.gz", "--catalog", "other")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try text("other/feeds/own.txt") == "own")

        try workspace.scratch.write("third/.leerwijzer/coverage.ndjson", "")
        let state = try workspace.run("restore", "kept.tar.gz", "--catalog", "third")
        #expect(state.status == 73 && state.errors.contains("coverage.ndjson"))
        #expect(try names("third/.leerwijzer").contains("coverage.ndjson"))
    }

    @Test("a back-up within the catalogue holds no other back-up, and takes no file of its name")
    func within() throws {
        try workspace.scratch.write("catalog/kept/b.tar.gz.store", "mine")
        try workspace.scratch.write("catalog/kept/b.tar.gz.part", "mine")
        #expect(try workspace.run("backup", "catalog/kept/a.tar.gz").status == 0)
        // The second time its own earlier version is there.
        for _ in 0..<2 {
            let kept = try workspace.run("backup", "catalog/kept/b.tar.gz")
            #expect(kept.status == 0, "\(kept.errors)")
            #expect(kept.errors.contains("kept/a.tar.gz"), "\(kept.errors)")
            #expect(!kept.errors.contains("kept/b.tar.gz"), "\(kept.errors)")
        }
        #expect(
            try names("catalog/kept") == [
                "a.tar.gz", "b.tar.gz", "b.tar.gz.part", "b.tar.gz.store",
            ])
        let outcome = try workspace.run(
            "restore", "catalog/kept/b.tar.gz", "--catalog", "other")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try names("other/kept") == ["b.tar.gz.part", "b.tar.gz.store"])
        #expect(try text("other/kept/b.tar.gz.store") == "mine")
    }

    @Test("nobody else can read a back-up, and what is put back is for whom it was before")
    func permissions() throws {
        let modes: [(name: String, mode: mode_t)] = [
            ("catalog.toml", 0o600), ("feeds", 0o750), ("feeds/stroomop-techniek", 0o711),
            ("feeds/stroomop-techniek/catalog.xml", 0o444), (".leerwijzer", 0o700),
            (".leerwijzer/catalog.sqlite", 0o640),
        ]
        for (name, mode) in modes {
            #expect(chmod(workspace.scratch.path("catalog/" + name), mode) == 0)
        }
        #expect(try workspace.run("backup", "kept.tar.gz").status == 0)
        #expect(mode("kept.tar.gz") == 0o600)
        #expect(try workspace.run("restore", "kept.tar.gz", "--catalog", "other").status == 0)
        for (name, mode) in modes { #expect(self.mode("other/" + name) == mode, "\(name)") }
    }

    @Test("what cannot be kept is told, and what cannot be read ends it")
    func leftOut() throws {
        let (nowhere, round) = (
            workspace.scratch.path("catalog/nowhere"), workspace.scratch.path("catalog/round")
        )
        #expect(symlink("none", nowhere) == 0)
        #expect(mkfifo(workspace.scratch.path("catalog/pipe"), 0o600) == 0)
        let kept = try workspace.run("backup", "kept.tar.gz")
        #expect(kept.status == 0, "\(kept.errors)")
        #expect(kept.errors.contains("nowhere") && kept.errors.contains("pipe"))

        #expect(symlink("round", round) == 0)
        let unread = try workspace.run("backup", "kept.tar.gz")
        #expect(unread.status == 66 && unread.errors.contains("catalog/round"))
        unlink(round)

        // “é” in Latin-1.
        let name =
            workspace.scratch.path("catalog/f").utf8.map { CChar(bitPattern: $0) }
            + [CChar(bitPattern: 0xE9), 0]
        let descriptor = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        #expect(descriptor >= 0)
        close(descriptor)
        defer { unlink(name) }
        let named = try workspace.run("backup", "kept.tar.gz")
        #expect(named.status == 66 && named.errors.contains("UTF-8"), "\(named.errors)")
    }

    @Test("what is made or fetched again is not kept; what earlier generations came to is")
    func madeAgain() throws {
        let figures = "{\"day\":\"2026-11-01\",\"generation\":1,\"regions\":{},\"targets\":{}}\n"
        try workspace.scratch.write("catalog/.leerwijzer/coverage.ndjson", figures)
        try workspace.scratch.write("catalog/.leerwijzer/fetched/school/state.json", "{}")
        #expect(try workspace.run("backup", "kept.tar.gz").status == 0)
        #expect(try workspace.run("restore", "kept.tar.gz", "--catalog", "other").status == 0)
        #expect(try text("other/.leerwijzer/coverage.ndjson") == figures)
        #expect(try !names("other/.leerwijzer").contains("fetched"))
    }

    @Test("a back-up that is cut off, changed or something else is refused, and changes nothing")
    func damagedBackUp() throws {
        let before = try search("catalog")
        #expect(try workspace.run("backup", "kept.tar.gz").status == 0)
        let whole = try Data(
            contentsOf: URL(fileURLWithPath: workspace.scratch.path("kept.tar.gz")))
        for (number, bytes) in [
            whole.prefix(whole.count / 2), whole.prefix(whole.count - 4), Data("nonsense".utf8),
            Data(),
            {
                var bytes = whole
                bytes[bytes.count / 2] ^= 1
                return bytes
            }(),
        ].enumerated() {
            try bytes.write(to: URL(fileURLWithPath: workspace.scratch.path("bad.tar.gz")))
            let outcome = try workspace.run("restore", "bad.tar.gz", "--replace")
            #expect(outcome.status == 65, "\(number): \(outcome.errors)")
            #expect(try search("catalog") == before, "\(number)")
        }
        #expect(try workspace.run("restore", "none.tar.gz", "--replace").status == 66)
        #expect(try workspace.run("backup", "nowhere/kept.tar.gz").status != 0)
    }

    @Test("damage is found and what to do is told; a damaged index is made again")
    func verify() throws {
        let before = try search("catalog")
        let state = workspace.scratch.path("catalog/.leerwijzer")
        let sound = try json(try workspace.run("verify", "--format", "json"))
        #expect(sound["courses"] as? Int == 270 && (sound["faults"] as? [Any])?.isEmpty == true)
        try damage(state + "/index/g14/index", at: 0.5)
        let index = try workspace.run("verify", "--lang", "en")
        #expect(index.status == 65 && index.errors.contains("verify --repair"))
        #expect(try workspace.run("verify", "--repair").status == 0)
        #expect(try search("catalog") == before)
        try damage(state + "/catalog.sqlite", at: 0.5)
        let store = try workspace.run("verify", "--lang", "en")
        #expect(store.status == 65 && store.errors.contains("leerwijzer restore"))
        #expect(try workspace.run("verify", "--repair").status == 65)
        #expect(try workspace.run("backup", "kept.tar.gz").status == 65)
        #expect(!FileManager.default.fileExists(atPath: workspace.scratch.path("kept.tar.gz")))
    }

    @Test("a back-up that is made while feeds come in is of one generation")
    func whileIngesting() throws {
        let feed = workspace.scratch.path("catalog/feeds/stroomop-techniek/catalog.xml")
        let text = try String(contentsOfFile: feed, encoding: .utf8)
        for number in 0..<3 {
            try text.replacing(
                "<dc:title xml:lang=\"nl\">", with: "<dc:title xml:lang=\"nl\">\(number) "
            ).write(toFile: feed, atomically: true, encoding: .utf8)
            let ingest = Process()
            ingest.executableURL = URL(fileURLWithPath: workspace.program.path)
            ingest.arguments = ["ingest", "--today", SampleWorkspace.today]
            ingest.currentDirectoryURL = URL(fileURLWithPath: workspace.scratch.folder)
            ingest.standardOutput = FileHandle.nullDevice
            ingest.standardError = FileHandle.nullDevice
            try ingest.run()
            let kept = try workspace.run("backup", "kept\(number).tar.gz")
            #expect(kept.status == 0, "\(kept.errors)")
            ingest.waitUntilExit()
            #expect(ingest.terminationStatus == 0)
            #expect(
                try workspace.run("restore", "kept\(number).tar.gz", "--catalog", "r\(number)")
                    .status == 0)
            #expect(try workspace.run("verify", "--catalog", "r\(number)").status == 0)
        }
    }
}
