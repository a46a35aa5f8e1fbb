import CourseModel
import Settings
import Text

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A folder that holds a partnership's catalogue: settings, feeds, data, and what is made of them.
public struct Workspace: Sendable {
    /// The folder.
    public let folder: String
    /// What its `catalog.toml` says.
    public let configuration: CatalogConfiguration
    /// Where its store is.
    public let store: StoreAddress

    /// Opens the workspace in a folder.
    ///
    /// A folder without `catalog.toml` is a workspace without partners, so that a feed can be tried
    /// without writing settings first.
    ///
    /// - Parameter store: Where its store is; else `LEERWIJZER_STORE` says so, or `store` in
    ///   `catalog.toml`, and when none does it is the file.
    /// - Throws: ``WorkspaceError`` when the folder is not there, cannot be read, or its settings
    ///   are faulty.
    public init(folder: String, store: StoreAddress? = nil) throws(WorkspaceError) {
        self.folder = folder
        var status = stat()
        guard stat(folder, &status) == 0 else { throw .missing(folder) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .notAFolder(folder) }
        let settings = folder + "/catalog.toml"
        if access(settings, F_OK) == 0 {
            let text = try Self.read(settings)
            do { configuration = try CatalogConfiguration(toml: text, file: settings) } catch {
                throw .faulty(error)
            }
        } else {
            configuration = CatalogConfiguration()
        }
        if let store {
            self.store = store
        } else if let named = Self.variable("LEERWIJZER_STORE") {
            do { self.store = try StoreAddress(named) } catch {
                throw .faultyStore(variable: "LEERWIJZER_STORE", error)
            }
        } else {
            self.store = configuration.store ?? .file
        }
    }

    /// What a variable of the environment says; `nil` when it is empty, too.
    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// The workspace as it would be with other settings; its store stays where it is.
    package init(_ workspace: Workspace, configuration: CatalogConfiguration) {
        folder = workspace.folder
        self.configuration = configuration
        store = workspace.store
    }

    /// The folder to use: the one that is named, else `LEERWIJZER_CATALOG`, else `./catalog`.
    public static func locate(named folder: String?) -> String {
        if let folder { return folder }
        return variable("LEERWIJZER_CATALOG") ?? "catalog"
    }

    /// What the program makes: the store and the index; can be thrown away only with the store.
    public var stateFolder: String { folder + "/.leerwijzer" }
    /// The store of everything that is known, when it is a file.
    public var storeFile: String { stateFolder + "/catalog.sqlite" }
    /// What is made of the store, and can be made again.
    var madeFolder: String { stateFolder + store.madeFolder }
    /// Where it is written of which shared store the index is.
    var storeIdentityFile: String { madeFolder + "/store" }
    /// The search index, one folder a generation.
    public var indexFolder: String { madeFolder + "/index" }
    /// The gazetteer.
    public var placesFolder: String { dataFolder("places") }
    /// Skills and occupations.
    public var skillsFolder: String { dataFolder("skills") }

    /// Words that mean the same in this partnership; may be left out.
    public var synonymsFile: String { folder + "/synonyms.txt" }

    /// Where a source's feed is: an address as it stands, a relative path from the workspace.
    public func location(of source: Source) -> String {
        source.location.contains("://") || source.location.hasPrefix("/")
            ? source.location : folder + "/" + source.location
    }

    /// The text of a file at the top of the workspace; `nil` when it is not there.
    ///
    /// - Throws: ``WorkspaceError/unreadable(_:reason:)``.
    public func text(of file: String) throws(WorkspaceError) -> String? {
        let path = folder + "/" + file
        return access(path, F_OK) == 0 ? try Self.read(path) : nil
    }

    /// A workspace without data of its own uses that of the checkout or installation.
    private func dataFolder(_ name: String) -> String {
        let own = folder + "/" + name
        if access(own, F_OK) == 0 { return own }
        if let shared = Self.variable("LEERWIJZER_DATA") { return shared + "/" + name }
        let fallback = "catalog/" + name
        return access(fallback, F_OK) == 0 ? fallback : own
    }

    /// The words that mean the same: the standard ones, and those of ``synonymsFile``.
    ///
    /// - Throws: `SettingsFaults` with each faulty line; ``WorkspaceError`` when it cannot be read.
    public func synonyms() throws -> Synonyms {
        let file = synonymsFile
        guard access(file, F_OK) == 0 else { return .standard }
        do {
            return Synonyms.standard.adding(try Synonyms(parsing: try Self.read(file)))
        } catch let error as SynonymFaults {
            throw SettingsFaults(
                error.faults.map {
                    SettingsFault(file: file, line: $0.line, field: "", message: $0.message)
                })
        }
    }

    /// Reads a text file of at most 16 MiB.
    package static func read(_ path: String) throws(WorkspaceError) -> String {
        guard let file = fopen(path, "rb") else {
            throw .unreadable(path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= 16 << 20 else {
                throw .unreadable(path, reason: "it is larger than 16 MiB")
            }
            if count < chunk.count { break }
        }
        guard ferror(file) == 0 else {
            throw .unreadable(path, reason: String(cString: strerror(errno)))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .unreadable(path, reason: "it is not UTF-8 text")
        }
        return text
    }
}

/// Why a workspace cannot be used.
public enum WorkspaceError: Error, Sendable, CustomStringConvertible {
    /// There is no such folder.
    case missing(String)
    /// It is a file.
    case notAFolder(String)
    /// A file in it cannot be read.
    case unreadable(String, reason: String)
    /// Its settings are faulty.
    case faulty(SettingsFaults)
    /// A variable of the environment gives a faulty address of the store.
    case faultyStore(variable: String, StoreAddressFault)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .missing(let folder):
            "there is no catalogue in “\(folder)”; run this where a folder “catalog” is, "
                + "or name one with --catalog"
        case .notAFolder(let path): "“\(path)” is a file; --catalog takes a folder"
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .faulty(let faults): faults.description
        case .faultyStore(let variable, let fault): "\(variable): \(fault)"
        }
    }
}
