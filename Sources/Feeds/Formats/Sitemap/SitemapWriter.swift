import CourseModel
import XMLStream

/// Writes a sitemap (sitemaps.org 0.9): the address of each course's page, with its last change.
///
/// A sitemap holds at most 50,000 addresses and 50 MB. What is more goes to files of its own,
/// `sitemap-0001.xml`, `sitemap-0002.xml`, …, and `sitemap.xml` becomes the index that names them.
public final class SitemapWriter: FeedWriter {
    private let destination: FeedDestination
    private let context: FeedContext
    private let limit: Int
    private let byteLimit: Int
    private var part = SpoolFile()
    private var addresses = 0
    private var parts: [String] = []
    private var isOpen = true
    /// The hashes of the addresses that were written.
    private var known: Set<UInt64> = []
    private var hosts: Set<String> = []
    private var lastHost = ""
    private var withoutPage = 0
    private var written = WrittenFeed()

    /// The name of the feed's file in a folder.
    public static var fileName: String { "sitemap.xml" }
    /// Only courses have pages.
    public static var holdsProviders: Bool { true }
    /// The format has an index of sitemaps.
    public static var splitting: FeedSplitting { .itself }

    /// What sitemaps.org allows in one file.
    static let mostAddresses = 50_000
    static let mostBytes = 52_428_800
    /// An address is shorter than 2,048 characters.
    private static let mostCharacters = 2_047

    private static let start = """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">

        """
    private static let end = "</urlset>\n"

    /// Opens a feed.
    public init(to destination: FeedDestination, context: FeedContext) throws {
        self.destination = destination
        self.context = context
        if case .folder(let path) = destination {
            do {
                try FeedOutput.makeFolder(path)
            } catch {
                throw FeedError(error, name: path)
            }
        }
        limit = min(max(1, context.packing.coursesPerFile ?? Int.max), Self.mostAddresses)
        byteLimit = min(context.packing.bytesPerFile ?? Int.max, Self.mostBytes)
    }

    /// Does nothing: a sitemap is of courses.
    public func write(_ provider: Provider) throws {}

    /// Writes the address of a course.
    public func write(_ record: CourseRecord) throws {
        try write(record, known: CatalogueFacts())
    }

    /// Writes the address of a course, dated by its last change.
    public func write(_ record: CourseRecord, known facts: CatalogueFacts) throws {
        guard let page = context.page(of: record.course), page.hasPrefix("http"),
            page.utf8.count <= Self.mostCharacters || page.count <= Self.mostCharacters
        else {
            withoutPage += 1
            return
        }
        guard known.insert(StableHash.of(page)).inserted else { return }
        var entry = "  <url>\n    <loc>"
        entry.reserveCapacity(page.utf8.count + 128)
        entry.append(escapedForHTML: page)
        entry += "</loc>\n"
        // The moment at which the feed was made says nothing of the page.
        if let time = facts.changed.flatMap({ UTCTime($0) })
            ?? record.course.provenance.lastEdited.flatMap({ UTCTime($0) })
        {
            entry += "    <lastmod>\(time.iso)</lastmod>\n"
        }
        entry += "  </url>\n"
        let frame = Self.start.utf8.count + Self.end.utf8.count
        let isFull = part.count + entry.utf8.count + frame > byteLimit
        if addresses == limit || isFull && addresses > 0 { try closePart() }
        try entry.withUTF8 { try part.append($0) }
        addresses += 1
        note(hostOf: page)
        written.count.courses += 1
    }

    private func note(hostOf page: String) {
        // Nearly all pages are of the host of the page before.
        let rest = page.utf8.drop { $0 != 47 }.drop { $0 == 47 }
        guard !rest.starts(with: lastHost.utf8) || rest.dropFirst(lastHost.utf8.count).first != 47
        else { return }
        lastHost = String(Substring(rest.prefix { $0 != 47 }))
        hosts.insert(lastHost)
    }

    /// Ends the sitemap and makes it visible, its parts first.
    public func finish() throws -> WrittenFeed {
        let output: FeedOutput
        if parts.isEmpty {
            output = try open(destination)
            try copy(to: output)
        } else {
            if addresses > 0 { try closePart() }
            output = try open(destination)
            try output.write(index())
        }
        try add(output)
        tellFaults(output.name)
        return written
    }

    private func closePart() throws {
        let number = parts.count + 1
        let place: FeedDestination
        switch destination {
        case .file(let path): place = .file(path: path.numbered(number))
        case .folder(let path): place = .file(path: path + "/" + Self.fileName.numbered(number))
        case .descriptor, .memory:
            throw FeedError.cannotWrite(
                name: "standard output",
                reason: "more than \(limit) addresses take several files, which need the name of a "
                    + "file or folder")
        }
        let output = try open(place)
        try copy(to: output)
        try add(output)
        parts.append(String(output.name.split(separator: "/").last ?? ""))
        part = SpoolFile()
        addresses = 0
    }

    private func open(_ place: FeedDestination) throws -> FeedOutput {
        try FeedOutput(to: place, file: Self.fileName, packing: context.packing)
    }

    private func copy(to output: FeedOutput) throws {
        try output.write(Self.start)
        try part.forEach { try output.write($0) }
        try output.write(Self.end)
    }

    private func add(_ output: FeedOutput) throws {
        try output.finish()
        written.files.append(output.name)
        written.byteCount += output.byteCount
        written.bytes = output.bytes
    }

    private func index() -> String {
        let entries = parts.map { name in
            "  <sitemap>\n    <loc>\("\(context.base)/\(name)".escapedForHTML)</loc>\n  </sitemap>\n"
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            \(entries.joined())</sitemapindex>

            """
    }

    private func tellFaults(_ file: String) {
        if withoutPage > 0 {
            written.diagnostics.append(
                Diagnostic(
                    .warning, .courseLeftOut, file: file,
                    message: "\(withoutPage) courses have no page of their own and were left out; "
                        + "with the address of the catalogue's pages they have one."))
        }
        if hosts.count > 1 {
            written.diagnostics.append(
                Diagnostic(
                    .warning, .sitemapOfSeveralHosts, file: file,
                    message: "The addresses are of \(hosts.count) hosts; search engines take only "
                        + "those of the host on which the sitemap stands, unless the others name "
                        + "it in their robots.txt."))
        }
        if !parts.isEmpty, context.base == FeedContext.noBase {
            written.diagnostics.append(
                Diagnostic(
                    .warning, .addressOfFeedUnknown, file: file,
                    message: "The index names its parts below “\(context.base)”; say where the "
                        + "files will stand."))
        }
    }
}

extension SitemapWriter {
    /// What the format cannot hold.
    public static var droppedFields: [DroppedField] {
        DroppedField.all(
            "course",
            [
                "aliases", "audiences", "codes", "contacts", "description", "duration", "expires",
                "funding", "image", "keywords", "kind", "languages", "level", "modes", "nativeID",
                "prerequisites", "qualifications", "requiredLevels", "sections", "skills",
                "statedKind", "studyLoad", "studyModes", "subjects", "summary", "title",
                "variantGroup",
            ],
            "a sitemap holds addresses")
            + DroppedField.all(
                "offering",
                [
                    "age", "applyURL", "assessmentLanguages", "capacity", "dayParts", "description",
                    "duration", "enrolment", "hoursPerWeek", "languages", "minimumParticipants",
                    "modes", "nativeID", "places", "placesLeft", "price", "provenance", "sections",
                    "sessions", "statedStart", "status", "studyModes", "timing", "title", "url",
                ],
                "offerings have no pages of their own")
            + DroppedField.all(
                "provider",
                [
                    "accreditations", "codes", "contacts", "description", "image", "location",
                    "name",
                    "nativeID", "provenance", "url",
                ],
                "only courses have pages")
    }
}
