import CourseModel

/// Writes GeoJSON (RFC 7946): a feature an offering, with the properties that a search answers with.
///
/// An offering whose place is not known, or that is online, has a null geometry; one at several
/// places is a `MultiPoint`. A course without offerings is a feature by itself.
public final class GeoJSONWriter: FeedWriter {
    private let output: FeedOutput
    private let context: FeedContext
    private var text = GeoJSONText()
    private var provider: Provider?
    private var count = RecordCount()

    /// The name of the feed's file in a folder.
    public static var fileName: String { "courses.geojson" }
    /// A provider's name stands with its offerings.
    public static var holdsProviders: Bool { false }

    /// Opens a feed.
    public init(to destination: FeedDestination, context: FeedContext) throws {
        output = try FeedOutput(to: destination, file: Self.fileName, packing: context.packing)
        self.context = context
        try output.write(GeoJSONText.start)
    }

    /// Tells the writer of a provider.
    public func write(_ provider: Provider) throws { self.provider = provider }

    /// Writes a course with its offerings, at the places that the feed gives.
    public func write(_ record: CourseRecord) throws {
        try write(record, known: CatalogueFacts())
    }

    /// Writes a course with its offerings, where the catalogue placed them.
    public func write(_ record: CourseRecord, known: CatalogueFacts) throws {
        let offerings: [Offering?] = record.offerings.isEmpty ? [nil] : record.offerings
        for offering in offerings {
            let feature = text.feature(
                id: offering?.id.value ?? record.course.id.value,
                at: offering.map { points($0, known) } ?? []
            ) { json in
                json.object("properties") { properties(record.course, offering, &$0) }
            }
            try output.write(feature)
        }
        count += RecordCount(courses: 1, offerings: record.offerings.count)
    }

    /// Ends the feed and makes it visible.
    public func finish() throws -> WrittenFeed {
        try output.write(text.end)
        try output.finish()
        return WrittenFeed(
            files: [output.name], count: count, byteCount: output.byteCount, bytes: output.bytes)
    }

    private func points(_ offering: Offering, _ known: CatalogueFacts) -> [Coordinates] {
        let all =
            known.points[offering.id] ?? offering.places.compactMap { $0.venue?.coordinates }
        var points: [Coordinates] = []
        for point in all where !points.contains(point) { points.append(point) }
        return points
    }

    private func properties(_ course: Course, _ offering: Offering?, _ json: inout JSONText) {
        func string(_ key: String, _ value: String?, _ json: inout JSONText) {
            if let value { json.string(key, value) } else { json.number(key, "null") }
        }
        let languages = context.languages
        json.string("course", course.id.value)
        string("offering", offering?.id.value, &json)
        string(
            "title", offering?.title.text(in: languages) ?? course.title.text(in: languages), &json)
        let name = provider.flatMap { $0.id == course.provider ? $0.name : nil }
        json.string("provider", name?.text(in: languages) ?? String(course.provider.native))
        json.string("kind", course.kind.rawValue)
        json.number("level", course.level?.eqf.map { "\($0)" } ?? "null")
        string("levelName", course.level?.nationalName, &json)
        string("start", offering?.timing.start.date?.iso, &json)
        json.boolean("startsContinuously", offering?.timing.start.isContinuous ?? false)
        string("end", offering?.timing.end?.iso, &json)
        let modes = offering.map { $0.modes.isEmpty ? course.modes : $0.modes } ?? course.modes
        json.array("modes") { json in
            for mode in DeliveryMode.allCases where modes.contains(mode) {
                json.string(nil, mode.rawValue)
            }
        }
        let places = offering?.places.compactMap { PlaceLabel.text($0, languages) } ?? []
        string("place", places.isEmpty ? nil : places.joined(separator: ", "), &json)
        if let price = offering?.price {
            json.object("price") { json in
                json.string("amount", price.total.amount.description)
                json.string("currency", price.total.currency.code)
                json.number("includesVAT", price.includesVAT.map { "\($0)" } ?? "null")
            }
        } else {
            json.number("price", "null")
        }
        json.string("status", (offering?.status ?? .unstated).rawValue)
        string("url", (offering?.url).flatMap(cleanURL) ?? context.page(of: course), &json)
    }
}

extension GeoJSONWriter {
    /// What the format could hold but maps have no use for.
    public static var droppedFields: [DroppedField] {
        DroppedField.all(
            "course",
            [
                "aliases", "audiences", "codes", "contacts", "description", "duration", "expires",
                "funding", "image", "keywords", "languages", "nativeID", "prerequisites",
                "provenance", "qualifications", "requiredLevels", "sections", "skills",
                "statedKind", "studyLoad", "studyModes", "subjects", "summary", "variantGroup",
            ],
            "maps have no use for it; the course is named by its id")
            + DroppedField.all(
                "offering",
                [
                    "age", "applyURL", "assessmentLanguages", "capacity", "dayParts", "description",
                    "duration", "enrolment", "hoursPerWeek", "languages", "minimumParticipants",
                    "nativeID", "placesLeft", "provenance", "sections", "sessions", "statedStart",
                    "studyModes",
                ],
                "maps have no use for it; the offering is named by its id")
            + DroppedField.all(
                "provider",
                [
                    "accreditations", "codes", "contacts", "description", "image", "location",
                    "nativeID", "provenance", "url",
                ],
                "the name stands with each offering")
            + [
                DroppedField(
                    "course.title.wordings",
                    "one wording is written, in the catalogue's first language")
            ]
    }
}
