import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Storage

struct ReportLogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Tell who changed what in the catalogue, and when: feeds, people, corrections.",
        discussion: """
            Every run of every source, newest first: what a feed changed, what a person released, \
            turned down or took back, and each correction that took hold or ended, with its author, \
            who approved it and why. All that one run did: leerwijzer sources history ID --run N

            leerwijzer report log
            leerwijzer report log --partner groene-school --corrections
            leerwijzer report log --course school:A1 --format json
            """)

    @Option(help: ArgumentHelp("Only this source.", valueName: "id")) var source: String?
    @Option(
        help: ArgumentHelp("Only what this partner's feeds or people did.", valueName: "id"))
    var partner: String?
    @Option(help: ArgumentHelp("Only what happened to this course.", valueName: "id"))
    var course: String?
    @Flag(help: "Only corrections.") var corrections = false
    @Option(help: ArgumentHelp("How many runs at most.", valueName: "number")) var limit = 50
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit takes a number from 1 on") }
    }

    func run() throws {
        let catalogue = try workspace.open()
        guard catalogue.hasStore else {
            throw IngestError.nothingToRead(folder: catalogue.workspace.folder)
        }
        let configuration = catalogue.workspace.configuration
        if let partner, !configuration.partners.contains(where: { $0.id.value == partner }) {
            throw Failure(.noInput, "there is no partner “\(partner)” in catalog.toml")
        }
        let entries = try catalogue.store().snapshot { snapshot in
            if let source, try snapshot.source(ID(source)) == nil {
                throw IngestError.unknownSource(
                    source, known: try snapshot.sources().map(\.source.id.value))
            }
            let touching = try course.map { try runs(touching: ID($0), in: snapshot) }
            return try snapshot.runs(of: source.map { ID($0) }, limit: .max).lazy
                .filter { touching?.contains($0.number) ?? true }
                .compactMap { entry(of: $0, configuration) }.prefix(limit).map { $0 }
        }
        if format == .json {
            return try Console.print(try JSONOutput.line(entries.map(\.json)))
        }
        for entry in entries {
            for line in entry.lines(workspace.language) { try Console.print(line) }
        }
        try Console.print(entries.count == 1 ? "1 run" : "\(entries.count) runs")
    }

    private func runs(
        touching course: ID<Course>, in snapshot: any CatalogueSnapshot
    ) throws -> Set<RunNumber> {
        guard try snapshot.record(course) != nil else {
            throw Failure(.noInput, "there is no course “\(course)”")
        }
        return Set(try snapshot.history(of: course).map(\.run))
    }

    /// What of a run is asked for; `nil` for nothing.
    private func entry(of run: RunRecord, _ configuration: CatalogConfiguration) -> LogEntry? {
        if corrections, run.cause != .curation { return nil }
        var run = run
        if let course { run.curated.removeAll { $0.course?.value != course } }
        if let partner, run.cause == .curation {
            run.curated.removeAll { $0.partner.value != partner }
        } else if let partner, configuration.partner(of: run.source)?.id.value != partner {
            return nil
        }
        if run.cause == .curation, run.curated.isEmpty { return nil }
        return LogEntry(run: run, partner: configuration.partner(of: run.source)?.id)
    }
}

/// A run in the log.
private struct LogEntry {
    struct JSON: Encodable {
        var run: Int
        var at: String
        var decidedAt: Nullable<String>
        var source: String
        var partner: Nullable<String>
        var cause: String
        var verdict: String
        var generation: Nullable<Int>
        var added: Int
        var changed: Int
        var gone: Int
        var reopened: Int
        var corrections: [CuratedChangeJSON]
    }

    let run: RunRecord
    let partner: ID<Partner>?

    var json: JSON {
        let (courses, offerings) = (run.changes.courses, run.changes.offerings)
        return JSON(
            run: run.number.value, at: run.startedAt.iso, decidedAt: Nullable(run.decidedAt?.iso),
            source: run.source.value, partner: Nullable(partner?.value),
            cause: run.cause.rawValue, verdict: run.verdict.rawValue,
            generation: Nullable(run.generation?.number), added: courses.added + offerings.added,
            changed: courses.changed + offerings.changed, gone: courses.gone + offerings.gone,
            reopened: courses.reopened + offerings.reopened,
            corrections: run.curated.map(CuratedChangeJSON.init))
    }

    func lines(_ language: AnswerLanguage) -> [String] {
        let json = json
        var line = "\(run.startedAt)  run \(run.number)  \(run.source)"
        if let partner { line += " (\(partner))" }
        switch run.cause {
        case .curation: line += ": " + language(nl: "correcties", en: "corrections")
        case .rollback: line += ": " + language(nl: "teruggedraaid", en: "taken back")
        case .feed: line += ": " + run.verdict.wording(language)
        }
        if let decided = run.decidedAt {
            line += language(nl: ", besloten \(decided)", en: ", decided \(decided)")
        }
        if run.cause != .curation, run.generation != nil {
            line += language(
                nl: "; \(json.added) nieuw, \(json.changed) gewijzigd, \(json.gone) weg, "
                    + "\(json.reopened) terug",
                en: "; \(json.added) added, \(json.changed) changed, \(json.gone) gone, "
                    + "\(json.reopened) back")
        }
        return [line] + run.curated.map { "  " + $0.line(language) }
    }
}
