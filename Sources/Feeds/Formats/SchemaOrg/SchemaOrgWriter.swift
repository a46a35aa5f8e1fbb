import CourseModel

/// Writes JSON-LD of schema.org's vocabulary: one document with a `@graph` of organizations and
/// courses, each course with its instances.
///
/// Words that schema.org has no property for go where its definition allows text: parts of the day
/// and study modes into `courseMode`, VAT into the offer's description. ``droppedFields`` lists
/// what is left.
public final class SchemaOrgWriter: RoundTripWriter {
    private let output: FeedOutput
    private var providers: [ID<Provider>: Provider] = [:]
    private var order: [ID<Provider>] = []
    private var written: [ID<Provider>: String] = [:]
    private var ids: Set<UInt64> = []
    private var isFirst = true
    private var count = RecordCount()

    /// The name of the feed's file in a folder.
    public static var fileName: String { "courses.jsonld" }

    /// Opens a feed.
    public init(to destination: FeedDestination, context: FeedContext) throws {
        output = try FeedOutput(
            to: destination, file: Self.fileName, packing: context.packing)
        try output.write("{\n  \"@context\": \"https://schema.org\",\n  \"@graph\": [")
    }

    /// Tells the writer of a provider.
    public func write(_ provider: Provider) throws {
        if providers[provider.id] == nil { order.append(provider.id) }
        providers[provider.id] = provider
    }

    /// Writes a course with its offerings.
    public func write(_ record: CourseRecord) throws {
        let id = record.course.provider
        if written[id] == nil {
            let native = String(id.native)
            try begin(
                providers[id]
                    ?? Provider(
                        id: id, nativeID: native, name: LocalizedText(native),
                        provenance: record.course.provenance))
        }
        let reduced = Self.reduced(record)
        let course = uri("course", reduced.course.nativeID)
        // Offerings are named within the course as it is written, so that two courses that are
        // called alike keep theirs apart.
        let name = OwnURN.parts(course, of: "course")?.first ?? course
        var json = JSONText(indent: 2)
        json.object { json in
            SchemaOrgJSON.course(
                reduced.course, id: course, provider: written[id] ?? "", &json)
            guard !reduced.offerings.isEmpty else { return }
            json.array("hasCourseInstance") { json in
                for offering in reduced.offerings {
                    SchemaOrgJSON.offering(
                        offering, of: reduced.course,
                        id: uri("offering", offering.nativeID, within: name),
                        &json)
                }
            }
        }
        try emit(json)
        count += RecordCount(courses: 1, offerings: record.offerings.count)
    }

    /// Ends the feed and makes it visible.
    public func finish() throws -> WrittenFeed {
        for id in order where written[id] == nil {
            if let provider = providers[id] { try begin(provider) }
        }
        try output.write((isFirst ? "" : "\n  ") + "]\n}\n")
        try output.finish()
        return WrittenFeed(
            files: [output.name], count: count, byteCount: output.byteCount, bytes: output.bytes)
    }

    private func begin(_ provider: Provider) throws {
        let id = uri("provider", provider.nativeID)
        written[provider.id] = id
        var json = JSONText(indent: 2)
        SchemaOrgJSON.provider(Self.reduced(provider), id: id, &json)
        try emit(json)
    }

    private func emit(_ json: JSONText) throws {
        try output.write((isFirst ? "" : ",") + "\n    ")
        isFirst = false
        try output.write(json.bytes)
    }

    /// The id under which a node is written.
    ///
    /// JSON-LD takes nodes with the same id for one, so an address that stands for something else
    /// already becomes a name of our own.
    private func uri(_ kind: String, _ native: String, within: String? = nil) -> String {
        if OwnURN.isURI(native), ids.insert(StableHash.of(native)).inserted { return native }
        var candidate = native
        var number = 1
        while true {
            let urn =
                within.map { OwnURN.urn(kind, $0, candidate) } ?? OwnURN.urn(kind, candidate)
            if ids.insert(StableHash.of(urn)).inserted { return urn }
            number += 1
            candidate = "\(native)~\(number)"
        }
    }
}
