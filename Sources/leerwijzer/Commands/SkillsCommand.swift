import Answers
import ArgumentParser
import CourseModel
import Ingest
import Skills

struct SkillsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "skills",
        abstract: "Look skills and occupations up, and import a classification.",
        subcommands: [Find.self, Show.self, Import.self])

    struct Find: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "find",
            abstract: "The skills and occupations that words may mean.",
            discussion: """
                leerwijzer skills find bomen snoeien
                leerwijzer skills find "tree surgeon" --format json
                """)

        @Argument(help: "Words in Dutch or English.") var words: [String]
        @Option(help: ArgumentHelp("How many of each, 1-100.", valueName: "number")) var limit = 5
        @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
        var format: TableOrJSON = .table
        @OptionGroup var workspace: WorkspaceOptions

        func validate() throws {
            guard (1...100).contains(limit) else {
                throw ValidationError("--limit takes 1 to 100")
            }
        }

        func run() throws {
            let skills = try workspace.open().skills()
            let text = words.joined(separator: " ")
            let answer = ConceptsFound(
                skills: skills.resolveSkill(text, limit: limit).matches.map {
                    ConceptsFound.Match(
                        $0, id: skills.skillID($0.number).value,
                        label: skills.skillLabel($0.number, in: workspace.language.tag))
                },
                occupations: skills.resolveOccupation(text, limit: limit).matches.map {
                    ConceptsFound.Match(
                        $0, id: skills.occupationID($0.number).value,
                        label: skills.occupationLabel($0.number, in: workspace.language.tag))
                })
            try answer.print(as: format, in: workspace.language)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One skill or occupation: its names, its place, what asks for it.",
            discussion: """
                The id as leerwijzer skills find shows it, or the last part of its URI.

                leerwijzer skills show skill:snoeien
                """)

        @Argument(help: "The id of a skill or occupation.") var id: String
        @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
        var format: TableOrJSON = .table
        @OptionGroup var workspace: WorkspaceOptions

        func run() throws {
            let skills = try workspace.open().skills()
            guard let shown = try ConceptShown(id, in: skills, language: workspace.language) else {
                throw Failure(
                    .noInput,
                    "no skill or occupation has the id “\(id)”; leerwijzer skills find shows ids")
            }
            try shown.print(as: format, in: workspace.language)
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Import ESCO beside the catalogue’s own skills.",
            discussion: """
                The folder holds ESCO’s CSV download, unpacked (skills_nl.csv, occupations_nl.csv, \
                occupationSkillRelations_nl.csv, broaderRelationsSkillPillar_nl.csv, …; in English \
                too when both are there), or tables of the same content. What was imported before \
                is replaced; when anything is wrong, it stays. Courses are tagged anew.

                leerwijzer skills import esco/
                """)

        @Argument(help: ArgumentHelp("The folder to import.", valueName: "folder")) var folder:
            String
        @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
        var format: TableOrJSON = .table
        @OptionGroup var workspace: WorkspaceOptions

        func run() throws {
            let classification = try Classification.read(folder: folder)
            let catalogue = try workspace.open(creating: true)
            let summary = try catalogue.install(classification)
            try ImportReport(summary).print(as: format, in: workspace.language)
            // The courses are tagged with what is there now.
            if catalogue.hasStore { _ = try workspace.open().index() }
        }
    }
}
