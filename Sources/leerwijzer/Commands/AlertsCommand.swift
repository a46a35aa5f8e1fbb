import ArgumentParser

struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Tell people and programs what is new for a saved search or a profile.",
        discussion: """
            An alert is a file alerts/NAME.toml in the catalogue. Each offering is told once, in each \
            way that the file names; what is past, full, closed or cancelled is never told. What was \
            not delivered is tried again with the next run. Run it from a timer, after sources sync.

            title = "Pruning near Houten"
            language = "en"

            [search]                 the filters of search, and its words
            words = "snoeien"
            near = "Houten"
            within = "20km"

            [mail]
            to = "anna@example.org"  or a list
            folder = "mail"          write messages here instead of sending them

            [webhook]
            url = "https://example.org/hook"
            secret = "env:HOOK_SECRET"   or file:PATH; signed as Standard Webhooks says
            allow-private = true     it is on a private network

            [atom]
            file = "public/pruning.atom"   default .leerwijzer/alerts/NAME.atom

            Instead of a search, profile = "profiles/worker.toml" tells the best (20) offerings for a \
            profile that its owner chose to keep; of it nothing is kept but which offerings were told. \
            When an alert begins, what is there already is not told, unless tell-existing = true.

            Whom mail comes from stands in catalog.toml:

            [alerts]
            from = "Leerwijzer <post@example.org>"
            sendmail = ["/usr/sbin/sendmail"]   the program, with arguments of your own
            """,
        subcommands: [AlertsListCommand.self, AlertsCheckCommand.self, AlertsRunCommand.self],
        defaultSubcommand: AlertsListCommand.self)
}
