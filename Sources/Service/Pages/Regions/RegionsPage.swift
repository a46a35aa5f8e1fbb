import Answers
import Hummingbird
import Matching
import Places
import SearchIndex

/// The labour-market regions on a map and in a list.
struct RegionsPage {
    private let frame: PageFrame

    init(_ frame: PageFrame) { self.frame = frame }

    /// The page.
    func response() throws -> Response {
        let catalogue = try frame.call.catalogue
        let language = frame.language
        var understood = try frame.call.understood(Filters())
        understood.query.facets = [.labourMarketRegion, .municipality]
        understood.query.limit = 0
        let answer = try SearchAnswer(understood, in: catalogue.index, language: language)
        let counts = Dictionary(
            (answer.results.facets.first { $0.kind == .labourMarketRegion }?.values ?? []).map {
                ($0.value, $0.count)
            }, uniquingKeysWith: { first, _ in first })
        let map = MapView(
            question: SearchQuestion(path: frame.path(.search)), answer: answer,
            gazetteer: catalogue.gazetteer, language: language
        ) { frame.path(.region($0.code)) }
        var drawing = map.fields
        drawing["hint"] = language(nl: "Kies een regio.", en: "Choose a region.")
        return try frame.respond(
            "regions", title: language(nl: "Regio’s", en: "Regions"),
            description: language(
                nl: "Wat er te leren is per arbeidsmarktregio.",
                en: "What can be learnt in each labour-market region."),
            [
                "map": drawing,
                "regions": catalogue.gazetteer.regions.filter { $0.kind == .labourRegion }
                    .sorted { $0.name < $1.name }.map { region -> Fields in
                        [
                            "name": region.name, "href": frame.path(.region(region.code)),
                            "count": counts[region.code] ?? 0,
                        ]
                    },
            ])
    }
}
