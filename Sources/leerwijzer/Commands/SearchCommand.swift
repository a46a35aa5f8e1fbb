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
        _superCommandName: "leerwijzer",
        abstract: "Search courses and offerings.",
        discussion: """
            All conditions hold on one and the same offering; of a filter that is given several \
            times, one of its values does. What is past, full, closed or cancelled is left out \
            unless --all is given.

            leerwijzer search boomverzorging
            leerwijzer search snoeien --near Houten --within 20km --max-price 500
            leerwijzer search --region "provincie Utrecht" --level 3-4 --evenings --sort start
            leerwijzer search zorg --near 3992AB --within 30min --by bike --format geojson
            leerwijzer search boomchirurg --explain

            Words, in any order; quote them so that the shell leaves their signs alone:
              boom verzorging      both words, in any form, and compounds that hold them
              '"leren lassen"'     one behind the other, in a title, skill, subject or name; one
                                   word in quotes stands for itself only, without synonyms
              'lassen -mig'        not this word
              'hoven*'             every word that begins so
              'lassen OR solderen' either; in Dutch OF
              titel:lassen         in the title; also title:
              aanbieder:groenhoek  in the provider's name; also provider:
              lassen in Houten     near a place (15 km, and farther when there is little)
            Case and accents do not count. Words that nearly every course has (“cursus”) may be \
            missing. Synonyms are found too: the standard ones and those of synonyms.txt in the \
            catalogue. When few courses have all words, those that have some are shown too. No query is \
            wrong; the answer says how it was understood. Write words that begin with - behind --.
            """)

    @Argument(
        help: ArgumentHelp(
            "What to look for; -word excludes, \"two words\" is a phrase; see below.",
            valueName: "word"))
    var words: [String] = []

    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup(title: "Answer") var answer: AnswerOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let asked = try filters.filters(words: words)
        try catalogue.printing { index in
            let reader = FilterReader(
                gazetteer: try catalogue.gazetteer(), mayNamePlace: catalogue.mayNamePlace,
                skills: try catalogue.skills(), index: index, synonyms: try catalogue.synonyms(),
                travel: catalogue.travelTimes,
                today: workspace.day)
            var understood = try reader.learnersQuery(asked, widens: answer.widen)
            try answer.apply(to: &understood.query)
            if answer.format == .json || answer.facets {
                understood.query.facets = Set(FacetKind.allCases)
            }
            try SearchOutput(
                answer: try SearchAnswer(
                    understood, in: index, language: workspace.language, extent: answer.extent,
                    documents: catalogue.documents),
                today: workspace.day
            ).print(as: answer.format, facets: answer.facets)
        }
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
    @Flag(
        help: ArgumentHelp(
            "Make the radius wider by itself when fewer than 5 courses are in it, up to 100 km "
                + "or 90 minutes."))
    var widen = false
    @Flag(help: "Also print a piece of each description in which the words stand.")
    var snippets = false
    @Flag(help: "Also print the parts of each score: which words, where, and found as what.")
    var explain = false
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

    /// How much evidence to give.
    var extent: Evidence.Extent {
        var extent: Evidence.Extent = []
        if snippets { extent.insert(.snippets) }
        if explain { extent.insert(.explanations) }
        return extent
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
