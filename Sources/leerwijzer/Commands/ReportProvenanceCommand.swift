import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Skills
import Storage

struct ReportProvenanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provenance",
        abstract: "Tell on what the fields of the catalogue rest, and which courses they are.",
        discussion: """
            Without filters, how often each field is declared by its feed, derived, found in the \
            text, corrected by a partner or filled up from another source. With filters, the fields \
            themselves. All of one course: leerwijzer show ID --provenance

            leerwijzer report provenance
            leerwijzer report provenance --kind curated
            leerwijzer report provenance --field level --kind derived --partner groene-school
            """)

    @Option(help: ArgumentHelp("Only this field, as in the JSON of show.", valueName: "name"))
    var field: String?
    @Option(
        help: ArgumentHelp(
            "Only what rests on this: declared, derived, inferred, curated, filled-up.",
            valueName: "kind"))
    var kind: FieldOrigin.Kind?
    @Option(help: ArgumentHelp("Only what this partner says.", valueName: "id"))
    var partner: String?
    @Option(help: ArgumentHelp("Only courses of this source.", valueName: "id"))
    var source: String?
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    private struct Row: Encodable {
        var course: String
        var origin: FieldOrigin
    }

    func run() throws {
        let catalogue = try workspace.open()
        let index = try catalogue.index()
        let duplicates = try catalogue.duplicates()
        let isList = field != nil || kind != nil || partner != nil
        let context = CourseOrigins.Context(
            shown: ShownCourses(duplicates, curation: Curation(catalogue.workspace)),
            configuration: catalogue.workspace.configuration, skills: try catalogue.skills(),
            index: index, withTimes: isList)
        let tagger = SkillTagger(try catalogue.skills())
        var counts: [String: [FieldOrigin.Kind: Int]] = [:]
        var found = 0
        if isList, format == .json { try Console.write("[", to: 1) }
        try catalogue.store().snapshot { snapshot in
            if let source, try snapshot.source(ID(source)) == nil {
                throw IngestError.unknownSource(
                    source, known: try snapshot.sources().map(\.source.id.value))
            }
            var ids: [ID<Course>] = []
            try snapshot.forEachRecord(
                since: nil, states: [.present], source: source.map { ID($0) }
            ) { ids.append($0.record.course.id) }
            for id in ids {
                guard
                    let origins = try CourseOrigins(
                        of: id, in: snapshot, context, tagger: tagger)
                else { continue }
                for origin in origins.fields where isWanted(origin) {
                    counts[origin.field, default: [:]][origin.kind, default: 0] += 1
                    guard isList else { continue }
                    try print(Row(course: id.value, origin: origin), isFirst: found == 0)
                    found += 1
                }
            }
        }
        if isList {
            if format == .json { return try Console.print("]") }
            return try Console.print(
                workspace.language(nl: "\(found) velden", en: "\(found) fields"))
        }
        try printCounts(counts)
    }

    private func isWanted(_ origin: FieldOrigin) -> Bool {
        (field == nil || origin.field == field) && (kind == nil || origin.kind == kind)
            && (partner == nil || origin.partner.value == partner)
    }

    private func print(_ row: Row, isFirst: Bool) throws {
        if format == .json {
            try Console.write((isFirst ? "\n" : ",\n") + (try JSONOutput.line(row)), to: 1)
            return
        }
        let origin = row.origin
        let language = workspace.language
        var line = "\(origin.offering.value ?? row.course)  \(origin.field): "
        line += origin.value.split(whereSeparator: \.isNewline).joined(separator: " ")
        line += "  · \(origin.kind.wording(language))"
        if let correction = origin.correction.value {
            let author = correction.author.value.map { "\($0), " } ?? ""
            line += " · \(author)\(correction.partner): \(correction.reason)"
        }
        if let since = origin.since.value { line += " · \(since.prefix(10))" }
        try Console.print(line)
    }

    private func printCounts(_ counts: [String: [FieldOrigin.Kind: Int]]) throws {
        if format == .json {
            let named = counts.mapValues { counts in
                Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
            }
            return try Console.print(try JSONOutput.line(named))
        }
        let language = workspace.language
        var table = TextTable(
            [.init(heading: language(nl: "veld", en: "field"))]
                + FieldOrigin.Kind.allCases.map {
                    .init(heading: $0.wording(language), isNumeric: true)
                })
        for field in counts.keys.sorted() {
            table.append(
                [field]
                    + FieldOrigin.Kind.allCases.map { kind in
                        counts[field]?[kind].map { "\($0)" } ?? "–"
                    })
        }
        for line in table.lines(width: nil, heading: Terminal.output.bold) {
            try Console.print(line)
        }
    }
}

extension FieldOrigin.Kind: ExpressibleByArgument {}
