import Foundation
import TestSupport
import Testing

/// What is done to an open archive before it is imported.
struct Tampering: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Python that changes `members`, a list of name and bytes, or adds to `odd`, members as tarfile
    /// has them, which come before the checksums.
    let script: String
    /// Whether checksums and end are made again, as by somebody who means harm.
    var isSealed = true

    static let all: [Tampering] = [
        .init(
            testDescription: "a course was changed",
            script: "change('sources/nieuw/courses.ndjson', b'Elzen', b'Essen')", isSealed: false),
        .init(
            testDescription: "an original was changed",
            script: "change('sources/nieuw/originals/000001.xml', b'knotten', b'kappen!')",
            isSealed: false),
        .init(
            testDescription: "the label was changed",
            script: "change('leerwijzer-archive.json', b'nieuw', b'ander')", isSealed: false),
        .init(
            testDescription: "a file is missing",
            script: "del members['sources/nieuw/runs.ndjson']", isSealed: false),
        .init(
            testDescription: "a checksum was changed",
            script: "members['SHA256SUMS'] = b'0' + members['SHA256SUMS'][1:]", isSealed: false),
        .init(testDescription: "the end is missing", script: "del members[END]", isSealed: false),
        .init(
            testDescription: "there are fewer courses than it says",
            script: "members['sources/nieuw/courses.ndjson'] = b''"),
        .init(
            testDescription: "a line is no course",
            script: "members['sources/nieuw/courses.ndjson'] += b'{}\\n'"),
        .init(
            testDescription: "a course is another source's",
            script: "change('sources/nieuw/courses.ndjson', b'nieuw:', b'ander:')"),
        .init(
            testDescription: "a line names a file elsewhere",
            script: "change('sources/nieuw/courses.ndjson', b'originals/000001.xml', "
                + "b'../../../secret')"),
        .init(
            testDescription: "a source's name leads elsewhere",
            script: "change('leerwijzer-archive.json', b'\"id\":\"nieuw\"', b'\"id\":\"../..\"')"),
        .init(testDescription: "above the folder", script: "odd.append(m('../out'))"),
        .init(testDescription: "above it on the way", script: "odd.append(m('sources/../../out'))"),
        .init(testDescription: "from the root", script: "odd.append(m('/tmp/leerwijzer-out'))"),
        .init(testDescription: "nothing between slashes", script: "odd.append(m('sources//out'))"),
        .init(testDescription: "beside the known folders", script: "odd.append(m('out'))"),
        .init(
            testDescription: "a link",
            script:
                "l = m('sources/out'); l.type = tarfile.SYMTYPE; l.linkname = '..'; l.size = 0; "
                + "odd.append(l)"),
        .init(
            testDescription: "a device",
            script: "l = m('sources/out'); l.type = tarfile.CHRTYPE; l.size = 0; odd.append(l)"),
        .init(
            testDescription: "a folder",
            script: "l = m('sources/out'); l.type = tarfile.DIRTYPE; l.size = 0; odd.append(l)"),
        .init(
            testDescription: "the same file twice",
            script: "odd.append(m('sources/out')); odd.append(m('sources/out'))"),
        .init(
            testDescription: "a file where a folder is",
            script: "odd.append(m('sources/nieuw/originals'))"),
    ]

    /// Python that does it to one archive and writes another.
    var program: String {
        """
        import hashlib, io, json, sys, tarfile
        END = "leerwijzer-archive-end.json"
        old = tarfile.open(sys.argv[1])
        members = {m.name: old.extractfile(m).read() for m in old.getmembers()}
        odd = []
        def change(name, before, after):
            assert before in members[name], name
            members[name] = members[name].replace(before, after)
        def m(name):
            member = tarfile.TarInfo(name)
            member.size = 3
            return member
        \(script)
        t = tarfile.open(sys.argv[2], "w:gz")
        def put(name, data):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            t.addfile(member, io.BytesIO(data))
        sums, files, size = "", 0, 0
        for name, data in members.items():
            if name in ("SHA256SUMS", END): continue
            put(name, data)
            sums += hashlib.sha256(data).hexdigest() + "  " + name + "\\n"
            files, size = files + 1, size + len(data)
        for member in odd:
            t.addfile(member, io.BytesIO(b"bad") if member.isfile() else None)
            sums += hashlib.sha256(b"bad" if member.isfile() else b"").hexdigest()
            sums += "  " + member.name + "\\n"
            files, size = files + 1, size + member.size
        if \(isSealed ? "True" : "False"):
            members["SHA256SUMS"] = sums.encode()
            members[END] = json.dumps({"files": files + 1, "bytes": size + len(sums.encode()),
                "sha256": hashlib.sha256(sums.encode()).hexdigest()}).encode()
        for name in ("SHA256SUMS", END):
            if name in members: put(name, members[name])
        t.close()
        """
    }
}

@Suite("An archive is checked and taken into another catalogue", .timeLimit(.minutes(15)))
struct ImportTests {
    /// A source with two runs, a course that is gone, and a record in quarantine.
    private static let exported: Result<SampleWorkspace, any Error> = Result {
        let workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write("feed.xml", newSchool)
        _ = try workspace.run("ingest", "feed.xml", "--source", "nieuw", today: "2026-11-01")
        _ = try workspace.run("sources", "export", "nieuw", "first.tar.gz")
        try workspace.scratch.write(
            "feed.xml", newSchool.replacing("/c/1", with: "/c/7").replacing("Wilgen", with: "Elzen")
        )
        _ = try workspace.run("ingest", "feed.xml", "--source", "nieuw", today: "2026-11-09")
        _ = try workspace.run("sources", "export", "nieuw", "out.tar.gz")
        return workspace
    }

    private let workspace: SampleWorkspace

    init() throws {
        workspace = try Self.exported.get()
    }

    /// A catalogue of its own, with a partner that is not in the archive.
    private func other() throws -> Scratch {
        let scratch = try Scratch()
        try scratch.write(
            "catalog/catalog.toml",
            """
            # Ours.
            [[partner]]
            id = "eerste"
            name = "Eerste"
            [[partner.source]]
            id = "eerste"
            feed = "feeds/eerste.xml"
            """)
        try scratch.write(
            "catalog/feeds/eerste.xml",
            // Another course than that of the archive, which would be merged with it.
            newSchool.replacing("nieuw.example", with: "een.example")
                .replacing("Wilgen knotten", with: "Boekhouden")
                .replacing(
                    "Leer knotwilgen veilig knotten met zaag en ladder.", with: "Facturen en btw."
                )
                .replacing("2027-02-01", with: "2027-05-10"))
        _ = try run(scratch, "ingest")
        return scratch
    }

    @discardableResult
    private func run(_ scratch: Scratch, _ arguments: String...) throws -> Program.Outcome {
        try workspace.program.run(
            arguments + ["--today", SampleWorkspace.today, "--lang", "en"], in: scratch.folder,
            environment: ["LEERWIJZER_DATA": workspace.scratch.path("catalog")])
    }

    /// What a folder holds, by path.
    private func contents(_ folder: String) throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for case let name as String in try #require(FileManager.default.enumerator(atPath: folder))
        {
            contents[name] = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
        }
        return contents
    }

    @Test("a whole catalogue comes out of another as it went in, byte for byte")
    func roundTrip() throws {
        let sample = try SampleWorkspace()
        for name in ["curation", "joint", "funding.toml"] {
            try FileManager.default.copyItem(
                atPath: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                    .appendingPathComponent("../../catalog/" + name).path,
                toPath: sample.scratch.path("catalog/" + name))
        }
        #expect(try sample.run("ingest").status == 0)
        let out = try sample.run("export", "a.tar.gz", "--lang", "en")
        #expect(out.status == 0, "\(out.errors)")
        let come = try sample.run("import", "a.tar.gz", "--catalog", "b", "--format", "json")
        #expect(come.status == 0, "\(come.errors)")
        for source in try #require(try json(come)["sources"] as? [[String: Any]]) {
            let counts = ["offered", "accepted", "quarantined"].map {
                (source[$0] as? [String: Int])?["courses"] ?? -1
            }
            #expect(counts[0] == counts[1] + counts[2] && counts[1] > 0, "\(source)")
            #expect(source["runsLeft"] as? Int == 0)
        }
        #expect(try sample.run("export", "b.tar.gz", "--catalog", "b").status == 0)
        let (first, second) = (
            FileManager.default.contents(atPath: sample.scratch.path("a.tar.gz")),
            FileManager.default.contents(atPath: sample.scratch.path("b.tar.gz"))
        )
        #expect(first != nil && first == second)
        for arguments in [
            ["search", "boom", "--format", "csv", "--all"],
            ["show", "dierwijs:https://dierwijs.example/aanbod/dw-basis", "--provenance"],
            ["report", "log"], ["curation"],
        ] {
            let answers = try ["catalog", "b"].map { folder in
                try sample.program.run(
                    arguments + ["--catalog", folder, "--today", SampleWorkspace.today],
                    in: sample.scratch.folder
                ).output.replacing(folder + "/", with: "")
            }
            #expect(answers[0] == answers[1] && !answers[0].isEmpty, "\(arguments)")
        }
        // The catalogue goes on where it was: its feeds hold nothing new.
        let again = try sample.run("ingest", "--catalog", "b", "--lang", "en")
        #expect(again.status == 0 && !again.output.contains("published"), "\(again.output)")
        #expect(try sample.run("verify", "--catalog", "b").status == 0)
    }

    @Test("a source comes into a catalogue that is there, with its history and the dates of then")
    func existing() throws {
        let scratch = try other()
        let archive = workspace.scratch.path("out.tar.gz")
        // What the engine of the store keeps beside it while it reads does not count.
        func kept() throws -> [String: Data] {
            try contents(scratch.path("catalog")).filter { !$0.key.hasPrefix(".leerwijzer") }
        }
        let before = try kept()
        let log = try run(scratch, "report", "log").output
        let preview = try run(scratch, "import", archive, "--preview")
        #expect(preview.status == 0, "\(preview.errors)")
        #expect(preview.output.contains("Nothing was changed."))
        #expect(preview.output.contains("[[partner.source]]"))
        #expect(try kept() == before)
        #expect(try run(scratch, "report", "log").output == log)
        let come = try run(scratch, "import", archive)
        #expect(come.status == 0, "\(come.errors)")
        #expect(come.output.contains(/nieuw +new +2\/1 +1\/1 +1\/0 +1 +2/), "\(come.output)")
        let id = "nieuw:https://nieuw.example/c/1"
        let history = try run(scratch, "show", id).output
        #expect(history.contains("closed") && history.contains("Wilgen"), "\(history)")
        #expect(history.contains("2026-11-09") || history.contains("9 Nov 2026"), "\(history)")
        #expect(try run(scratch, "search", "knotten").output.contains("Elzen"))
        let original = try run(scratch, "show", "nieuw:https://nieuw.example/c/7", "--original")
        #expect(original.output.hasPrefix("<course>"))
        let settings = try String(
            contentsOfFile: scratch.path("catalog/catalog.toml"), encoding: .utf8)
        #expect(settings.hasPrefix("# Ours.") && settings.contains("feed = \"feed.xml\""))
        #expect(come.output.contains("its feed feed.xml is not there"))
        // What comes in goes out again, quarantine and all.
        #expect(try run(scratch, "sources", "export", "nieuw", "again.tar.gz").status == 0)
        for file in ["courses.ndjson", "quarantined.ndjson", "providers.ndjson"] {
            let texts = try [archive, scratch.path("again.tar.gz")].map {
                try Program(path: "/usr/bin/env").run(
                    ["tar", "-xOzf", $0, "sources/nieuw/" + file], in: scratch.folder
                ).output.replacing(/"generation":\d+|"added":\d+|"changed":\d+/, with: "")
            }
            #expect(texts[0] == texts[1] && !texts[0].isEmpty, "\(file)")
        }
        // Once more changes nothing.
        let after = try contents(scratch.path("catalog/feeds"))
        let again = try run(scratch, "import", archive)
        #expect(again.status == 0 && again.output.contains("was there"), "\(again.output)")
        #expect(try contents(scratch.path("catalog/feeds")) == after)
    }

    @Test("an import that stopped half-way goes on; a source that was read otherwise is refused")
    func resumed() throws {
        let scratch = try other()
        // What is there is what an interrupted import leaves: the first runs.
        #expect(try run(scratch, "import", workspace.scratch.path("first.tar.gz")).status == 0)
        let come = try run(scratch, "import", workspace.scratch.path("out.tar.gz"))
        #expect(come.status == 0 && come.output.contains("goes on"), "\(come.output)\(come.errors)")
        #expect(try run(scratch, "search", "knotten").output.contains("Elzen"))
        let another = try other()
        try another.write("feed.xml", newSchool)
        #expect(try run(another, "ingest", "feed.xml", "--source", "nieuw").status == 0)
        let before = try contents(another.path("catalog/feeds"))
        let refused = try run(another, "import", workspace.scratch.path("out.tar.gz"))
        #expect(refused.status == 73, "\(refused.errors)")
        #expect(refused.errors.contains("already has “nieuw”"))
        #expect(try contents(another.path("catalog/feeds")) == before)
    }

    @Test(
        "an archive that was tampered with is refused before anything changes",
        arguments: Tampering.all)
    func tampered(tampering: Tampering) throws {
        let scratch = try Scratch()
        try scratch.write("secret", "bad")
        let made = try Program(path: "/usr/bin/env").run(
            [
                "python3", "-c", tampering.program, workspace.scratch.path("out.tar.gz"),
                scratch.path("bad.tar.gz"),
            ], in: scratch.folder)
        #expect(made.status == 0, "\(made.errors)")
        try scratch.write("catalog/catalog.toml", "")
        let outcome = try run(scratch, "import", "bad.tar.gz")
        #expect([65, 73].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
        #expect(outcome.errors.contains("leerwijzer:"))
        let left = try contents(scratch.path("catalog"))
        #expect(left.keys.sorted() == ["catalog.toml"], "\(left.keys)")
        #expect(!FileManager.default.fileExists(atPath: "/tmp/leerwijzer-out"))
    }

    @Test("a file that is no archive, and one that is not there, say so")
    func noArchive() throws {
        let scratch = try other()
        try scratch.write("text.tar.gz", "no archive")
        #expect(try run(scratch, "import", "text.tar.gz").status == 65)
        #expect(try run(scratch, "import", "nothing.tar.gz").status == 66)
        #expect(try run(scratch, "backup", "kept.tar.gz").status == 0)
        let backUp = try run(scratch, "import", "kept.tar.gz")
        #expect(backUp.status == 65, "\(backUp.errors)")
    }
}
