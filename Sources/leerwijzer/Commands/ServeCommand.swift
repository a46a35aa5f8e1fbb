import Answers
import ArgumentParser
import Glibc
import Ingest
import Logging
import Service

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the catalogue over HTTP: API, health, metrics.",
        discussion: """
            Answers from the newest generation; ingests of other processes are picked up by itself. \
            On SIGTERM the requests that run are answered before it ends.

            leerwijzer serve
            leerwijzer serve --host 0.0.0.0 --port 80 --base-url https://courses.example --proxies 1
            curl http://127.0.0.1:8080/v1/search?q=snoeien&near=Houten
            """)

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host = "127.0.0.1"
    @Option(help: ArgumentHelp("The port to listen on; 0 for any.", valueName: "number"))
    var port = 8080
    @Option(
        help: ArgumentHelp(
            "Where clients find the service (default: host and port).", valueName: "url"))
    var baseURL: String?
    @Option(
        help: ArgumentHelp(
            "Let pages of this origin read answers; * for all.", valueName: "origin"))
    var cors: [String] = []
    @Option(
        help: ArgumentHelp(
            "How many proxies stand before it and write X-Forwarded-For.", valueName: "number"))
    var proxies = 0
    @Option(
        help: ArgumentHelp(
            "Requests a second of one client in the long run; 0 for any number.",
            valueName: "number"))
    var rate = 50
    @Option(help: ArgumentHelp("Requests of one client at once.", valueName: "number"))
    var burst = 200
    @Option(help: ArgumentHelp("Connections open at once.", valueName: "number"))
    var connections = 12_000
    @Option(help: ArgumentHelp("The largest body, in bytes.", valueName: "bytes"))
    var bodyBytes = 262_144
    @Option(
        help: ArgumentHelp(
            "How long a request may take to arrive, in seconds.", valueName: "seconds"))
    var requestSeconds = 20
    @Option(
        help: ArgumentHelp(
            "How long a client may take no byte of its answer, in seconds.",
            valueName: "seconds"))
    var sendSeconds = 30
    @Option(
        help: ArgumentHelp(
            "How long an answer may be worked at, in seconds.", valueName: "seconds"))
    var answerSeconds = 30
    @Option(
        help: ArgumentHelp(
            "How long to go on, unready, after being told to stop.", valueName: "seconds"))
    var drainSeconds = 0
    @Option(
        help: ArgumentHelp(
            "What to log: trace, debug, info (each request), notice, warning, error.",
            valueName: "level"))
    var log: String = "info"
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port takes 0 to 65535") }
        guard Logger.Level(rawValue: log) != nil else {
            throw ValidationError(
                "--log takes " + Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))
        }
        for (name, value, range) in [
            ("proxies", proxies, 0...10), ("rate", rate, 0...1_000_000),
            ("burst", burst, 1...1_000_000), ("connections", connections, 1...1_000_000),
            ("body-bytes", bodyBytes, 1_024...67_108_864),
            ("request-seconds", requestSeconds, 1...3_600),
            ("send-seconds", sendSeconds, 1...3_600),
            ("answer-seconds", answerSeconds, 1...3_600), ("drain-seconds", drainSeconds, 0...600),
        ] where !range.contains(value) {
            throw ValidationError(
                "--\(name) takes \(range.lowerBound) to \(range.upperBound)")
        }
    }

    func run() async throws {
        let catalogue = try workspace.open()
        // What has to be read or made is, before anyone is promised an answer.
        _ = try catalogue.index()
        let folder = catalogue.workspace.folder
        let (today, now) = (workspace.day, workspace.now)
        let live = try LiveCatalogue(
            folder: folder, store: try catalogue.store(),
            travelTimes: { $0.configuration.router.travelTimes },
            mendIndex: {
                try Catalogue(try Workspace(folder: folder), today: today, now: now).mendIndex()
            })
        var logger = Logger(label: "leerwijzer") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: log) ?? .info
        let server = CatalogueServer(
            catalogue: live, settings: settings, logger: logger, today: workspace.today)
        let (host, language) = (host, workspace.language)
        try await server.run { port in
            Console.complain(
                language(
                    nl: "luistert op http://\(host):\(port)",
                    en: "listening on http://\(host):\(port)"))
        }
    }

    private var settings: ServiceSettings {
        var settings = ServiceSettings()
        settings.host = host
        settings.port = port
        settings.baseURL = baseURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        settings.corsOrigins = cors
        settings.proxies = proxies
        settings.drainSeconds = drainSeconds
        settings.language = workspace.lang?.rawValue
        settings.limits.requestsPerSecond = rate
        settings.limits.burst = burst
        settings.limits.connections = connections
        settings.limits.bodyBytes = bodyBytes
        settings.limits.requestSeconds = requestSeconds
        settings.limits.sendSeconds = sendSeconds
        settings.limits.answerSeconds = answerSeconds
        return settings
    }
}
