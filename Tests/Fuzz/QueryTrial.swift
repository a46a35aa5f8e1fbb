import CourseModel
import Glibc
import SearchIndex

/// What the query language promises: every text means something, and the same each time.
enum QueryTrial {
    private static let today = CalendarDate(year: 2026, month: 11, day: 24)!

    /// A small index, made at the first query.
    private static let index: IndexReader = {
        do { return try makeIndex() } catch { fatalError("no index: \(error)") }
    }()

    static func tryOut(_ bytes: [UInt8]) throws {
        var query = Query(String(decoding: bytes, as: UTF8.self), today: today)
        query.completesLastWord = bytes.count % 2 == 1
        query.groupsByCourse = bytes.count % 3 == 1
        query.relaxesUpTo = 2
        let first = try index.search(query)
        let second = try index.search(query)
        try require(first.hits == second.hits && first.total == second.total, "the same twice")
        try require(first.hits.count <= query.limit, "no more than asked for")
        _ = try index.providers(matching: query.words)
    }

    private static func makeIndex() throws -> IndexReader {
        var template = Array("/tmp/leerwijzer-fuzz-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw IndexError.missing(path: "/tmp") }
        let folder = String(cString: made) + "/1"
        defer {
            // The mapped file stays readable.
            unlink(folder + "/index")
            rmdir(folder)
            rmdir(made)
        }
        var builder = try IndexBuilder(folder: folder, generation: 1)
        let titles = [
            "Boomverzorging en snoeien", "Cursus boomverzorger", "Hovenier in opleiding",
            "C++ en NT2",
            "E-learning veilig werken", "Coördinatie in de zorg", "Lassen, solderen OF lijmen",
            "Het groene vmbo", "Data science with Python", "m.b.o. niveau 4",
        ]
        for (number, title) in titles.enumerated() {
            let provenance = Provenance(source: ID("s"), format: "fuzz", file: "f")
            guard
                let course = Course(
                    id: ID("s:\(number)"), nativeID: "\(number)", provider: ID("p"), kind: .course,
                    title: LocalizedText(title, language: .dutch), provenance: provenance),
                let record = CourseRecord(
                    course: course,
                    offerings: [
                        Offering(
                            id: ID(course: course.id, native: "1"), nativeID: "1",
                            course: course.id, timing: Timing(start: .rolling),
                            provenance: provenance)
                    ])
            else { continue }
            try builder.add(IndexDocument(record: record, providerName: "Vakschool Groenhoek"))
        }
        _ = try builder.finish()
        return try IndexReader(folder: folder)
    }
}
