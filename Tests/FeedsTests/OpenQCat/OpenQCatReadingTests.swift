import CourseModel
import Feeds
import TestSupport
import Testing

@Suite("open-Q-cat: an Angebot becomes a course, a Veranstaltung an offering")
struct OpenQCatReadingTests {
    private static let german = LanguageTag("de")

    private func catalogue() throws -> ReadFeed {
        try ReadFeed(path: Fixture.path("catalogue.iso8859-15.xml"))
    }

    @Test("every service is accounted for")
    func accounts() throws {
        let feed = try catalogue()
        #expect(feed.summary.format == "open-q-cat")
        #expect(feed.summary.isFull)
        // Angebote A1, A2, A3, A4, A6, A7 and the one that V9 stands for; Veranstaltungen V1, V2,
        // V8, V9, and what is an Angebot and dated or self-paced: A3, A4, A7.
        feed.expectAccounts(offered: RecordCount(courses: 7, offerings: 7))
        #expect(feed.courses.map(\.nativeID).sorted() == ["A1", "A2", "A3", "A4", "A9"])
        #expect(feed.offerings.map(\.nativeID).sorted() == ["A3", "A4", "V1", "V2", "V9"])
    }

    @Test("an Angebot says what is learnt, in ISO 8859-15 and German")
    func course() throws {
        let course = try catalogue().course("A1")
        #expect(
            course.title
                == LocalizedText("Baumpflege für Fortgeschrittene", language: Self.german))
        #expect(course.kind == .course)
        #expect(course.statedKind == "Fortbildung/Qualifizierung")
        #expect(
            course.description.text()?.plainText
                == "Schnitt und Sicherung.\n- Klettern\n- Kosten: 300 €")
        #expect(course.prerequisites.text()?.plainText == "Grundkurs")
        #expect(course.keywords.wordings.map(\.text) == ["Baum", "Klettern"])
        #expect(course.aliases == [Code(scheme: "supplier-alt-pid", code: "BP-2")])
        #expect(course.codes == [Code(scheme: "massnahmenummer", code: "123/45")])
        let subject = LocalizedText("Gartenbau", language: Self.german)
        #expect(
            course.subjects == [Code(scheme: "kurssystematik", code: "B 1212", label: subject)])
        #expect(course.sections.map { "\($0.theme): \($0.plain)" } == ["student profile: Gärtner"])
        #expect(course.modes == [.blended])
        #expect(course.studyModes == [.partTime])
        #expect(course.languages.map(\.language.code) == ["de", "en"])
        #expect(course.audiences == [.worker])
        #expect(course.funding == ["bildungsgutschein", "foerderung-fuer-baeume"])
        #expect(course.expires == day("2027-06-30"))
        #expect(course.url == "https://gaertnerbund.example/baum")
        #expect(course.image?.url == "https://gaertnerbund.example/baum.png")
        #expect(
            course.contacts == [
                Contact(name: "Stamm", role: "Ansprechpartner", telephone: "+49.89.000001")
            ])
        let title = LocalizedText("Zertifikat Baumpflege", language: Self.german)
        #expect(
            course.qualifications
                == [Qualification(kind: .certificate, title: title, awardedBy: "IHK")])
    }

    @Test("a Veranstaltung before its Angebot finds it and inherits what it leaves empty")
    func inherits() throws {
        let offering = try catalogue().offering("V1")
        #expect(offering.id == ID("test:A1#V1"))
        #expect(
            offering.timing == Timing(start: .on(day("2027-03-01")), end: day("2027-03-05")))
        #expect(offering.statedStart == "jeweils ab 8 Uhr")
        #expect(offering.enrolment == EnrolmentWindow(closes: day("2027-02-15")))
        #expect(offering.title.isEmpty)
        #expect(offering.modes == [.classroom])
        #expect(offering.studyModes == [.fullTime])
        #expect(offering.minimumParticipants == 4)
        #expect(offering.capacity == 12)
        #expect(
            offering.price
                == Price(total: Money(FixedDecimal("300.5")!, .euro), statedAs: "inkl. Material"))
        let address = Address(
            street: "Seeweg 9", postcode: "82319", city: "Starnberg", country: "DE",
            other: ["Söcking"])
        #expect(offering.places == [.venue(Venue(name: "Lehrgarten", address: address))])
        #expect(
            offering.sections.map { "\($0.theme): \($0.plain)" }
                == ["scheduled hours: Mo-Fr 8-16 Uhr"])
    }

    @Test("a Veranstaltung's own words come first; no price to pay is a price")
    func own() throws {
        let feed = try catalogue()
        let offering = try feed.offering("V2")
        #expect(offering.title.text() == "Baumpflege am Abend")
        #expect(offering.price?.total == Money(.zero, .euro))
        #expect(offering.capacity == 8)
        #expect(offering.modes == [.online])
        #expect(offering.places == [.online])
        #expect(offering.dayParts == [.evening])
        #expect(offering.timing == Timing(start: .on(day("2027-05-10"))))
        #expect(feed.codes[.endBeforeStart] == 1)
    }

    @Test("a course's original holds its Veranstaltungen too, byte for byte")
    func original() throws {
        let feed = try catalogue()
        let read = try #require(feed.reads.first { $0.record.course.nativeID == "A1" })
        let bytes = Fixture.bytes(Fixture.path("catalogue.iso8859-15.xml"))
        let parts = read.original.split(separator: 10, omittingEmptySubsequences: false)
        for line in parts { #expect(bytes.contains(line)) }
        #expect(read.original.filter { $0 == 0xA4 }.count == 1, "the euro sign of ISO 8859-15")
        #expect(countTags("SERVICE", in: String(decoding: read.original, as: UTF8.self)) == 3)
    }

    @Test("a dated Angebot is an offering too, and a variant of the Angebot that it names")
    func dated() throws {
        let feed = try catalogue()
        #expect(try feed.course("A3").variantGroup == "A1")
        #expect(try feed.offering("A3").timing.start == .on(day("2027-02-06")))
    }

    @Test("a course of study has its degree's level and its regular period")
    func study() throws {
        let course = try catalogue().course("A2")
        #expect(course.kind == .diplomaProgramme)
        #expect(
            course.level == Level(eqf: 6, nationalName: "Bachelor of Science", basis: .derived))
        #expect(
            course.duration == CourseDuration(FixedDecimal(36)!, .month, statedAs: "6 Semester"))
        #expect(course.provider == ID("test:700200"))
    }

    @Test("web-based training needs no date and no place")
    func online() throws {
        let feed = try catalogue()
        let offering = try feed.offering("A4")
        #expect(offering.places == [.online])
        #expect(offering.modes == [.online])
        #expect(offering.duration == CourseDuration(FixedDecimal(12)!, .hour))
        #expect(try feed.course("A4").audiences == [.jobSeeker])
        #expect(try feed.course("A4").provider == ID("test:999"))
    }

    @Test("a Veranstaltung whose Angebot is not in the catalogue stands for it when it has a title")
    func orphans() throws {
        let feed = try catalogue()
        #expect(try feed.course("A9").title.text() == "Imkern")
        #expect(try feed.offering("V9").timing.start == .rolling)
        let apart = try #require(feed.quarantined.first { $0.nativeID == "V8" })
        #expect(apart.kind == .offering)
        #expect(apart.reasons[0].code == .unknownReference)
    }

    @Test("broken and nameless services are set apart with their bytes")
    func faults() throws {
        let feed = try catalogue()
        let broken = try #require(feed.quarantined.first { $0.reasons[0].code == .malformedRecord })
        #expect(broken.count == RecordCount(courses: 1, offerings: 1))
        #expect(String(decoding: broken.original, as: UTF8.self).contains(">A7<"))
        #expect(feed.codes[.courseWithoutTitle] == 1)
    }

    @Test("the header's suppliers are the providers")
    func suppliers() throws {
        let feed = try catalogue()
        #expect(feed.providers.map(\.nativeID) == ["700100", "700200", "999"])
        let provider = feed.providers[0]
        #expect(provider.name == LocalizedText("Gärtnerbund Süd", language: Self.german))
        #expect(provider.codes == [Code(scheme: "duns", code: "55")])
        #expect(provider.url == "https://www.gaertnerbund.example")
        #expect(provider.location?.address.country == "DE")
        #expect(
            provider.contacts.map(\.name) == [nil, "Lore Kraut"])
    }

    @Test("an update is a delta with deletions")
    func update() throws {
        let feed = try ReadFeed(path: Fixture.path("update.xml"))
        #expect(!feed.summary.isFull)
        feed.expectAccounts(offered: RecordCount(courses: 1, offerings: 2))
        #expect(feed.withdrawn == [.named("A2"), .named("A4")])
        #expect(feed.summary.withdrawn == RecordCount(courses: 2))
        #expect(feed.codes[.missingID] == 1)
        #expect(feed.courses.map(\.nativeID) == ["A5"])
        #expect(feed.offerings[0].price == nil)
        #expect(feed.codes[.priceWithoutCurrency] == 1)
        // It may not take the place of an Angebot that was sent before.
        #expect(feed.quarantined.map(\.nativeID) == ["V3"])
    }

    @Test("the order of the services does not matter")
    func order() throws {
        let text = String(
            decoding: Fixture.bytes(Fixture.path("update.xml")), as: UTF8.self)
        func service(_ id: String, _ inner: String) -> String {
            "<SERVICE><PRODUCT_ID>\(id)</PRODUCT_ID><SERVICE_DETAILS>\(inner)</SERVICE_DETAILS></SERVICE>"
        }
        func event(_ course: String) -> String {
            "<TITLE/><SERVICE_MODULE><EDUCATION type=\"false\"><COURSE_ID>\(course)</COURSE_ID>"
                + "<MODULE_COURSE/></EDUCATION></SERVICE_MODULE>"
        }
        let services = [
            service("A", "<TITLE>Eins</TITLE>"), service("B", "<TITLE>Zwei</TITLE>"),
            service("a1", event("A")), service("b1", event("B")), service("a2", event("A")),
        ]
        let head = text[..<text.range(of: "<UPDATE")].description
        var outcomes: Set<[String]> = []
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<30 {
            let body = services.shuffled(using: &generator).joined()
            let feed = try ReadFeed(
                xml: head + "<NEW_CATALOG FULLCATALOG=\"true\">" + body
                    + "</NEW_CATALOG></OPENQCAT>")
            feed.expectAccounts(offered: RecordCount(courses: 2, offerings: 3))
            outcomes.insert(feed.offerings.map(\.id.value).sorted())
        }
        #expect(outcomes == [["test:A#a1", "test:A#a2", "test:B#b1"]])
    }

    @Test("a pipe, which cannot be read twice, gives the same as the file")
    func pipe() throws {
        let path = Fixture.path("catalogue.iso8859-15.xml")
        let piped = try ReadFeed.piped(path, format: "open-q-cat")
        #expect(piped.records.map(\.course.id) == (try catalogue().records.map(\.course.id)))
        #expect(piped.summary.offered == (try catalogue().summary.offered))
    }

    @Test(
        "real feeds and the validated samples lose nothing",
        .enabled(if: SharedFiles.path("feeds/openqcat") != nil, "real feeds are not here"),
        arguments: [
            "openqcat/assembled_catalog.iso8859-15.xml", "openqcat/Externenpruefung_Kassel.xml",
            "openqcat/Kassel_-_Teilzeit_-_Extended.xml",
            "openqcat/Kassel_-_Vollzeit_-_Extended.xml", "openqcat/Leipzig_-_Teilzeit.xml",
            "openqcat/Leipzig_Vollzeit_-_Extended.xml", "openqcat/Main.xml",
            "openqcat/Main_-_Externenpruefung.xml", "openqcat/history_Vollzeit_Leipzig.xml",
            "openqcat/history_test.xml", "samples/openqcat-1.1-full-sample.xml",
        ])
    func real(file: String) throws {
        let path = try #require(SharedFiles.path("feeds/" + file))
        let feed = try ReadFeed(path: path)
        let text = String(decoding: Fixture.bytes(path), as: UTF8.self)
        let services = countTags("SERVICE", in: text)
        // In all of them each Angebot is dated, so each service is one offering.
        let events = occurrences(of: "<EDUCATION type=\"false\"", in: text)
        feed.expectAccounts(
            offered: RecordCount(courses: services - events, offerings: services))
        #expect(feed.summary.accepted.courses == services - events)
    }

    @Test(
        "a real catalogue, field by field",
        .enabled(if: SharedFiles.path("feeds/openqcat") != nil, "real feeds are not here"))
    func kursnet() throws {
        let path = try #require(
            SharedFiles.path("feeds/openqcat/assembled_catalog.iso8859-15.xml"))
        let feed = try ReadFeed(path: path)
        let course = try feed.course("375057134")
        #expect(course.kind == .diplomaProgramme)
        #expect(course.statedKind == "Umschulung")
        #expect(course.qualifications[0].kind == .diploma)
        #expect(course.funding.contains("bildungsgutschein"))
        let offering = try feed.offering("375057134")
        #expect(
            offering.timing == Timing(start: .on(day("2027-02-05")), end: day("2029-01-26")))
        #expect(offering.price?.total == Money(FixedDecimal("35464.5")!, .euro))
        #expect(offering.places.first?.venue?.address.city == "Leipzig")
        #expect(offering.studyModes.isEmpty || offering.studyModes == [.fullTime])
        #expect(try feed.course("375057142").variantGroup == "375057134")
        #expect(feed.providers[0].name.text() == "cdemy GmbH Code Academy")
    }

    @Test(
        "the validated update only deletes",
        .enabled(if: SharedFiles.path("feeds/samples") != nil, "real feeds are not here"))
    func delta() throws {
        let path = try #require(SharedFiles.path("feeds/samples/openqcat-1.1-delta-sample.xml"))
        let feed = try ReadFeed(path: path)
        #expect(!feed.summary.isFull)
        #expect(feed.withdrawn == [.named("OLD1")])
        feed.expectAccounts(offered: RecordCount())
    }
}

extension String {
    /// Where a text first stands.
    fileprivate func range(of needle: String) -> Index {
        var rest = self[...]
        while !rest.isEmpty, !rest.hasPrefix(needle) { rest = rest.dropFirst() }
        return rest.startIndex
    }
}

extension [UInt8] {
    /// Whether the bytes stand in it.
    fileprivate func contains(_ part: ArraySlice<UInt8>) -> Bool {
        guard let first = part.first else { return true }
        return indices.contains { index in
            self[index] == first && self[index...].starts(with: part)
        }
    }
}
