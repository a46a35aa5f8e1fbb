import Answers
import CourseModel
import Feeds
import HTTPTypes
import Hummingbird
import Ingest
import Matching
import Storage

/// The catalogue, or what a search finds of it, as a feed at an address that stays:
/// `/feeds/xcri-cap`, `/feeds/csv.gz?region=Houten`.
enum FeedEndpoints {
    /// The formats; sitemaps have addresses of their own.
    static let formats = Feeds.allFormats.filter { $0.writer != nil && $0.name != Sitemap.name }

    static let operations: [Operation] =
        [list] + formats.flatMap { [feed($0, isCompressed: false), feed($0, isCompressed: true)] }

    /// Where the feed of a format is.
    static func path(_ format: any CatalogueFormat.Type) -> String { "/feeds/" + format.name }

    // MARK: The list

    private struct Row: Encodable {
        var format: String
        var title: String
        var type: String
        var url: String
        var gzip: String
    }

    private static let list = Operation(
        .get, "/feeds", id: "feeds", "List the feeds.",
        answer: .init(
            "The feeds, each with its address.",
            schema: [
                "type": "object",
                "properties": [
                    "results": [
                        "type": "array",
                        "items": [
                            "type": "object",
                            "properties": [
                                "format": ["type": "string"], "title": ["type": "string"],
                                "type": ["type": "string"], "url": ["type": "string"],
                                "gzip": ["type": "string"],
                            ], "required": ["format", "title", "type", "url", "gzip"],
                        ],
                    ]
                ], "required": ["results"],
            ]), caching: .byProgram, needsCatalogue: false
    ) { call in
        let rows = formats.map { format in
            Row(
                format: format.name, title: format.title, type: type(of: format).text,
                url: call.base + path(format), gzip: call.base + path(format) + ".gz")
        }
        return try .json(["results": rows])
    }

    // MARK: One feed

    private static let since = Parameter(
        "since", .text(upTo: 20),
        "Only courses that changed after this generation, or since this day; Atom takes the last "
            + "\(newDays) days unless it is said. Atom and iCalendar tell what is gone, too.",
        examples: ["2026-11-01", "12"])

    /// For how many days something is new.
    private static let newDays = 30

    private static func feed(
        _ format: any CatalogueFormat.Type, isCompressed: Bool
    ) -> Operation {
        let type = isCompressed ? MediaType.gzip : type(of: format)
        return Operation(
            .get, path(format) + (isCompressed ? ".gz" : ""),
            id: "feed-\(format.name)" + (isCompressed ? "-gz" : ""),
            "The catalogue, or what a search finds of it, as \(format.title).",
            detail: "With .gz behind the path it comes as a file that is compressed. What is past "
                + "is left out unless “all” is true.",
            parameters: [.words] + Parameter.filters + [since],
            answer: .init("The feed.", as: [type]), problems: [.notUnderstood], effort: .heavy,
            isDocumented: !isCompressed
        ) { call in try answer(call, format, isCompressed: isCompressed, as: type) }
    }

    private static func answer(
        _ call: Call, _ format: any CatalogueFormat.Type, isCompressed: Bool, as type: MediaType
    ) throws -> Response {
        guard let writer = format.writer else { throw Problem(.notFound, "it is only read") }
        let catalogue = try call.catalogue
        let selection = try selection(call)
        let query = call.parameters.canonical(without: [])
        let file = try call.service.feeds.feed(
            "\(call.operation.id)?\(query)",
            era: "\(catalogue.generation) \(call.today) \(catalogue.workspace.folder)"
        ) { descriptor in
            var context = FeedContext(
                title: catalogue.name(in: catalogue.language),
                generated: call.today.iso + "T00:00:00Z", language: catalogue.language.tag,
                base: call.base + "/feeds",
                page: call.base + PageAddress.course("").path(in: catalogue.language) + "{id}",
                packing: FeedPacking(isCompressed: isCompressed))
            context.address = call.base + (call.request.head.path ?? path(format))
            try catalogue.store.snapshot { snapshot in
                let publication = Publication(
                    index: catalogue.index, today: call.today,
                    shown: try catalogue.shown(in: snapshot))
                _ = try publication.write(
                    selection, since: try since(call, format, snapshot), from: snapshot,
                    as: writer, to: .descriptor(descriptor), context: context)
            }
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: type.text,
                .contentDisposition:
                    "inline; filename=\"\(writer.fileName)\(isCompressed ? ".gz" : "")\"",
            ], body: file.body)
    }

    private static func selection(_ call: Call) throws -> Publication.Selection {
        let names = ["q"] + FilterField.all.map(\.name)
        guard names.contains(where: { $0 != "all" && !call.parameters.all($0).isEmpty }) else {
            return .everything(includingPast: call.parameters.flag("all"))
        }
        return .matching(try call.understood().query)
    }

    /// The generation after which changes count; `nil` for everything.
    private static func since(
        _ call: Call, _ format: any CatalogueFormat.Type, _ snapshot: any CatalogueSnapshot
    ) throws -> Generation? {
        guard let text = call.parameters["since"] else {
            return format is Atom.Type
                ? try snapshot.lastGeneration(before: call.today.adding(days: -newDays)) : nil
        }
        if let day = CalendarDate(iso: text) { return try snapshot.lastGeneration(before: day) }
        guard let number = Parameter.integer(text), number >= 0 else {
            throw Problem(
                .notUnderstood,
                faults: [
                    .init("since", "takes the number of a generation, or a day: 2026-11-01")
                ])
        }
        guard number <= snapshot.generation.number else {
            throw Problem(
                .notUnderstood,
                faults: [
                    .init("since", "the catalogue is at generation \(snapshot.generation)")
                ])
        }
        return Generation(number)
    }

    /// The type of a format's feeds.
    private static func type(of format: any CatalogueFormat.Type) -> MediaType {
        switch format.name {
        case Atom.name: MediaType("application/atom+xml", parameters: "; charset=utf-8")
        case CSV.name: .csv
        case GeoJSON.name: .geoJSON
        case ICalendar.name: .calendar
        case _ where format.writer is OOAPIWriter.Type: .json
        case SchemaOrg.name: MediaType("application/ld+json")
        default: MediaType("application/xml", parameters: "; charset=utf-8")
        }
    }
}
