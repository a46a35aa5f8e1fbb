import CourseModel
import XMLStream

/// Writes Atom (RFC 4287): an entry a course, its offerings as a list in the content.
///
/// An entry keeps its id for ever and is dated by its last change, so that a feed reader shows what
/// is new. What is gone is a `deleted-entry` (RFC 6721).
public final class AtomWriter: FeedWriter {
    private let output: FeedOutput
    private let xml: XMLWriter
    private let context: FeedContext
    private let languages: [LanguageTag]
    private var provider: Provider?
    private var count = RecordCount()

    /// The name of the feed's file in a folder.
    public static var fileName: String { "courses.atom" }
    /// A provider is the author of its courses.
    public static var holdsProviders: Bool { false }
    /// RFC 6721 has entries that are deleted.
    public static var tellsRemovals: Bool { true }

    private static let namespace = "http://www.w3.org/2005/Atom"
    private static let tombstones = "http://purl.org/atompub/tombstones/1.0"

    /// Opens a feed.
    public init(to destination: FeedDestination, context: FeedContext) throws {
        output = try FeedOutput(to: destination, file: Self.fileName, packing: context.packing)
        xml = XMLWriter(to: output.xmlSink)
        self.context = context
        languages = context.languages
        try writing { try begin() }
    }

    /// Tells the writer of a provider.
    public func write(_ provider: Provider) throws { self.provider = provider }

    /// Writes a course with its offerings.
    public func write(_ record: CourseRecord) throws {
        try write(record, known: CatalogueFacts())
    }

    /// Writes a course, dated by its last change.
    public func write(_ record: CourseRecord, known: CatalogueFacts) throws {
        try writing { try entry(record, known) }
        count += RecordCount(courses: 1, offerings: record.offerings.count)
    }

    /// Tells that a course is gone; one of which only an offering is gone has changed.
    public func remove(_ removal: FeedRemoval) throws {
        guard removal.isWholeCourse else { return }
        try writing {
            try xml.startElement("at:deleted-entry")
            try xml.attribute("ref", Self.id(removal.record.course))
            try xml.attribute("when", UTCTime(removal.at)?.iso ?? context.generated)
            try xml.endElement()
        }
    }

    /// Ends the feed and makes it visible.
    public func finish() throws -> WrittenFeed {
        try writing {
            try xml.endElement()
            try xml.finish()
        }
        return WrittenFeed(
            files: [output.name], count: count, byteCount: output.byteCount, bytes: output.bytes)
    }

    private static func id(_ course: Course) -> String { OwnURN.urn("course", course.id.value) }

    private func begin() throws(XMLWriteError) {
        try xml.startElement("feed")
        try xml.attribute("xmlns", Self.namespace)
        try xml.attribute("xmlns:at", Self.tombstones)
        if let language = context.language { try xml.attribute("xml:lang", language.code) }
        let file = output.name.split(separator: "/").last.map(String.init) ?? Self.fileName
        let hasBase = context.base != FeedContext.noBase && output.bytes == nil
        let address = context.address ?? (hasBase ? "\(context.base)/\(file)" : nil)
        try xml.element("id", address ?? OwnURN.urn("feed", context.title))
        try xml.element("title", context.title)
        try xml.element("updated", UTCTime(context.generated)?.iso ?? context.generated)
        try xml.startElement("author")
        try xml.element("name", context.title)
        try xml.endElement()
        try xml.element("generator", context.generator)
        guard let address else { return }
        try xml.element(
            "link", "", ("rel", "self"), ("type", "application/atom+xml"), ("href", address))
    }

    private func entry(_ record: CourseRecord, _ known: CatalogueFacts) throws(XMLWriteError) {
        let course = record.course
        try xml.startElement("entry")
        try xml.element("id", Self.id(course))
        if let title = course.title.wording(in: languages) {
            try text("title", title.text, title.language)
        }
        let changed = known.changed(course.provenance, in: context)
        try xml.element("updated", changed?.iso ?? context.generated)
        if let provider, provider.id == course.provider,
            let name = provider.name.text(in: languages)
        {
            try xml.startElement("author")
            try xml.element("name", name)
            if let url = provider.url.flatMap(cleanURL) { try xml.element("uri", url) }
            try xml.endElement()
        }
        if let page = context.page(of: course) {
            try xml.element("link", "", ("rel", "alternate"), ("type", "text/html"), ("href", page))
        }
        try categories(course)
        if let summary = course.summary.wording(in: languages) {
            try text("summary", summary.text, summary.language)
        }
        let description = course.description.wording(in: languages)
        try xml.startElement("content")
        try xml.attribute("type", "html")
        try language(description?.language)
        var html = ""
        description?.text.appendHTML(to: &html)
        append(sectionsOf: course, to: &html)
        append(record.offerings, to: &html)
        try xml.text(html)
        try xml.endElement()
        try xml.endElement()
    }

    private func categories(_ course: Course) throws(XMLWriteError) {
        try category(OwnURN.urn("kind"), course.kind.rawValue, nil)
        if let level = course.level {
            if let eqf = level.eqf {
                try category(OwnURN.urn("eqf"), "\(eqf)", level.nationalName)
            } else if let name = level.nationalName {
                try category(OwnURN.urn("level"), name, nil)
            }
        }
        for subject in course.subjects {
            let label = subject.label.text(in: languages)
            try category(
                OwnURN.urn("subject", subject.scheme),
                subject.code.isEmpty ? label ?? "" : subject.code, label)
        }
        for keyword in course.keywords.wordings { try category(nil, keyword.text, nil) }
    }

    private func category(
        _ scheme: String?, _ term: String, _ label: String?
    ) throws(XMLWriteError) {
        guard !term.isEmpty else { return }
        try xml.startElement("category")
        try xml.attribute("term", term)
        if let scheme { try xml.attribute("scheme", scheme) }
        if let label, label != term { try xml.attribute("label", label) }
        try xml.endElement()
    }

    /// What else there is to read of a course, each theme below its heading.
    private func append(sectionsOf course: Course, to html: inout String) {
        for section in course.sections {
            if let heading = section.heading.text(in: languages) {
                html += "<h3>"
                html.append(escapedForHTML: heading)
                html += "</h3>"
            }
            section.text.text(in: languages)?.appendHTML(to: &html)
        }
        course.prerequisites.text(in: languages)?.appendHTML(to: &html)
    }

    /// The offerings as a list (day, place, price); nothing when there are none.
    private func append(_ offerings: [Offering], to html: inout String) {
        guard !offerings.isEmpty else { return }
        html += "<ul>"
        // By index: an offering has so many parts that copying one costs more than its words.
        for index in offerings.indices {
            let url = (offerings[index].applyURL ?? offerings[index].url).flatMap(cleanURL)
            html += "<li>"
            if let url {
                html += "<a href=\""
                html.append(escapedForHTML: url)
                html += "\">"
            }
            html.append(escapedForHTML: words(of: offerings[index]))
            html += url == nil ? "</li>" : "</a></li>"
        }
        html += "</ul>"
    }

    private func words(of offering: Offering) -> String {
        var words = ""
        func add(_ part: String) {
            if !words.isEmpty { words += " · " }
            words += part
        }
        switch offering.timing.start {
        case .on(let day):
            add(day.iso)
            if let end = offering.timing.end, end > day { words += " – " + end.iso }
        case .rolling: add(XCRIStart.rollingText)
        case .onRequest: add(XCRIStart.onRequestText)
        case .unstated(let raw): if let raw { add(raw) }
        }
        if let title = offering.title.text(in: languages) { add(title) }
        let places = offering.places.compactMap { PlaceLabel.text($0, languages) }
        if !places.isEmpty { add(places.joined(separator: ", ")) }
        if let price = offering.price { add(price.total.description) }
        if offering.status != .unstated { add(offering.status.rawValue) }
        return words
    }

    private func text(
        _ name: String, _ text: String, _ language: LanguageTag?
    ) throws(XMLWriteError) {
        try xml.startElement(name)
        try self.language(language)
        try xml.text(text)
        try xml.endElement()
    }

    private func language(_ language: LanguageTag?) throws(XMLWriteError) {
        guard let language, language != context.language else { return }
        try xml.attribute("xml:lang", language.code)
    }

    private func writing(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as XMLWriteError {
            throw FeedError(error, name: output.name)
        }
    }
}

/// What a place is called in a line of text.
enum PlaceLabel {
    /// The town, else the venue's name.
    static func text(_ place: TeachingPlace, _ languages: [LanguageTag]) -> String? {
        switch place {
        case .online: "online"
        case .workplace: "workplace"
        case .venue(let venue): venue.address.city ?? venue.name.text(in: languages)
        }
    }
}

extension AtomWriter {
    /// What the format cannot hold, or readers of feeds have no use for.
    public static var droppedFields: [DroppedField] {
        DroppedField.all(
            "course",
            [
                "aliases", "audiences", "codes", "contacts", "duration", "expires", "funding",
                "image", "languages", "modes", "nativeID", "qualifications", "requiredLevels",
                "skills", "statedKind", "studyLoad", "studyModes", "variantGroup",
            ],
            "readers of feeds have no place for it")
            + DroppedField.all(
                "offering",
                [
                    "age", "assessmentLanguages", "capacity", "dayParts", "description", "duration",
                    "enrolment", "hoursPerWeek", "languages", "minimumParticipants", "modes",
                    "nativeID", "placesLeft", "provenance", "sections", "sessions", "statedStart",
                    "studyModes",
                ],
                "an offering is one line of the content")
            + DroppedField.all(
                "provider",
                [
                    "accreditations", "codes", "contacts", "description", "image", "location",
                    "nativeID", "provenance",
                ],
                "an author is a name and an address")
            + [
                DroppedField(
                    "course.title.wordings",
                    "one wording is written, in the catalogue's first language")
            ]
    }
}
