import CourseModel
import Foundation
import Ingest
import SearchIndex
import Storage
import TestSupport

/// A workspace of a school and two other partners, whose feed and corrections a test writes.
final class CuratedWorkspace {
    static let today = CalendarDate(year: 2026, month: 11, day: 24)!

    let scratch: Scratch

    /// - Parameter more: Lines at the top of `catalog.toml`.
    init(_ more: String = "") throws {
        scratch = try Scratch()
        try scratch.linkSampleData()
        try scratch.write(
            "catalog.toml",
            """
            \(more)
            [[partner]]
            id = "school"
            name = "Groene School"
            roles = ["provider"]
            people = ["Sanne", "Tom"]
            [[partner.source]]
            id = "school"
            feed = "school.xml"
            [[partner]]
            id = "sector"
            name = "Groene Sector"
            roles = ["sector-body"]
            [[partner]]
            id = "region"
            name = "Regio"
            roles = ["coordinator"]
            """)
        try feed()
    }

    /// Writes the school's feed: one course on trees, and one that is left alone.
    func feed(
        title: String = "Boomverzorging", description: String = "Je leert bomen verzorgen.",
        start: String = "2027-03-01", hasCourse: Bool = true, provider: String = "Groene School"
    ) throws {
        let course = """
            <course><dc:identifier>A1</dc:identifier>
            <dc:title xml:lang="nl">\(title)</dc:title>
            <dc:description xml:lang="nl">\(description)</dc:description>
            <presentation><dc:identifier>A1-1</dc:identifier>
            <mlo:start dtf="\(start)">\(start)</mlo:start></presentation></course>
            """
        let others = (2...12).map { number in
            """
            <course><dc:identifier>A\(number)</dc:identifier>
            <dc:title xml:lang="nl">Bloemschikken \(number)</dc:title></course>
            """
        }
        try scratch.write(
            "school.xml",
            """
            <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
            generated="2026-11-24T00:00:00Z"><provider><dc:identifier>p</dc:identifier>
            <dc:title>\(provider)</dc:title>\(hasCourse ? course : "")
            \(others.joined(separator: "\n"))</provider></catalog>
            """)
    }

    /// Writes a file of one correction of the course on trees.
    func correct(
        _ change: String, file: String = "a.toml", by author: String = "Sanne",
        of partner: String = "school", date: String = "2026-11-24", more: String = "",
        target: String = "course = \"school:A1\""
    ) throws {
        try FileManager.default.createDirectory(
            atPath: scratch.path("curation"), withIntermediateDirectories: true)
        try scratch.write(
            "curation/" + file,
            """
            [[correction]]
            \(target)
            author = "\(author)"
            partner = "\(partner)"
            date = \(date)
            reason = "gebeld met de school"
            \(more)
            \(change)
            """)
    }

    /// The catalogue, some days after today.
    func open(
        after days: Int = 0, _ onProgress: @escaping (Catalogue.Progress) -> Void = { _ in }
    ) throws -> Catalogue {
        let day = Self.today.adding(days: days)
        return Catalogue(
            try Workspace(folder: scratch.folder), today: day, now: Moment(day),
            onProgress: onProgress)
    }

    /// Reads the feed.
    @discardableResult
    func ingest(after days: Int = 0) throws -> Catalogue {
        let catalogue = try open(after: days)
        _ = try catalogue.ingestAll()
        return catalogue
    }

    /// The course on trees as it is shown.
    func shown(_ catalogue: Catalogue) throws -> ShownCourses.Shown? {
        try catalogue.store().snapshot { snapshot in
            try ShownCourses(catalogue.workspace, in: snapshot).course("school:A1", in: snapshot)
        }
    }

    /// The title of the course on trees as it is shown.
    func title(_ catalogue: Catalogue) throws -> String? {
        try shown(catalogue)?.stored.record.course.title.text()
    }

    /// The courses that some words find.
    func found(_ words: String, _ catalogue: Catalogue) throws -> [String] {
        let index = try catalogue.index()
        var query = Query(words, today: Self.today)
        query.groupsByCourse = true
        return try index.search(query).hits.map {
            try index.stored(course: $0.course).id.value
        }.sorted()
    }

    /// The state of each part of the corrections, by field.
    func states(_ catalogue: Catalogue) throws -> [String: CurationRuling.State] {
        Dictionary(
            try catalogue.reviewedCorrections().rulings.map { ($0.fieldName, $0.state) }
        ) { $1 }
    }
}

extension ID: ExpressibleByStringLiteral,
    ExpressibleByUnicodeScalarLiteral,
    ExpressibleByExtendedGraphemeClusterLiteral
{
    /// An id as it is written.
    public init(stringLiteral text: String) { self.init(text) }
}
