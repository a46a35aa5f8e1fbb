import Glibc
import Ingest

/// The alerts of a workspace: `alerts/NAME.toml`, and what is remembered of each.
public struct AlertFolder: Sendable {
    private let workspace: Workspace

    /// The alerts of a workspace.
    public init(_ workspace: Workspace) { self.workspace = workspace }

    /// Where the alerts are.
    public var path: String { workspace.folder + "/alerts" }
    /// Where it is remembered what they told.
    var stateFolder: String { workspace.stateFolder + "/alerts" }

    /// The file of an alert.
    func path(of name: String) -> String { path + "/\(name).toml" }

    /// The names of the alerts, sorted; none when there is no folder.
    ///
    /// - Throws: ``AlertError/unreadable(path:reason:)``.
    public func names() throws(AlertError) -> [String] {
        try names(in: path, ending: ".toml")
    }

    private func names(in folder: String, ending: String) throws(AlertError) -> [String] {
        guard let names = Folder.names(in: folder) else {
            guard errno == ENOENT else {
                throw .unreadable(path: folder, reason: String(cString: strerror(errno)))
            }
            return []
        }
        return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }
            .map { String($0.dropLast(ending.count)) }
    }

    /// The alert of a name.
    ///
    /// - Throws: `SettingsFaults`; `WorkspaceError` when its file cannot be read.
    public func alert(_ name: String) throws -> Alert {
        try Alert.read(try Workspace.read(path(of: name)), name: name, in: workspace)
    }

    /// What is remembered of an alert.
    ///
    /// - Throws: ``AlertError/unreadable(path:reason:)``: an alert of which it is not known what it
    ///   told must not tell everything again.
    public func state(of name: String) throws -> AlertState {
        try AlertState.read(stateFile(of: name))
    }

    /// Remembers what an alert told, readable by its owner only.
    func save(_ state: AlertState, of name: String) throws {
        try Folder.make(stateFolder)
        try AtomicFile.write(try state.text(), to: stateFile(of: name), mode: 0o600)
    }

    /// Forgets what alerts told that are there no more.
    func forget(except names: [String]) throws(AlertError) {
        let left = try self.names(in: stateFolder, ending: ".json")
        for name in left where !names.contains(name) {
            unlink(stateFile(of: name))
            unlink(stateFolder + "/\(name).atom")
        }
    }

    private func stateFile(of name: String) -> String { stateFolder + "/\(name).json" }

    /// Holds the folder for this process until what is returned goes; `nil` when another has it.
    func lock() throws -> FolderLock? {
        try Folder.make(stateFolder)
        return FolderLock(path: stateFolder + "/lock", waits: false)
    }
}
