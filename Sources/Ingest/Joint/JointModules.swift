import CourseModel
import Settings

/// The joint modules that a catalogue defines, in the `.toml` files of its folder `joint`.
public struct JointModules: Sendable {
    /// The modules, in the order of the files.
    public let modules: [JointModule]
    /// The text of each file, by its name from the catalogue's folder.
    let texts: [(file: String, text: String)]

    /// The folder that they stand in.
    static let folder = "joint"

    /// Reads what a workspace defines; nothing without a folder.
    ///
    /// - Throws: `SettingsFaults` with the faults of all files, ``WorkspaceError``.
    public init(_ workspace: Workspace) throws {
        var modules: [JointModule] = []
        var texts: [(String, String)] = []
        var faults: [SettingsFault] = []
        for name in Folder.names(in: workspace.folder + "/" + Self.folder) ?? []
        where name.hasSuffix(".toml") && !name.hasPrefix(".") {
            let file = Self.folder + "/" + name
            guard let text = try workspace.text(of: file) else { continue }
            texts.append((file, text))
            do {
                let table = try SettingsTable.read(toml: text, file: workspace.folder + "/" + file)
                for entry in table.tables("module") {
                    let module = JointModule(entry, file: file, known: modules.map(\.id))
                    if let module { modules.append(module) }
                }
                try table.finish()
            } catch let found as SettingsFaults {
                faults += found.faults
            } catch let fault as SettingsFault {
                faults.append(fault)
            }
        }
        if !faults.isEmpty { throw SettingsFaults(faults) }
        self.modules = modules
        self.texts = texts
    }

    /// The definition of a course; `nil` when it is no joint module.
    public func module(_ course: ID<Course>) -> JointModule? {
        modules.first { $0.course == course }
    }

    /// The joint modules that a course is a part of.
    public func modules(with part: ID<Course>) -> [JointModule] {
        modules.filter { $0.parts.contains(part) }
    }

    /// Who offers each module together, by its course.
    public func owners(_ configuration: CatalogConfiguration) -> [ID<Course>: [ID<Partner>]] {
        Dictionary(modules.map { ($0.course, JointMaking.owners(of: $0, configuration)) }) { $1 }
    }

    /// The bytes of a module's definition, as they stand in its file.
    func original(of module: JointModule) -> [UInt8] {
        guard let text = texts.first(where: { $0.file == module.file })?.text else { return [] }
        guard let line = module.line else { return Array(text.utf8) }
        let next = modules.filter { $0.file == module.file }.compactMap(\.line)
            .filter { $0 > line }.min()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let end = min(next.map { $0 - 1 } ?? lines.count, lines.count)
        guard line - 1 < end else { return Array(text.utf8) }
        return Array(lines[(line - 1)..<end].joined(separator: "\n").utf8)
    }
}
