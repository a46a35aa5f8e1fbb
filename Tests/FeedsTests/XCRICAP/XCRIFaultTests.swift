import CourseModel
import Feeds
import Testing

/// A feed with one course, whose presentation holds `presentation`.
func feed(_ presentation: String = "", course: String = "", provider: String = "") -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <catalog xmlns="http://xcri.org/profiles/1.2/catalog" \
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
    xmlns:mlo="http://purl.org/net/mlo" xmlns:credit="http://purl.org/net/cm" \
    xmlns:xhtml="http://www.w3.org/1999/xhtml" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" generated="2026-11-24T06:00:00Z">
    <provider><dc:identifier>https://akker.example/</dc:identifier><dc:title>De Akker</dc:title>
    \(provider)<course><dc:identifier>https://akker.example/k1</dc:identifier>
    <dc:title>Snoeien</dc:title>\(course)<presentation>
    <dc:identifier>https://akker.example/r1</dc:identifier>
    \(presentation)
    </presentation></course></provider></catalog>
    """
}

/// The one offering of ``feed(_:course:provider:)`` and the faults found.
func offering(
    _ presentation: String, currency: Currency? = nil
) throws -> (
    Offering, [DiagnosticCode: Int]
) {
    let read = try ReadFeed(xml: feed(presentation), currency: currency)
    return (try #require(read.offerings.first), read.codes)
}

@Suite("Faults of records")
struct XCRIRecordFaultTests {
    @Test("a record that repeats an id is kept under another, a repeated record is set apart")
    func duplicates() throws {
        let read = try ReadFeed(path: Fixture.path("duplicates.xml"))
        #expect(read.summary.addsUp)
        #expect(read.summary.offered == RecordCount(courses: 5, offerings: 4))
        #expect(read.summary.accepted == RecordCount(courses: 4, offerings: 3))
        #expect(
            read.courses.map(\.nativeID).prefix(3) == ["K1", "K1~2", "K2"])
        #expect(read.courses[3].nativeID.hasPrefix("title-"))
        #expect(
            read.records[0].offerings.map(\.nativeID) == ["R1", "R1~2", "2027-04-01 part-time"])
        let apart = try #require(read.reads[0].quarantinedOfferings.first)
        #expect(
            String(decoding: apart.original, as: UTF8.self)
                == "<presentation><dc:identifier>R1</dc:identifier>"
                + "<mlo:start>2027-02-01</mlo:start></presentation>")
        #expect(apart.position?.line == 12)
        let course = try #require(read.quarantined.first)
        #expect(course.nativeID == "K2")
        #expect(
            String(decoding: course.original, as: UTF8.self)
                == "<course><dc:identifier>K2</dc:identifier><dc:title>Zaaien</dc:title></course>")
        #expect(read.codes[.duplicateID] == 2)
        #expect(read.codes[.duplicateRecord] == 2)
        #expect(read.codes[.missingID] == 2)
    }

    @Test("a broken record is set apart with its bytes and costs no other one")
    func damaged() throws {
        let path = Fixture.path("damaged.xml")
        let read = try ReadFeed(path: path)
        #expect(read.summary.addsUp)
        #expect(read.summary.offered == RecordCount(courses: 4, offerings: 5))
        #expect(read.courses.map(\.nativeID) == ["K1", "K3"])
        try #require(read.records.count == 2)
        #expect(read.records[1].offerings.map(\.nativeID) == ["R1", "R3"])
        let bytes = Fixture.bytes(path)
        let apart = read.quarantined + read.reads.flatMap(\.quarantinedOfferings)
        for record in apart {
            let start = try #require(record.position).byteOffset
            #expect(Array(bytes[start..<(start + record.original.count)]) == record.original)
            #expect(record.reasons.first?.severity == .error)
        }
        #expect(
            apart.map(\.count) == [
                RecordCount(courses: 1, offerings: 2), RecordCount(courses: 1),
                RecordCount(offerings: 1),
            ])
        #expect(read.records[1].offerings[1].provenance.position?.line == 17)
        #expect(read.codes[.courseWithoutTitle] == 1)
        #expect(read.codes[.malformedRecord] == 2)
    }

    @Test("a feed that stops in the middle keeps what came before, and says that it stops")
    func truncated() throws {
        let read = try ReadFeed(path: Fixture.path("truncated.xml"))
        #expect(read.summary.addsUp)
        #expect(!read.summary.isComplete)
        #expect(read.courses.map(\.nativeID) == ["K1"])
        #expect(read.summary.quarantined == RecordCount(courses: 1, offerings: 2))
        #expect(read.codes[.truncatedFeed] == 1)
        #expect(read.providers.count == 1)
    }

    @Test("records at the wrong place are found")
    func misplaced() throws {
        let read = try ReadFeed(path: Fixture.path("misplaced.xml"))
        #expect(read.summary.addsUp)
        #expect(read.summary.offered == RecordCount(courses: 2, offerings: 3))
        #expect(read.courses.map(\.nativeID) == ["K1", "K2"])
        #expect(read.records[0].offerings.map(\.nativeID) == ["R1", "R2"])
        #expect(read.providers.map(\.name) == ["Regionaal aanbod", "De Akker"])
        #expect(read.providers[1].location?.address.city == "Houten")
        #expect(read.quarantined.first?.kind == .offering)
        #expect(read.codes[.courseWithoutProvider] == 1)
        #expect(read.codes[.misplacedRecord] == 1)
    }

    @Test("elements are known by local name, types by local part, swapped coordinates turned")
    func wildNamespaces() throws {
        let read = try ReadFeed(path: Fixture.path("wild-namespaces.xml"))
        let course = try #require(read.courses.first)
        #expect(course.nativeID == "https://akker.example/k1")
        #expect(course.title == "Snoeien")
        #expect(course.subjects == [Code(scheme: "jacs3", code: "D447", label: "Ecologie")])
        #expect(course.kind == .diplomaProgramme)
        let offering = try #require(read.offerings.first)
        #expect(offering.nativeID == "R1")
        #expect(offering.timing.start.date == CalendarDate(iso: "2027-02-01"))
        #expect(
            offering.places.first?.venue?.coordinates
                == Coordinates(latitude: 52.0346, longitude: 5.1682))
        #expect(read.codes[.coordinatesSwapped] == 1)
    }

    @Test("1.1 is read too; withdrawals make the feed a delta")
    func version11() throws {
        let read = try ReadFeed(path: Fixture.path("version-1.1.xml"))
        #expect(read.summary.addsUp)
        #expect(!read.summary.isFull)
        #expect(read.summary.accepted == RecordCount(courses: 2, offerings: 2))
        #expect(read.summary.withdrawn == RecordCount(courses: 1, offerings: 2))
        #expect(
            read.withdrawn == [
                .course(ID("test:https://akker.example/k2")),
                .offering(ID("test:https://akker.example/k3#R7")),
            ])
        let provider = try #require(read.providers.first)
        #expect(provider.name == "De Akker")
        #expect(provider.location?.address.postcode == "3992 AB")
        #expect(provider.contacts == [Contact(telephone: "030-1234567")])
        let record = read.records[0]
        #expect(record.course.level?.nlqf == .two)
        #expect(record.course.qualifications.first?.kind == .certificate)
        #expect(record.course.studyLoad.ects == FixedDecimal(3))
        let offering = record.offerings[0]
        #expect(
            offering.timing
                == Timing(
                    start: .on(CalendarDate(iso: "2027-02-01")!),
                    end: CalendarDate(iso: "2027-03-01")))
        #expect(offering.duration == CourseDuration(FixedDecimal(4)!, .week))
        #expect(offering.dayParts == [.evening])
        #expect(offering.capacity == 12)
        #expect(offering.price?.total == Money(FixedDecimal(250)!, .euro))
        #expect(offering.places.first?.venue?.address.street == "Kasweg 2")
    }

    @Test("a course without a title takes that of its presentation")
    func title() throws {
        let xml = feed("<dc:title>Uit de uitvoering</dc:title>")
            .replacing("<dc:title>Snoeien</dc:title>", with: "")
        let read = try ReadFeed(xml: xml)
        #expect(read.courses.first?.title == "Uit de uitvoering")
        #expect(read.codes[.titleTakenOver] == 1)
    }

    @Test("provider and course may be the root")
    func roots() throws {
        let whole = feed("<mlo:start>2027-02-01</mlo:start>")
        let namespaces = whole.split(separator: "\n")[1].dropFirst("<catalog".count)
            .replacing(" generated=\"2026-11-24T06:00:00Z\">", with: "")
        func cut(_ name: String) throws -> String {
            let start = try #require(whole.range(of: "<\(name)>"))
            let end = try #require(whole.range(of: "</\(name)>"))
            return "<\(name)\(namespaces)>"
                + whole[start.upperBound..<end.lowerBound] + "</\(name)>"
        }
        for name in ["provider", "course"] {
            let read = try ReadFeed(xml: cut(name))
            #expect(read.summary.accepted == RecordCount(courses: 1, offerings: 1), "\(name)")
            #expect(read.courses.first?.nativeID == "https://akker.example/k1")
        }
    }

    @Test("another kind of document is refused in words")
    func otherDocuments() {
        func message(_ text: String, format: String? = nil) -> String {
            do {
                _ = try ReadFeed(xml: text, format: format)
                return "read"
            } catch {
                return "\(error)"
            }
        }
        #expect(message("").contains("is empty"))
        #expect(message("<html><body>404</body></html>").contains("root element is <html>"))
        #expect(message("<a/>", format: "xcri-cap").contains("is not XCRI-CAP"))
        #expect(message("{\"a\":1}").contains("is no XML"))
        #expect(message("<a/>", format: "xcri").contains("Known are xcri-cap"))
        #expect(
            message(
                "<!DOCTYPE catalog [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaa\">"
                    + (1...9).map {
                        "<!ENTITY a\($0) \""
                            + String(repeating: "&a\($0 == 1 ? "" : "\($0 - 1)");", count: 10)
                            + "\">"
                    }.joined()
                    + "]><catalog xmlns='http://xcri.org/profiles/1.2/catalog'>&a9;</catalog>"
            ).contains("grow without measure"))
    }
}

@Suite("Faults of values")
struct XCRIValueFaultTests {
    @Test("a @dtf that local midnight in UTC moved by a day gives way to its text")
    func shiftedDay() throws {
        let (read, codes) = try offering(
            """
            <mlo:start dtf="2026-09-11">12 September 2026</mlo:start>
            <end dtf="2027-01-05">05 January 2027</end>
            """)
        #expect(read.timing.start.date == CalendarDate(iso: "2026-09-12"))
        #expect(read.timing.end == CalendarDate(iso: "2027-01-05"))
        #expect(read.statedStart == nil)
        #expect(codes[.dtfShiftedDay] == 1)
        #expect(codes[.dtfContradictsText] == nil)
    }

    @Test("elsewhere the text wins too, with a warning, unless it makes no sense")
    func contradiction() throws {
        let (text, codes) = try offering(
            "<mlo:start dtf=\"2027-01-05\">6 januari 2027</mlo:start>")
        #expect(text.timing.start.date == CalendarDate(iso: "2027-01-06"))
        #expect(codes[.dtfContradictsText] == 1)
        let (reversed, _) = try offering(
            """
            <mlo:start dtf="2012-08-01">1 Aug 2012</mlo:start>
            <end dtf="2012-08-31">31 August 2011</end>
            """)
        #expect(reversed.timing.end == CalendarDate(iso: "2012-08-31"))
    }

    @Test("an end before the start is left out, and the offering stays")
    func endBeforeStart() throws {
        let (read, codes) = try offering(
            "<mlo:start>2027-03-01</mlo:start><end>2027-02-01</end>")
        #expect(read.timing.start.date == CalendarDate(iso: "2027-03-01"))
        #expect(read.timing.end == nil)
        #expect(codes[.endBeforeStart] == 1)
    }

    @Test("enrolment that closes before it opens keeps its end")
    func enrolment() throws {
        let (read, codes) = try offering(
            "<applyFrom>2027-03-01</applyFrom><applyUntil dtf=\"2027-02-01\"/>")
        #expect(read.enrolment == EnrolmentWindow(closes: CalendarDate(iso: "2027-02-01")))
        #expect(codes[.enrolmentReversed] == 1)
    }

    @Test(
        "starts without a day",
        arguments: [
            ("<mlo:start>Doorlopend</mlo:start>", Start.rolling, "Doorlopend"),
            ("<mlo:start>in overleg</mlo:start>", .onRequest, "in overleg"),
            ("<mlo:start>voorjaar</mlo:start>", .unstated(raw: "voorjaar"), nil),
            ("<mlo:start/>", .unstated(raw: nil), nil),
            (
                "<mlo:start dtf=\"2027-02-01\">begin februari</mlo:start>",
                .on(CalendarDate(iso: "2027-02-01")!), "begin februari"
            ),
            (
                "<mlo:start>februari 2027</mlo:start>", .on(CalendarDate(iso: "2027-02-01")!),
                "februari 2027"
            ),
        ] as [(String, Start, String?)])
    func starts(xml: String, start: Start, stated: String?) throws {
        let (read, _) = try offering(xml)
        #expect(read.timing.start == start)
        #expect(read.statedStart == stated)
    }

    @Test("a price of 0.0000 says nothing, free says nothing to pay")
    func zero() throws {
        let (unknown, codes) = try offering("<mlo:cost>0.0000</mlo:cost>")
        #expect(unknown.price == nil)
        #expect(codes[.priceZero] == 1)
        let (free, _) = try offering("<mlo:cost>Gratis</mlo:cost>")
        #expect(free.price?.total.amount == .zero)
        #expect(free.price?.statedAs == "Gratis")
    }

    @Test("the currency is that of sign, source or country, and never a guess")
    func currency() throws {
        let (none, codes) = try offering("<mlo:cost>84.00</mlo:cost>")
        #expect(none.price == nil)
        #expect(codes[.priceWithoutCurrency] == 1)
        let (source, _) = try offering("<mlo:cost>84,50</mlo:cost>", currency: .euro)
        #expect(source.price?.total == Money(FixedDecimal("84.5")!, .euro))
        #expect(source.price?.statedAs == "84,50")
        let (venue, found) = try offering(
            """
            <mlo:cost>84.00</mlo:cost><venue><provider><mlo:location>
            <mlo:postcode>KY1 1EX</mlo:postcode></mlo:location></provider></venue>
            """)
        #expect(venue.price?.total.currency == .pound)
        #expect(found[.currencyInferred] == 1)
    }

    @Test("prose prices keep their words")
    func prose() throws {
        let (several, codes) = try offering(
            "<mlo:cost>UK fee: GBP155.00; Ireland fee: GBP340.00</mlo:cost>")
        #expect(several.price?.total == Money(FixedDecimal(155)!, .pound))
        #expect(several.price?.statedAs == "UK fee: GBP155.00; Ireland fee: GBP340.00")
        #expect(codes[.priceSeveralAmounts] == 1)
        let (words, found) = try offering("<mlo:cost>Op aanvraag</mlo:cost>")
        #expect(words.price == nil)
        #expect(found[.priceNotANumber] == 1)
        let (plain, _) = try offering("<mlo:cost>EUR 250.00</mlo:cost>")
        #expect(plain.price == Price(total: Money(FixedDecimal(250)!, .euro)))
    }

    @Test(
        "modes are read by code, by label and from each other's fields",
        arguments: [
            ("<studyMode identifier=\"FT\">Voltijd</studyMode>", [StudyMode.fullTime], [], []),
            ("<studyMode>pt</studyMode>", [.partTime], [], []),
            ("<studyMode>UNK</studyMode>", [], [], []),
            ("<attendanceMode>CM</attendanceMode>", [], [.classroom], []),
            ("<attendanceMode>Part Time Day</attendanceMode>", [.partTime], [], [.daytime]),
            (
                "<attendanceMode identifier=\"WB\">Werkplekleren</attendanceMode>", [],
                [.workplace], []
            ),
            (
                "<studyMode>Twilight and / or Evening / or Weekends</studyMode>", [], [],
                [.evening, .weekend]
            ),
            ("<attendancePattern identifier=\"EV\">Avond</attendancePattern>", [], [], [.evening]),
            ("<attendanceMode>Self-study</attendanceMode>", [], [.distance], []),
        ] as [(String, Set<StudyMode>, Set<DeliveryMode>, Set<DayPart>)])
    func modes(
        xml: String, study: Set<StudyMode>, delivery: Set<DeliveryMode>, parts: Set<DayPart>
    ) throws {
        let (read, codes) = try offering(xml)
        #expect(read.studyModes == study)
        #expect(read.modes == delivery)
        #expect(read.dayParts == parts)
        #expect(codes[.codeUnknown] == nil)
    }

    @Test("nothing is invented where the feed says nothing")
    func absent() throws {
        let (read, codes) = try offering("")
        #expect(read.studyModes.isEmpty && read.modes.isEmpty && read.dayParts.isEmpty)
        #expect(read.price == nil && read.languages.isEmpty && read.places.isEmpty)
        #expect(read.timing == .unstated && read.status == .unstated)
        #expect(codes.isEmpty)
    }

    @Test("what cannot be read is told and left out")
    func unreadable() throws {
        let (read, codes) = try offering(
            """
            <end>binnenkort</end><mlo:duration interval="tien weken"/><studyMode>XYZ</studyMode>
            <applyTo>ga naar de site</applyTo>
            <mlo:languageOfInstruction>zie site</mlo:languageOfInstruction>
            <mlo:places>genoeg</mlo:places>
            <venue><provider><dc:title>Kas</dc:title><mlo:location>
            <mlo:address xsi:type="geo:lat">noord</mlo:address></mlo:location></provider></venue>
            """)
        #expect(read.timing.end == nil && read.duration == nil && read.applyURL == nil)
        #expect(read.languages.isEmpty && read.capacity == nil)
        #expect(
            codes == [
                .dateUnreadable: 1, .durationUnreadable: 1, .codeUnknown: 1, .badURL: 1,
                .badLanguage: 1, .numberUnreadable: 1, .coordinatesUnreadable: 1,
            ])
    }

    @Test("XHTML, escaped HTML, CDATA and text become the same text")
    func descriptions() throws {
        let expected = "<p>Een <strong>cursus</strong>.</p>"
        for text in [
            "<xhtml:div><xhtml:p>Een <xhtml:b>cursus</xhtml:b>.</xhtml:p></xhtml:div>",
            "&lt;p&gt;Een &lt;b&gt;cursus&lt;/b&gt;.&lt;/p&gt;",
            "<![CDATA[<p>Een <b>cursus</b>.</p><script>x</script>]]>",
            "&amp;lt;p&amp;gt;Een &amp;lt;b&amp;gt;cursus&amp;lt;/b&amp;gt;.&amp;lt;/p&amp;gt;",
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>x</script>Een <b>cursus</b>.</div>",
        ] {
            let read = try ReadFeed(xml: feed(course: "<dc:description>\(text)</dc:description>"))
            #expect(read.courses.first?.description.text()?.html == expected, "\(text)")
        }
    }

    @Test("a presentation that repeats its course's texts has none of its own")
    func inheritance() throws {
        let text = "<dc:description>Leren snoeien.</dc:description>"
        let read = try ReadFeed(
            xml: feed(
                text + "<dc:title>Snoeien</dc:title><mlo:objective>Eigen</mlo:objective>",
                course: text + "<mlo:objective>Doel</mlo:objective>"))
        let offering = try #require(read.offerings.first)
        #expect(offering.description.isEmpty)
        #expect(offering.title.isEmpty)
        #expect(offering.sections.map(\.theme) == ["objectives"])
    }

    @Test("packed subjects are parted, codes and skills told from words")
    func subjects() throws {
        let read = try ReadFeed(
            xml: feed(
                course: """
                    <dc:subject>bodem, water, teelt, </dc:subject>
                    <dc:subject>Health, safety and environment</dc:subject>
                    <dc:subject identifier="KC.3">Literatuur</dc:subject>
                    <dc:subject identifier="urn:skill:00042">snoeien</dc:subject>
                    <dc:subject xsi:type="x:skill" identifier="S7">enten</dc:subject>
                    """))
        let course = try #require(read.courses.first)
        #expect(
            course.keywords.wordings.map(\.text)
                == ["bodem", "water", "teelt", "Health, safety and environment"])
        #expect(course.subjects == [Code(scheme: "subject", code: "KC.3", label: "Literatuur")])
        #expect(
            course.skills == [
                DeclaredSkill(id: "urn:skill:00042", label: "snoeien"),
                DeclaredSkill(id: "S7", label: "enten"),
            ])
        #expect(read.codes[.packedSubjects] == 1)
    }

    @Test("every diagnostic says where, what became of it and what to do")
    func messages() throws {
        let read = try ReadFeed(
            xml: feed("<mlo:cost>Op aanvraag</mlo:cost><end>ooit</end>"))
        for diagnostic in read.reads.flatMap(\.diagnostics) {
            #expect(diagnostic.file == "test.xml")
            #expect(diagnostic.position != nil)
            #expect(diagnostic.record == "https://akker.example/k1")
            #expect(diagnostic.field != nil)
            #expect(diagnostic.message.hasSuffix("."))
            #expect(diagnostic.message.contains("left out"))
        }
    }
}
