import Answers
import ArgumentParser
import Feeds

struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats",
        abstract: "List the formats of feeds, and what each of them cannot hold.",
        discussion: """
            Without a format: which are read and written. With one: the fields of the catalogue \
            that are lost when it is written, and why.

            leerwijzer formats
            leerwijzer formats xcri-cap
            """)

    @Argument(help: "The name of a format.") var name: String?
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @Option(
        help: ArgumentHelp(
            "Answer in Dutch or English: nl, en (default: $LANG).", valueName: "code"))
    var lang: AnswerLanguage?

    private var language: AnswerLanguage { lang ?? .preferred }

    func run() throws {
        if let name {
            guard let known = Feeds.allFormats.first(where: { $0.name == name }) else {
                throw FeedError.noSuchFormat(name, known: Feeds.allFormats.map { $0.name })
            }
            try show(known)
        } else {
            try list()
        }
    }

    private struct Answer: Encodable {
        struct Dropped: Encodable {
            var path: String
            var reason: String
        }

        var format: String
        var title: String
        var reads: Bool
        var writes: Bool
        /// Absent for a format that is only read.
        var dropped: [Dropped]?

        init(_ format: any CatalogueFormat.Type) {
            self.format = format.name
            title = format.title
            reads = format is any FeedFormat.Type
            writes = format.writer != nil
            dropped = format.writer?.droppedFields.map { Dropped(path: $0.path, reason: $0.reason) }
        }
    }

    private func list() throws {
        let answers = Feeds.allFormats.map { Answer($0) }
        if format == .json { return try Console.print(try JSONOutput.line(["formats": answers])) }
        var table = TextTable([
            .init(heading: language(nl: "naam", en: "name")),
            .init(heading: language(nl: "formaat", en: "format"), canShrink: true),
            .init(heading: language(nl: "lezen", en: "read")),
            .init(heading: language(nl: "schrijven", en: "write")),
            .init(heading: language(nl: "velden verloren", en: "fields lost"), isNumeric: true),
        ])
        for answer in answers {
            table.append([
                answer.format, answer.title, word(answer.reads), word(answer.writes),
                answer.dropped.map { "\($0.count)" } ?? "–",
            ])
        }
        for line in table.lines(width: Terminal.output.width, heading: Terminal.output.dim) {
            try Console.print(line)
        }
    }

    private func show(_ known: any CatalogueFormat.Type) throws {
        let answer = Answer(known)
        if format == .json { return try Console.print(try JSONOutput.line(answer)) }
        try Console.print(Terminal.output.bold(answer.title) + " (\(answer.format))")
        guard let dropped = answer.dropped else {
            try Console.print(language(nl: "wordt alleen gelezen", en: "is only read"))
            return
        }
        try Console.print(
            answer.reads
                ? language(nl: "wordt gelezen en geschreven", en: "is read and written")
                : language(nl: "wordt alleen geschreven", en: "is only written"))
        try Console.print("")
        guard !dropped.isEmpty else {
            try Console.print(
                language(
                    nl: "alles in de catalogus past erin", en: "everything in the catalogue fits"))
            return
        }
        var table = TextTable([
            .init(heading: language(nl: "verloren", en: "lost")),
            .init(heading: language(nl: "waarom", en: "why"), canShrink: true),
        ])
        for field in dropped { table.append([field.path, field.reason]) }
        for line in table.lines(width: Terminal.output.width, heading: Terminal.output.dim) {
            try Console.print(line)
        }
    }

    private func word(_ value: Bool) -> String {
        value ? language(nl: "ja", en: "yes") : language(nl: "nee", en: "no")
    }
}
