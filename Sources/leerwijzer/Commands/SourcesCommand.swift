import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Storage

struct SourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        abstract: "Look after the sources: list them, see their runs, decide on held feeds.",
        subcommands: [
            SourcesListCommand.self, SourcesAddCommand.self, SourcesSyncCommand.self,
            SourcesHistoryCommand.self, SourcesReleaseCommand.self, SourcesDiscardCommand.self,
            SourcesRollbackCommand.self, SourcesExportCommand.self, SourcesLeaveCommand.self,
            SourcesEraseCommand.self,
        ],
        defaultSubcommand: SourcesListCommand.self)
}

struct SourcesListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the sources, what they hold and how they are doing.")

    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let configured = catalogue.workspace.configuration.sources
        let known =
            catalogue.hasStore ? try catalogue.store().snapshot { try $0.sources() } : []
        var rows = known.map { Row(status: $0, partner: nil) }
        for index in rows.indices {
            rows[index].partner =
                catalogue.workspace.configuration.partner(of: rows[index].id)?.name
        }
        for source in configured where !known.contains(where: { $0.source.id == source.id }) {
            rows.append(
                Row(
                    unread: source,
                    partner: catalogue.workspace.configuration.partner(of: source.id)?.name))
        }
        rows.sort { $0.id < $1.id }
        switch format {
        case .json: try Console.print(try JSONOutput.line(rows.map(\.json)))
        case .table: try printTable(rows)
        }
    }

    private func printTable(_ rows: [Row]) throws {
        let language = workspace.language
        var table = TextTable([
            .init(heading: language(nl: "bron", en: "source")),
            .init(heading: "partner", canShrink: true),
            .init(heading: language(nl: "formaat", en: "format")),
            .init(heading: language(nl: "cursussen", en: "courses"), isNumeric: true),
            .init(heading: language(nl: "uitvoeringen", en: "offerings"), isNumeric: true),
            .init(heading: language(nl: "laatste keer", en: "last run")),
            .init(heading: language(nl: "stand", en: "state"), canShrink: true),
        ])
        for row in rows {
            table.append([
                row.id.value, row.partner ?? "–", row.format, "\(row.present.courses)",
                "\(row.present.offerings)", row.lastRun?.startedAt.iso ?? "–", row.state(language),
            ])
        }
        for line in table.lines(width: Terminal.output.width, heading: Terminal.output.bold) {
            try Console.print(line)
        }
    }

    private struct Row {
        let id: ID<Source>
        var partner: String?
        let location: String
        let format: String
        let present: RecordCount
        let lastRun: RunRecord?
        let heldRun: RunRecord?

        struct JSON: Encodable {
            var id: String
            var partner: Nullable<String>
            var location: String
            var format: String
            var courses: Int
            var offerings: Int
            var lastRun: Nullable<String>
            var verdict: Nullable<String>
            var held: Nullable<String>
        }

        init(status: SourceStatus, partner: String?) {
            id = status.source.id
            location = status.source.location
            format = status.lastRun.format
            present = status.present
            lastRun = status.lastRun
            heldRun = status.heldRun
            self.partner = partner
        }

        init(unread source: Source, partner: String?) {
            id = source.id
            location = source.location
            format = source.format ?? ""
            present = RecordCount()
            lastRun = nil
            heldRun = nil
            self.partner = partner
        }

        var json: JSON {
            JSON(
                id: id.value, partner: Nullable(partner), location: location, format: format,
                courses: present.courses, offerings: present.offerings,
                lastRun: Nullable(lastRun?.startedAt.iso),
                verdict: Nullable(lastRun?.verdict.rawValue),
                held: Nullable(heldRun?.hold?.description))
        }

        func state(_ language: AnswerLanguage) -> String {
            if let hold = heldRun?.hold {
                return language(nl: "vastgehouden: ", en: "held: ") + hold.description
            }
            guard let lastRun else { return language(nl: "nog niet gelezen", en: "not read yet") }
            if lastRun.verdict == .failed {
                let why = lastRun.feedDiagnostics.first?.message ?? ""
                return language(nl: "laatste keer mislukt: ", en: "last run failed: ") + why
            }
            let faults = lastRun.quarantined
            guard !faults.isZero else { return language(nl: "in orde", en: "good") }
            return language(
                nl: "\(faults.courses) cursussen, \(faults.offerings) uitvoeringen in quarantaine",
                en: "\(faults) in quarantine")
        }
    }
}

struct SourcesHistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List the runs of a source, newest first, or tell all of one.",
        discussion: """
            leerwijzer sources history groene-school
            leerwijzer sources history groene-school --run 12 --format json
            """)

    @Argument(help: "The source.") var source: String
    @Option(help: ArgumentHelp("How many runs.", valueName: "number")) var limit = 20
    @Option(
        name: .customLong("run"),
        help: ArgumentHelp(
            "Tell everything that this run did, with the lists.", valueName: "number"))
    var number: Int?
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        guard catalogue.hasStore else {
            throw IngestError.nothingToRead(folder: catalogue.workspace.folder)
        }
        if let number { return try tell(RunNumber(number), catalogue) }
        let runs = try catalogue.store().snapshot {
            try $0.runs(of: ID(source), limit: max(1, limit))
        }
        guard !runs.isEmpty else {
            throw Failure(.noInput, "nothing was ever read from a source “\(source)”")
        }
        if format == .json {
            try Console.print(try JSONOutput.line(runs.map(FeedReport.init)))
            return
        }
        let language = workspace.language
        var table = TextTable([
            .init(heading: "run", isNumeric: true),
            .init(heading: language(nl: "wanneer", en: "when")),
            .init(heading: language(nl: "generatie", en: "generation"), isNumeric: true),
            .init(heading: language(nl: "aangeboden", en: "offered"), isNumeric: true),
            .init(heading: language(nl: "quarantaine", en: "quarantined"), isNumeric: true),
            .init(heading: language(nl: "nieuw", en: "added"), isNumeric: true),
            .init(heading: language(nl: "gewijzigd", en: "changed"), isNumeric: true),
            .init(heading: language(nl: "gesloten", en: "closed"), isNumeric: true),
            .init(heading: language(nl: "verlopen", en: "expired"), isNumeric: true),
            .init(heading: language(nl: "terug", en: "back"), isNumeric: true),
            .init(heading: language(nl: "oordeel", en: "verdict")),
        ])
        for run in runs {
            let (courses, offerings) = (run.changes.courses, run.changes.offerings)
            table.append([
                "\(run.number)", run.startedAt.iso, run.generation.map { "\($0)" } ?? "–",
                "\(run.offered.courses) + \(run.offered.offerings)",
                "\(run.quarantined.courses) + \(run.quarantined.offerings)",
                "\(courses.added) + \(offerings.added)",
                "\(courses.changed) + \(offerings.changed)",
                "\(courses.closed + courses.withdrawn) + "
                    + "\(offerings.closed + offerings.withdrawn)",
                "\(courses.expired) + \(offerings.expired)",
                "\(courses.reopened) + \(offerings.reopened)", run.verdict.wording(language),
            ])
        }
        for line in table.lines(width: nil, heading: Terminal.output.bold) {
            try Console.print(line)
        }
    }

    private func tell(_ number: RunNumber, _ catalogue: Catalogue) throws {
        let account = try catalogue.store().snapshot { snapshot in
            guard let run = try snapshot.run(number), run.source.value == source else {
                throw Failure(.noInput, "there is no run \(number) of source “\(source)”")
            }
            return try RunAccount(run, in: snapshot, workspace.language)
        }
        if format == .json {
            try Console.print(try JSONOutput.line(RunAccountJSON(account)))
            return
        }
        for line in RunAccountOutput(account: account, language: workspace.language).lines() {
            try Console.print(line)
        }
    }
}

struct SourcesReleaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Let a held feed into the catalogue.")

    @Argument(help: "The source.") var source: String
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let outcome = try catalogue.write {
            let outcome = try catalogue.store().release(ID(source), at: workspace.now)
            try catalogue.settle()
            return outcome
        }
        try Console.print(
            workspace.language(
                nl: "\(source): vrijgegeven, generatie \(outcome.generation)",
                en: "\(source): released, generation \(outcome.generation)"))
    }
}

struct SourcesDiscardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard", abstract: "Turn a held feed down; the catalogue stays as it is.")

    @Argument(help: "The source.") var source: String
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        _ = try catalogue.write { try catalogue.store().discard(ID(source), at: workspace.now) }
        try Console.print(
            workspace.language(nl: "\(source): afgewezen", en: "\(source): discarded"))
    }
}

struct SourcesRollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Take back the last published run of a source.")

    @Argument(help: "The source.") var source: String
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let outcome = try catalogue.write {
            let outcome = try catalogue.store().rollback(
                ID(source), run: RunInfo(startedAt: workspace.now, today: workspace.day))
            try catalogue.settle()
            return outcome
        }
        try Console.print(
            workspace.language(
                nl: "\(source): teruggedraaid, generatie \(outcome.generation)",
                en: "\(source): rolled back, generation \(outcome.generation)"))
    }
}
