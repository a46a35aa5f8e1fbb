import Foundation
import TestSupport
import Testing

/// A small sound feed, and ways to break it.
private enum Feed {
    static func xcri(courses: Int, of school: String = "school") -> String {
        let body = (1...courses).map { number in
            """
                <course>
                  <dc:identifier>https://\(school).example/c/\(number)</dc:identifier>
                  <dc:title>Cursus \(number) van \(school)</dc:title>
                  <presentation>
                    <dc:identifier>https://\(school).example/p/\(number)</dc:identifier>
                    <mlo:start dtf="2027-02-0\(number % 9 + 1)">februari 2027</mlo:start>
                  </presentation>
                </course>

            """
        }.joined()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
                xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
                generated="2026-11-24T00:00:00Z">
              <provider>
                <dc:identifier>https://\(school).example/</dc:identifier>
                <dc:title>\(school)</dc:title>
            \(body)  </provider>
            </catalog>
            """
    }
}

@Suite("Bad input ends in a clear message, the right status and an unharmed catalogue")
struct BadInputTests {
    /// A workspace with one good feed of twenty courses in it.
    private func workspace() throws -> SampleWorkspace {
        let workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write("good.xml", Feed.xcri(courses: 20))
        let outcome = try workspace.run("ingest", "good.xml")
        #expect(outcome.status == 0, "\(outcome.errors)")
        return workspace
    }

    /// The catalogue still answers as before.
    private func expectUnharmed(_ workspace: SampleWorkspace) throws {
        let outcome = try workspace.run("search", "cursus", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try json(outcome)["total"] as? Int == 20)
    }

    @Test(
        "feeds that cannot be read at all are named, with what to do",
        arguments: [
            ("empty.xml", "", Int32(65), "empty"),
            ("text.xml", "Dit is geen XML.", 65, "text.xml"),
            ("page.xml", "<!DOCTYPE html><html><body>Not found</body></html>", 65, "format"),
            ("other.xml", "<?xml version='1.0'?><rss version='2.0'><channel/></rss>", 65, "rss"),
        ])
    func unreadable(name: String, text: String, status: Int32, words: String) throws {
        let workspace = try workspace()
        try workspace.scratch.write(name, text)
        for command in ["ingest", "check"] {
            let outcome = try workspace.run(command, name)
            #expect(outcome.status == status, "\(command): \(outcome.errors)")
            #expect(outcome.errors.contains(words), "\(command): \(outcome.errors)")
            #expect(outcome.errors.contains(name), "\(command): \(outcome.errors)")
        }
        try expectUnharmed(workspace)
    }

    @Test("a file that is not there and a folder without feeds are told apart from bad data")
    func missing() throws {
        let workspace = try workspace()
        let missing = try workspace.run("ingest", "nowhere.xml")
        #expect(missing.status == 66)
        #expect(missing.errors.contains("nowhere.xml"))
        try FileManager.default.createDirectory(
            atPath: workspace.scratch.path("hollow"), withIntermediateDirectories: true)
        let hollow = try workspace.run("ingest", "hollow")
        #expect(hollow.status == 66)
        #expect(hollow.errors.contains("hollow"))
        try expectUnharmed(workspace)
    }

    @Test("a feed that stops half-way closes nothing and says where it stopped")
    func truncated() throws {
        let workspace = try workspace()
        let whole = Feed.xcri(courses: 20)
        try workspace.scratch.write("good.xml", String(whole.prefix(whole.count / 2)))
        let outcome = try workspace.run("ingest", "good.xml", "--format", "json")
        #expect(outcome.output.contains("truncated") || outcome.errors.contains("truncated"))
        try expectUnharmed(workspace)
        let check = try workspace.run("check", "good.xml")
        #expect(check.status == 65)
        #expect(check.output.contains("good.xml:") || check.errors.contains("good.xml:"))
    }

    @Test("a feed read as the wrong format is refused")
    func wrongFormat() throws {
        let workspace = try workspace()
        let outcome = try workspace.run("ingest", "good.xml", "--format", "edudex")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("EDU-DEX"))
        let unknown = try workspace.run("ingest", "good.xml", "--format", "edudx")
        #expect(unknown.status == 64)
        try expectUnharmed(workspace)
    }

    @Test("one element of a gigabyte is stopped by a limit, in little memory")
    func giantElement() throws {
        let workspace = try workspace()
        let path = workspace.scratch.path("giant.xml")
        // A sparse file would be NUL bytes; this is a gigabyte of text, written by the shell.
        let made = try Program(path: "/bin/sh").run(
            [
                "-c",
                """
                { printf '<?xml version="1.0"?><catalog xmlns="http://xcri.org/profiles/1.2/catalog">'
                  printf '<provider><course><title>'
                  head -c 1073741824 /dev/zero | tr '\\0' a
                  printf '</title></course></provider></catalog>'; } > giant.xml
                """,
            ], in: workspace.scratch.folder)
        #expect(made.status == 0)
        let outcome = try workspace.run(
            "ingest", path, through: ["/usr/bin/prlimit", "--as=4294967296"])
        #expect(outcome.status == 65, "\(outcome.errors)")
        #expect(outcome.errors.contains("giant.xml:1:"), "\(outcome.errors)")
        try expectUnharmed(workspace)
    }

    @Test("entities neither grow nor reach outside")
    func entities() throws {
        let workspace = try workspace()
        var bomb = "<?xml version='1.0'?><!DOCTYPE catalog [<!ENTITY a0 'lol'>"
        for level in 1...12 {
            bomb += "<!ENTITY a\(level) '" + String(repeating: "&a\(level - 1);", count: 10) + "'>"
        }
        bomb += "]><catalog xmlns='http://xcri.org/profiles/1.2/catalog'>&a12;</catalog>"
        try workspace.scratch.write("bomb.xml", bomb)
        let laughs = try workspace.run("ingest", "bomb.xml")
        #expect(laughs.status == 65, "\(laughs.errors)")
        try workspace.scratch.write("secret.txt", "GEHEIM")
        let outside = Feed.xcri(courses: 1).replacingOccurrences(
            of: "<catalog",
            with:
                "<!DOCTYPE catalog [<!ENTITY x SYSTEM 'file://\(workspace.scratch.folder)/secret.txt'>]><catalog"
        ).replacingOccurrences(of: "Cursus 1", with: "Cursus &x;")
        try workspace.scratch.write("outside.xml", outside)
        let external = try workspace.run("ingest", "outside.xml")
        let shown = try workspace.run("search", "--all", "--format", "json", "--limit", "1000")
        #expect(!shown.output.contains("GEHEIM"))
        #expect(!external.output.contains("GEHEIM"))
    }

    @Test("a place that does not exist is told, with what was probably meant")
    func unknownPlace() throws {
        let workspace = try workspace()
        let outcome = try workspace.run("search", "--near", "Houtn")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("Houten"))
        let ambiguous = try workspace.run("search", "--near", "Bergen")
        #expect(ambiguous.status == 64)
        #expect(ambiguous.errors.contains("Bergen (NH)") && ambiguous.errors.contains("Bergen (L)"))
    }

    @Test("a profile’s faults are told together, with line, field and remedy")
    func profile() throws {
        let workspace = try workspace()
        try workspace.scratch.write(
            "p.toml",
            """
            audience = "worker"
            [home]
            place = "Houten"
            withn = "20km"
            [work]
            place = "Bunnik"
            within = "30 mijl"
            """)
        let outcome = try workspace.run("match", "p.toml")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("p.toml:4: home.withn"))
        #expect(outcome.errors.contains("within”?"))
        #expect(outcome.errors.contains("p.toml:7: work.within"))
        #expect(outcome.errors.contains("48km"))
    }

    @Test("a workspace that cannot be written is left alone")
    func readOnly() throws {
        let workspace = try workspace()
        try workspace.scratch.write("other.xml", Feed.xcri(courses: 3))
        let isRoot = getuid() == 0
        // Root may write everywhere, so the program then runs as somebody else.
        if !isRoot {
            chmod(workspace.scratch.path("catalog/.leerwijzer"), 0o555)
        }
        defer { chmod(workspace.scratch.path("catalog/.leerwijzer"), 0o755) }
        let copy = workspace.scratch.path("leerwijzer")
        try FileManager.default.copyItem(atPath: workspace.program.path, toPath: copy)
        let nobody = [
            "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
        ]
        let outcome = try Program(path: copy).run(
            ["ingest", "other.xml", "--today", SampleWorkspace.today],
            in: workspace.scratch.folder, through: isRoot ? nobody : [])
        #expect(outcome.status == 73, "\(outcome.status) \(outcome.errors)")
        #expect(
            outcome.errors.contains("cannot write") || outcome.errors.contains("cannot be written"))
        try expectUnharmed(workspace)
    }

    @Test("a full disk is told, and the catalogue stays", .enabled(if: getuid() == 0))
    func fullDisk() throws {
        let workspace = try workspace()
        let state = workspace.scratch.path("small")
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        let mount = try Program(path: "/bin/mount").run(
            ["-t", "tmpfs", "-o", "size=3m", "tmpfs", state], in: "/")
        try #require(mount.status == 0, "a file system of 3 MiB is needed: \(mount.errors)")
        defer { _ = try? Program(path: "/bin/umount").run([state], in: "/") }
        for name in ["places", "skills"] {
            try FileManager.default.createSymbolicLink(
                atPath: state + "/" + name,
                withDestinationPath: workspace.scratch.path("catalog/" + name))
        }
        let first = try workspace.run("ingest", "good.xml", "--catalog", state)
        #expect(first.status == 0, "\(first.errors)")
        try workspace.scratch.write("large.xml", Feed.xcri(courses: 9_000))
        let outcome = try workspace.run("ingest", "large.xml", "--catalog", state)
        #expect(outcome.status == 74, "\(outcome.status) \(outcome.errors)")
        #expect(
            outcome.errors.contains("no room left on the disk"),
            "\(outcome.errors)")
        let search = try workspace.run("search", "--catalog", state, "--format", "json")
        #expect(try json(search)["total"] as? Int == 20, "\(search.errors)")
    }

    @Test("an answer that cannot be written is an error, not silence")
    func fullOutput() throws {
        let workspace = try workspace()
        let outcome = try Program(path: "/bin/sh").run(
            [
                "-c", "exec \"$0\" search cursus > /dev/full", workspace.program.path,
            ], in: workspace.scratch.folder)
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("cannot write"))
    }

    @Test("two processes that ingest at once both succeed, one after the other")
    func twoWriters() throws {
        let workspace = try workspace()
        for name in ["a", "b", "c", "d"] {
            try workspace.scratch.write("\(name).xml", Feed.xcri(courses: 200, of: name))
        }
        let processes = try ["a", "b", "c", "d"].map {
            try workspace.program.start(["ingest", "\($0).xml"], in: workspace.scratch.folder)
        }
        for process in processes {
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        let outcome = try workspace.run("search", "--format", "json")
        #expect(try json(outcome)["total"] as? Int == 820)
    }
}
