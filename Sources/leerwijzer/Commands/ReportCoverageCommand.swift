import Answers
import ArgumentParser
import CourseModel
import Ingest
import Matching
import Partnership

struct ReportCoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Tell what is within reach of the people of each region.",
        discussion: """
            From the centre of each postcode is counted how many offerings have a venue within 30 \
            minutes, on foot, by bicycle, by public transport and by car; a region's figure is the \
            mean over its postcodes. Beside it stand the postcode with the least, how many reach \
            nothing, and the partnership's targets ([[target]] in catalog.toml). --region tells one \
            region by level, price, field and audience. Filters narrow which offerings count.

            The figures of each generation are kept for --trend, except where --today names a day.

            leerwijzer report coverage
            leerwijzer report coverage --region arbeidsmarktregio:Midden-Utrecht --by transit
            leerwijzer report coverage --each municipality --kind module --evenings --format csv
            leerwijzer report coverage --by bike --audience worker --format svg > map.svg
            leerwijzer report coverage --region Houten --trend
            """)

    @Option(help: RegionKindOption.help)
    var each = RegionKindOption(kind: .labourRegion)
    @Flag(help: "The figures of earlier generations as well.") var trend = false
    @Option(help: RegionForm.help) var format: RegionForm = .table
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws { try RegionQuestion.validate(filters) }

    func run() throws {
        let catalogue = try workspace.open()
        let language = workspace.language
        let index = try catalogue.index()
        let gazetteer = try catalogue.gazetteer()
        let skills = try catalogue.skills()
        let question = try RegionQuestion(
            filters,
            FilterReader(gazetteer: gazetteer, skills: skills, index: index, today: workspace.day))
        let coverage = try Coverage(
            of: index, gazetteer: gazetteer, query: question.query, minutes: question.minutes)
        var ledger = try CoverageLedger(catalogue.workspace)
        let progress = try catalogue.workspace.configuration.targets.map {
            try TargetProgress(
                $0, index: index, gazetteer: gazetteer, skills: skills, today: workspace.day)
        }
        // What is within reach on a day that is only supposed is no part of what was.
        if question.isPlain, question.minutes == CoverageLedger.minutes, workspace.today == nil {
            do {
                try ledger.note(coverage, progress, gazetteer: gazetteer)
            } catch let failure as SyncFailure {
                // Who may only read the catalogue still gets the answer.
                Console.complain(
                    language(
                        nl: "de cijfers zijn niet bewaard voor --trend: \(failure)",
                        en: "the figures are not kept for --trend: \(failure)"))
            }
        }
        let regions =
            question.region.map { [$0] } ?? gazetteer.regions.filter { $0.kind == each.kind }
        let audiences = question.audience.map { [$0] } ?? Coverage.audiences
        let output = CoverageOutput(
            coverage: coverage, ledger: ledger, progress: progress, mode: question.mode,
            audience: question.audience, language: language)
        switch format {
        case .table:
            if trend {
                try output.printTrend(of: regions)
            } else if let region = question.region {
                try output.print(region)
            } else {
                try output.print(regions, of: each.kind)
            }
        case .json:
            try Console.print(
                try JSONOutput.line(
                    CoverageAnswer(
                        coverage, regions: regions, audiences: audiences, progress: progress,
                        ledger: ledger, trend: trend, language: language)))
        case .csv:
            try CoverageCSV.forEachLine(coverage, regions: regions, audiences: audiences) {
                try Console.write($0, to: 1)
            }
        case .geojson:
            try Console.write(
                try CoverageGeoJSON.text(
                    coverage, regions: regions, audiences: audiences, gazetteer: gazetteer), to: 1)
        case .svg:
            try Console.write(
                CoverageMap.text(
                    coverage, kind: each.kind, by: question.mode, for: question.audience,
                    gazetteer: gazetteer, language: language), to: 1)
        }
    }
}
