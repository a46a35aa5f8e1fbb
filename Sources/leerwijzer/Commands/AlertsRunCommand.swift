import ArgumentParser
import Partnership

struct AlertsRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Tell what is new, once; run it from a timer.",
        discussion: """
            Exit status 69 when something was not delivered (the next run tries again), 65 when an \
            alert is faulty, 75 when another process is running them.

            leerwijzer alerts run
            leerwijzer alerts run snoeien
            """)

    @OptionGroup var alerts: AlertOptions

    func run() throws {
        try alerts.answer({ try $0.run(alerts.names) }, table: { try $0.printSteps() })
    }
}
