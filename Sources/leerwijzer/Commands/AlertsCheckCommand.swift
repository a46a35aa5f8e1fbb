import ArgumentParser
import Partnership

struct AlertsCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Show what alerts find and what of it they would tell; nothing is sent.",
        discussion: """
            leerwijzer alerts check
            leerwijzer alerts check snoeien --format json
            """)

    @OptionGroup var alerts: AlertOptions

    func run() throws {
        try alerts.answer({ try $0.check(alerts.names) }, table: { try $0.printFindings() })
    }
}
