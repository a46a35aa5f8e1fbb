import Answers
import ArgumentParser
import Partnership
import Storage

struct AlertsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the alerts, what they told and how they are doing.")

    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    private struct JSON: Encodable {
        struct Channel: Encodable {
            var channel: String
            var hasBegun: Bool
            var known: Int
            var lastTold: Nullable<String>
            var generation: Nullable<Int>
            var failure: Nullable<String>
            var failingSince: Nullable<String>
        }
        var name: String
        var title: Nullable<String>
        var fault: Nullable<String>
        var channels: [Channel]
    }

    func run() throws {
        let folder = AlertFolder(try workspace.open().workspace)
        let names = try folder.names()
        let rows = try names.map { name in try row(name, folder) }
        switch format {
        case .json: try Console.print(try JSONOutput.line(rows))
        case .table: try printTable(rows, folder)
        }
        if rows.contains(where: { $0.fault.value != nil }) { throw Failure(.data, "") }
    }

    private func row(_ name: String, _ folder: AlertFolder) throws -> JSON {
        func iso(_ seconds: Int64?) -> Nullable<String> {
            Nullable(seconds.map { Moment(secondsSince1970: $0).iso })
        }
        do {
            let alert = try folder.alert(name)
            let state = try folder.state(of: name)
            return JSON(
                name: name, title: Nullable(alert.title), fault: Nullable(nil),
                channels: alert.channels.map { channel in
                    let known = state[channel]
                    return JSON.Channel(
                        channel: channel.rawValue, hasBegun: known != nil, known: known?.count ?? 0,
                        lastTold: iso(known?.lastTold), generation: Nullable(known?.generation),
                        failure: Nullable(known?.failure), failingSince: iso(known?.failingSince))
                })
        } catch {
            guard let failure = Failure(explaining: error) else { throw error }
            return JSON(
                name: name, title: Nullable(nil), fault: Nullable(failure.message), channels: [])
        }
    }

    private func printTable(_ rows: [JSON], _ folder: AlertFolder) throws {
        let language = workspace.language
        guard !rows.isEmpty else {
            Console.complain(
                language(
                    nl: "er zijn geen alerts in \(folder.path); zie: leerwijzer help alerts",
                    en: "there are no alerts in \(folder.path); see: leerwijzer help alerts"))
            return
        }
        var table = TextTable([
            .init(heading: "alert"),
            .init(heading: language(nl: "titel", en: "title"), canShrink: true),
            .init(heading: language(nl: "weg", en: "way")),
            .init(heading: language(nl: "bekend", en: "known"), isNumeric: true),
            .init(heading: language(nl: "laatst gemeld", en: "last told")),
            .init(heading: language(nl: "stand", en: "state"), canShrink: true),
        ])
        for row in rows {
            if let fault = row.fault.value {
                table.append([
                    row.name, "–", "–", "–", "–",
                    language(nl: "fout: ", en: "faulty: ") + fault.prefix { $0 != "\n" },
                ])
            }
            for channel in row.channels {
                table.append([
                    row.name, row.title.value ?? "–", channel.channel, "\(channel.known)",
                    channel.lastTold.value ?? "–",
                    state(channel),
                ])
            }
        }
        for line in table.lines(width: Terminal.output.width, heading: Terminal.output.bold) {
            try Console.print(line)
        }
    }

    private func state(_ channel: JSON.Channel) -> String {
        let language = workspace.language
        if let failure = channel.failure.value {
            return language(nl: "lukt niet: ", en: "failing: ") + failure
        }
        return channel.hasBegun
            ? language(nl: "in orde", en: "good")
            : language(nl: "nog niet begonnen", en: "not begun")
    }
}
