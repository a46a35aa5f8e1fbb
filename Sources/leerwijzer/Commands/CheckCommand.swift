import ArgumentParser
import CourseModel
import Feeds
import Glibc
import Ingest
import Quality

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read feeds without storing them and tell every fault.",
        discussion: """
            The same code reads the feed as for ingest. Each fault has its place, a stable code, \
            and what to do; the status is 65 when something could not be accepted. Then follows \
            how complete the courses are, and what would raise that most.

            Feeds are held against the official schema of their format too, when it is at hand: the \
            file or folder of --schema, else of $LEERWIJZER_SCHEMAS, else the folder that \
            catalog.toml names (schemas = "…"). In a folder it is called after the format: \
            xcri-cap.xsd, or xcri-cap/ with its parts; ooapi.json, a JSON Schema or an OpenAPI \
            description, for feeds in JSON.

            leerwijzer check feed.xml
            leerwijzer check feed.xml --schema xcri_cap_1_2.xsd
            leerwijzer check feed.xml --format html > report.html
            leerwijzer check --explain price-in-prose
            """)

    @Argument(help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "feed"))
    var feeds: [String] = []

    @Flag(help: "Only the counts, not each fault (in the form table).")
    var summary = false

    @Flag(help: "Exit with 65 for warnings too.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "Hold the feed against this official schema, or against that of its format in this "
                + "folder.", valueName: "path"))
    var schema: String?

    @Option(
        help: ArgumentHelp(
            "Write the completeness of every course to a CSV file.", valueName: "file"))
    var scores: String?

    @Option(
        help: ArgumentHelp(
            "Explain a code, or list all of them with “all”.", valueName: "code"))
    var explain: String?

    @OptionGroup var report: CheckFormat
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard explain != nil || !feeds.isEmpty else {
            throw ValidationError("name a feed to check: a file, a folder, or -")
        }
        guard explain == nil || feeds.isEmpty else {
            throw ValidationError("--explain takes a code and no feed")
        }
    }

    func run() throws {
        if let explain {
            try Explanations(language: workspace.language).print(explain)
            return
        }
        // The owner of a feed needs no catalogue to check it; one that is named must be there.
        let catalogue = try workspace.hasCatalogue ? workspace.open() : nil
        if catalogue == nil {
            Console.complain(
                workspace.language(
                    nl: "hier is geen catalogus: adressen worden niet opgezocht",
                    en: "there is no catalogue here: addresses are not looked up"))
        }
        let check = FeedCheck(
            gazetteer: try catalogue?.gazetteer(),
            currency: catalogue?.workspace.configuration.currency, today: workspace.day)
        let schemas = try schemas(of: catalogue?.workspace)
        let scoreFile = try scores.map { try ScoreFile(path: $0) }
        var output = output
        var status: Failure.Status?
        try output.begin()
        for feed in feeds {
            var counts = FaultCounts()
            try output.begin(feed: feed)
            do {
                let checked = try check.run(
                    location: feed, format: report.feedFormat, schemas: schemas,
                    measured: { try scoreFile?.write($0, feed: feed) },
                    { diagnostic in
                        counts.add(diagnostic)
                        try output.write(diagnostic)
                    })
                try output.end(feed: feed, checked, counts)
                if counts.holds(strict ? .warning : .error)
                    || !checked.summary.quarantined.isZero || !checked.summary.isComplete
                {
                    status = status ?? .data
                }
            } catch {
                guard let failure = Failure(explaining: error) else { throw error }
                try output.end(feed: feed, failure: failure)
                status = status ?? failure.status
            }
        }
        try output.end(status: status)
        try scoreFile?.finish()
        if let status { throw Failure(status, "") }
    }

    /// The official schemas that are at hand.
    private func schemas(of workspace: Workspace?) throws -> FeedSchemas? {
        if let schema { return try FeedSchemas(at: schema) }
        if let named = getenv("LEERWIJZER_SCHEMAS"), named.pointee != 0 {
            return try FeedSchemas(at: String(cString: named))
        }
        guard let workspace, let folder = workspace.configuration.schemas else { return nil }
        return try FeedSchemas(
            at: folder.hasPrefix("/") ? folder : "\(workspace.folder)/\(folder)")
    }

    private var output: any CheckOutput {
        switch report.form {
        case .table: CheckTable(language: workspace.language, isSummary: summary)
        case .json: CheckJSON()
        case .sarif: CheckSARIF(language: workspace.language)
        case .html: CheckHTML(language: workspace.language)
        }
    }
}
