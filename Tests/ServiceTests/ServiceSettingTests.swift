import Foundation
import Testing

@testable import Service

@Suite("settings of the service")
struct ServiceSettingTests {
    private func settings(
        flags: [String: [String]] = [:], environment: [String: String] = [:],
        file: [String: [String]] = [:]
    ) throws -> ServiceSettings {
        try ServiceSettings(flags: flags, environment: environment, file: file)
    }

    @Test("flags go before the environment, that before the file, that before what is usual")
    func order() throws {
        let file = [
            "rate": ["1"], "burst": ["2"], "port": ["3"], "cors": ["https://a", "https://b"],
        ]
        let environment = [
            "LEERWIJZER_RATE": "10", "LEERWIJZER_BURST": "20", "LEERWIJZER_CATALOG": "/x",
            "LEERWIJZER_CORS": "https://c,https://d", "RATE": "7",
        ]
        let all = try settings(flags: ["rate": ["100"]], environment: environment, file: file)
        #expect(all.limits.requestsPerSecond == 100)
        #expect(all.limits.burst == 20)
        #expect(all.port == 3)
        #expect(all.corsOrigins == ["https://c", "https://d"])
        #expect(all.limits.connections == ServiceSettings().limits.connections)
        #expect(try settings(file: file).corsOrigins == ["https://a", "https://b"])
        #expect(try settings(file: ["base-url": ["https://x/"]]).baseURL == "https://x")
    }

    @Test("every setting takes effect wherever it is said")
    func effect() throws {
        for setting in ServiceSetting.all {
            let text =
                switch setting.form {
                case .text, .list: "https://given.example"
                case .choice(let choices): choices[0]
                case .number(_, let range): "\(range.lowerBound + 1)"
                }
            let usual = "\(ServiceSettings())"
            #expect("\(try settings(flags: [setting.name: [text]]))" != usual, "\(setting.name)")
            #expect(
                "\(try settings(environment: [setting.environmentName: text]))" != usual,
                "\(setting.name)")
            #expect("\(try settings(file: [setting.name: [text]]))" != usual, "\(setting.name)")
        }
    }

    @Test("everything that is wrong is told at once, with where it is said")
    func faults() throws {
        do {
            _ = try settings(
                flags: ["port": ["70000"]], environment: ["LEERWIJZER_RATE": "many"],
                file: ["log": ["warn"], "brust": ["3"]])
            Issue.record("nothing was wrong")
        } catch let error as ServiceSettingsFaults {
            #expect(
                error.faults == [
                    "catalog.toml: serve.brust: there is no such setting; did you mean “burst”?",
                    "--port: takes a whole number from 0 to 65535",
                    "LEERWIJZER_RATE: takes a whole number from 0 to 1000000",
                    "catalog.toml: serve.log: “warn” is not one of trace, debug, info, notice, "
                        + "warning, error, critical",
                ])
        }
    }

    @Test("the documented table is that of the program")
    func table() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/Service/Service.docc/Settings.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
        #expect(
            rows
                == ServiceSetting.all.map {
                    "| `\($0.name)` | `\($0.environmentName)` | \($0.usual) | \($0.help) |"
                })
    }
}
