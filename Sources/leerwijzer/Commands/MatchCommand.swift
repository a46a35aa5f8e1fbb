import Answers
import ArgumentParser
import CourseModel
import Matching

struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        _superCommandName: "leerwijzer",
        abstract: "Rank offerings for a learner, with reasons and near misses.",
        discussion: """
            The profile is a TOML or JSON file, or - for standard input. It is read, used, and kept \
            nowhere. Filters narrow what may be offered.

            leerwijzer match catalog/profiles/worker.toml
            leerwijzer match profile.json --mode classroom --limit 5 --format json

            The other way round, --for ranks the profiles that an offering (or any offering of a \
            course) fits, as to fill places; --profiles names a file with a profile as JSON on each \
            line. Exit status 65 when a line was no profile.

            Of an apprenticeship or internship, level and way come first.

            leerwijzer match --for OFFERING --profiles profiles.ndjson

            For an employer’s team whose members stand in the profile, --cover chooses the fewest \
            modules that together cover what each of them lacks, and tells who takes which.

            leerwijzer match catalog/profiles/team.toml --cover
            """)

    @Argument(help: ArgumentHelp("The learner's profile.", valueName: "profile")) var profile:
        String?
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Rank profiles for this offering or course.", valueName: "id"))
    var offering: String?
    @Option(
        help: ArgumentHelp("Profiles as NDJSON, for --for; - is standard input.", valueName: "file")
    )
    var profiles: String?
    @Flag(help: "Choose modules that together cover a team.") var cover = false
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
        guard (offering == nil) == (profiles == nil) else {
            throw ValidationError("--for and --profiles go together")
        }
        guard (profile == nil) != (offering == nil) else {
            throw ValidationError(
                "name a profile to match with offerings, or --for and --profiles to match an "
                    + "offering with profiles")
        }
        guard !cover || (profile != nil && [.table, .json].contains(format)) else {
            throw ValidationError("--cover takes a profile and answers as table or json")
        }
        guard offering == nil || [.table, .json, .ndjson].contains(format) else {
            throw ValidationError("--for answers as table, json or ndjson")
        }
    }

    func run() throws {
        if let offering, let profiles {
            try rank(profiles, for: offering)
        } else if let profile {
            try match(profile)
        }
    }

    private func match(_ file: String) throws {
        let profile = try workspace.profile(in: file)
        let catalogue = try workspace.open()
        try catalogue.printing { index in
            let desk = try LearnerDesk(workspace, catalogue, index, filters: filters)
            let resolved = try workspace.resolve(profile, of: file, at: desk)
            guard !cover else {
                guard !resolved.members.isEmpty else {
                    throw Failure(
                        .data,
                        "\(file): [[team.member]] is missing; name the members with what each of "
                            + "them has and wants")
                }
                try TeamOutput(answer: try desk.cover(resolved)).print(as: format)
                return
            }
            let matches = try desk.match(
                resolved, limit: limit, oncePerCourse: grouping.isPerCourse(in: format))
            try MatchOutput(answer: desk.answer(matches, for: resolved)).print(as: format)
        }
    }

    /// Ranks the profiles of a file for an offering.
    private func rank(_ file: String, for id: String) throws {
        let lines = try LineReader(file)
        let desk = try LearnerDesk(forMany: workspace, filters: filters)
        guard let offerings = try desk.offerings(of: id) else {
            throw Failure(
                .noInput, "no offering or course has the id “\(id)”; leerwijzer search shows ids")
        }
        var places = PlacesToFill(desk: desk, offerings: offerings, limit: limit)
        try places.read(lines)
        try PlacesOutput(
            places: places, skills: desk.skills, rows: desk.rows(in: workspace.language),
            language: workspace.language
        ).print(as: format)
        if places.faulty > 0 {
            throw Failure(
                .data,
                workspace.language(
                    nl: places.faulty == 1
                        ? "1 van \(places.read) regels was geen profiel"
                        : "\(places.faulty) van \(places.read) regels waren geen profielen",
                    en: places.faulty == 1
                        ? "1 of \(places.read) lines was no profile"
                        : "\(places.faulty) of \(places.read) lines were no profiles"))
        }
    }
}
