import CourseModel
import XMLStream

/// Simple Dublin Core as OAI-PMH wants it (`oai_dc`, protocol version 2.0, section 3.2): what any
/// harvester can read, a course in a dozen plain lines.
enum DublinCore {
    static let namespace = "http://www.openarchives.org/OAI/2.0/oai_dc/"

    /// A course as `oai_dc:dc`.
    static func element(
        _ record: CourseRecord, _ provider: Provider?, _ context: FeedContext
    ) throws -> [UInt8] {
        let sink = XMLMemorySink()
        var xml = XMLWriter(to: sink)
        do {
            try write(record, provider, context, to: &xml)
            try xml.finish()
        } catch {
            throw FeedError(error, name: "oai_dc")
        }
        return sink.bytes
    }

    private static func write(
        _ record: CourseRecord, _ provider: Provider?, _ context: FeedContext,
        to xml: inout XMLWriter
    ) throws(XMLWriteError) {
        let course = record.course
        try xml.startElement("oai_dc:dc")
        try xml.attribute("xmlns:oai_dc", namespace)
        try xml.attribute("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        try texts("title", course.title, &xml)
        if let name = provider?.name {
            try texts("creator", name, &xml)
            try texts("publisher", name, &xml)
        }
        try texts("subject", course.keywords, &xml)
        for subject in course.subjects { try texts("subject", subject.label, &xml) }
        for skill in course.skills { try texts("subject", skill.label, &xml) }
        try texts("description", course.summary, &xml)
        for wording in course.description.wordings {
            try text("description", wording.text.plainText, wording.language, &xml)
        }
        if let edited = course.provenance.lastEdited.flatMap({ UTCTime($0) }) {
            try text("date", edited.iso, nil, &xml)
        }
        // The type vocabulary of Dublin Core has one word for all that is taught.
        try text("type", "Event", nil, &xml)
        try text("type", course.kind.rawValue, nil, &xml)
        if let page = course.url.flatMap(cleanURL) { try text("identifier", page, nil, &xml) }
        try text("identifier", OwnURN.urn("course", course.id.value), nil, &xml)
        try text("source", course.nativeID, nil, &xml)
        for share in course.languages { try text("language", share.language.code, nil, &xml) }
        for qualification in course.qualifications {
            try texts("relation", qualification.title, &xml)
        }
        for place in places(record.offerings, context.languages) {
            try text("coverage", place, nil, &xml)
        }
        for day in Set(record.offerings.compactMap { $0.timing.start.date }).sorted() {
            try text("coverage", day.iso, nil, &xml)
        }
        try xml.endElement()
    }

    /// Where the offerings are, each place once, in the order of the feed.
    private static func places(
        _ offerings: [Offering], _ languages: [LanguageTag]
    ) -> [String] {
        var places: [String] = []
        for place in offerings.flatMap(\.places) {
            guard let label = PlaceLabel.text(place, languages), !places.contains(label) else {
                continue
            }
            places.append(label)
        }
        return places
    }

    private static func texts(
        _ name: String, _ text: LocalizedText, _ xml: inout XMLWriter
    ) throws(XMLWriteError) {
        for wording in text.wordings { try self.text(name, wording.text, wording.language, &xml) }
    }

    private static func text(
        _ name: String, _ text: String, _ language: LanguageTag?, _ xml: inout XMLWriter
    ) throws(XMLWriteError) {
        guard !text.isEmpty else { return }
        try xml.startElement("dc:" + name)
        if let language { try xml.attribute("xml:lang", language.code) }
        try xml.text(text)
        try xml.endElement()
    }
}
