import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Storage

struct SourcesSyncCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Fetch the sources from their addresses and take in what is new.",
        discussion: """
            Asks each server only for what changed, within limits on time, size and redirects, and \
            never on private networks unless the source says allow-private = true. Whatever goes \
            wrong, the last good state stays and the run says why. Run it often with --due, from a \
            timer: each source is looked at in its own time.

            leerwijzer sources sync                 every source
            leerwijzer sources sync groene-school   one source, now
            leerwijzer sources sync --due           those whose time has come

            In catalog.toml, at a source or under [sync] for all:

            every = "6h"             how often (default 24h)
            silent-after = "3d"      how long without news before it alarms (default 3 × every)
            time-out = "15m"         for one document
            max-megabytes = 1024     for one document, unpacked
            allow-private = true     the server is on a private network
            ca-file = "own-ca.pem"   certificates to trust instead of the system's

            At a source only:

            [partner.source.credentials]
            kind = "basic"           or bearer, or header with header = "X-Api-Key"
            user = "leerwijzer"
            secret = "env:SCHOOL_PASSWORD"   or file:PATH
            [partner.source.oai-pmh]         the address is that of an OAI-PMH repository
            prefix = "xcri"
            set = "courses"
            """)

    @Argument(help: "The sources; none for all.") var names: [String] = []
    @Flag(help: "Leave out sources whose time has not come.") var due = false
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let configuration = catalogue.workspace.configuration
        let sources = try wanted(configuration, in: catalogue.workspace)
        let sync = SourceSync(catalogue, now: workspace.now)
        let outcomes = try sync.run(sources, onlyDue: due)
        let silent = try catalogue.store().snapshot { snapshot in
            Silence.all(try snapshot.sources(), configuration, now: workspace.now)
        }
        switch format {
        case .json: try writeJSON(outcomes, silent, catalogue, sync)
        case .table:
            try writeTable(outcomes)
            for outcome in outcomes { complain(of: outcome) }
            for silence in silent { complain(of: silence) }
        }
        try exit(for: outcomes, silent)
    }

    private func wanted(
        _ configuration: CatalogConfiguration, in workspace: Workspace
    ) throws -> [Source] {
        guard !configuration.sources.isEmpty else {
            throw Failure(.usage, "\(workspace.folder)/catalog.toml names no sources")
        }
        guard !names.isEmpty else { return configuration.sources }
        return try names.map { name in
            guard let source = configuration.sources.first(where: { $0.id.value == name }) else {
                throw IngestError.unknownSource(
                    name, known: configuration.sources.map(\.id.value))
            }
            return source
        }
    }

    private func writeTable(_ outcomes: [SyncOutcome]) throws {
        let language = workspace.language
        var table = TextTable([
            .init(heading: language(nl: "bron", en: "source")),
            .init(heading: language(nl: "opgehaald", en: "fetched"), isNumeric: true),
            .init(heading: language(nl: "ongewijzigd", en: "as it was"), isNumeric: true),
            .init(heading: "kB", isNumeric: true),
            .init(heading: language(nl: "cursussen", en: "courses"), isNumeric: true),
            .init(heading: language(nl: "nieuw", en: "added"), isNumeric: true),
            .init(heading: language(nl: "gewijzigd", en: "changed"), isNumeric: true),
            .init(heading: language(nl: "weg", en: "gone"), isNumeric: true),
            .init(heading: language(nl: "oordeel", en: "verdict"), canShrink: true),
        ])
        for outcome in outcomes {
            let run = outcome.run
            let changes = run?.changes
            func both(_ count: (ChangeCounts) -> Int) -> String {
                changes.map { "\(count($0.courses)) + \(count($0.offerings))" } ?? "–"
            }
            table.append([
                outcome.source.id.value, outcome.documents.map { "\($0.fetched)" } ?? "–",
                outcome.documents.map { "\($0.kept)" } ?? "–",
                outcome.documents == nil ? "–" : "\((outcome.transferred + 999) / 1_000)",
                run.map { "\($0.accepted.courses)" } ?? "–", both(\.added), both(\.changed),
                both(\.gone), verdict(outcome),
            ])
        }
        for line in table.lines(width: Terminal.output.width, heading: Terminal.output.bold) {
            try Console.print(line)
        }
    }

    private func verdict(_ outcome: SyncOutcome) -> String {
        let language = workspace.language
        return switch outcome.step {
        case .notDue(let moment):
            language(nl: "nog niet: vanaf \(moment)", en: "not due until \(moment)")
        case .busy:
            language(
                nl: "wordt al door een ander proces opgehaald",
                en: "another process is fetching it")
        case .delivered(.success(let outcome)): outcome.verdict.wording(language)
        case .delivered(.failure):
            language(nl: "mislukt; de vorige stand blijft", en: "failed; the last state stays")
        }
    }

    private func complain(of outcome: SyncOutcome) {
        let errors = Terminal.errors
        let language = workspace.language
        for warning in outcome.warnings {
            Console.complain(errors.yellow("\(outcome.source.id): ") + warning)
        }
        if let error = outcome.failure {
            let message = Failure(explaining: error)?.message ?? "\(error)"
            Console.complain(errors.red("\(outcome.source.id): ") + message)
        } else if let run = outcome.run, let hold = run.hold, run.verdict == .held {
            Console.complain(
                errors.yellow("\(outcome.source.id): ") + hold.description + ". "
                    + language(
                        nl: "De vorige stand blijft staan; bekijk het en kies: "
                            + "leerwijzer sources release \(outcome.source.id), of discard",
                        en: "The last good state stays; look at it and choose: "
                            + "leerwijzer sources release \(outcome.source.id), or discard"))
        }
    }

    private func complain(of silence: Silence) {
        let language = workspace.language
        let since =
            silence.since.map { language(nl: "sinds \($0)", en: "since \($0)") }
            ?? language(nl: "sinds het begin", en: "since the start")
        Console.complain(
            Terminal.errors.yellow("\(silence.source): ")
                + language(
                    nl: "geen goede feed meer \(since); vraag de eigenaar wat er is",
                    en: "no good feed \(since); ask its owner what is the matter"))
    }

    private struct JSON: Encodable {
        struct Entry: Encodable {
            var source: String
            var verdict: String
            var documents: Documents?
            var error: Nullable<String>
            var warnings: [String]
            var nextLook: Nullable<String>
            var run: FeedReport?
        }
        struct Documents: Encodable {
            var fetched: Int
            var kept: Int
            var bytes: Int
        }
        struct Silent: Encodable {
            var source: String
            var since: Nullable<String>
        }
        var generation: Int
        var sources: [Entry]
        var silent: [Silent]
    }

    private func writeJSON(
        _ outcomes: [SyncOutcome], _ silent: [Silence], _ catalogue: Catalogue, _ sync: SourceSync
    ) throws {
        let entries = try outcomes.map { outcome in
            let verdict =
                switch outcome.step {
                case .notDue: "not-due"
                case .busy: "busy"
                case .delivered(.success(let outcome)): outcome.verdict.rawValue
                case .delivered(.failure): RunRecord.Verdict.failed.rawValue
                }
            return JSON.Entry(
                source: outcome.source.id.value, verdict: verdict,
                documents: outcome.documents.map {
                    .init(fetched: $0.fetched, kept: $0.kept, bytes: outcome.transferred)
                },
                error: Nullable(
                    outcome.failure.map { Failure(explaining: $0)?.message ?? "\($0)" }),
                warnings: outcome.warnings,
                nextLook: Nullable(try sync.nextLook(outcome.source)?.iso),
                run: outcome.run.map(FeedReport.init))
        }
        try Console.print(
            try JSONOutput.line(
                JSON(
                    generation: try catalogue.store().generation.number, sources: entries,
                    silent: silent.map {
                        .init(source: $0.source.value, since: Nullable($0.since?.iso))
                    })))
    }

    /// A source that fails decides the status, then one that is held, then one that is silent.
    private func exit(for outcomes: [SyncOutcome], _ silent: [Silence]) throws {
        for outcome in outcomes {
            if let error = outcome.failure {
                throw Failure(Failure(explaining: error)?.status ?? .io, "")
            }
        }
        if outcomes.contains(where: { $0.run?.verdict == .held }) {
            throw Failure(.temporary, "")
        }
        if !silent.isEmpty { throw Failure(.unavailable, "") }
    }
}

extension SyncOutcome {
    /// The run that its feed came to.
    fileprivate var run: RunRecord? {
        if case .delivered(.success(let outcome)) = step { return outcome.run }
        return nil
    }
}
