import Answers
import CourseModel
import HTTPTypes
import Hummingbird
import Storage
import XMLStream

/// What search engines want to know: which pages there are (sitemaps.org 0.9), and what to leave
/// alone (RFC 9309).
enum SitemapEndpoints {
    /// How many courses a sitemap names, each in two languages: it may hold 50,000 addresses.
    static let coursesPerMap = 20_000

    private static let namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    private static let type = MediaType("application/xml", parameters: "; charset=utf-8")

    static let operations: [Operation] = [
        Operation(
            .get, "/robots.txt", id: "robots", "What crawlers had better leave alone.",
            answer: .init("The file.", as: [.plain]), caching: .byProgram, needsCatalogue: false,
            reading: .lenient, isDocumented: false
        ) { call in
            .text(
                """
                User-agent: *
                Disallow: /v1/
                Disallow: /ooapi/
                Disallow: /oai
                Disallow: /feeds/
                Disallow: /metrics
                Sitemap: \(call.base)/sitemap.xml

                """, as: .plain)
        },
        Operation(
            .get, "/sitemap.xml", id: "sitemap-index", "Where the sitemaps are.",
            answer: .init("The index.", as: [type]), isDocumented: false
        ) { call in
            let count = try maps(call.catalogue)
            return .bytes(
                try document("sitemapindex") { xml throws(XMLWriteError) in
                    for number in 1...count {
                        try xml.startElement("sitemap")
                        try xml.element("loc", "\(call.base)/sitemap-\(number).xml")
                        try xml.endElement()
                    }
                }, as: type)
        },
        // At the root: a sitemap names no page above its own folder (sitemaps.org 0.9, “location”).
        Operation(
            .get, "/sitemap-{number}.xml", id: "sitemap", "A sitemap.",
            parameters: [.path("number", "Which one, from 1.")],
            answer: .init("The sitemap.", as: [type]), problems: [.notFound], effort: .heavy,
            isDocumented: false, handle: map),
    ]

    private static func maps(_ catalogue: OpenCatalogue) -> Int {
        max(1, (catalogue.index.courseCount + coursesPerMap - 1) / coursesPerMap)
    }

    private static func map(_ call: Call) throws -> Response {
        let catalogue = try call.catalogue
        guard let number = call.parameters["number"].flatMap(Parameter.integer),
            (1...maps(catalogue)).contains(number)
        else { throw Problem(.notFound, "there is no such sitemap; /sitemap.xml names them") }
        var pages: [(address: PageAddress, changed: Moment?)] = []
        if number == 1 {
            pages = ([.search, .regions, .providers, .about, .privacy] as [PageAddress])
                .map { ($0, nil) }
            pages += catalogue.workspace.configuration.partners.map { (.partner($0.id.value), nil) }
        }
        try catalogue.store.snapshot { snapshot in
            let stamps = try call.service.datestamps.all(in: snapshot)
            let first = (number - 1) * coursesPerMap
            for course in first..<min(first + coursesPerMap, catalogue.index.courseCount) {
                let id = try catalogue.index.stored(course: course).id
                // One that has just left is in the next generation's map no more.
                guard let stored = try snapshot.record(id), stored.state == .present else {
                    continue
                }
                pages.append((.course(id.value), stamps[max(0, stored.changed.number - 1)]))
            }
        }
        return .bytes(
            try document("urlset") { xml throws(XMLWriteError) in
                for page in pages {
                    for language in AnswerLanguage.allCases {
                        try xml.startElement("url")
                        try xml.element("loc", call.base + page.address.path(in: language))
                        if let changed = page.changed { try xml.element("lastmod", changed.iso) }
                        try xml.endElement()
                    }
                }
            }, as: type)
    }

    private static func document(
        _ root: String, _ body: (inout XMLWriter) throws(XMLWriteError) -> Void
    ) throws(XMLWriteError) -> [UInt8] {
        let sink = XMLMemorySink()
        var xml = XMLWriter(to: sink)
        try xml.startElement(root)
        try xml.attribute("xmlns", namespace)
        try body(&xml)
        try xml.endElement()
        try xml.finish()
        return sink.bytes
    }
}
