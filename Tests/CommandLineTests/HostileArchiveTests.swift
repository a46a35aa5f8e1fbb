import Foundation
import TestSupport
import Testing

/// A member of an archive that tries to get out of the folder, or to be more than a file.
struct HostileMember: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Python that makes it: `t` is the archive, `m(name)` a member, `f` the bytes of a file.
    let script: String

    static let all: [HostileMember] = [
        .init(testDescription: "above the folder", script: "t.addfile(m('../out'), f())"),
        .init(
            testDescription: "above it on the way", script: "t.addfile(m('feeds/../../out'), f())"),
        .init(testDescription: "from the root", script: "t.addfile(m('/tmp/leerwijzer-out'), f())"),
        .init(
            testDescription: "nothing between slashes", script: "t.addfile(m('feeds//out'), f())"),
        .init(testDescription: "the folder itself", script: "t.addfile(m('./out'), f())"),
        .init(
            testDescription: "the folder of the restore",
            script: "t.addfile(m('.leerwijzer-replaced/out'), f())"),
        .init(
            testDescription: "a link, and a file through it",
            script: "l = m('link'); l.type = tarfile.SYMTYPE; l.linkname = '..'; l.size = 0; "
                + "t.addfile(l); t.addfile(m('link/out'), f())"),
        .init(
            testDescription: "a hard link",
            script: "l = m('out'); l.type = tarfile.LNKTYPE; l.linkname = '../catalog.toml'; "
                + "l.size = 0; t.addfile(l)"),
        .init(
            testDescription: "a device",
            script: "l = m('out'); l.type = tarfile.CHRTYPE; l.devmajor = 1; l.devminor = 5; "
                + "l.size = 0; t.addfile(l)"),
        .init(
            testDescription: "a pipe",
            script: "l = m('out'); l.type = tarfile.FIFOTYPE; l.size = 0; t.addfile(l)"),
        .init(
            testDescription: "the same file twice",
            script: "t.addfile(m('out'), f()); t.addfile(m('out'), f())"),
        .init(
            testDescription: "more bytes than there are",
            script:
                "l = m('out'); l.size = 1 << 40; t.fileobj.write(l.tobuf()); t.fileobj.write(b'x')"),
        .init(
            testDescription: "a second store",
            script: "t.addfile(m('.leerwijzer/catalog.sqlite'), f())"),
    ]
}

@Suite("An archive that was made to do harm is refused whole", .timeLimit(.minutes(15)))
struct HostileArchiveTests {
    private static let kept: Result<SampleWorkspace, any Error> = Result {
        let workspace = try SampleWorkspace()
        _ = try workspace.run("ingest")
        _ = try workspace.run("backup", "kept.tar.gz")
        return workspace
    }

    @Test("nothing of it is put anywhere", arguments: HostileMember.all)
    func refused(member: HostileMember) throws {
        let kept = try Self.kept.get().scratch.path("kept.tar.gz")
        let scratch = try Scratch()
        // The members of a good back-up, with a bad one before its end.
        let script = """
            import io, sys, tarfile
            old = tarfile.open(sys.argv[1])
            t = tarfile.open(sys.argv[2], "w:gz")
            def m(name):
                member = tarfile.TarInfo(name)
                member.size = 3
                return member
            def f():
                return io.BytesIO(b"bad")
            members = old.getmembers()
            for member in members[:-1]:
                t.addfile(member, old.extractfile(member) if member.isfile() else None)
            \(member.script)
            t.addfile(members[-1], old.extractfile(members[-1]))
            t.close()
            """
        let made = try Program(path: "/usr/bin/env").run(
            ["python3", "-c", script, kept, scratch.path("bad.tar.gz")], in: scratch.folder)
        #expect(made.status == 0, "\(made.errors)")
        let outcome = try Program.built("leerwijzer").run(
            ["restore", "bad.tar.gz", "--catalog", "deep/catalog", "--lang", "en"],
            in: scratch.folder)
        #expect([65, 73].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
        #expect(outcome.errors.contains("leerwijzer:"))
        var found: [String] = []
        let all = try #require(FileManager.default.enumerator(atPath: scratch.folder))
        for case let name as String in all { found.append(name) }
        #expect(!found.contains { $0.hasSuffix("out") || $0.hasSuffix("catalog.toml") }, "\(found)")
        #expect(!FileManager.default.fileExists(atPath: "/tmp/leerwijzer-out"))
    }
}
