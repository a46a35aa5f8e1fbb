import Configuration
import Settings

/// One thing that an operator decides about the service: what it is called in flags, in the environment
/// and in `catalog.toml`, what it takes, and what is usual.
///
/// ``all`` is the one list: flags, the environment, the file and the documented table are made of it.
public struct ServiceSetting: Sendable {
    /// What it takes.
    public enum Form: Sendable {
        /// A text of a kind.
        case text(String)
        /// One of these.
        case choice([String])
        /// Any number of texts of a kind; in the environment with commas between them.
        case list(String)
        /// A whole number of something, in a range.
        case number(String, ClosedRange<Int>)
    }

    /// Its name: `--base-url` as a flag, `base-url` in the file.
    public let name: String
    /// What it decides, in a sentence.
    public let help: String
    /// What it takes.
    public let form: Form
    /// What is usual, in words.
    public let usual: String
    let put: @Sendable (inout ServiceSettings, [String]) -> Void

    /// Its name in the environment.
    public var environmentName: String {
        "LEERWIJZER_" + name.uppercased().replacing("-", with: "_")
    }

    private init(
        _ name: String, _ form: Form, usual: String, _ help: String,
        _ put: @escaping @Sendable (inout ServiceSettings, [String]) -> Void
    ) {
        self.name = name
        self.form = form
        self.usual = usual
        self.help = help
        self.put = put
    }

    private static func number(
        _ name: String, _ unit: String, _ range: ClosedRange<Int>,
        _ path: any WritableKeyPath<ServiceSettings, Int> & Sendable, _ help: String
    ) -> ServiceSetting {
        ServiceSetting(
            name, .number(unit, range), usual: "\(ServiceSettings()[keyPath: path])", help
        ) { settings, texts in
            if let number = texts.first.flatMap({ Int($0) }) { settings[keyPath: path] = number }
        }
    }

    /// Every setting, in the order in which they are told.
    public static let all: [ServiceSetting] = [
        ServiceSetting(
            "host", .text("address"), usual: "127.0.0.1", "The address to listen on."
        ) { $0.host = $1.first ?? $0.host },
        number(
            "port", "number", 0...65_535, \.port, "The port to listen on; 0 for any that is free."),
        ServiceSetting(
            "base-url", .text("url"), usual: "host and port",
            "Where clients find the service; https adds Strict-Transport-Security."
        ) { settings, texts in
            settings.baseURL = texts.first.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        },
        ServiceSetting(
            "admin-email", .text("address"), usual: ServiceSettings().adminEmail,
            "Whom harvesters write to, in OAI-PMH."
        ) { $0.adminEmail = $1.first ?? $0.adminEmail },
        ServiceSetting(
            "lang", .choice(["nl", "en"]), usual: "the catalogue's first",
            "The language of answers to clients that ask for none."
        ) { $0.language = $1.first },
        ServiceSetting(
            "cors", .list("origin"), usual: "none",
            "Whose pages may read answers; * for all."
        ) { $0.corsOrigins = $1 },
        number(
            "proxies", "number", 0...10, \.proxies,
            "How many proxies stand before it and write X-Forwarded-For; only so many of its "
                + "addresses, from the right, are believed."),
        number(
            "rate", "number", 0...1_000_000, \.limits.requestsPerSecond,
            "Requests a second of one client in the long run; 0 for any number."),
        number(
            "burst", "number", 1...1_000_000, \.limits.burst, "Requests of one client at once."),
        number(
            "connections", "number", 1...1_000_000, \.limits.connections,
            "Connections open at once; more wait to be accepted."),
        number(
            "body-bytes", "bytes", 1_024...67_108_864, \.limits.bodyBytes, "The largest body."),
        number(
            "request-seconds", "seconds", 1...3_600, \.limits.requestSeconds,
            "How long a connection may be silent, and a head or a body may take to arrive."),
        number(
            "send-seconds", "seconds", 1...3_600, \.limits.sendSeconds,
            "How long a client may take no byte of its answer."),
        number(
            "answer-seconds", "seconds", 1...3_600, \.limits.answerSeconds,
            "How long matching, paths, feeds and the like may take."),
        number(
            "remembered-bytes", "bytes", 0...4_294_967_296, \.limits.rememberedBytes,
            "Answers to searches that are kept in memory to be given again; 0 for none."),
        number(
            "drain-seconds", "seconds", 0...600, \.drainSeconds,
            "How long to go on, unready, after being told to stop."),
        number(
            "behind-seconds", "seconds", 1...86_400, \.behindSeconds,
            "How long to be ready without knowing that the generation is the newest, when other "
                + "machines write to the store."),
        ServiceSetting(
            "log", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
            usual: "info",
            "What to log: info has a line for each request, warning only what needs looking after."
        ) { $0.logLevel = $1.first ?? $0.logLevel },
    ]

    /// The setting of a name.
    public static func named(_ name: String) -> ServiceSetting? { all.first { $0.name == name } }

    /// What is wrong with what was given; `nil` when nothing is.
    func fault(in texts: [String]) -> String? {
        switch form {
        case .text: return texts.first?.isEmpty == false ? nil : "takes a text"
        case .list: return nil
        case .choice(let choices):
            guard let text = texts.first, !choices.contains(text) else { return nil }
            let hint = nearest(to: text, among: choices).map { "; did you mean “\($0)”?" } ?? ""
            return "“\(text)” is not one of \(choices.joined(separator: ", "))\(hint)"
        case .number(_, let range):
            guard let text = texts.first, let number = Int(text), range.contains(number) else {
                return "takes a whole number from \(range.lowerBound) to \(range.upperBound)"
            }
            return nil
        }
    }
}

/// What is wrong with settings of the service: all of it at once.
public struct ServiceSettingsFaults: Error, CustomStringConvertible {
    /// What is wrong: where it is said, and what to do.
    public let faults: [String]

    /// The faults, one a line.
    public var description: String { faults.joined(separator: "\n") }
}

extension ServiceSettings {
    /// The settings that flags, the environment and a file say together: flags go first, then the
    /// environment, then the file, then what is usual.
    ///
    /// - Parameters:
    ///   - flags: The texts of each flag that was given, by the name of its setting.
    ///   - environment: The variables; those of other names are nobody's here.
    ///   - file: What `[serve]` of `catalog.toml` says, by name.
    /// - Throws: ``ServiceSettingsFaults`` with everything that is wrong.
    public init(
        flags: [String: [String]], environment: [String: String], file: [String: [String]]
    ) throws(ServiceSettingsFaults) {
        self.init()
        var faults: [String] = []
        let names = ServiceSetting.all.map(\.name)
        for name in file.keys.sorted() where !names.contains(name) {
            let hint = nearest(to: name, among: names).map { "; did you mean “\($0)”?" } ?? ""
            faults.append("catalog.toml: serve.\(name): there is no such setting\(hint)")
        }
        let reader = ConfigReader(providers: [
            Self.provider("flags", flags),
            EnvironmentVariablesProvider(environmentVariables: environment),
            Self.provider("catalog.toml", file),
        ]).scoped(to: ["leerwijzer"])
        for setting in ServiceSetting.all {
            let key = ConfigKey([setting.name])
            var texts: [String]?
            if case .list = setting.form {
                texts = reader.stringArray(forKey: key)
            } else {
                texts = reader.string(forKey: key).map { [$0] }
            }
            guard let texts else { continue }
            if let fault = setting.fault(in: texts) {
                let place =
                    flags[setting.name] != nil
                    ? "--\(setting.name)"
                    : environment[setting.environmentName] != nil
                        ? setting.environmentName : "catalog.toml: serve.\(setting.name)"
                faults.append("\(place): \(fault)")
            } else {
                setting.put(&self, texts)
            }
        }
        if !faults.isEmpty { throw ServiceSettingsFaults(faults: faults) }
    }

    private static func provider(_ name: String, _ values: [String: [String]]) -> InMemoryProvider {
        var known: [AbsoluteConfigKey: ConfigValue] = [:]
        for setting in ServiceSetting.all {
            guard let texts = values[setting.name], let first = texts.first else { continue }
            let content: ConfigContent =
                if case .list = setting.form { .stringArray(texts) } else { .string(first) }
            known[AbsoluteConfigKey(["leerwijzer", setting.name])] = ConfigValue(
                content, isSecret: false)
        }
        return InMemoryProvider(name: name, values: known)
    }
}
