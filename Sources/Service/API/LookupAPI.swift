import Answers
import CourseModel
import Hummingbird
import Partnership
import Places
import SearchIndex
import Skills
import Storage

/// Looking one thing up, and the lists to choose from.
enum LookupAPI {
    static let operations: [Operation] = [
        Operation(
            .get, "/v1/courses/{id}", id: "course",
            "One course with its offerings, where it comes from "
                + "and what became of it.",
            parameters: [.path("id", "The id of the course.", examples: [exampleCourse])],
            answer: .init("The course.", schema: Schemas.reference("Course")),
            problems: [.notFound], effort: .lookup, handle: course),
        Operation(
            .get, "/v1/offerings/{id}", id: "offering", "One offering with its course.",
            detail: "As a calendar when it has a day of start and is still to come.",
            parameters: [.path("id", "The id of the offering; write # as %23.")],
            answer: .init(
                "The offering.", as: [.json, .calendar], schema: Schemas.reference("Offering")),
            problems: [.notFound], effort: .lookup, handle: offering),
        Operation(
            .get, "/v1/providers", id: "providers", "List who teaches.",
            parameters: [
                Parameter("q", .text(upTo: 200), "A part of the name.")
            ] + Array(SearchAPI.paging.filter { $0.name != "page" }),
            answer: .init("A page of providers.", schema: Schemas.reference("Providers")),
            effort: .heavy, speaks: true, handle: providers),
        Operation(
            .get, "/v1/providers/{id}", id: "provider", "One provider.",
            parameters: [.path("id", "The id of the provider.")],
            answer: .init("The provider.", schema: Schemas.reference("Provider")),
            problems: [.notFound], effort: .lookup, handle: provider),
        Operation(
            .get, "/v1/regions", id: "regions", "List the regions that “region” takes.",
            parameters: [
                Parameter(
                    "kind", .choice(RegionKind.allCases.map(\.rawValue)), "Of one kind only."),
                Parameter("q", .text(upTo: 200), "The beginning of the name."),
            ],
            answer: .init("The regions.", schema: Schemas.reference("Regions")), handle: regions),
        Operation(
            .get, "/v1/suggest", id: "suggest", "What someone who is typing may mean.",
            parameters: [
                Parameter(
                    "q", .text(upTo: 200), "What was typed so far.", isRequired: true,
                    examples: ["hov"]),
                Parameter("limit", .integer(1...20), "How many of each.", usual: "5"),
            ],
            answer: .init("Suggestions.", schema: Schemas.reference("Suggestions")), speaks: true,
            handle: suggest),
        Operation(
            .get, "/v1/compare", id: "compare", "Courses or offerings side by side.",
            parameters: [
                Parameter(
                    "id", .text(upTo: 1000),
                    "The id of an offering, or of a course, which stands for its next offering.",
                    isRequired: true, times: 2...10, examples: [exampleCourse])
            ],
            answer: .init(
                "Them, and what they differ in.", schema: Schemas.reference("Comparison")),
            problems: [.notFound], effort: .lookup, speaks: true, handle: compare),
        Operation(
            .get, "/v1/changes", id: "changes", "What changed after a generation.",
            detail: "Begin with 0 for everything; then with “generation” of the first page.",
            parameters: [
                Parameter(
                    "since", .integer(0...1_000_000_000), "The generation.", isRequired: true,
                    examples: ["0"])
            ] + Array(SearchAPI.paging.filter { $0.name != "page" }),
            answer: .init("A page of changes.", schema: Schemas.reference("Changes")),
            problems: [.notUnderstood], effort: .heavy, handle: changes),
    ]

    private static let exampleCourse = "snoeischaar:snoeischaar:BS-REDDING"

    // MARK: One thing

    private static func course(_ call: Call) throws -> Response {
        let id = call.parameters["id"] ?? ""
        let catalogue = try call.catalogue
        let folder = catalogue.workspace.folder
        let answer = try catalogue.store.snapshot { snapshot in
            let shown = try catalogue.shown(in: snapshot)
            return try shown.record(ID(id), in: snapshot).map { stored in
                let origins = try CourseOrigins(
                    of: ID(id), in: snapshot,
                    .init(
                        shown: shown, configuration: catalogue.workspace.configuration,
                        skills: catalogue.skills, index: catalogue.index))
                return try CourseAnswer(
                    stored,
                    by: try shown.provider(stored.record.course.provider, in: snapshot)?.provider,
                    in: snapshot, owners: origins?.owners ?? [],
                    origins: origins?.fields ?? [], hiding: folder)
            }
        }
        guard let answer else { throw unknown("course", id) }
        return try .json(answer)
    }

    private static func offering(_ call: Call) throws -> Response {
        let id = call.parameters["id"] ?? ""
        let catalogue = try call.catalogue
        if call.type == .calendar {
            guard let numbers = try catalogue.index.offerings(of: id), numbers.count == 1 else {
                throw unknown("offering", id)
            }
            let row = try rows(call).row(
                offering: numbers.lowerBound, venue: 0, kilometres: nil, minutes: nil, score: 0)
            return .text(CalendarOutput.text([row], made: call.today).text, as: call.type)
        }
        let answer = try catalogue.store.snapshot { snapshot in
            let shown = try catalogue.shown(in: snapshot)
            return try OfferingAnswer(
                ID(id), in: snapshot, hiding: catalogue.workspace.folder, curated: shown.curated,
                provider: shown.curated)
        }
        guard let answer else { throw unknown("offering", id) }
        return try .json(answer)
    }

    private static func unknown(_ what: String, _ id: String) -> Problem {
        Problem(.notFound, "no \(what) has this id; /v1/search shows ids")
    }

    private static func rows(_ call: Call) throws -> ResultRows {
        ResultRows(
            index: try call.catalogue.index, understood: try call.understood(),
            language: call.language)
    }

    // MARK: Providers

    private struct ProviderRow: Encodable {
        var id: String
        var name: String
        var url: Nullable<String>
    }

    private struct ProviderList: Encodable {
        var total: Int
        var results: [ProviderRow]
    }

    private static func providers(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        let matching = try call.parameters["q"].map { try catalogue.index.providers(matching: $0) }
        let limit = call.parameters.integer("limit") ?? 20
        let offset = call.position?.offset ?? 0
        var list = ProviderList(total: 0, results: [])
        try catalogue.store.snapshot { snapshot in
            let shown = try catalogue.shown(in: snapshot)
            try snapshot.forEachProvider { stored in
                let provider = shown.curated(stored).provider
                if let matching, !matching.contains(provider.id) { return }
                if (offset..<offset + limit).contains(list.total) {
                    list.results.append(
                        ProviderRow(
                            id: provider.id.value,
                            name: provider.name.text(in: call.language.preferences)
                                ?? provider.nativeID, url: Nullable(provider.url)))
                }
                list.total += 1
            }
        }
        let end = offset + list.results.count
        return try .json(
            Page(
                content: list, generation: catalogue.generation.number,
                next: end < list.total && !list.results.isEmpty ? try call.cursor(at: end) : nil))
    }

    private struct ProviderAnswer: Encodable {
        var provider: Provider
        var state: String
        /// The address of its courses.
        var courses: String
    }

    private static func provider(_ call: Call) throws -> Response {
        let id = call.parameters["id"] ?? ""
        guard
            let stored = try call.catalogue.store.snapshot({
                try call.catalogue.shown(in: $0).provider(ID(id), in: $0)
            })
        else { throw unknown("provider", id) }
        var provider = stored.provider
        let folder = try call.catalogue.workspace.folder + "/"
        if provider.provenance.file.hasPrefix(folder) {
            provider.provenance.file.removeFirst(folder.count)
        }
        return try .json(
            ProviderAnswer(
                provider: provider, state: stored.state.rawValue,
                courses: call.address("/v1/courses", [("provider", id)])))
    }

    // MARK: Places and words

    private struct RegionRow: Encodable {
        /// As “region” takes it.
        var id: String
        var kind: String
        var code: String
        var name: String
        var label: String

        init(_ region: Places.Region) {
            id = region.label
            kind = region.kind.rawValue
            code = region.code
            name = region.name
            label = region.label
        }
    }

    private static func regions(_ call: Call) throws -> Response {
        let kind = call.parameters["kind"].flatMap(RegionKind.init)
        let start = call.parameters["q"]?.lowercased() ?? ""
        let regions = try call.catalogue.gazetteer.regions.filter {
            (kind == nil || $0.kind == kind) && $0.name.lowercased().hasPrefix(start)
        }
        return try .json(["results": regions.map(RegionRow.init)])
    }

    private struct Suggestions: Encodable {
        struct PlaceRow: Encodable {
            var label: String
            var lat: Double
            var lon: Double
        }
        struct ConceptRow: Encodable {
            var id: String
            var label: String
            var confidence: Double
        }
        struct CourseRow: Encodable {
            var course: String
            var title: String
            var provider: String
        }
        var places: [PlaceRow]
        var regions: [RegionRow]
        var occupations: [ConceptRow]
        var skills: [ConceptRow]
        var courses: [CourseRow]
        /// Another spelling of what was typed, when nothing is written so.
        var spelling: Nullable<String>
    }

    private static func suggest(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        let text = call.parameters["q"] ?? ""
        let limit = call.parameters.integer("limit") ?? 5
        var query = Query(text, today: call.today)
        query.completesLastWord = true
        query.groupsByCourse = true
        query.limit = limit
        query.relaxesUpTo = nil
        let found = try catalogue.index.search(query)
        let typed = text.lowercased()
        func rounded(_ share: Double) -> Double { (share * 1000).rounded() / 1000 }
        let skills = catalogue.skills
        // A guess at letters is shown only when it is likely, or begins as what is being typed.
        func isMeant(_ match: ConceptMatch) -> Bool {
            let label = match.label.lowercased()
            return match.confidence >= Resolution.threshold
                || (!typed.isEmpty && (label.hasPrefix(typed) || label.contains(" " + typed)))
        }
        return try .json(
            Suggestions(
                places: catalogue.gazetteer.completions(of: text, limit: limit).map {
                    .init(
                        label: $0.label, lat: $0.coordinates.latitude,
                        lon: $0.coordinates.longitude)
                },
                regions: typed.isEmpty
                    ? []
                    : catalogue.gazetteer.regions.filter { $0.name.lowercased().hasPrefix(typed) }
                        .prefix(limit).map(RegionRow.init),
                occupations: skills.resolveOccupation(text, limit: limit).matches.filter(isMeant)
                    .map {
                        .init(
                            id: skills.occupationID($0.number).value, label: $0.label,
                            confidence: rounded($0.confidence))
                    },
                skills: skills.resolveSkill(text, limit: limit).matches.filter(isMeant).map {
                    .init(
                        id: skills.skillID($0.number).value, label: $0.label,
                        confidence: rounded($0.confidence))
                },
                courses: try found.hits.map { hit in
                    let course = try catalogue.index.stored(course: hit.course)
                    return .init(
                        course: course.id.value, title: course.title,
                        provider: course.providerName)
                }, spelling: Nullable(found.understood.suggestion)))
    }

    // MARK: Side by side

    private struct Comparison: Encodable {
        var results: [ResultRow.JSON]
        /// The members that are not the same in all of them.
        var differences: [String]
    }

    private static func compare(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        let ids = call.parameters.all("id")
        let maker = try rows(call)
        let rows = try ids.map { id in
            guard let numbers = try catalogue.index.offerings(of: id),
                let number = try numbers.min(by: {
                    try start($0, catalogue.index, call.today)
                        < start($1, catalogue.index, call.today)
                })
            else { throw unknown("course or offering", id) }
            return try maker.row(
                offering: number, venue: 0, kilometres: nil, minutes: nil, score: 0
            ).json
        }
        return try .json(
            Comparison(results: rows, differences: ResultRow.JSON.differences(among: rows)))
    }

    /// What orders the offerings of a course by how soon they can be taken: those to come first.
    private static func start(
        _ number: Int, _ index: IndexReader, _ today: CalendarDate
    ) throws -> Int {
        let row = try index.offering(number)
        // What cannot be taken up stands for a course only when nothing else does.
        let status = try index.stored(offering: number).status
        guard status == .open || status == .unstated else { return Int.max - 1 }
        if row.start == OfferingRow.continuousStart { return Int(today.daysSince1970) }
        let isPast = row.availableUntil < today.daysSince1970
        return Int(row.start) + (isPast ? 1 << 40 : 0)
    }

    // MARK: Changes

    private struct ChangeRow: Encodable {
        struct OfferingRow: Encodable {
            var offering: String
            var change: String
        }
        var course: String
        /// `added`, `changed`, `closed`, `expired` or `withdrawn`.
        var change: String
        /// The generation that brought it.
        var generation: Int
        /// The offerings that left a course which stayed.
        var gone: [OfferingRow]
    }

    private struct ChangeList: Encodable {
        var since: Int
        var changes: [ChangeRow]
    }

    private struct EnoughChanges: Error {}

    private static func changes(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        let since = Generation(call.parameters.integer("since") ?? 0)
        guard since <= catalogue.generation else {
            throw Problem(
                .notUnderstood,
                faults: [
                    .init("since", "the catalogue is at generation \(catalogue.generation)")
                ])
        }
        let limit = call.parameters.integer("limit") ?? 20
        let after = call.position?.key ?? ""
        var list = ChangeList(since: since.number, changes: [])
        var next: String?
        try catalogue.store.snapshot { snapshot in
            do {
                try snapshot.forEachRecord(
                    since: since, states: Set(RecordState.allCases), source: nil
                ) { stored in
                    let id = stored.record.course.id
                    // By id, in order of bytes: what changes meanwhile moves nothing.
                    guard after.isEmpty || after.utf8.lexicographicallyPrecedes(id.value.utf8)
                    else { return }
                    guard list.changes.count < limit else {
                        next = try call.cursor(at: 0, key: list.changes.last?.course)
                        throw EnoughChanges()
                    }
                    list.changes.append(try change(stored, since, snapshot))
                }
            } catch is EnoughChanges {}
        }
        return try .json(
            Page(content: list, generation: catalogue.generation.number, next: next))
    }

    private static func change(
        _ stored: StoredRecord, _ since: Generation, _ snapshot: any CatalogueSnapshot
    ) throws -> ChangeRow {
        let id = stored.record.course.id
        let gone =
            stored.state == .present
            ? try snapshot.goneOfferings(of: id).filter { $0.generation > since } : []
        let change =
            stored.state == .present
            ? (stored.added > since ? "added" : "changed") : stored.state.rawValue
        return ChangeRow(
            course: id.value, change: change, generation: stored.changed.number,
            gone: gone.map { .init(offering: $0.offering.id.value, change: $0.state.rawValue) })
    }
}
