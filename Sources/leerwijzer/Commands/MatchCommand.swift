import ArgumentParser
import CourseModel
import Glibc
import Ingest
import Matching
import Places
import SearchIndex
import Skills

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
        let catalogue = try workspace.open()
        let gazetteer = try catalogue.gazetteer()
        let skills = try catalogue.skills()
        let resolved: ResolvedProfile
        do {
            resolved = try ResolvedProfile(profile, skills: skills) {
                PlaceAnswer($0, in: gazetteer)
            }
        } catch {
            throw Failure(.data, "\(self.profile): \(error)")
        }
        let index = try catalogue.index()
        let understood = try FilterReader(
            gazetteer: gazetteer, skills: skills, index: index, today: workspace.day
        ).query(try filters.filters(words: []))
        let candidates = filters.isEmpty ? nil : try index.offerings(matching: understood.query)
        let offerings = IndexOfferings(index)
        let matches = Matcher(source: offerings, skills: skills).match(
            resolved, today: workspace.day, limit: limit,
            oncePerCourse: grouping.isPerCourse(in: format)
        ) { candidates?.contains($0) ?? true }
        try offerings.check()
        try MatchOutput(
            matches: matches, resolved: resolved, skills: skills,
            rows: ResultRows(
                index: index, understood: understood, language: language(of: profile)),
            language: language(of: profile), today: workspace.day
        ).print(as: format)
    }

    /// The learner's own language, unless the command names one.
    private func language(of profile: Profile) -> AnswerLanguage {
        if let lang = workspace.lang { return lang }
        guard let language = profile.language else { return workspace.language }
        return language == .dutch ? .nl : .en
    }
}
