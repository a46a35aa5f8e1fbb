import ArgumentParser
import CourseModel
import Glibc
import Matching
import Settings

struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Write a learner’s profile, or see how one is understood.",
        subcommands: [New.self, Check.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Ask for a profile and write it to a file.",
            discussion: """
                Asks in Dutch or English and checks each answer at once; an empty answer leaves a \
                field out. The answers go to the named file and nowhere else.

                leerwijzer profile new sanne.toml --lang nl
                """)

        @Argument(help: ArgumentHelp("The file to write.", valueName: "file")) var file: String
        @Flag(help: "Write over a file that is there.") var replace = false
        @OptionGroup var workspace: WorkspaceOptions

        func run() throws {
            let language = workspace.language
            guard replace || access(file, F_OK) != 0 else {
                throw Failure(
                    .cannotCreate,
                    language(
                        nl: "\(file) bestaat al; noem een ander bestand of geef --replace",
                        en: "\(file) is there already; name another file or give --replace"))
            }
            let catalogue = try workspace.open()
            let draft = try ProfileInterview(
                skills: try catalogue.skills(), gazetteer: try catalogue.gazetteer(),
                language: language, today: workspace.day, schemes: try workspace.funding().schemes
            ).run()
            try TextFile.write(draft.toml, to: file, replacing: replace)
            try Console.print(
                language(
                    nl: "Bewaard in \(file). Zoek nu wat past: leerwijzer match \(file)",
                    en: "Written to \(file). See what fits: leerwijzer match \(file)"))
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Show how a profile is understood: words, places, reach, dates, limits.",
            discussion: """
                Words that were looked up stand with what they were taken for, how sure that is, and \
                what else they may mean. Write an id instead of words to be certain. Exit status 65 \
                when the profile has faults.

                leerwijzer profile check catalog/profiles/worker.toml
                """)

        @Argument(help: ArgumentHelp("The profile.", valueName: "profile")) var profile: String
        @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
        var format: TableOrJSON = .table
        @OptionGroup var workspace: WorkspaceOptions

        func run() throws {
            let read = try workspace.profile(in: profile)
            let catalogue = try workspace.open()
            let gazetteer = try catalogue.gazetteer()
            let skills = try catalogue.skills()
            let faults = ResolvedProfile.faults(inPlacesOf: read) { PlaceAnswer($0, in: gazetteer) }
            let language =
                workspace.lang ?? read.language.map { $0 == .dutch ? .nl : .en }
                ?? workspace.language
            guard faults.isEmpty else {
                throw Failure(
                    .data,
                    faults.map { "\(profile): \($0.description(in: language.tag))" }
                        .joined(separator: "\n"))
            }
            let resolved = try ResolvedProfile(read, skills: skills) {
                PlaceAnswer($0, in: gazetteer)
            }
            let account = ProfileAccount(
                resolved, skills: skills, in: language == .nl ? .dutch : .english)
            try ProfileOutput(account: account, language: language).print(as: format)
        }
    }
}
