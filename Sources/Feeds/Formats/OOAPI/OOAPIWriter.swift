import CourseModel

/// Writes courses as an OOAPI v5 endpoint would answer them, page by page.
///
/// Each course stands with its organization (expanded at its first course of a page) and its
/// offerings. Each file is a page, which says whether another one follows.
///
/// What the schema demands and the model does not know is written as its own “unknown” (level
/// `undefined`, language `und`) or as an empty text. What OOAPI has no member for, but another of us
/// can use, stands in the consumer `leerwijzer`, the place that OOAPI has for it.
public final class OOAPIWriter: RoundTripWriter {
    /// The consumer for which our own members are.
    static let consumerKey = "leerwijzer"

    private let output: FeedOutput
    private var providers: [ID<Provider>: Provider] = [:]
    private var order: [ID<Provider>] = []
    private var written: [ID<Provider>: String] = [:]
    private var isFirst = true
    private var count = RecordCount()
    private var diagnostics: [Diagnostic] = []

    /// The name of the feed's file in a folder.
    public static var fileName: String { "courses.json" }

    /// Opens a feed.
    public init(to destination: FeedDestination, context: FeedContext) throws {
        output = try FeedOutput(
            to: destination, file: Self.fileName, packing: context.packing)
        try output.write(
            "{\n  \"pageNumber\": \(context.part),\n"
                + "  \"hasPreviousPage\": \(context.part > 1),\n  \"items\": [")
    }

    /// Tells the writer of a provider.
    public func write(_ provider: Provider) throws {
        if providers[provider.id] == nil { order.append(provider.id) }
        providers[provider.id] = provider
    }

    /// Writes a course with its offerings.
    public func write(_ record: CourseRecord) throws {
        let reduced = Self.reduced(record)
        let (dated, undated) = OOAPIReduction.parted(reduced.offerings)
        for offering in undated {
            diagnostics.append(
                Diagnostic(
                    .note, .offeringLeftOut, file: output.name, record: offering.id.value,
                    field: "startDate",
                    message: "OOAPI wants a day of start, which this offering has not; it stands "
                        + "in the course's consumer “\(Self.consumerKey)”, where others do not "
                        + "look."))
        }
        let course = reduced.course
        var json = JSONText(indent: 2)
        json.object { json in
            OOAPIJSON.course(course, undated: undated, &json)
            if let known = written[course.provider] {
                json.string("organization", known)
            } else {
                let native = String(course.provider.native)
                let provider =
                    providers[course.provider]
                    ?? Provider(
                        id: course.provider, nativeID: native, name: LocalizedText(native),
                        provenance: course.provenance)
                written[course.provider] = OOAPIID.uuid("provider", provider.id)
                json.object("organization") {
                    OOAPIJSON.provider(OOAPIReduction.provider(provider), &$0)
                }
            }
            guard !dated.isEmpty else { return }
            json.array("offerings") { json in
                for offering in dated {
                    json.object {
                        OOAPIJSON.offering(
                            offering, of: course, courseDuration: record.course.duration, &$0)
                    }
                }
            }
        }
        try output.write((isFirst ? "" : ",") + "\n    ")
        isFirst = false
        try output.write(json.bytes)
        count += RecordCount(courses: 1, offerings: reduced.offerings.count)
    }

    /// Ends the feed and makes it visible.
    public func finish() throws -> WrittenFeed { try finish(hasNext: false) }

    /// Ends a page behind which another one follows.
    public func finishPart() throws -> WrittenFeed { try finish(hasNext: true) }

    private func finish(hasNext: Bool) throws -> WrittenFeed {
        try output.write(
            (isFirst ? "" : "\n  ") + "],\n  \"pageSize\": \(count.courses),\n"
                + "  \"hasNextPage\": \(hasNext)")
        var json = JSONText(indent: 1)
        let others = order.filter { written[$0] == nil }.compactMap { providers[$0] }
        json.object { json in
            guard !others.isEmpty else { return }
            json.array("organizations") { json in
                for provider in others {
                    json.object { OOAPIJSON.provider(OOAPIReduction.provider(provider), &$0) }
                }
            }
        }
        if !others.isEmpty {
            try output.write(",\n  \"ext\": ")
            try output.write(json.bytes)
        }
        try output.write("\n}\n")
        try output.finish()
        return WrittenFeed(
            files: [output.name], count: count, byteCount: output.byteCount, bytes: output.bytes,
            diagnostics: diagnostics)
    }
}
