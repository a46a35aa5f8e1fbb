import ArgumentParser
import Matching

struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Rank offerings for a learner, with reasons and near misses.",
        discussion: """
            The profile is a TOML or JSON file, or - for standard input. It is read, used, and kept \
            nowhere. Filters narrow what may be offered.

            leerwijzer match catalog/profiles/worker.toml
            leerwijzer match profile.json --mode classroom --limit 5 --format json
            """)

    @Argument(help: ArgumentHelp("The learner's profile.", valueName: "profile")) var profile:
        String
    @Option(help: ArgumentHelp("How many results, 1-1000.", valueName: "number")) var limit = 10
    @Option(
        help: ArgumentHelp(
            "Form of the answer: table, json, ndjson, csv, geojson, ics.", valueName: "form"))
    var format: OutputForm = .table
    @OptionGroup var grouping: Grouping
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit takes 1 to 1000") }
    }

    func run() throws {
        let profile = try Profile.read(
            try TextFile.read(self.profile), file: self.profile, today: workspace.day)
        let desk = try LearnerDesk(workspace, filters: filters)
        let resolved: ResolvedProfile
        do { resolved = try desk.resolve(profile) } catch {
            throw Failure(.data, "\(self.profile): \(error)")
        }
        let matches = try desk.match(
            resolved, limit: limit, oncePerCourse: grouping.isPerCourse(in: format))
        try desk.output(matches, for: resolved).print(as: format)
    }
}
