import CourseModel
import Glibc
import SearchIndex
import Storage

/// The indexes of a workspace: one folder a generation, and a note of which one is current.
public struct IndexLibrary: Sendable {
    private let folder: String

    /// The indexes in a folder, which need not be there yet.
    public init(folder: String) { self.folder = folder }

    /// The generation of the current index; `nil` when there is none.
    public var current: Generation? {
        var buffer = [CChar](repeating: 0, count: 64)
        let length = readlink(folder + "/current", &buffer, buffer.count)
        guard length > 1 else { return nil }
        let name = String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return Int(name.dropFirst()).map { Generation($0) }
    }

    /// Opens the current index.
    ///
    /// - Throws: ``IndexError``; every case but `system` means that it must be built again.
    public func open() throws(IndexError) -> IndexReader {
        guard let current else { throw .missing(path: folder) }
        return try IndexReader(folder: path(of: current))
    }

    /// The folder of the current index; `nil` when there is none.
    var currentPath: String? { current.map { path(of: $0) } }

    /// The folder of a generation's index.
    func path(of generation: Generation) -> String { folder + "/" + Self.name(generation) }

    /// Makes a generation's index the current one and removes the others.
    ///
    /// Readers that hold an older one keep it: the system keeps removed files while they are mapped.
    func publish(_ generation: Generation) throws(IngestError) {
        let link = folder + "/current"
        let fresh = link + ".new"
        Folder.remove(fresh)
        // A copy of the folder that followed links has a folder there, which no link can replace.
        if current == nil { Folder.remove(link) }
        guard symlink(Self.name(generation), fresh) == 0, rename(fresh, link) == 0 else {
            throw .cannotWrite(path: link, reason: String(cString: strerror(errno)))
        }
        for name in Folder.names(in: folder) ?? []
        where name != "current" && name != Self.name(generation) {
            Folder.remove(folder + "/" + name)
        }
    }

    private static func name(_ generation: Generation) -> String { "g\(generation.number)" }
}
