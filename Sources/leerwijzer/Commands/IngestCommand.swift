import Answers
import ArgumentParser
import CourseModel
import Ingest
import Storage

struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Read feeds into the catalogue.",
        discussion: """
            Each feed is taken in as a whole or not at all. What cannot be accepted is kept in \
            quarantine with its bytes; what vanished from a feed is closed, not erased; a feed that \
            suddenly loses much is held until you release it with: leerwijzer sources release ID.

            leerwijzer ingest                          every source of catalog.toml
            leerwijzer ingest feed.xml                 one feed, as source “feed”
            leerwijzer ingest new.xml --source school  one feed, as source “school”
            """)

    @Argument(
        help: ArgumentHelp(
            "Files, folders, or - for standard input; none for every source of catalog.toml.",
            valueName: "feed"))
    var feeds: [String] = []

    @Option(
        help: ArgumentHelp(
            "The source that the feed belongs to (default: the name of its file).",
            valueName: "id"))
    var source: String?

    @OptionGroup var report: ReportFormat
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard source == nil || feeds.count <= 1 else {
            throw ValidationError("--source names the source of one feed; give one feed")
        }
    }

    func run() throws {
        let catalogue = try workspace.open(creating: true)
        let wanted = try sources(of: catalogue.workspace)
        let results = try catalogue.ingest(wanted)
        if report.isJSON {
            try writeJSON(results, catalogue)
        } else {
            try writeTable(results)
        }
        try exit(for: results)
    }

    /// The sources to read and where their feeds are.
    private func sources(of workspace: Workspace) throws -> [(source: Source, location: String)] {
        let configured = workspace.configuration.sources
        if feeds.isEmpty {
            if let source {
                guard let match = configured.first(where: { $0.id.value == source }) else {
                    throw IngestError.unknownSource(source, known: configured.map(\.id.value))
                }
                return [(match, workspace.location(of: match))]
            }
            guard !configured.isEmpty else {
                throw Failure(
                    .usage,
                    "\(workspace.folder)/catalog.toml names no sources; name a feed to read")
            }
            return configured.map { ($0, workspace.location(of: $0)) }
        }
        var taken: [String: String] = [:]
        return try feeds.map { location in
            let known = configured.first {
                source.map { [id = $0.id.value] name in id == name }
                    ?? (workspace.location(of: $0) == location)
            }
            var named =
                known ?? Source(id: ID(source ?? Self.name(of: location)), location: location)
            if let format = report.feedFormat { named.format = format }
            if let other = taken.updateValue(location, forKey: named.id.value) {
                throw Failure(
                    .usage,
                    "\(other) and \(location) would both be source “\(named.id)”; "
                        + "read them one by one with --source")
            }
            return (named, location)
        }
    }

    /// A source's name from that of its file: `Feed 2016.xml` is `feed-2016`.
    private static func name(of location: String) -> String {
        if location == "-" { return "stdin" }
        let last = location.split(separator: "/").last ?? "feed"
        let stem = last.lastIndex(of: ".").map { last[..<$0] } ?? last
        let words = stem.lowercased().split { character in
            !character.isASCII || !(character.isLetter || character.isNumber)
        }
        return words.isEmpty ? "feed" : words.joined(separator: "-")
    }

    private func writeJSON(_ results: [Catalogue.SourceResult], _ catalogue: Catalogue) throws {
        let store = try catalogue.store()
        var writer = FeedReportWriter()
        try writer.begin()
        try store.snapshot { snapshot in
            for result in results {
                try writer.beginFeed()
                switch result.outcome {
                case .success(let outcome):
                    for diagnostic in outcome.run.feedDiagnostics { try writer.write(diagnostic) }
                    try snapshot.forEachDiagnostic(of: result.source.id) { _, diagnostic in
                        try writer.write(diagnostic)
                    }
                    try snapshot.forEachQuarantined(of: outcome.run.number) { record in
                        for reason in record.reasons { try writer.write(reason) }
                    }
                    try writer.endFeed(FeedReport(outcome.run))
                case .failure(let error):
                    let failure = Failure(explaining: error)?.message ?? "\(error)"
                    try writer.endFeed(source: result.source.id.value, failure: failure)
                }
            }
        }
        try writer.end(generation: try store.generation)
    }

    private func writeTable(_ results: [Catalogue.SourceResult]) throws {
        let language = workspace.language
        var table = TextTable([
            .init(heading: language(nl: "bron", en: "source")),
            .init(heading: language(nl: "formaat", en: "format")),
            .init(heading: language(nl: "cursussen", en: "courses"), isNumeric: true),
            .init(heading: language(nl: "uitvoeringen", en: "offerings"), isNumeric: true),
            .init(heading: language(nl: "quarantaine", en: "quarantined"), isNumeric: true),
            .init(heading: language(nl: "nieuw", en: "added"), isNumeric: true),
            .init(heading: language(nl: "gewijzigd", en: "changed"), isNumeric: true),
            .init(heading: language(nl: "weg", en: "gone"), isNumeric: true),
            .init(heading: language(nl: "terug", en: "back"), isNumeric: true),
            .init(heading: language(nl: "oordeel", en: "verdict"), canShrink: true),
        ])
        for result in results {
            guard case .success(let outcome) = result.outcome else { continue }
            let run = outcome.run
            let courses = run.changes.courses
            let offerings = run.changes.offerings
            table.append([
                run.source.value, run.format, "\(run.accepted.courses)",
                "\(run.accepted.offerings)",
                "\(run.quarantined.courses) + \(run.quarantined.offerings)",
                "\(courses.added) + \(offerings.added)",
                "\(courses.changed) + \(offerings.changed)",
                "\(courses.gone) + \(offerings.gone)",
                "\(courses.reopened) + \(offerings.reopened)", run.verdict.wording(language),
            ])
        }
        if !table.rows.isEmpty {
            for line in table.lines(width: Terminal.output.width, heading: Terminal.output.bold) {
                try Console.print(line)
            }
        }
        for result in results { complain(of: result) }
    }

    private func complain(of result: Catalogue.SourceResult) {
        let errors = Terminal.errors
        switch result.outcome {
        case .success(let outcome):
            guard let hold = outcome.run.hold, outcome.verdict == .held else { return }
            Console.complain(
                errors.yellow("\(result.source.id): ") + hold.description + ". "
                    + workspace.language(
                        nl: "De vorige stand blijft staan; bekijk het en kies: "
                            + "leerwijzer sources release \(result.source.id), of discard",
                        en: "The last good state stays; look at it and choose: "
                            + "leerwijzer sources release \(result.source.id), or discard"))
        case .failure(let error):
            let message = Failure(explaining: error)?.message ?? "\(error)"
            Console.complain(errors.red("\(result.source.id): ") + message)
        }
    }

    /// The first failure decides the status; a held feed asks for a person.
    private func exit(for results: [Catalogue.SourceResult]) throws {
        for result in results {
            if case .failure(let error) = result.outcome {
                throw Failure(Failure(explaining: error)?.status ?? .io, "")
            }
        }
        for result in results {
            if case .success(let outcome) = result.outcome, outcome.verdict == .held {
                throw Failure(.temporary, "")
            }
        }
    }
}
