import CourseModel
import Glibc
import SQLiteStorage
import Settings
import Storage

/// What a back-up holds.
public struct BackUp: Hashable, Sendable {
    /// The generation of the catalogue.
    public var generation: Generation
    /// How many courses and offerings are offered.
    public var present: RecordCount
    /// How many files there are.
    public var files: Int
    /// How many bytes they have together.
    public var bytes: Int
    /// When it was made.
    public var made: Moment

    /// The version of its layout.
    private static let format = 1
    /// The first file of the archive, which says what follows.
    static let label = "leerwijzer-backup.toml"

    /// The label.
    var toml: String {
        """
        # A back-up of a catalogue. Put it back with: leerwijzer restore FILE
        format = \(Self.format)
        generation = \(generation)
        courses = \(present.courses)
        offerings = \(present.offerings)
        files = \(files)
        bytes = \(bytes)
        made = "\(made)"

        """
    }

    init(generation: Generation, present: RecordCount, files: Int, bytes: Int, made: Moment) {
        self.generation = generation
        self.present = present
        self.files = files
        self.bytes = bytes
        self.made = made
    }

    /// Reads the label.
    init(toml text: String, path: String) throws {
        let table: SettingsTable
        do { table = try SettingsTable.read(toml: text, file: Self.label) } catch {
            throw BackUpError.noBackUp(path: path, reason: error.description)
        }
        guard let format = table.integer("format", in: 1...Int.max) else {
            throw BackUpError.noBackUp(path: path, reason: "its label has no format")
        }
        guard format <= Self.format else { throw BackUpError.newer(path: path) }
        func number(_ name: String) throws -> Int {
            guard let number = table.integer(name, in: 0...Int.max) else {
                throw BackUpError.noBackUp(path: path, reason: "its label has no \(name)")
            }
            return number
        }
        generation = Generation(try number("generation"))
        present = RecordCount(
            courses: try number("courses"), offerings: try number("offerings"))
        files = try number("files")
        bytes = try number("bytes")
        made =
            table.string("made").flatMap { CalendarDate(iso: String($0.prefix(10))) }
            .map { Moment($0) } ?? Moment(secondsSince1970: 0)
    }
}

extension Catalogue {
    /// Keeps the catalogue in one file: the store as it is at one moment, whatever is ingested or
    /// served meanwhile, and everything else in the folder but what can be made again.
    ///
    /// The copy of the store is checked, and the file appears whole.
    ///
    /// - Throws: ``BackUpError``; `StoreError`.
    public func backUp(to path: String) throws -> BackUp {
        guard hasStore else { throw BackUpError.nothingToKeep(folder: workspace.folder) }
        let copy = path + ".store"
        let part = path + ".part"
        unlink(copy)
        defer {
            unlink(copy)
            unlink(part)
        }
        // Opened once, so that an older store is brought up to date first.
        _ = try store()
        try SQLiteStore.copy(workspace.storeFile, to: copy)
        let kept = try SQLiteStore(path: copy, options: .init(isWritable: false))
        let faults = try kept.verify()
        guard faults.isEmpty else {
            throw BackUpError.damaged(
                path: workspace.storeFile, reason: faults.prefix(3).joined(separator: "; "))
        }
        let (generation, present) = try kept.snapshot { snapshot in
            (
                snapshot.generation,
                try snapshot.sources().reduce(into: RecordCount()) { $0 += $1.present }
            )
        }
        var names: [String] = []
        try Self.files(in: workspace.folder, "", depth: 0, &names)
        var backUp = BackUp(
            generation: generation, present: present, files: names.count + 1, bytes: 0,
            made: now)
        for name in names {
            var status = stat()
            guard stat(workspace.folder + "/" + name, &status) == 0 else { continue }
            backUp.bytes += Int(status.st_size)
        }
        var status = stat()
        if stat(copy, &status) == 0 { backUp.bytes += Int(status.st_size) }
        let file = try GzipFile(writing: part)
        let archive = TarWriter(file)
        try archive.write(BackUp.label, Array(backUp.toml.utf8))
        for name in names { try archive.write(name, file: workspace.folder + "/" + name) }
        try archive.write(Self.storeName, file: copy)
        try archive.finish()
        try file.finish()
        try Self.sync(part)
        guard rename(part, path) == 0 else {
            throw BackUpError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        return backUp
    }

    /// Where the store is in a workspace, and in an archive of it.
    static let storeName = ".leerwijzer/catalog.sqlite"

    /// What is not kept: what is made again, and what belongs to a running process.
    private static func isLeft(_ name: String) -> Bool {
        let state = ".leerwijzer/"
        guard name.hasPrefix(state) else { return name.hasPrefix(Restoration.stage) }
        let rest = name.dropFirst(state.count)
        return rest == "index" || rest == "writing" || rest.hasPrefix("catalog.sqlite")
    }

    /// The files of the workspace, links followed.
    private static func files(
        in folder: String, _ start: String, depth: Int, _ found: inout [String]
    ) throws(BackUpError) {
        guard depth < 16 else {
            throw .cannotRead(path: folder + "/" + start, reason: "folders go too deep")
        }
        let path = start.isEmpty ? folder : folder + "/" + start
        guard let names = Folder.names(in: path) else {
            throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        for name in names.map({ start.isEmpty ? $0 : start + "/" + $0 }) where !isLeft(name) {
            var status = stat()
            guard stat(folder + "/" + name, &status) == 0 else {
                // Gone meanwhile, as files that are being written are.
                continue
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: try files(in: folder, name, depth: depth + 1, &found)
            case S_IFREG: found.append(name)
            default: continue
            }
        }
    }

    /// Makes sure that a file is on the disk.
    static func sync(_ path: String) throws(BackUpError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
