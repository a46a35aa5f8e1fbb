import Answers
import ArgumentParser
import Matching

struct PathCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path",
        abstract: "Tailored paths: offerings in order that together close the gap.",
        discussion: """
            A path keeps to the profile’s budget, weekly hours, reach, free time and deadline; its \
            steps do not ask for a level that is not yet reached. Up to four are shown: the most \
            complete, and the cheapest, fastest and nearest that close nearly as much. What stays \
            open is told, and whether a better path can exist.

            leerwijzer path catalog/profiles/worker.toml
            leerwijzer path profile.toml --mode classroom --at-least 50 --format json
            """)

    @Argument(help: ArgumentHelp("The learner’s profile.", valueName: "profile")) var profile:
        String
    @Option(
        help: ArgumentHelp(
            "What the cheapest, fastest and nearest path close at least, as a share of what the "
                + "most complete one closes, 1-100.", valueName: "percent"))
    var atLeast = 80
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard (1...100).contains(atLeast) else {
            throw ValidationError("--at-least takes 1 to 100")
        }
    }

    func run() throws {
        let profile = try workspace.profile(in: self.profile)
        let catalogue = try workspace.open()
        try catalogue.printing { index in
            let desk = try LearnerDesk(workspace, catalogue, index, filters: filters)
            let resolved = try workspace.resolve(profile, of: self.profile, at: desk)
            guard !resolved.gap.isEmpty else {
                throw Failure(.data, "\(self.profile): \(desk.whyNoGap(resolved))")
            }
            let results = try desk.paths(for: resolved, leastShare: atLeast)
            try PathOutput(answer: desk.answer(results, for: resolved)).print(as: format)
        }
    }
}
