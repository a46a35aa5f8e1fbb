import Foundation
import Synchronization

/// A folder for one test, removed with the value; one that a static holds is removed at the end of
/// the process, when nothing else would.
public final class Scratch: Sendable {
    /// The folder.
    public let folder: String

    /// Makes a fresh folder that every user can enter.
    public init() throws {
        folder = NSTemporaryDirectory() + "leerwijzer-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755])
        Self.kept.withLock { _ = $0.insert(folder) }
    }

    deinit { Self.remove(folder) }

    private static let kept: Mutex<Set<String>> = {
        atexit { for folder in Scratch.kept.withLock({ $0 }) { Scratch.remove(folder) } }
        return Mutex([])
    }()

    private static func remove(_ folder: String) {
        try? FileManager.default.removeItem(atPath: folder)
        kept.withLock { _ = $0.remove(folder) }
    }

    /// A path in the folder.
    public func path(_ name: String) -> String { folder + "/" + name }

    /// Writes a file, with the folders above it.
    @discardableResult
    public func write(_ name: String, _ text: String) throws -> String {
        try write(name, Data(text.utf8))
    }

    /// Writes a file of bytes, with the folders above it.
    @discardableResult
    public func write(_ name: String, _ bytes: Data) throws -> String {
        let file = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
        return file.path
    }
}
