import Answers
import CourseModel
import Ingest
import Partnership

/// What an archive brings into a catalogue, or would.
struct ImportOutput {
    private let archive: ArchiveImport
    private let isPreview: Bool
    private let folder: String
    private let language: AnswerLanguage

    init(_ archive: ArchiveImport, isPreview: Bool, _ workspace: WorkspaceOptions) {
        self.archive = archive
        self.isPreview = isPreview
        folder = Workspace.locate(named: workspace.catalog)
        language = workspace.language
    }

    private struct Report: Encodable {
        var archive: OpenArchive
        var isPreview: Bool
        var isNew: Bool
        var files: Int
        var sources: [ArchiveImport.Part]
    }

    func printJSON() throws {
        try Console.print(
            try JSONOutput.line(
                Report(
                    archive: archive.archive, isPreview: isPreview, isNew: archive.isNew,
                    files: archive.files, sources: archive.parts)))
    }

    func print() throws {
        let label = archive.archive
        let name = label.catalogue.map { "“\($0)”, " } ?? ""
        try Console.print(
            language(
                nl: "\(name)generatie \(label.generation), gemaakt op \(label.made.prefix(10)); "
                    + "alle controlegetallen kloppen",
                en: "\(name)generation \(label.generation), made on \(label.made.prefix(10)); "
                    + "all checksums hold"))
        var table = TextTable([
            .init(heading: language(nl: "bron", en: "source"), canShrink: true),
            .init(heading: language(nl: "wat", en: "what"), canShrink: true),
            .init(heading: language(nl: "aangeboden", en: "offered"), isNumeric: true),
            .init(heading: language(nl: "aanvaard", en: "accepted"), isNumeric: true),
            .init(heading: language(nl: "quarantaine", en: "quarantined"), isNumeric: true),
            .init(heading: language(nl: "weg", en: "gone"), isNumeric: true),
            .init(heading: language(nl: "runs", en: "runs"), isNumeric: true),
        ])
        for part in archive.parts {
            let isCounted = !isPreview && (part.step == .new || part.step == .resumed)
            func count(_ count: RecordCount, _ isKnown: Bool) -> String {
                isKnown ? "\(count.courses)/\(count.offerings)" : ""
            }
            table.append([
                part.source.value, word(part.step), count(part.offered, true),
                count(part.accepted, isCounted), count(part.quarantined, isCounted),
                "\(part.gone)",
                part.runsLeft == 0 ? "\(part.runs)" : "\(part.runs) (\(part.runsLeft))",
            ])
        }
        try Console.print(
            table.lines(width: Terminal.output.width).joined(separator: "\n"))
        for line in notes { try Console.print(line) }
    }

    private func word(_ step: ArchiveImport.Step) -> String {
        switch step {
        case .new: language(nl: isPreview ? "komt" : "nieuw", en: isPreview ? "comes" : "new")
        case .resumed: language(nl: "gaat verder", en: "goes on")
        case .there: language(nl: "was er al", en: "was there")
        case .own: language(nl: "blijft eigen", en: "stays your own")
        }
    }

    private var notes: [String] {
        var notes = [
            language(
                nl: "cursussen/uitvoeringen; runs die niet meekomen tussen haakjes",
                en: "courses/offerings; runs that do not come over in brackets")
        ]
        if archive.isNew {
            notes.append(
                language(
                    nl: "\(archive.files) bestanden met instellingen en gegevens naar \(folder)",
                    en: "\(archive.files) files of settings and data to \(folder)"))
        } else if archive.archive.isWhole {
            notes.append(
                language(
                    nl:
                        "instellingen, correcties en gezamenlijke modules van \(folder) blijven zoals "
                        + "ze zijn",
                    en: "settings, corrections and joint modules of \(folder) stay as they are"))
        }
        for part in archive.parts where !part.settings.isEmpty {
            notes.append(
                language(nl: "in catalog.toml voor ", en: "in catalog.toml for ")
                    + "\(part.source):\n  " + part.settings.joined(separator: "\n  "))
        }
        for part in archive.parts {
            guard let feed = part.missingFeed else { continue }
            notes.append(
                language(
                    nl:
                        "\(part.source): de feed \(feed) is er niet; zet hem daar neer, of noem een "
                        + "andere in catalog.toml",
                    en:
                        "\(part.source): its feed \(feed) is not there; put it there, or name another "
                        + "in catalog.toml"))
        }
        if isPreview {
            notes.append(
                language(nl: "Er is niets veranderd.", en: "Nothing was changed."))
        }
        return notes
    }
}
