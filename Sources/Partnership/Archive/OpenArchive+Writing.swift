import Answers
import CourseModel
import Glibc
import Ingest
import Storage

extension OpenArchive {
    /// Writes an archive to a file, which appears whole, and reads it again to check it.
    ///
    /// - Parameter id: The source; the whole catalogue without one.
    /// - Throws: ``Departure/Refusal/unknown(_:)``, `BackUpError`, `FeedError`, `StoreError`.
    public static func write(
        _ id: ID<Source>?, of catalogue: Catalogue, now: Moment, to path: String
    ) throws -> OpenArchive {
        let scratch = path + ".parts"
        Folder.remove(scratch)
        // Beside the file, so that it takes its place in one step; nobody else looks in meanwhile.
        guard mkdir(scratch, 0o700) == 0 else {
            throw BackUpError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        defer { Folder.remove(scratch) }
        let fresh = scratch + "/archive"
        let archive = try catalogue.store().snapshot { snapshot in
            let statuses: [SourceStatus]
            if let id {
                guard let status = try snapshot.source(id) else {
                    throw Departure.Refusal.unknown(id)
                }
                statuses = [status]
            } else {
                statuses = try snapshot.sources()
            }
            return try write(
                statuses, in: snapshot, isWhole: id == nil, of: catalogue.workspace, now: now,
                to: fresh, scratch: scratch)
        }
        try ArchiveContents(reading: fresh).check(against: archive)
        guard rename(fresh, path) == 0 else {
            throw BackUpError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        return archive
    }

    private static func write(
        _ statuses: [SourceStatus], in snapshot: any CatalogueSnapshot, isWhole: Bool,
        of workspace: Workspace, now: Moment, to path: String, scratch: String
    ) throws -> OpenArchive {
        let configuration = workspace.configuration
        var archive = OpenArchive(
            format: currentFormat, catalogue: configuration.name.text(),
            generation: snapshot.generation.number, made: now.iso, isWhole: isWhole,
            partners: configuration.partners.filter { partner in
                isWhole || statuses.contains { $0.source.partner == partner.id }
            },
            sources: [], counts: Counts())
        let sources = try statuses.map { status in
            let own = scratch + "/" + status.source.id.value
            try Folder.make(own)
            return ArchivedSource(status, in: snapshot, scratch: own, made: archive.made)
        }
        for source in sources {
            let entry = try source.entry()
            archive.sources.append(entry)
            archive.counts += entry.counts
        }
        var file = try ArchiveWriter(path, scratch: scratch)
        try file.write(label, Array((try JSONOutput.line(archive) + "\n").utf8))
        try file.write("README.txt", Array(help.utf8))
        if isWhole {
            for name in try WorkspaceFiles(of: workspace, for: path).files
            where !isPersonal(name) {
                try file.write(
                    catalogueFolder + "/" + name, file: workspace.folder + "/" + name)
            }
        }
        for source in sources { try source.write(to: &file) }
        try file.finish()
        return archive
    }

    /// Whether a file of the catalogue's folder belongs to a learner or to this machine.
    private static func isPersonal(_ name: String) -> Bool {
        let folder = name.prefix { $0 != "/" }
        return folder.hasPrefix(".") || ["alerts", "profiles"].contains(folder)
    }
}
