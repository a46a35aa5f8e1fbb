import Answers
import ArgumentParser
import FoundationEssentials
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

            Settings can also stand in the environment (LEERWIJZER_RATE) and under [serve] in \
            catalog.toml (rate = 20); flags go first, then the environment, then the file.

            leerwijzer serve
            leerwijzer serve --host 0.0.0.0 --port 80 --base-url https://courses.example --proxies 1
            curl http://127.0.0.1:8080/v1/search?q=snoeien&near=Houten
            """)

    @Option(help: .setting("host")) var host: String?
    @Option(help: .setting("port")) var port: String?
    @Option(name: .customLong("base-url"), help: .setting("base-url")) var baseURL: String?
    @Option(help: .setting("admin-email")) var adminEmail: String?
    @Option(help: .setting("cors")) var cors: [String] = []
    @Option(help: .setting("proxies")) var proxies: String?
    @Option(help: .setting("rate")) var rate: String?
    @Option(help: .setting("burst")) var burst: String?
    @Option(help: .setting("connections")) var connections: String?
    @Option(help: .setting("body-bytes")) var bodyBytes: String?
    @Option(help: .setting("request-seconds")) var requestSeconds: String?
    @Option(help: .setting("send-seconds")) var sendSeconds: String?
    @Option(help: .setting("answer-seconds")) var answerSeconds: String?
    @Option(help: .setting("remembered-bytes")) var rememberedBytes: String?
    @Option(help: .setting("drain-seconds")) var drainSeconds: String?
    @Option(help: .setting("behind-seconds")) var behindSeconds: String?
    @Option(help: .setting("log")) var log: String?
    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        let catalogue = try workspace.open()
        let settings = try ServiceSettings(
            flags: flags, environment: ProcessInfo.processInfo.environment,
            file: catalogue.workspace.configuration.serving)
        let live = try LiveCatalogue(workspace, catalogue)
        var logger = Logger(label: "leerwijzer") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
        let server = CatalogueServer(
            catalogue: live, settings: settings, logger: logger, today: workspace.today)
        let (host, language) = (settings.host, workspace.language)
        try await server.run { port in
            Console.complain(
                language(
                    nl: "luistert op http://\(host):\(port)",
                    en: "listening on http://\(host):\(port)"))
        }
    }

    /// What was given, by the name of the setting.
    private var flags: [String: [String]] {
        let texts = [
            "host": host,
            "port": port,
            "base-url": baseURL,
            "admin-email": adminEmail,
            "proxies": proxies,
            "rate": rate,
            "burst": burst,
            "connections": connections,
            "body-bytes": bodyBytes,
            "request-seconds": requestSeconds,
            "send-seconds": sendSeconds,
            "answer-seconds": answerSeconds,
            "remembered-bytes": rememberedBytes,
            "drain-seconds": drainSeconds,
            "behind-seconds": behindSeconds,
            "log": log,
            "lang": workspace.lang?.rawValue,
        ]
        var flags = texts.compactMapValues { $0.map { [$0] } }
        if !cors.isEmpty { flags["cors"] = cors }
        return flags
    }
}

extension ArgumentHelp {
    /// The help of a setting, from the one list of them.
    static func setting(_ name: String) -> ArgumentHelp {
        guard let setting = ServiceSetting.named(name) else {
            preconditionFailure("there is no setting \(name)")
        }
        let value: String
        switch setting.form {
        case .text(let kind), .list(let kind): value = kind
        case .number(let unit, _): value = unit
        case .choice(let choices): value = choices.joined(separator: "|")
        }
        return ArgumentHelp(
            "\(setting.help) (default: \(setting.usual))", valueName: value)
    }
}
