import CourseModel
import Feeds
import TestSupport
import Testing

@Suite("Rows of a table become courses and offerings")
struct CSVReadingTests {
    private func school() throws -> ReadFeed { try ReadFeed(path: Fixture.path("school.csv")) }

    @Test("everything offered is accepted or set apart")
    func counts() throws {
        let read = try school()
        #expect(read.summary.format == "csv")
        #expect(read.summary.addsUp)
        #expect(read.summary.isComplete)
        #expect(read.courses.map(\.nativeID) == ["B1", "C3", "E5"])
        #expect(read.summary.accepted == RecordCount(courses: 3, offerings: 3))
        #expect(read.summary.quarantined == RecordCount(courses: 2, offerings: 1))
        #expect(read.codes[.duplicateRecord] == 1)
        #expect(read.codes[.courseWithoutTitle] == 1)
        #expect(read.codes[.malformedRecord] == 1)
        #expect(read.codes[.rowLength] == 1)
    }

    @Test("the mapping beside the file says what its columns and values mean")
    func mapping() throws {
        let record = try #require(try school().records.first)
        let course = record.course
        #expect(course.title.wordings == [.init(language: .dutch, text: "Bodem & water")])
        #expect(
            course.description.text()?.plainText
                == "Leer de \"bodem\" lezen;\nook buiten. Kosten: € 10")
        #expect(course.level?.nlqf == .three)
        #expect(course.keywords.wordings.map(\.text) == ["bodem", "water"])
        let offering = record.offerings[0]
        #expect(offering.timing.start.date?.iso == "2027-02-02")
        #expect(offering.timing.end?.iso == "2027-04-13")
        #expect(offering.dayParts == [.evening])
        #expect(offering.price?.total.description == "1195.00 EUR")
        #expect(offering.places.first?.venue?.address.postcode == "3992 AB")
    }

    @Test("later rows of a course are its further offerings, with faults at their place")
    func furtherRows() throws {
        let read = try school()
        let offering = try #require(read.records.first?.offerings.last)
        #expect(offering.timing.start.date?.iso == "2027-05-12")
        #expect(offering.timing.end == nil)
        #expect(offering.price?.vat == .excluded(percentage: nil))
        let fault = try #require(
            read.reads[0].diagnostics.first { $0.code == .endBeforeStart })
        #expect(fault.position?.line == 4)
        #expect(fault.position?.column == 27)
    }

    @Test("words where a date should stand say that one can start at any time")
    func rolling() throws {
        let read = try school()
        let offering = try #require(read.records[1].offerings.first)
        #expect(offering.timing.start == .rolling)
        #expect(offering.places.first?.venue?.address.city == "Súdwest-Fryslân")
        #expect(read.courses[1].title.text() == "Café-management")
    }

    @Test("rows of a course that is set apart, which do not stand together, are each set apart")
    func scattered() throws {
        let rows = ["T2,,2027-02-02", "B1,Bodem,2027-02-03", "T2,,2027-03-02", "T2,,"]
        let table = "course_id,title,start\r\n" + rows.joined(separator: "\r\n") + "\r\n"
        let read = try ReadFeed(bytes: Array(table.utf8), format: "csv")
        #expect(read.courses.map(\.nativeID) == ["B1"])
        #expect(
            read.quarantined.map { String(decoding: $0.original, as: UTF8.self) }
                == [rows[0], rows[2], rows[3]])
        #expect(read.quarantined.map(\.position?.line) == [2, 4, 5])
        #expect(
            read.quarantined.map(\.count) == [
                RecordCount(courses: 1, offerings: 1), RecordCount(offerings: 1), RecordCount(),
            ])
        #expect(read.codes[.unknownReference] == 2)
        #expect(read.summary.addsUp)
    }

    @Test("a mapping that names no field is refused, with its line and the name that was meant")
    func badMapping() throws {
        let input = FeedInput(
            .bytes(Array("Naam\nx\n".utf8)), name: "x.csv", source: ID("test"),
            today: ReadFeed.today
        ) { _, from in
            var own = from
            own.name = "x.csv.toml"
            own.content = .bytes(Array("[columns]\ntitel = \"Naam\"\n".utf8))
            return own
        }
        #expect {
            try ReadFeed(input)
        } throws: { error in
            "\(error)".contains("x.csv.toml:2") && "\(error)".contains("“title”")
        }
    }

    @Test("a table of something else is refused")
    func otherTable() {
        let input = FeedInput(
            .bytes(Array("name;age\nx;1\n".utf8)), name: "people.csv", source: ID("test"),
            today: ReadFeed.today)
        #expect(throws: FeedError.self) { try ReadFeed(input) }
    }
}
