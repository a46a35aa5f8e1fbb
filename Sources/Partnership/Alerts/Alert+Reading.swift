import Answers
import CourseModel
import HTTPClient
import Ingest
import Matching
import Settings

extension Alert {
    /// Reads an alert's file.
    ///
    /// - Parameters:
    ///   - name: The alert's name.
    ///   - text: TOML.
    ///   - workspace: Where paths start.
    /// - Throws: All faults of the file together.
    static func read(
        _ text: String, name: String, in workspace: Workspace
    ) throws(SettingsFaults) -> Alert {
        let file = AlertFolder(workspace).path(of: name)
        let table: SettingsTable
        do { table = try SettingsTable.read(toml: text, file: file) } catch {
            throw SettingsFaults([error])
        }
        let reader = Reader(name: name, table: table, workspace: workspace)
        let alert = reader.alert()
        try table.finish()
        return alert
    }

    /// Reads the fields; faults gather in the table.
    private struct Reader {
        let name: String
        let table: SettingsTable
        let workspace: Workspace

        private enum Language: String, CaseIterable { case nl, en }

        func alert() -> Alert {
            let question = question()
            let mail = table.table("mail").map(mail)
            let webhook = table.table("webhook").flatMap(webhook)
            let atom = table.table("atom").map { entry in
                path(entry.string("file") ?? ".leerwijzer/alerts/\(name).atom")
            }
            if !table.has("mail"), !table.has("webhook"), !table.has("atom") {
                table.missing("mail", "say where news goes: [mail], [webhook] or [atom]")
            }
            return Alert(
                name: name, title: table.string("title") ?? name,
                language: table.choice("language", of: Language.self).flatMap {
                    AnswerLanguage(rawValue: $0.rawValue)
                }, question: question, filters: table.table("search").map(filters) ?? Filters(),
                tellsExisting: table.boolean("tell-existing") ?? false, atomFile: atom, mail: mail,
                webhook: webhook)
        }

        private func question() -> Question {
            let best = table.integer("best", in: 1...200)
            guard let file = table.string("profile") else {
                if best != nil { table.fault("best", "goes with profile; take it out") }
                if !table.has("search"), !table.has("profile") {
                    table.missing("search", "say what to look for: [search], or profile = \"FILE\"")
                }
                return .search
            }
            return .profile(file: path(file), best: best ?? 20)
        }

        /// The filters, under the names that they have everywhere.
        private func filters(_ entry: SettingsTable) -> Filters {
            var filters = Filters()
            filters.words = entry.string("words") ?? ""
            for field in FilterField.all where field.name != "all" {
                switch field.value {
                case .text(let path): filters[keyPath: path] = entry.text(field.name)
                case .list(let path): filters[keyPath: path] = entry.texts(field.name)
                case .count(let path):
                    filters[keyPath: path] = entry.integer(field.name, in: 1...5_000)
                case .flag(let path): filters[keyPath: path] = entry.boolean(field.name) ?? false
                }
            }
            if entry.boolean("all") != nil {
                entry.fault(
                    "all", "has no place here: an alert never tells what is past, full or closed")
            }
            if let file = filters.area {
                do { filters.area = try Workspace.read(path(file)) } catch {
                    entry.fault("area", "\(error)")
                }
            }
            return filters
        }

        private func mail(_ entry: SettingsTable) -> Mail {
            let texts = entry.strings("to")
            let addresses = texts.compactMap { text in
                if let address = MailAddress(text) { return address }
                entry.fault("to", "“\(text)” is no address; write it as anna@example.org")
                return nil
            }
            if texts.isEmpty { entry.missing("to", "give an address: to = \"anna@example.org\"") }
            if workspace.configuration.alerts.from == nil {
                table.fault(
                    "mail",
                    "has nobody to come from; write from = \"Name <post@example.org>\" under "
                        + "[alerts] in catalog.toml")
            }
            if texts.count > 50 { entry.fault("to", "names more than 50 addresses") }
            return Mail(to: addresses, folder: entry.string("folder").map(path))
        }

        private func webhook(_ entry: SettingsTable) -> Webhook? {
            let url = entry.string("url")
            let allowed = entry.boolean("allow-private") ?? false
            if let url { check(url, allowsPlain: allowed, in: entry) }
            if !entry.has("url") { entry.missing("url", "give the address to post to") }
            guard let secret = FetchSettings.secret("secret", in: entry), let url else {
                return nil
            }
            return Webhook(url: url, secret: secret, allowsPrivateAddresses: allowed)
        }

        /// Only TLS leaves for the public internet.
        private func check(_ url: String, allowsPlain: Bool, in entry: SettingsTable) {
            do {
                let address = try WebAddress(url)
                guard address.scheme == "https" || allowsPlain else {
                    entry.fault(
                        "url",
                        "is not sent to without TLS; give an https address, or write "
                            + "allow-private = true when it is on your own network")
                    return
                }
            } catch {
                entry.fault("url", error.what)
            }
        }

        private func path(_ text: String) -> String {
            text.hasPrefix("/") ? text : workspace.folder + "/" + text
        }
    }
}
