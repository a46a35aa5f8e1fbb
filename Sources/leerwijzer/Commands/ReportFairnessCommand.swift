import Answers
import ArgumentParser
import CourseModel
import Matching
import Places

struct ReportFairnessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fairness",
        abstract: "Compare what learners of regions and levels are offered.",
        discussion: """
            Each line of the file is a profile as a JSON object, as for batch. Told for each \
            province and each level: how many profiles, how many were offered nothing, and the \
            medians of the number of offerings, the travel to the best one and what it costs. \
            Groups of fewer than ten profiles are counted together and not told, nor is any count \
            or median of fewer than ten. Nothing of a profile is kept.

            leerwijzer report fairness profiles.ndjson

            Exit status: 0 done; 65 when at least one line was no profile.
            """)

    @Argument(
        help: ArgumentHelp("The profiles, one a line; - is standard input.", valueName: "file"))
    var file = "-"
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup var workspace: WorkspaceOptions

    private enum Answer: Sendable {
        case fault
        case offered(FairnessTally.Observation, region: String, level: String)
    }

    func run() throws {
        let lines = try LineReader(file)
        let desk = try LearnerDesk(forMany: workspace, filters: filters)
        let unstated = workspace.language(nl: "niet vermeld", en: "not stated")
        var report = FairnessOutput()
        try OrderedPipeline<LineReader.Line, Answer>(
            next: { try lines.nextFilled() },
            work: { try Self.answer($0, desk, unstated: unstated) },
            deliver: { answer in
                switch answer {
                case .fault: report.faulty += 1
                case .offered(let observation, let region, let level):
                    report.regions.add(observation, to: region)
                    report.levels.add(observation, to: level)
                }
            }
        ).run()
        try report.print(as: format, in: workspace.language)
        if report.faulty > 0 {
            throw Failure(.data, "\(report.faulty) lines were no profiles; batch says why")
        }
    }

    @Sendable private static func answer(
        _ line: LineReader.Line, _ desk: LearnerDesk, unstated: String
    ) throws -> Answer {
        guard case .profile(let resolved) = try ProfileLine(line, desk: desk) else {
            return .fault
        }
        let matches = try desk.match(resolved, limit: 1, oncePerCourse: true)
        let best = matches.results.first
        let cents = best.flatMap { match in
            match.netPrice?.cents
                ?? desk.offerings.facts(ofOffering: match.offering).priceInCents
                .map { Int($0) * resolved.profile.teamSize }
        }
        let observation = FairnessTally.Observation(
            offerings: matches.total, minutes: best?.travel?.minutes, cents: cents)
        // The last of the places is where the learner lives, when that is stated.
        let region = resolved.places.last
            .flatMap { desk.gazetteer.area(containing: $0.coordinates)?.province.name }
        return .offered(
            observation, region: region ?? unstated,
            level: (resolved.profile.levelHad?.eqf).map { "NLQF \($0)" } ?? unstated)
    }
}
