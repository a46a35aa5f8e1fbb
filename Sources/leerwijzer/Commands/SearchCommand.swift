import Answers
import ArgumentParser
import CourseModel
import Glibc
import Ingest
import Matching
import Places
import SearchIndex

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Search courses and offerings.",
        discussion: """
            All conditions hold on one and the same offering. What is past, full, closed or \
            cancelled is left out unless --all is given.

            leerwijzer search boomverzorging
            leerwijzer search snoeien --near Houten --within 20km --max-price 500
            leerwijzer search --region "provincie Utrecht" --level 3-4 --evenings --sort start
            leerwijzer search zorg --near 3992AB --within 30min --by bike --format geojson
            """)

    @Argument(
        help: ArgumentHelp(
            "What to look for; -word excludes, \"two words\" is a phrase.",
            valueName: "word"))
    var words: [String] = []

    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup(title: "Answer") var answer: AnswerOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let index = try catalogue.index()
        let reader = FilterReader(
            gazetteer: try catalogue.gazetteer(), skills: try catalogue.skills(), index: index,
            today: workspace.day)
        var understood = try reader.query(try filters.filters(words: words))
        try answer.apply(to: &understood.query)
        if answer.format == .json || answer.facets {
            understood.query.facets = Set(FacetKind.allCases)
        }
        try SearchOutput(
            answer: try SearchAnswer(understood, in: index, language: workspace.language),
            today: workspace.day
        ).print(as: answer.format, facets: answer.facets)
    }
}

/// How much of the answer, in which order and form.
struct AnswerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Order: relevance, distance, start, price.", valueName: "order"))
    var sort: String?
    @Option(help: ArgumentHelp("How many results on a page, 1-1000.", valueName: "number"))
    var limit = 20
    @Option(help: ArgumentHelp("Which page, from 1.", valueName: "number"))
    var page = 1
    @OptionGroup var grouping: Grouping
    @Flag(help: "Also print the counts by region, level, kind and so on.")
    var facets = false
    @Option(
        help: ArgumentHelp(
            "Form of the answer: table, json, ndjson, csv, geojson, ics.", valueName: "form"))
    var format: OutputForm = .table

    func validate() throws {
        guard (1...1000).contains(limit) else {
            throw ValidationError("--limit takes 1 to 1000; use --page for what comes after")
        }
        guard (1...1_000_000).contains(page) else {
            throw ValidationError("--page takes 1 or more")
        }
    }

    /// Puts order and page into a query.
    func apply(to query: inout Query) throws {
        if let sort {
            guard let order = Query.Sort(rawValue: sort) else {
                throw FilterFault(
                    "sort",
                    "“\(sort)” is not one of "
                        + Query.Sort.allCases.map(\.rawValue).joined(separator: ", "))
            }
            guard order != .distance || query.near != nil else {
                throw FilterFault("sort", "distance needs a place; add --near PLACE")
            }
            query.sort = order
        }
        query.groupsByCourse = grouping.isPerCourse(in: format)
        query.limit = limit
        query.offset = (page - 1) * limit
    }
}
