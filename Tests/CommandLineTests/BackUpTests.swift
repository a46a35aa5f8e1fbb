import Foundation
import Testing

@Suite("a catalogue is kept, put back and checked", .timeLimit(.minutes(5)))
struct BackUpTests {
    private let workspace: SampleWorkspace

    init() throws {
        workspace = try SampleWorkspace()
        #expect(try workspace.run("ingest").status == 0)
    }

    private func search(_ folder: String) throws -> String {
        try workspace.run("search", "boom", "--format", "csv", "--all", "--catalog", folder).output
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
