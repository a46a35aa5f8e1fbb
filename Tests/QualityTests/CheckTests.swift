import CourseModel
import Quality
import Testing

/// One way to spoil a sound course, and the only fault that must come of it.
struct Spoiling: Sendable, CustomTestStringConvertible {
    let code: DiagnosticCode
    let spoil: @Sendable (inout Example) -> Void

    init(_ code: DiagnosticCode, _ spoil: @escaping @Sendable (inout Example) -> Void) {
        self.code = code
        self.spoil = spoil
    }

    var testDescription: String { code.name }

    private static func day(_ text: String) -> CalendarDate { CalendarDate(iso: text)! }

    static let all: [Spoiling] = [
        // Dates
        .init("start-not-plausible") { $0.offering.timing = Timing(start: .on(day("2072-03-01"))) },
        .init("expired") {
            $0.course.expires = day("2026-11-23")
            $0.offering.status = .closed
        },
        .init("expires-soon") { $0.course.expires = day("2026-12-10") },
        .init("enrolment-over") {
            $0.offering.enrolment = EnrolmentWindow(closes: day("2026-11-01"))
        },
        .init("duration-not-plausible") {
            $0.course.duration = CourseDuration(FixedDecimal(40)!, .year)
        },
        .init("duration-not-plausible") {
            $0.offering.timing = Timing(start: .on(day("2027-03-01")), end: day("2072-03-01"))!
        },
        // Texts
        .init("title-too-long") {
            $0.course.title = LocalizedText(String(repeating: "bomen ", count: 25))
        },
        .init("title-in-capitals") { $0.course.title = "BOMEN VEILIG SNOEIEN" },
        .init("placeholder-text") { $0.course.title = "Test" },
        .init("description-missing") { $0.course.summary = LocalizedText() },
        .init("description-too-short") { $0.course.summary = "Leuke cursus." },
        .init("description-repeats-title") { $0.course.summary = "Bomen veilig snoeien!" },
        .init("escaped-html") { $0.course.title = "Bomen &amp; struiken" },
        .init("garbled-text") { $0.course.title = "VeÃ©l snoeien" },
        .init("packed-subjects") {
            $0.course.keywords = LocalizedText("snoeien, enten, bomen")
        },
        .init("image-without-alternative") {
            $0.course.image = Image(url: "https://school.example/boom.jpg")
        },
        // Addresses
        .init("url-not-public") { $0.course.url = "https://localhost/snoeien" },
        .init("url-not-public") { $0.course.url = "https://192.168.1.4/snoeien" },
        .init("url-not-public") { $0.offering.applyURL = "https://intranet/aanmelden" },
        .init("url-insecure") { $0.course.url = "http://school.example/snoeien" },
        .init("url-is-homepage") { $0.course.url = "https://school.example/" },
        .init("url-missing") { $0.course.url = nil },
        .init("bad-email") { $0.course.contacts = [Contact(email: "info(at)school.example")] },
        // What matching needs
        .init("price-missing") { $0.offering.price = nil },
        .init("price-zero") { $0.offering.price?.total = Money(.zero, .euro) },
        .init("price-not-plausible") {
            $0.offering.price?.total = Money(FixedDecimal(1_195_000)!, .euro)
        },
        .init("vat-unstated") { $0.offering.price?.vat = .unstated },
        .init("place-missing") { $0.offering.places = [] },
        .init("start-missing") { $0.offering.timing = .unstated },
        .init("level-missing") { $0.course.level = nil },
        .init("skills-missing") {
            $0.course.skills = []
            $0.course.subjects = []
        },
        .init("instruction-language-missing") { $0.course.languages = [] },
        .init("duration-missing") { $0.course.studyLoad = StudyLoad() },
        // Contradictions
        .init("code-malformed") { $0.course.subjects = [Code(scheme: "isced-f", code: "8120")] },
        .init("code-malformed") { $0.course.codes = [Code(scheme: "crebo", code: "2568")] },
        .init("code-malformed") {
            $0.course.skills.append(DeclaredSkill(id: "http://data.europa.eu/esco/skill/snoeien"))
        },
        .init("status-contradicts-places") { $0.offering.placesLeft = 0 },
        .init("status-contradicts-places") {
            $0.offering.capacity = 4
            $0.offering.placesLeft = 5
        },
    ]
}

@Suite("Courses of any format are held against the same rules")
struct CheckTests {
    @Test("nothing is wrong with a sound course")
    func sound() {
        #expect(Example().found() == [])
    }

    @Test("a fault gives its own code and no other", arguments: Spoiling.all)
    func spoilt(_ spoiling: Spoiling) throws {
        let example = Example.with(spoiling.spoil)
        #expect(example.codes() == [spoiling.code])
        let fault = try #require(example.found().first)
        #expect(fault.file == "feed.xml")
        #expect(fault.position?.line == (fault.record == "SNOEI" ? 7 : 20))
        #expect(fault.field != nil)
        #expect(fault.message.hasSuffix("."))
        #expect(fault.severity < .error, "what was accepted is no error")
    }

    @Test("an offering that began is told, and that nothing is to come")
    func past() {
        let example = Example.with {
            $0.offering.timing = Timing(start: .on(CalendarDate(iso: "2026-09-01")!))
        }
        #expect(example.codes() == ["start-in-past", "nothing-to-come"])
        let closed = Example.with {
            $0.offering.timing = Timing(start: .on(CalendarDate(iso: "2026-09-01")!))
            $0.offering.status = .closed
        }
        #expect(closed.codes() == ["nothing-to-come"])
        let joinable = Example.with {
            $0.offering.timing = Timing(start: .on(CalendarDate(iso: "2026-09-01")!))
            $0.offering.enrolment = EnrolmentWindow(closes: CalendarDate(iso: "2027-01-31")!)
        }
        #expect(joinable.codes() == [], "one can still join")
    }

    @Test("what the reader told is not told again")
    func known() {
        func told(_ code: DiagnosticCode, _ record: String?) -> [Diagnostic] {
            [Diagnostic(.warning, code, file: "feed.xml", record: record, message: "x")]
        }
        let unpriced = Example.with { $0.offering.price = nil }
        #expect(unpriced.codes(known: told("price-not-a-number", "SNOEI-1")) == [])
        #expect(unpriced.codes(known: told("price-not-a-number", "SNOEI-2")) == ["price-missing"])
        let unlevelled = Example.with { $0.course.level = nil }
        #expect(unlevelled.codes(known: told("level-unknown", "SNOEI")) == [])
        #expect(unlevelled.codes(known: told("price-zero", "SNOEI")) == ["level-missing"])
    }

    @Test("what many offerings lack is told once, with their number")
    func counted() throws {
        var example = Example()
        example.offering.price = nil
        var second = example.offering
        second.id = ID("school:SNOEI#SNOEI-2")
        second.nativeID = "SNOEI-2"
        second.timing = Timing(start: .on(CalendarDate(iso: "2027-04-01")!))
        var third = Example().offering
        third.id = ID("school:SNOEI#SNOEI-3")
        third.nativeID = "SNOEI-3"
        let record = try #require(
            CourseRecord(course: example.course, offerings: [example.offering, second, third]))
        var checker = FeedChecker(today: Example.today)
        let found = checker.check(record, known: [])
        #expect(found.map(\.code) == ["price-missing"])
        #expect(found.first?.message.hasPrefix("2 of the 3 offerings state no price") == true)
    }

    @Test("offerings that differ in nothing are told, those of different titles are not")
    func repeated() throws {
        let example = Example()
        var second = example.offering
        second.id = ID("school:SNOEI#SNOEI-2")
        second.nativeID = "SNOEI-2"
        var checker = FeedChecker(today: Example.today)
        let same = try #require(
            CourseRecord(course: example.course, offerings: [example.offering, second]))
        #expect(checker.check(same, known: []).map(\.code) == ["duplicate-offering"])
        second.title = "Groep B"
        let other = try #require(
            CourseRecord(course: example.course, offerings: [example.offering, second]))
        checker = FeedChecker(today: Example.today)
        #expect(checker.check(other, known: []) == [])
    }

    @Test("a title that a provider gives twice is told at the second course")
    func titles() {
        var checker = FeedChecker(today: Example.today)
        #expect(checker.check(Example().record, known: []) == [])
        #expect(checker.check(Example().record, known: []).map(\.code) == ["title-repeated"])
        let variant = Example.with { $0.course.variantGroup = "SNOEI" }
        #expect(checker.check(variant.record, known: []) == [])
        let advanced = Example.with { $0.course.level = Level(stated: .four) }
        #expect(checker.check(advanced.record, known: []) == [])
    }

    @Test(
        "well-formed codes, addresses and titles pass",
        arguments: [
            { $0.course.title = "VCA-VOL" },
            { $0.course.title = "Rekenen: 3 < 5 & R&D" },
            { $0.course.codes = [Code(scheme: "crebo", code: "25681")] },
            { $0.course.codes = [Code(scheme: "crebo", code: "K0512")] },
            { $0.course.subjects = [Code(scheme: "isced-f", code: "99")] },
            { $0.course.subjects = [Code(scheme: "own", code: "x y")] },
            { $0.course.url = "https://school.example:8443/snoeien?x=1" },
            { $0.course.url = "https://school.example/?course=12" },
            { $0.course.contacts = [Contact(email: "info@school.example")] },
            { $0.course.keywords = "Leren snoeien, en wel zo, dat de boom blijft. Zonder haast" },
            { $0.offering.timing = Timing(start: .rolling) },
            { $0.offering.places = [.online] },
        ] as [@Sendable (inout Example) -> Void])
    func passes(_ change: @Sendable (inout Example) -> Void) {
        #expect(Example.with(change).found() == [])
    }
}
