import CourseModel
import Foundation
import Storage
import TestSupport
import Testing

@testable import Ingest

@Suite("A back-up’s archive gives back what was put in, or says that it cannot")
struct ArchiveTests {
    @Test("names, permissions and bytes come back; a file that is gone does not count")
    func roundTrip() throws {
        let scratch = try Scratch()
        let bytes = (0..<3000).map { UInt8(truncatingIfNeeded: $0) }
        let file = try scratch.write("file", Data(bytes))
        #expect(chmod(file, 0o640) == 0)
        let long = String(repeating: "lang/", count: 30) + "twee\nregels=1"
        let path = scratch.path("archive.tar.gz")
        let gzip = try GzipFile(writing: path)
        var writer = TarWriter(gzip)
        try writer.write("folder", folder: scratch.folder)
        try writer.write(long, file: file)
        try writer.write("gone", file: scratch.path("none"))
        try writer.write("note", text: "tekst")
        try writer.finish()
        try gzip.finish()
        #expect(writer.files == 1)
        #expect(writer.bytes == bytes.count)

        var reader = TarReader(try GzipFile(reading: path), path: path)
        let first = try reader.next()
        let folder = try #require(first)
        #expect(folder.isFolder && folder.name == "folder" && folder.mode == 0o755)
        let second = try reader.next()
        let entry = try #require(second)
        #expect(!entry.isFolder && entry.name == long && entry.mode == 0o640)
        let content = try reader.read()
        #expect(content == bytes)
        let third = try reader.next()
        #expect(third?.name == "note")
        let fourth = try reader.next()
        #expect(fourth?.name == nil)
    }

    @Test("a link that leads to nothing is not taken for a file that is gone")
    func link() throws {
        let scratch = try Scratch()
        let link = scratch.path("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "none")
        var writer = TarWriter(try GzipFile(writing: scratch.path("archive.tar.gz")))
        var failure: BackUpError?
        do { try writer.write("link", file: link) } catch { failure = error }
        #expect(failure?.description.contains(link) == true)
    }

    @Test(
        "an archive whose end is missing, or says other numbers, is refused",
        arguments: [nil, 2] as [Int?])
    func end(files: Int?) throws {
        let scratch = try Scratch()
        var backUp = BackUp(
            generation: Generation(1), present: RecordCount(), made: Moment(secondsSince1970: 0))
        let path = scratch.path("archive.tar.gz")
        let gzip = try GzipFile(writing: path)
        var writer = TarWriter(gzip)
        try writer.write(BackUp.label, text: backUp.labelText)
        try writer.write("file", file: try scratch.write("file", "x"))
        if let files {
            backUp.files = files
            backUp.bytes = 1
            try writer.write(BackUp.end, text: backUp.endText)
        }
        try writer.finish()
        try gzip.finish()
        var failure: (any Error)?
        do {
            _ = try Restoration(of: path, into: scratch.path("other")).run(replacing: false)
        } catch {
            failure = error
        }
        guard case .damaged(let damaged, let reason)? = failure as? BackUpError else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(damaged == path)
        #expect(reason.contains(files == nil ? "end" : "1 files of 1 bytes, not 2"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("other/file")))
    }
}
