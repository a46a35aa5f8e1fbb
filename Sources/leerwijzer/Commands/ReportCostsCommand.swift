import Answers
import ArgumentParser
import CourseModel
import Ingest
import Matching
import Partnership
import SearchIndex

struct ReportCostsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "costs",
        abstract: "Tell what courses cost: for an hour of study, after funding, and elsewhere.",
        discussion: """
            For each sort of learning the median price, in all and for an hour of study. Then the \
            courses, the cheapest hour first: the price, what is left to pay when a scheme of \
            funding.toml pays its part, and the cheapest course that can stand in for it: one that \
            teaches at least 80% of its skills at the same level, within the place that is asked for, \
            else within 30 minutes by public transport or without travel. Hours are those that the \
            feed states, else its credits (28 hours each) or its hours a week.

            leerwijzer report costs --occupation hovenier --near Houten --within 20km
            leerwijzer report costs --kind module --audience worker --format csv > costs.csv
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case table, json, csv
    }

    @Option(help: ArgumentHelp("How many courses, 1-100000.", valueName: "number"))
    var limit = 20
    @Option(help: ArgumentHelp("Form of the answer: table, json, csv.", valueName: "form"))
    var format: Form = .table
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard 1...100_000 ~= limit else { throw ValidationError("--limit takes 1 to 100000") }
    }

    func run() throws {
        let catalogue = try workspace.open()
        let asked = try filters.filters(words: [])
        let index = try catalogue.index()
        let query = try FilterReader(
            gazetteer: try catalogue.gazetteer(), skills: try catalogue.skills(), index: index,
            travel: catalogue.travelTimes, today: workspace.day
        ).query(asked).query
        let funding = try workspace.funding()
        let overview = try catalogue.store().snapshot { snapshot in
            try CostOverview(
                of: query, in: index, shown: ShownCourses(catalogue.workspace, in: snapshot),
                snapshot: snapshot, funding: funding,
                audience: query.audiences.count == 1 ? query.audiences.first : nil, limit: limit)
        }
        let output = CostOutput(overview: overview, language: workspace.language)
        switch format {
        case .table: try output.printTable()
        case .csv: try output.printCSV()
        case .json:
            try Console.print(
                try JSONOutput.line(CostAnswer(overview, language: workspace.language)))
        }
    }
}
