import Foundation
import TestSupport
import Testing

@testable import Ingest

@Suite("Files that take the places of others can go back")
struct ReplacementTests {
    /// What a file system can do.
    enum FileSystem: CaseIterable, Sendable {
        case exchanges, movesOnly
    }

    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        for name in ["a", "b"] {
            try scratch.write("new/" + name, "new")
            try scratch.write("old/" + name, "old")
        }
        try scratch.write("new/c", "new")
        try scratch.write("new/folder", "new")
        try scratch.write("old/folder/own", "old")
    }

    private func replacement(_ system: FileSystem) -> Replacement {
        switch system {
        case .exchanges: Replacement(aside: scratch.path("aside"))
        case .movesOnly: Replacement(aside: scratch.path("aside")) { _, _ in ENOSYS }
        }
    }

    private func put(_ names: [String], _ replacement: inout Replacement) throws {
        for name in names {
            try replacement.put(scratch.path("new/" + name), at: scratch.path("old/" + name))
        }
    }

    /// The text of a file; `nil` when it is not there.
    private func text(_ name: String) -> String? {
        try? String(contentsOfFile: scratch.path(name), encoding: .utf8)
    }

    @Test("what was in a place lies where the new thing was", arguments: FileSystem.allCases)
    func places(system: FileSystem) throws {
        var replacement = replacement(system)
        try put(["a", "b", "c"], &replacement)
        try replacement.sync()
        for name in ["a", "b"] {
            #expect(text("old/" + name) == "new")
            #expect(text("new/" + name) == "old")
        }
        #expect(text("old/c") == "new")
        #expect(text("new/c") == nil)
        #expect(text("aside") == nil)
    }

    @Test(
        "a folder does not go for a file, and what went before is undone",
        arguments: FileSystem.allCases)
    func undo(system: FileSystem) throws {
        var replacement = replacement(system)
        try put(["a", "b", "c"], &replacement)
        var failure: (any Error)?
        do { try put(["folder"], &replacement) } catch { failure = error }
        guard case .cannotWrite(let path, _)? = failure as? BackUpError else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(path == scratch.path("old/folder"))
        let fault = replacement.undo()
        #expect(fault == nil)
        for name in ["a", "b"] {
            #expect(text("old/" + name) == "old")
            #expect(text("new/" + name) == "new")
        }
        #expect(text("old/c") == nil)
        #expect(text("old/folder/own") == "old")
    }

    @Test("a move that fails leaves both where they were")
    func failedMove() throws {
        // Nothing can be moved to a path below a file.
        var replacement = Replacement(aside: scratch.path("new/a/aside")) { _, _ in ENOSYS }
        #expect(throws: BackUpError.self) { try put(["b"], &replacement) }
        let fault = replacement.undo()
        #expect(fault == nil)
        #expect(text("old/b") == "old")
        #expect(text("new/b") == "new")
    }

    @Test("what cannot be undone is told", arguments: FileSystem.allCases)
    func lost(system: FileSystem) throws {
        var replacement = replacement(system)
        try put(["a"], &replacement)
        try FileManager.default.removeItem(atPath: scratch.path("new"))
        let fault = replacement.undo()
        #expect(fault?.contains("/a: ") == true)
    }
}
