import Answers
import ArgumentParser
import CourseModel
import Feeds
import Glibc
import Ingest
import Matching
import Storage

struct PublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Write the catalogue, or a part of it, as a feed; or a feed in another format.",
        discussion: """
            Takes the same filters as search. What is past is left out unless --all is given. The \
            same catalogue on the same day gives the same bytes.

            leerwijzer publish --as xcri-cap --out feed.xml
            leerwijzer publish --as edudex --region Utrecht --out utrecht/
            leerwijzer publish --as xcri-cap --since 2026-11-01 --out changes.xml
            leerwijzer publish --as sitemap --page 'https://gids.example/courses/{id}'
            leerwijzer publish --as csv --split 5000 --gzip --out courses.csv
            leerwijzer publish --as xcri-cap --split 10MB --out feed.xml
            leerwijzer publish --from school.xml --as loq --out school-loq.xml
            """)

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "The format: "
                + Feeds.allFormats.filter { $0.writer != nil }.map { $0.name }
                .joined(separator: ", ") + ".", valueName: "format"))
    var target: String

    @Option(
        help: ArgumentHelp(
            "A file, or for formats of several files a folder ending in / (default: standard "
                + "output).", valueName: "path"))
    var out: String?

    @Flag(
        help: ArgumentHelp(
            "Compress with gzip, without a time stamp; a file whose name ends in .gz always is."))
    var gzip = false

    @Option(
        help: ArgumentHelp(
            "Write several files with at most so many courses (5000), or bytes before compression "
                + "(10MB), each: feed-0001.xml, feed-0002.xml, …", valueName: "courses|bytes"),
        transform: { text in
            guard let split = Split(text) else {
                throw ValidationError(
                    "“\(text)” is neither a number of courses such as 5000 nor a size such as "
                        + "500kB, 10MB or 1GB")
            }
            return split
        })
    var split: Split?

    @Option(
        help: ArgumentHelp(
            "The address below which the files will stand, for formats whose files name each other.",
            valueName: "address"))
    var base: String?

    @Option(
        help: ArgumentHelp(
            "The address of a course's page in the catalogue, with {id} for its id (default: the "
                + "provider's own page).", valueName: "address"))
    var page: String?

    @Option(
        help: ArgumentHelp(
            "Only courses that changed after this generation, or since this day.",
            valueName: "generation|day"),
        transform: { text in
            if let number = Int(text), number >= 0 { return .generation(Generation(number)) }
            if let day = CalendarDate(iso: text) { return .day(day) }
            throw ValidationError(
                "“\(text)” is neither the number of a generation nor a day such as 2026-11-01")
        })
    var since: Since?

    @Option(
        help: ArgumentHelp(
            "Write this feed (a file, a folder, or - for standard input) in the other format, "
                + "without a catalogue.", valueName: "feed"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            "The format of the feed of --from, when it is not recognised.", valueName: "format"))
    var fromFormat: String?

    @Argument(help: ArgumentHelp("Only what these words find.", valueName: "word"))
    var words: [String] = []
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup var workspace: WorkspaceOptions

    /// From where on changes count.
    enum Since {
        case generation(Generation)
        case day(CalendarDate)
    }

    /// How large a file may become.
    enum Split {
        case courses(Int)
        case bytes(Int)

        /// `5000`, `500kB`, `10MB`, `1GB`; units are thousands.
        init?(_ text: String) {
            let digits = text.prefix { $0.isASCII && $0.isNumber }
            guard let number = Int(digits), number > 0 else { return nil }
            let units = ["b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000]
            let unit = text.dropFirst(digits.count).lowercased()
            if unit.isEmpty {
                self = .courses(number)
            } else {
                guard let factor = units[unit] else { return nil }
                let (bytes, isTooMuch) = number.multipliedReportingOverflow(by: factor)
                guard !isTooMuch else { return nil }
                self = .bytes(bytes)
            }
        }

        var courses: Int? { if case .courses(let number) = self { number } else { nil } }
        var bytes: Int? { if case .bytes(let number) = self { number } else { nil } }
    }

    func validate() throws {
        guard from != nil || fromFormat == nil else {
            throw ValidationError("--from-format says what the feed of --from is in; add --from")
        }
        guard from == nil || (words.isEmpty && filters.isEmpty && since == nil) else {
            throw ValidationError(
                "--from writes a whole feed; to filter it, or to write what changed, ingest it and "
                    + "publish without --from")
        }
        if let page, !page.contains("{id}") {
            throw ValidationError("--page has no {id}, so all courses would have the same page")
        }
        for address in [base, page].compactMap({ $0 })
        where !address.hasPrefix("https://") && !address.hasPrefix("http://") {
            throw ValidationError("“\(address)” is no web address; it begins with https://")
        }
    }

    func run() throws {
        let known = Feeds.allFormats.filter { $0.writer != nil }
        guard let format = known.first(where: { $0.name == target }), let writer = format.writer
        else {
            throw Failure(
                .usage,
                "“\(target)” is not a format that can be written; choose from "
                    + known.map { $0.name }.joined(separator: ", "))
        }
        try checkSplit()
        if let from {
            try convert(from, to: writer)
        } else {
            try publish(as: format, writer)
        }
    }

    private func checkSplit() throws {
        if split != nil, out == nil {
            throw Failure(.usage, "--split writes several files; say where with --out")
        }
    }

    /// What the feed says about itself.
    private func context(title: String, language: LanguageTag? = nil) -> FeedContext {
        var context = FeedContext(
            title: title, generated: workspace.day.iso + "T00:00:00Z", language: language,
            page: page,
            packing: FeedPacking(
                isCompressed: gzip, coursesPerFile: split?.courses, bytesPerFile: split?.bytes))
        if let base { context.base = base.hasSuffix("/") ? String(base.dropLast()) : base }
        return context
    }

    private func publish(as format: any CatalogueFormat.Type, _ writer: any FeedWriter.Type) throws
    {
        let catalogue = try workspace.open()
        let index = try catalogue.checkedIndex()
        let asked = try filters.filters(words: words)
        let selection: Publication.Selection
        if filters.isEmpty, words.isEmpty {
            selection = .everything(includingPast: filters.all)
        } else {
            let reader = FilterReader(
                gazetteer: try catalogue.gazetteer(), skills: try catalogue.skills(), index: index,
                synonyms: try catalogue.synonyms(), today: workspace.day)
            selection = .matching(try reader.query(asked).query)
        }
        let configuration = catalogue.workspace.configuration
        let context = context(
            title: configuration.name.text(in: configuration.languages) ?? "Leerwijzer",
            language: configuration.languages.first)
        try catalogue.store().snapshot { snapshot in
            let start = try generation(in: snapshot)
            var gone = RecordCount()
            let publication = Publication(
                index: index, today: workspace.day,
                shown: try ShownCourses(catalogue.workspace, in: snapshot))
            let written = try publication.write(
                selection, since: start, from: snapshot, as: writer, to: destination,
                context: context
            ) { removal in
                switch removal {
                case .course(let id):
                    gone.courses += 1
                    Console.complain(workspace.language(nl: "weg: ", en: "gone: ") + id.value)
                case .offering(let id):
                    gone.offerings += 1
                    Console.complain(workspace.language(nl: "weg: ", en: "gone: ") + id.value)
                }
            }
            tell(written)
            if let start { tell(gone, since: start, now: snapshot.generation, format) }
        }
    }

    /// The generation after which changes count.
    private func generation(in snapshot: any CatalogueSnapshot) throws -> Generation? {
        switch since {
        case nil: return nil
        case .day(let day): return try snapshot.lastGeneration(before: day)
        case .generation(let generation):
            guard generation <= snapshot.generation else {
                throw Failure(
                    .usage,
                    "the catalogue is at generation \(snapshot.generation); there is no "
                        + "generation \(generation) yet")
            }
            return generation
        }
    }

    /// Says what changes a feed cannot say by itself: no format that is written here has a mark
    /// that it holds changes only, and few have deletions.
    private func tell(
        _ gone: RecordCount, since start: Generation, now: Generation,
        _ format: any CatalogueFormat.Type
    ) {
        let language = workspace.language
        Console.complain(
            language(
                nl: "wijzigingen na generatie \(start), tot en met \(now); een volgende keer: "
                    + "--since \(now)",
                en: "changes after generation \(start), up to \(now); the next time: "
                    + "--since \(now)"))
        let tellsRemovals = format.writer?.tellsRemovals ?? false
        if !tellsRemovals {
            Console.complain(
                language(
                    nl: "\(format.title) kan niet zeggen dat een feed alleen wijzigingen bevat: "
                        + "lees haar bij, niet in plaats van wat er was",
                    en: "\(format.title) cannot say that a feed holds changes only: add it to what "
                        + "was there, do not put it in its place"))
        }
        guard !gone.isZero, !tellsRemovals else { return }
        Console.complain(
            language(
                nl: "\(format.title) kent geen verwijderingen; \(gone.courses) cursussen en "
                    + "\(gone.offerings) uitvoeringen die weg zijn, staan hierboven",
                en: "\(format.title) has no deletions; \(gone.courses) courses and "
                    + "\(gone.offerings) offerings that are gone are listed above"))
    }

    private func convert(_ feed: String, to writer: any FeedWriter.Type) throws {
        // Only a catalogue that is named has a say in how a feed is read.
        let settings = try workspace.catalog.map { try Workspace(folder: $0).configuration }
        let name = feed == "-" ? "feed" : feed.split(separator: "/").last.map(String.init) ?? feed
        var conversion = FeedConversion(
            to: writer,
            context: context(title: name))
        let line = DiagnosticLine(language: workspace.language, terminal: .errors)
        let outcome = try conversion.run(
            location: feed, format: fromFormat, currency: settings?.currency,
            today: workspace.day, to: destination
        ) { Console.complain(line.text($0)) }
        guard let written = outcome.written else {
            throw Failure(
                .data,
                workspace.language(
                    nl: "\(feed) is niet tot het einde gelezen; er is niets geschreven, want wat "
                        + "ontbreekt zou ingetrokken lijken",
                    en: "\(feed) was not read to its end; nothing was written, since what is "
                        + "missing would look withdrawn"))
        }
        tell(written)
        if !outcome.read.quarantined.isZero {
            throw Failure(
                .data,
                workspace.language(
                    nl: "\(outcome.read.quarantined.courses) cursussen en "
                        + "\(outcome.read.quarantined.offerings) uitvoeringen konden niet worden "
                        + "gelezen en ontbreken",
                    en: "\(outcome.read.quarantined.courses) courses and "
                        + "\(outcome.read.quarantined.offerings) offerings could not be read and "
                        + "are missing"))
        }
    }

    private func tell(_ written: WrittenFeed) {
        for diagnostic in written.diagnostics {
            Console.complain(
                "\(diagnostic.severity.rawValue): \(diagnostic.message) [\(diagnostic.code)]")
        }
        guard out != nil else { return }
        let place =
            written.files.count == 1
            ? written.files[0]
            : workspace.language(
                nl: "\(written.files.count) bestanden", en: "\(written.files.count) files")
        Console.complain(
            workspace.language(
                nl: "\(written.count.courses) cursussen en \(written.count.offerings) "
                    + "uitvoeringen geschreven naar \(place)",
                en: "\(written.count.courses) courses and \(written.count.offerings) "
                    + "offerings written to \(place)"))
    }

    private var destination: FeedDestination {
        guard let out else { return .descriptor(STDOUT_FILENO) }
        return out.hasSuffix("/") ? .folder(path: String(out.dropLast())) : .file(path: out)
    }
}
