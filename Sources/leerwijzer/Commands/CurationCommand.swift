import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Settings

struct CurationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curation",
        abstract: "Look after what partners correct in what the feeds say.",
        discussion: """
            Corrections stand in files in the catalogue's folder curation/, to be written and reviewed \
            like any text. They lie over what the feed says, field by field, wherever a course is \
            shown, found or published, and survive every reading; the original is kept. How they are \
            written stands in catalog/curation/README.md.
            """,
        subcommands: [
            CurationListCommand.self, CurationCheckCommand.self, CurationApplyCommand.self,
        ],
        defaultSubcommand: CurationListCommand.self)
}

struct CurationListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Tell of every correction whether it counts, and if not, why.",
        discussion: """
            What is listed is what becomes of the files as they are now; it takes hold with the next \
            ingest, or with: leerwijzer curation apply

            leerwijzer curation
            leerwijzer curation list --open
            leerwijzer curation list --state waiting --format json
            """)

    @Flag(help: "Only those that ask for a person: conflicts, missing approvals, changed feeds.")
    var open = false
    @Option(
        help: ArgumentHelp(
            "Only those in this state: \(CurationRuling.State.words).", valueName: "state"))
    var state: [CurationRuling.State] = []
    @Option(help: ArgumentHelp("Only those of this course.", valueName: "id")) var course: String?
    @Option(help: ArgumentHelp("Only those by this partner.", valueName: "id"))
    var partner: String?
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        // The first command on a workspace reads its sources.
        _ = try catalogue.index()
        let rulings = try catalogue.reviewedCorrections().rulings.filter { ruling in
            (!open || ruling.asksForAction)
                && (state.isEmpty || state.contains(ruling.state))
                && (course == nil || ruling.course?.value == course)
                && (partner == nil || ruling.partner.value == partner)
        }
        if format == .json {
            return try Console.print(try JSONOutput.line(rulings.map(CurationJSON.init)))
        }
        let language = workspace.language
        for ruling in rulings {
            for line in CurationOutput.lines(of: ruling, language) { try Console.print(line) }
        }
        let (count, asking) = (rulings.count, rulings.count { $0.asksForAction })
        try Console.print(
            language(
                nl: "\(count) correctie\(count == 1 ? "" : "s"), "
                    + "\(asking) \(asking == 1 ? "vraagt" : "vragen") om een besluit",
                en: "\(count) correction\(count == 1 ? "" : "s"), "
                    + "\(asking) \(asking == 1 ? "asks" : "ask") for a decision"))
    }
}

struct CurationCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the files: every fault with file, line, field and what was meant.",
        discussion: """
            Needs no store, so that it can run where changes of the files are reviewed.

            leerwijzer curation check
            """)

    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let corrections = try workspace.open().workspace.corrections()
        let files = Set(corrections.map(\.file)).count
        try Console.print(
            workspace.language(
                nl: "\(corrections.count) correcties, bestanden: \(files), geen fouten",
                en: "\(corrections.count) corrections, files: \(files), no faults"))
    }
}

struct CurationApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Let the files as they are now take hold, without reading feeds.")

    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        _ = try catalogue.index()
        // Files with faults would leave everything as it was.
        _ = try catalogue.workspace.corrections()
        let before = try catalogue.store().generation
        try catalogue.write { try catalogue.settle() }
        let after = try catalogue.store().generation
        let language = workspace.language
        try Console.print(
            before == after
                ? language(
                    nl: "niets veranderd, generatie \(after)",
                    en: "nothing changed, generation \(after)")
                : language(nl: "toegepast, generatie \(after)", en: "applied, generation \(after)"))
    }
}

extension CurationRuling.State: ExpressibleByArgument {
    /// The states, for help.
    static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
