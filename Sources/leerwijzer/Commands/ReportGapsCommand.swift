import Answers
import ArgumentParser
import CourseModel
import Ingest
import Matching
import Partnership
import Places

struct ReportGapsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gaps",
        abstract: "Tell which occupations and wishes meet no offer, region by region.",
        discussion: """
            For each region: to how many occupations what can be learnt within 30 minutes leads, which \
            lack little, and what they lack. With profiles (one a line as a JSON object, as for \
            batch): which wishes of the learners who live there meet nothing. Counts of fewer than \
            ten profiles, or of all but fewer than ten, are not told, and nothing of a profile is \
            kept.

            leerwijzer report gaps --region arbeidsmarktregio:Midden-Utrecht
            leerwijzer report gaps profiles.ndjson --each municipality --format json
            leerwijzer report gaps --within 45min --by transit --format svg > map.svg

            Exit status: 0 done; 65 when at least one line was no profile.
            """)

    @Argument(
        help: ArgumentHelp("Profiles, one a line; - is standard input.", valueName: "file"))
    var file: String?
    @Option(help: RegionKindOption.help)
    var each = RegionKindOption(kind: .labourRegion)
    @Option(
        help: ArgumentHelp(
            "How many occupations that lack something are told of each region, 1-10000.",
            valueName: "number"))
    var limit = 10
    @Option(help: RegionForm.help) var format: RegionForm = .table
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        try RegionQuestion.validate(filters)
        guard 1...10_000 ~= limit else { throw ValidationError("--limit takes 1 to 10000") }
    }

    func run() throws {
        let catalogue = try workspace.open()
        let language = workspace.language
        let index = try catalogue.index()
        let gazetteer = try catalogue.gazetteer()
        let skills = try catalogue.skills()
        let question = try RegionQuestion(
            filters,
            FilterReader(gazetteer: gazetteer, skills: skills, index: index, today: workspace.day))
        // Counts of profiles are by the kind of region that is told of.
        let kind = question.region?.kind ?? each.kind
        let gaps = try Gaps(
            of: index, gazetteer: gazetteer, skills: skills, query: question.queryForAudience,
            kind: kind,
            reach: .time(minutes: question.minutes, mode: question.mode))
        var faulty = 0
        let demand = try file.map { try tally($0, kind, gazetteer, &faulty) }
        let regions = gaps.regions.filter {
            question.region == nil || $0.region == question.region
        }
        switch format {
        case .table:
            let output = GapsOutput(
                gaps: gaps, demand: demand, limit: limit, skills: skills, language: language)
            if question.region == nil {
                try output.print(regions)
            } else {
                for region in regions { try output.print(region) }
            }
        case .json:
            try Console.print(
                try JSONOutput.line(
                    GapsAnswer(
                        gaps, regions: regions, limit: limit, demand: demand, skills: skills,
                        language: language)))
        case .csv:
            try GapsForms.forEachLine(
                gaps, regions: regions, demand: demand, skills: skills, language: language
            ) { try Console.write($0, to: 1) }
        case .geojson:
            try Console.write(
                try GapsForms.geoJSON(
                    gaps, regions: regions, limit: limit, demand: demand, skills: skills,
                    gazetteer: gazetteer, language: language), to: 1)
        case .svg:
            try Console.write(
                GapsForms.map(gaps, kind: kind, gazetteer: gazetteer, language: language), to: 1)
        }
        if faulty > 0 {
            throw Failure(.data, "\(faulty) lines were no profiles; batch says why")
        }
    }

    private enum Answer: Sendable {
        case fault
        case elsewhere
        case asked(ResolvedProfile, RegionIndex, isServed: Bool)
    }

    private func tally(
        _ file: String, _ kind: RegionKind, _ gazetteer: Gazetteer, _ faulty: inout Int
    ) throws -> DemandTally {
        let lines = try LineReader(file)
        var narrowed = filters
        // Where a learner lives is in the profile.
        (narrowed.region, narrowed.within, narrowed.by) = (nil, nil, nil)
        let desk = try LearnerDesk(forMany: workspace, filters: narrowed)
        var tally = DemandTally()
        var faults = 0
        try OrderedPipeline<LineReader.Line, Answer>(
            next: { try lines.nextFilled() },
            work: { line in
                guard case .profile(let resolved) = try ProfileLine(line, desk: desk) else {
                    return .fault
                }
                // The last of the places is where the learner lives, when that is stated.
                guard let place = resolved.places.last,
                    let area = gazetteer.area(containing: place.coordinates)
                else { return .elsewhere }
                let total = try desk.match(resolved, limit: 1, oncePerCourse: true).total
                return .asked(resolved, area.areas[kind], isServed: total > 0)
            },
            deliver: { answer in
                switch answer {
                case .fault: faults += 1
                case .elsewhere: tally.addElsewhere()
                case .asked(let profile, let region, let isServed):
                    tally.add(profile, in: region, isServed: isServed)
                }
            }
        ).run()
        faulty = faults
        return tally
    }
}
