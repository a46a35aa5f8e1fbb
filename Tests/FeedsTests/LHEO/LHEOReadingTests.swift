import CourseModel
import Feeds
import TestSupport
import Testing

@Suite("LHEO formations become courses, sessions offerings")
struct LHEOReadingTests {
    private func catalogue() throws -> ReadFeed {
        try ReadFeed(path: Fixture.path("catalogue-2.3.xml"))
    }

    @Test("every formation and session is accounted for, an action without a session as one")
    func accounts() throws {
        let feed = try catalogue()
        #expect(feed.summary.format == "lheo")
        #expect(feed.summary.isFull)
        feed.expectAccounts(offered: RecordCount(courses: 2, offerings: 4))
        #expect(feed.quarantined.isEmpty)
    }

    @Test("a formation says what is learnt")
    func course() throws {
        let course = try catalogue().course("PAY-10")
        #expect(course.id == ID("test:PAY-10"))
        #expect(course.title == LocalizedText("Ouvrier du paysage", language: LanguageTag("fr")))
        #expect(course.kind == .diplomaProgramme)
        #expect(course.statedKind == "Certification")
        #expect(course.description.text()?.plainText == "Sols, plantes, taille.")
        let sections = course.sections.map { "\($0.theme): \($0.plain)" }
        #expect(
            sections == [
                "objectives: Planter & entretenir.", "learningOutcome: Titre professionnel",
            ])
        #expect(course.prerequisites.text()?.plainText == "Bonne condition physique")
        #expect(course.url == "http://lesjardins.example/paysage")
        #expect(course.provenance.lastEdited == "2026-10-02T08:00:00+02:00")
        #expect(course.provenance.position?.line == 5)
        #expect(
            course.studyLoad
                == StudyLoad(
                    hours: FixedDecimal(840), contactHours: FixedDecimal(560)))
        #expect(course.funding == ["conseil-regional", "cpf"])
        let rosier = Contact(
            name: "Mme Anne Rosier", role: "Référent pédagogique",
            email: "a.rosier@lesjardins.example", telephone: "0200000000")
        #expect(
            course.contacts == [rosier, Contact(name: "Atelier Vert", role: "organisme formateur")])
    }

    @Test("the main FORMACODE comes first, register codes stand with the qualification")
    func codes() throws {
        let course = try catalogue().course("PAY-10")
        #expect(
            course.subjects.map { $0.scheme + ":" + $0.code }
                == ["formacode:21014", "formacode:21046", "nsf:214", "rome:A1203"])
        #expect(course.codes == [Code(scheme: "cpf", code: "99903")])
        let register = [
            Code(scheme: "rncp", code: "99901"), Code(scheme: "certifinfo", code: "99902"),
        ]
        #expect(course.qualifications == [Qualification(kind: .diploma, codes: register)])
    }

    @Test("levels of both French nomenclatures stand in the EQF")
    func levels() throws {
        let course = try catalogue().course("PAY-10")
        #expect(course.level == Level(eqf: 3, nationalName: "niveau V", basis: .derived))
        #expect(
            course.requiredLevels == [Level(eqf: 3, nationalName: "Niveau 3", basis: .derived)!])
        #expect(try catalogue().courses[1].level == nil)
    }

    @Test("a session says when, its action how and where")
    func offering() throws {
        let feed = try catalogue()
        let offering = try feed.offering("A/1")
        #expect(offering.id == ID("test:PAY-10#A/1"))
        #expect(
            offering.timing
                == Timing(start: .on(day("2027-02-01")), end: day("2027-07-30")))
        #expect(
            offering.enrolment
                == EnrolmentWindow(opens: day("2026-11-01"), closes: day("2027-01-15")))
        #expect(offering.modes == [.blended])
        #expect(offering.studyModes == [.fullTime])
        #expect(offering.dayParts == [.daytime])
        #expect(offering.status == .open)
        #expect(offering.capacity == 14)
        #expect(offering.minimumParticipants == 6)
        #expect(offering.languages == [LanguageShare(LanguageTag("fr")!)])
        #expect(offering.duration == CourseDuration(FixedDecimal(6)!, .month))
        #expect(
            offering.price
                == Price(
                    total: Money(FixedDecimal("4200.50")!, .euro), vat: .included(percentage: nil),
                    statedAs: "4 200,50"))
        #expect(offering.url == "https://lesjardins.example/paysage/1")
        let address = Address(
            street: "3 allée des Tilleuls", postcode: "49000", city: "Angers", country: "FR",
            other: ["Bâtiment C"])
        #expect(
            offering.places == [
                .venue(
                    Venue(
                        name: "Les Jardins", address: address,
                        coordinates: Coordinates(latitude: 47.4712, longitude: -0.5518)))
            ])
        let themes = offering.sections.map { "\($0.theme): \($0.plain)" }
        #expect(themes.contains("application: Sur dossier"))
        #expect(themes.contains("accommodation: Internat"))
        #expect(themes.contains("student profile: Demandeurs d'emploi"))
    }

    @Test("an end before the start is left out and told, a suspended session is closed")
    func reversed() throws {
        let feed = try catalogue()
        let offering = try feed.offering("2")
        #expect(offering.timing == Timing(start: .on(day("2027-09-01"))))
        #expect(offering.status == .closed)
        let fault = try #require(feed.diagnostics.first { $0.code == .endBeforeStart })
        #expect(fault.field == "fin")
        #expect(fault.record == "PAY-10")
        #expect(fault.position?.line == 61)
    }

    @Test("00000000 and 99999999 are no dates; permanent entries start at any moment")
    func openDates() throws {
        let feed = try catalogue()
        let offering = try feed.offering("B/1")
        #expect(offering.timing == Timing(start: .rolling))
        #expect(offering.modes == [.distance])
        #expect(offering.studyModes == [.partTime, .dual])
        #expect(feed.codes[.dateUnreadable] == nil)
    }

    @Test("a price for an hour counts when the hours are known, else it is told")
    func hourly() throws {
        let feed = try catalogue()
        let price = try #require(try feed.offering("B/1").price)
        #expect(price.total == Money(FixedDecimal(1050)!, .euro))
        #expect(price.statedAs == "10.50 × 100 h")
        #expect(feed.reads[1].record.offerings[0].price == nil)
        #expect(feed.codes[.priceForHourOnly] == 1)
    }

    @Test("what only fills a field says nothing")
    func fillers() throws {
        let read = try catalogue().reads[1]
        let course = read.record.course
        #expect(course.nativeID.hasPrefix("title-"))
        #expect(course.sections.map(\.theme) == ["learningOutcome"])
        #expect(course.qualifications == [Qualification(kind: .attendance)])
        #expect(course.kind == .course)
        #expect(course.contacts.isEmpty)
        let offering = read.record.offerings[0]
        #expect(offering.timing == .unstated)
        #expect(offering.status == .closed)
        #expect(offering.modes.isEmpty)
        #expect(read.diagnostics.map(\.code).contains(.codeUnknown))
        #expect(read.diagnostics.map(\.code).contains(.missingID))
    }

    @Test(
        "an organisation that each formation repeats is one provider, added to and not told twice")
    func provider() throws {
        let feed = try catalogue()
        #expect(feed.providers.count == 1)
        let provider = feed.providers[0]
        #expect(provider.id == ID("test:12345678900015"))
        #expect(provider.name.text() == "Les Jardins du Lac")
        #expect(provider.url == "http://lesjardins.example")
        #expect(provider.location?.address.city == "Angers")
        #expect(
            provider.codes == [
                Code(scheme: "raison-sociale", code: "", label: "Les Jardins SARL")
            ])
        #expect(provider.contacts.map(\.telephone) == [nil, "0200000001"])
        #expect(Set(feed.courses.map(\.provider)) == [provider.id])
    }

    @Test("one faulty formation costs no other")
    func faults() throws {
        let feed = try ReadFeed(path: Fixture.path("faulty-2.2.xml"))
        // Six formations; of sessions 2 + 3 + 3 + 1, of bare actions 1 + 1, and one session alone.
        feed.expectAccounts(offered: RecordCount(courses: 5, offerings: 12))
        #expect(feed.courses.map(\.nativeID) == ["2", "2~2"])
        #expect(feed.offerings.map(\.nativeID) == ["s1", "s1~2", "2b"])
        #expect(feed.codes[.courseWithoutTitle] == 1)
        #expect(feed.codes[.malformedRecord] == 1)
        #expect(feed.codes[.misplacedRecord] == 1)
        #expect(feed.codes[.duplicateRecord] == 2)
        let broken = try #require(feed.quarantined.first { $0.reasons[0].code == .malformedRecord })
        #expect(broken.count == RecordCount(courses: 1, offerings: 2))
        let text = String(decoding: broken.original, as: UTF8.self)
        #expect(text.hasPrefix("<formation numero=\"3\">"))
        #expect(text.hasSuffix("</formation>"))
        let twice = try #require(feed.reads[0].quarantinedOfferings.first)
        #expect(
            String(decoding: twice.original, as: UTF8.self).hasPrefix("<session numero=\"s1\">"))
    }

    @Test("reading twice gives the same")
    func stable() throws {
        #expect(try catalogue().records == catalogue().records)
    }

    @Test(
        "real feeds and the validated sample lose nothing",
        .enabled(if: SharedFiles.path("feeds/lheo") != nil, "real feeds are not here"),
        arguments: ["feeds/lheo/exemple-bts-onisep.xml", "feeds/samples/lheo-2.3-sample.xml"])
    func real(file: String) throws {
        let path = try #require(SharedFiles.path(file))
        let feed = try ReadFeed(path: path)
        let text = String(decoding: Fixture.bytes(path), as: UTF8.self)
        feed.expectAccounts(
            offered: RecordCount(
                courses: countTags("formation", in: text),
                offerings: countTags("session", in: text)))
        #expect(feed.quarantined.isEmpty)
        for read in feed.reads {
            #expect(text.contains(String(decoding: read.original, as: UTF8.self)))
        }
    }

    @Test(
        "a real feed of a school, field by field",
        .enabled(if: SharedFiles.path("feeds/lheo") != nil, "real feeds are not here"))
    func onisep() throws {
        let path = try #require(SharedFiles.path("feeds/lheo/exemple-bts-onisep.xml"))
        let feed = try ReadFeed(path: path)
        let course = feed.courses[0]
        #expect(course.title.text() == "BTS négociation et relation client")
        #expect(course.level?.eqf == 5)
        #expect(course.qualifications[0].codes[0] == Code(scheme: "rncp", code: "474"))
        #expect(course.url == "http://www2.cndp.fr/archivage/valid/brochadmin/bouton/c052.htm")
        #expect(course.contacts.isEmpty)
        let offering = feed.offerings[0]
        #expect(offering.timing.start == .on(day("2015-09-01")))
        #expect(offering.duration == CourseDuration(FixedDecimal(2)!, .year))
        let venue = try #require(offering.places.first?.venue)
        #expect(venue.name.text() == "Lycée Kerneuzec")
        #expect(venue.coordinates == Coordinates(latitude: 47.882108, longitude: -3.5526545))
        #expect(feed.providers[0].nativeID == "19290076900014")
        #expect(feed.providers[0].contacts.allSatisfy { $0.email == nil })
    }
}
