import Answers
import CourseModel
import Ingest

/// What an alert has to say: new offerings, in the words of a message.
struct AlertMessage {
    /// The alert.
    let alert: Alert
    /// What is told, in order.
    let findings: [AlertFinding]
    /// The language.
    let language: AnswerLanguage
    /// The generation of the catalogue.
    let generation: Int
    /// The catalogue, as people know it.
    let site: String
    /// The address of the service, when it has one.
    let base: String?

    init(
        _ alert: Alert, telling findings: [AlertFinding], of all: AlertFindings,
        in workspace: Workspace
    ) {
        self.alert = alert
        self.findings = findings
        language = all.language
        generation = all.generation
        let configuration = workspace.configuration
        site = configuration.name.text(in: all.language.preferences)?.onOneLine ?? "Leerwijzer"
        base = configuration.serving["base-url"]?.first.map {
            $0.hasSuffix("/") ? String($0.dropLast()) : $0
        }
    }

    /// The same for the same news in the same way: who gets it twice can tell.
    func id(by channel: Alert.Channel) -> String {
        let ids = findings.map(\.row.offering.value).sorted()
        return String(
            SHA256.hexadecimal(([alert.name, channel.rawValue] + ids).joined(separator: "\n"))
                .prefix(32))
    }

    /// One course, with the offerings of it that are new.
    struct Entry {
        var first: AlertFinding
        var others: [AlertFinding]
    }

    /// The courses, in the order of their first offering.
    var entries: [Entry] {
        var entries: [Entry] = []
        var places: [ID<Course>: Int] = [:]
        for finding in findings {
            if let place = places[finding.row.course] {
                entries[place].others.append(finding)
            } else {
                places[finding.row.course] = entries.count
                entries.append(Entry(first: finding, others: []))
            }
        }
        return entries
    }

    /// `3 nieuwe cursussen: Snoeien bij Houten`.
    var subject: String {
        let count = entries.count
        let what =
            count == 1
            ? language(nl: "Nieuw", en: "New")
            : language(nl: "\(count) keer nieuw", en: "\(count) new courses")
        return "\(what): \(alert.title.onOneLine)"
    }

    /// The message in plain text; lines end with `\n`.
    func text(from sender: MailAddress?) -> String {
        var lines = [
            language(
                nl: "Nieuw voor “\(alert.title.onOneLine)”:",
                en: "New for “\(alert.title.onOneLine)”:")
        ]
        for entry in entries { lines += [""] + self.lines(entry) }
        let isSearch = if case .search = alert.question { true } else { false }
        lines += [
            "", "",
            isSearch
                ? language(
                    nl: "Je krijgt dit bericht omdat je deze zoekvraag hebt bewaard bij \(site).",
                    en: "You get this message because you saved this search at \(site).")
                : language(
                    nl: "Je krijgt dit bericht omdat je je profiel hiervoor hebt bewaard bij "
                        + "\(site).",
                    en: "You get this message because you kept your profile for this at \(site)."),
            language(
                nl: "Wat al begonnen, vol of gesloten is, staat er niet bij.",
                en: "What has begun, is full or closed is left out."),
        ]
        if let sender {
            lines.append(
                language(
                    nl: "Geen berichten meer? Schrijf dat aan \(sender.address).",
                    en: "No more messages? Write so to \(sender.address)."))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(_ entry: Entry) -> [String] {
        let row = entry.first.row
        var lines = [row.title.onOneLine, "  " + facts(row)]
        for other in entry.others {
            let wording = Wording(language: language)
            lines.append(
                "  "
                    + language(nl: "ook: ", en: "also: ")
                    + [
                        wording.start(other.row.start).onOneLine, other.row.place.onOneLine,
                        wording.price(other.row.price, includesVAT: other.row.includesVAT),
                    ].joined(separator: " · "))
        }
        lines += entry.first.reasons.map { "  - \($0.onOneLine)" }
        if let address = address(row) { lines.append("  " + address) }
        return lines
    }

    /// Who, where, when, how much: on one line.
    func facts(_ row: ResultRow) -> String {
        let wording = Wording(language: language)
        return [
            row.provider, row.place, wording.start(row.start),
            wording.price(row.price, includesVAT: row.includesVAT),
        ].map(\.onOneLine).joined(separator: " · ")
    }

    /// The course's page here, else at its provider.
    func address(_ row: ResultRow) -> String? {
        if let base { return CourseAddress.page(of: row.course, in: language, base: base) }
        guard let url = row.url, url.hasPrefix("https://") || url.hasPrefix("http://"),
            url.utf8.allSatisfy({ $0 > 32 && $0 != 127 })
        else { return nil }
        return url
    }

    /// What is posted to a program.
    struct JSON: Encodable {
        struct Data: Encodable {
            var alert: String
            var title: String
            var language: String
            var generation: Int
            var results: [AlertFinding.JSON]
        }
        var type: String
        var timestamp: String
        var data: Data
    }

    /// The message for a program, sent at a moment.
    func json(at moment: String) -> JSON {
        JSON(
            type: "alert.found", timestamp: moment,
            data: .init(
                alert: alert.name, title: alert.title, language: language.rawValue,
                generation: generation, results: findings.map(\.json)))
    }
}
