import CourseModel
import Feeds
import Testing

@Suite("An EDU-DEX programme becomes a course with its offerings")
struct EDUDEXReadingTests {
    private let read: ReadFeed
    private let course: Course
    private let offerings: [Offering]

    init() throws {
        read = try EDUDEXFixture.read()
        course = try #require(read.courses.first)
        offerings = read.offerings
    }

    @Test("a sound programme is read without a word against it")
    func sound() {
        #expect(read.codes.isEmpty, "\(read.codes)")
        #expect(read.summary.offered == RecordCount(courses: 1, offerings: 3))
        #expect(read.summary.accepted == read.summary.offered)
        #expect(read.summary.isFull && read.summary.isComplete)
        #expect(read.summary.format == "edudex")
    }

    @Test("the id is made of provider and programme, the offering's of the course and the run")
    func ids() {
        #expect(course.id == ID("test:dedriebruggen:DB-SNOEI-3"))
        #expect(course.nativeID == "DB-SNOEI-3")
        #expect(course.provider == ID("test:dedriebruggen"))
        #expect(offerings[0].id == ID("test:dedriebruggen:DB-SNOEI-3#SNOEI-27A"))
        #expect(
            course.aliases == [
                Code(scheme: "uuid", code: "5d0c2f1e-7a34-4c2b-9f10-0a1b2c3d4e5f")
            ])
        #expect(course.variantGroup == "DB-SNOEI")
    }

    @Test("texts keep their languages, HTML its structure, CDATA its characters")
    func texts() {
        #expect(course.title.text(in: [.dutch]) == "Snoeien & vormen")
        #expect(course.title.text(in: [.english]) == "Pruning and shaping")
        #expect(course.summary.text() == "Een winter lang bomen lezen en snoeien.")
        #expect(course.description.wordings.map(\.language) == [.dutch, .english])
        #expect(
            course.description.text()?.blocks == [
                .paragraph([.init("Je leert "), .init("bomen lezen", style: .strong), .init(".")]),
                .list(ordered: false, items: [[.init("vormsnoei")], [.init("onderhoud")]]),
            ])
        #expect(course.sections.map(\.theme) == ["objectives"])
        #expect(course.sections[0].heading.text() == "Na afloop")
        #expect(course.keywords.wordings.map(\.text) == ["snoeien", "boomverzorging"])
        #expect(
            course.prerequisites.wordings.map(\.text.plainText) == [
                "Je werkt in een boomkwekerij of hoveniersbedrijf.", "intake",
            ])
        #expect(course.contacts[0].name == "Balie Snoei & Co")
    }

    @Test("the Dutch page is the one to show")
    func pages() {
        #expect(course.url == "https://dedriebruggen.example/snoeien?bron=edudex&jaar=2027")
        #expect(course.image?.url == "https://dedriebruggen.example/beeld/winter.jpg")
        #expect(course.image?.title == "Snoeien in de winter")
    }

    @Test("kind, level, load, degree and registers are EDU-DEX's in our words")
    func classification() {
        #expect(course.kind == .certificate)
        #expect(course.statedKind == "training")
        #expect(course.level == Level(stated: .three, nationalName: "mbo niveau 3"))
        #expect(course.requiredLevels.map(\.nlqf) == [.two, .two])
        #expect(course.studyLoad.hours == FixedDecimal(120))
        #expect(course.studyLoad.hoursPerWeek == FixedDecimal(10))
        #expect(course.studyLoad.ects == FixedDecimal("2.5"))
        #expect(course.duration == CourseDuration(FixedDecimal(scaled: 120_000), .week))
        #expect(
            course.qualifications == [
                Qualification(
                    kind: .certificate, title: LocalizedText("mbo-certificaat", language: .dutch))
            ])
        #expect(
            course.codes.map { "\($0.scheme) \($0.code)" } == [
                "crebo C0987", "nlqf 98-12", "rio 9998O0042", "crebo-learning-path BBL",
            ])
        #expect(course.codes[0].label.text() == "Snoeien van houtige gewassen")
        #expect(
            course.subjects.map { "\($0.scheme) \($0.code)" } == [
                "edudex-theme training and education", "sbi-section A", "sbi 0130", "isco-major 6",
            ])
        #expect(
            course.skills.map(\.id) == [
                "urn:e-cf:4.0/B3/e-1", "urn:edudex:competence-rijksoverheid:C4",
            ])
    }

    @Test("bbl is learning and working in one, and a way to pay")
    func forms() {
        #expect(course.studyModes == [.partTime, .dual])
        #expect(course.modes == [.blended])
        #expect(course.funding == [.leerrijk, .bbl])
        #expect(course.languages == [LanguageShare(.dutch, percentage: 100)])
        #expect(course.expires == CalendarDate(iso: "2028-01-31"))
    }

    @Test("a run says when, where, for how many and whether it is open")
    func run() {
        let run = offerings[0]
        #expect(
            run.timing
                == Timing(
                    start: .on(CalendarDate(iso: "2027-01-14")!), startIsFinal: true,
                    end: CalendarDate(iso: "2027-04-01")))
        #expect(run.enrolment?.closes == CalendarDate(iso: "2027-01-04"))
        #expect(run.status == .open)
        #expect(run.capacity == 12)
        #expect(run.minimumParticipants == 6)
        let venue = run.places.first?.venue
        #expect(
            venue?.address
                == Address(
                    street: "Kruithoek 7", postcode: "3995 AA", city: "Houten", country: "NL"))
        #expect(venue?.coordinates == Coordinates(latitude: 52.0301, longitude: 5.1712))
        #expect(run.sessions.map(\.date) == [CalendarDate(iso: "2027-01-14")])
        #expect(run.sessions[0].begins == TimeOfDay(iso: "19:00"))
        #expect(offerings.map(\.status) == [.open, .closed, .cancelled])
    }

    @Test("what a run does not say is taken from the generic run")
    func inheritance() {
        let run = offerings[1]
        #expect(run.dayParts == [.evening])
        #expect(run.places.first?.venue?.nativeID == "kwekerij")
        #expect(run.sessions.map(\.weekday) == [.thursday])
        #expect(run.price?.total == Money(FixedDecimal(840)!, .euro))
        #expect(run.price?.vat == .exempt)
        #expect(run.price?.costs.map(\.kind) == ["tuition fee", "study material"])
    }

    @Test("a run's own costs stand in for the generic ones")
    func ownCosts() {
        #expect(offerings[0].price?.total == Money(FixedDecimal(1089)!, .euro))
        #expect(offerings[0].price?.vat == .included(percentage: FixedDecimal(21)))
        #expect(offerings[0].price?.costs.map(\.nativeID) == ["snoei.27a.les"])
    }

    @Test("a fully online run has no venue, not even an inherited one")
    func online() {
        #expect(offerings[2].places == [.online])
        #expect(offerings[2].modes == [.online])
    }

    @Test(
        "a kind follows from the programme type, else from the degree",
        arguments: [
            ("internship", "none", CourseKind.internship),
            ("traineeship", "none", .apprenticeshipPlace), ("research", "none", .project),
            ("mbo module", "module certificate", .module), ("webinar", "none", .event),
            ("regular", "BSc", .diplomaProgramme), ("regular", "mbo niveau 2", .diplomaProgramme),
            ("training", "module certificate", .module), ("training", "certificate", .course),
            ("workshop", "mbo-certificaat", .certificate),
        ])
    func kinds(type: String, degree: String, kind: CourseKind) throws {
        let xml = EDUDEXFixture.changed(
            "<programType>training</programType>", "<programType>\(type)</programType>"
        ).replacing(
            "<degree>mbo-certificaat</degree>", with: "<degree>\(degree)</degree>")
        #expect(try EDUDEXFixture.read(xml).courses.first?.kind == kind)
    }
}

@Suite("A programme without runs is one offering when it can be started")
struct EDUDEXFlexibleTests {
    private func read(_ schedule: String, start: String) throws -> ReadFeed {
        let head = EDUDEXFixture.whole.components(before: "<programSchedule>")
            .replacing("fixed starting date", with: start)
        return try ReadFeed(xml: head + schedule + "</program>")
    }

    @Test(
        "a start that is agreed or direct makes it continuous",
        arguments: [
            ("direct start", Start.rolling), ("agreed starting date", .onRequest),
        ])
    func continuous(determination: String, start: Start) throws {
        let read = try read("<programSchedule/>", start: determination)
        #expect(read.summary.offered == RecordCount(courses: 1, offerings: 1))
        #expect(read.summary.addsUp)
        #expect(read.offerings.map(\.timing.start) == [start])
        #expect(read.offerings[0].id.value.hasSuffix("#generic"))
        #expect(read.offerings[0].status == .open)
        #expect(read.offerings[0].capacity == 16)
    }

    @Test("what holds for every run holds for it")
    func generic() throws {
        let read = try read(
            """
            <programSchedule><genericProgramRun>
              <contactHoursPartOfDay>morning</contactHoursPartOfDay>
              <cost><amount>10.00</amount><amountIsFinal>1</amountIsFinal>
                <costType>tuition fee</costType><currency>EUR</currency><id>a</id>
                <isRequiredCost>1</isRequiredCost></cost>
              <location><city>Houten</city></location>
            </genericProgramRun></programSchedule>
            """, start: "fixed starting date")
        #expect(read.summary.offered.offerings == 1)
        let offering = try #require(read.offerings.first)
        #expect(offering.timing.start == .unstated(raw: nil))
        #expect(offering.dayParts == [.morning])
        #expect(offering.price?.total == Money(FixedDecimal(10)!, .euro))
        #expect(offering.places.first?.venue?.address.city == "Houten")
    }

    @Test("a fixed start without a date is no offering")
    func none() throws {
        let read = try read("<programSchedule/>", start: "fixed starting date")
        #expect(read.summary.offered == RecordCount(courses: 1, offerings: 0))
        #expect(read.offerings.isEmpty && read.summary.addsUp)
    }

    @Test("a place in words stands in when the schedule names none")
    func placeInWords() throws {
        let read = try read("<programSchedule/>", start: "direct start")
        let venue = read.offerings.first?.places.first?.venue
        #expect(venue?.name.text() == "Opheusden, proefkwekerij")
        #expect(venue?.address.city == "Opheusden")
        #expect(read.codes[.placeNotStructured] == 1)
    }
}

extension String {
    /// The text with every `old` replaced; Foundation's own needs Foundation.
    func replacing(_ old: String, with new: String) -> String {
        var out = ""
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(old) {
                out += new
                index = self.index(index, offsetBy: old.count)
            } else {
                out.append(self[index])
                index = self.index(after: index)
            }
        }
        return out
    }

    /// The text before the first `mark`.
    func components(before mark: String) -> String {
        var index = startIndex
        while index < endIndex, !self[index...].hasPrefix(mark) { index = self.index(after: index) }
        return String(self[..<index])
    }
}
