import CourseModel
import Feeds
import Glibc

/// The documents behind a source's location: a file, standard input, or the files of a folder.
package enum FeedFiles {
    /// The documents to read, in order of path.
    ///
    /// In a folder they are the `.xml` files at its top, or when there are none the `.json`,
    /// `.jsonld` and `.csv` files; each may be compressed, with `.gz` behind its name. When one of them lists the others (an EDU-DEX directory), only that one is read, since it says
    /// which of its neighbours count.
    ///
    /// - Throws: ``FeedError`` and ``IngestError``.
    package static func inputs(
        at location: String, source: ID<Source>, currency: Currency?, today: CalendarDate
    ) throws -> [FeedInput] {
        if location == "-" {
            return [
                FeedInput(
                    .descriptor(STDIN_FILENO), name: "stdin", source: source, currency: currency,
                    today: today)
            ]
        }
        guard !location.contains("://") || location.hasPrefix("file://") else {
            throw IngestError.notFetched(address: location)
        }
        let path = location.hasPrefix("file://") ? String(location.dropFirst(7)) : location
        var status = stat()
        guard stat(path, &status) == 0 else { throw FeedError.notFound(path: path) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            return [FeedInput(path: path, source: source, currency: currency, today: today)]
        }
        let files = try names(in: path).map { path + "/" + $0 }
        guard !files.isEmpty else { throw IngestError.noFeedIn(folder: path) }
        let inputs = files.map {
            FeedInput(path: $0, source: source, currency: currency, today: today)
        }
        let directories = inputs.filter(\.listsOthers)
        return directories.isEmpty ? inputs : directories
    }

    private static func names(in folder: String) throws(FeedError) -> [String] {
        guard let names = Folder.names(in: folder) else {
            throw .unreadable(name: folder, reason: String(cString: strerror(errno)))
        }
        func ending(_ endings: [String]) -> [String] {
            names.filter { name in
                var lower = name.lowercased()
                if lower.hasSuffix(".gz") { lower.removeLast(3) }
                return !name.hasPrefix(".") && endings.contains { lower.hasSuffix($0) }
            }
        }
        let xml = ending([".xml"])
        return xml.isEmpty ? ending([".json", ".jsonld", ".csv"]) : xml
    }
}

extension FeedInput {
    /// Whether the document lists other documents: the root elements of EDU-DEX and HODEX say so.
    ///
    /// A file whose opening cannot be read is no list; what is wrong with it is told when it is read.
    package var listsOthers: Bool {
        guard let root = try? FeedOpening(of: self).root else { return false }
        return root.localName.lowercased().hasSuffix("directory")
    }
}
