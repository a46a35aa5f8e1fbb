import CourseModel
import Feeds
import Testing

/// A fault: what is changed in the sound programme, and what the owner is told.
struct EDUDEXFault: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String
    var code: DiagnosticCode
    var severity: Diagnostic.Severity
    /// The text whose line is told; the new text's first line when left out.
    var place: String?

    init(_ code: DiagnosticCode, _ old: String, _ new: String, at place: String? = nil) {
        self.init(code, .warning, old, new, at: place)
    }

    init(
        _ code: DiagnosticCode, _ severity: Diagnostic.Severity, _ old: String, _ new: String,
        at place: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.old = old
        self.new = new
        self.place = place
    }

    var testDescription: String { "\(code): \(new.prefix(60))" }

    /// One of each kind that leaves the record whole.
    static let all: [EDUDEXFault] = [
        .init(
            .elementOrder,
            "  <format>EDU-DEX 1.0</format>\n  <generator>roosterbouwer 3</generator>",
            "  <generator>roosterbouwer 3</generator>\n  <format>EDU-DEX 1.0</format>",
            at: "<format>"),
        .init(
            .codeUnknown, "<programLevel>mbo niveau 3</programLevel>",
            "<programLevel>MBO3</programLevel>"),
        .init(
            .expiresTooSoon, "<expires>2028-01-31</expires>", "<expires>2026-11-25</expires>"),
        .init(.expired, "<expires>2028-01-31</expires>", "<expires>2026-11-01</expires>"),
        .init(.dateUnreadable, "<expires>2028-01-31</expires>", "<expires>eind 2028</expires>"),
        .init(
            .dateNotation, .note, "<expires>2028-01-31</expires>", "<expires>31-01-2028</expires>"),
        .init(
            .onlineAsPlace, "<city>Houten</city>\n        <country>nl</country>",
            "<city>Online - Teams</city>\n        <country>nl</country>",
            at: "<location>\n        <address>"),
        .init(
            .onlineWithPlace, "<id>SNOEI-27A</id>",
            "<fullyOnline>true</fullyOnline><id>SNOEI-27A</id>",
            at: "<location>\n        <address>"),
        .init(
            .duplicateID, "<id>SNOEI-27B</id>", "<id>SNOEI-27A</id>",
            at: "<programRun>\n      <endDate isFinal=\"false\">"),
        .init(
            .endBeforeStart, "<endDate isFinal=\"true\">2027-04-01</endDate>",
            "<endDate isFinal=\"true\">2026-04-01</endDate>"),
        .init(
            .startInPast, .note, "<startDate isFinal=\"true\">2027-01-14</startDate>",
            "<startDate isFinal=\"true\">2026-01-14</startDate>"),
        .init(
            .pastRunOpen, "2027-04-01</endDate>\n      <id>SNOEI-27A</id>",
            "2026-04-01</endDate><startDate>2026-01-14</startDate>\n      <id>SNOEI-27A</id>",
            at: "<status>application opened"),
        .init(
            .priceNotation, "<amount>900.00</amount>", "<amount>1.900,00</amount>"),
        .init(.priceNotANumber, "<amount>900.00</amount>", "<amount>op aanvraag</amount>"),
        .init(.priceNotPlausible, "<amount>900.00</amount>", "<amount>99999999999.00</amount>"),
        .init(
            .priceWithoutCurrency, "<currency>eur</currency>", "<currency></currency>",
            at: "<cost>\n        <amount>840.00"),
        .init(
            .vatContradictsRate, "<VATCode>1</VATCode>", "<VATPercentage>21</VATPercentage>",
            at: "<programRun>\n      <endDate isFinal=\"false\">"),
        .init(
            .pricePerPeriod, .note, "<isRequiredCost>1</isRequiredCost>",
            "<isRequiredCost>1</isRequiredCost><period>month</period>",
            at: "<programRun>\n      <endDate isFinal=\"false\">"),
        .init(
            .tuitionFeeMissing, "<costType>tuition fee</costType>",
            "<costType>registration fee</costType>", at: "<genericProgramRun>"),
        .init(
            .attributeUnknown, "<programContacts>",
            "<programContacts xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"x\">"
        ),
        .init(
            .languageMissing, "<programName xml:lang=\"en\">", "<programName>"),
        .init(
            .badLanguage, "<programName xml:lang=\"en\">", "<programName xml:lang=\"Engels!\">"),
        .init(
            .textTooLong, "Een winter lang bomen lezen en snoeien.",
            String(repeating: "Een winter lang. ", count: 13)),
        .init(
            .elementRetired, "    <superProgramId>",
            "    <startingYear>2019</startingYear><superProgramId>",
            at: "<startingYear>"),
        .init(
            .elementUnknown, "    <superProgramId>", "    <colour>green</colour><superProgramId>",
            at: "<colour>"),
        .init(
            .elementMissing, "<paymentDue>installments</paymentDue>", "",
            at: "<programAdmission>"),
        .init(
            .elementRepeated, "<programLevel>mbo niveau 3</programLevel>",
            "<programLevel>mbo niveau 3</programLevel><programLevel>mbo</programLevel>",
            at: "<programLevel>"),
        .init(
            .htmlInText, "You learn to read trees.", "&lt;p onclick=\"x()\"&gt;You learn&lt;/p&gt;",
            at: "<programDescriptionText xml:lang=\"en\">"),
        .init(
            .removedMarkup, .note, "<p>Je leert", "<script>x()</script><p>Je leert",
            at: "<programDescriptionHtml"),
        .init(.garbledText, .note, "Startavond", "Startavond voor Ã©Ã©n"),
        .init(.garbledText, "Startavond", "Startavond voor \u{FFFD}\u{FFFD}n"),
        .init(
            .badURL, "https://dedriebruggen.example/balie", "dedriebruggen/balie"),
        .init(
            .durationUnreadable, "<programDuration unit=\"week\">12</programDuration>",
            "<programDuration unit=\"week\">geen</programDuration>"),
        .init(
            .numberUnreadable, "<studyLoad period=\"week\">10</studyLoad>",
            "<studyLoad period=\"week\">tien</studyLoad>"),
        .init(
            .levelUnknown, "<nlqfLevel>3</nlqfLevel>", "<nlqfLevel>9</nlqfLevel>"),
        .init(
            .booleanUnreadable, "<isRequiredCost>0</isRequiredCost>",
            "<isRequiredCost>misschien</isRequiredCost>"),
        .init(.timeUnreadable, "<startTime>19:00:00</startTime>", "<startTime>zeven</startTime>"),
        .init(
            .coordinatesUnreadable, "<geoCode>52.0301,5.1712</geoCode>",
            "<geoCode>naast de kerk</geoCode>"),
        .init(
            .coordinatesSwapped, "<geoCode>52.0301,5.1712</geoCode>",
            "<geoCode>5.1712, 52.0301</geoCode>"),
        .init(
            .missingID, "<id>SNOEI-27B</id>", "",
            at: "<programRun>\n      <endDate isFinal=\"false\">"),
        .init(.missingID, "<programId>DB-SNOEI-3</programId>", "", at: "<programClassification>"),
        .init(
            .missingID, "<orgUnitId>dedriebruggen</orgUnitId>", "", at: "<programClassification>"),
        .init(
            .clientOnly, .note, "<startDate isFinal=\"false\">",
            "<openTo>client only</openTo><startDate isFinal=\"false\">", at: "<openTo>"),
        .init(
            .namespaceWrong, "studieData.nl/schema/edudex/program",
            "studiedata.nl/schema/edudex/program"),
    ]
}

@Suite("Each fault of an EDU-DEX programme is told, and the record is kept")
struct EDUDEXFaultTests {
    @Test("told with its code, severity, line and column", arguments: EDUDEXFault.all)
    func told(fault: EDUDEXFault) throws {
        let xml = EDUDEXFixture.changed(fault.old, fault.new)
        let read = try ReadFeed(xml: xml)
        #expect(read.summary.addsUp)
        #expect(read.summary.accepted == RecordCount(courses: 1, offerings: 3))
        let all = read.summary.diagnostics + read.reads.flatMap(\.diagnostics)
        let found = all.filter { $0.code == fault.code && $0.severity == fault.severity }
        let diagnostic = try #require(found.first, "\(all.map(\.code))")
        let line = EDUDEXFixture.line(of: fault.place ?? fault.new, in: xml)
        #expect(found.contains { $0.position?.line == line }, "\(diagnostic), not \(line)")
        #expect((diagnostic.position?.column ?? 0) > 0)
        #expect(diagnostic.message.hasSuffix(".") || diagnostic.message.hasSuffix("?"))
    }

    @Test("every code that this reader has is documented once")
    func codes() {
        let codes = DiagnosticCode.edudexCodes
        #expect(Set(codes).count == codes.count)
        #expect(Set(codes).isDisjoint(with: DiagnosticCode.feedCodes))
    }

    @Test("a programme without a name is set apart, whole")
    func nameless() throws {
        var xml = EDUDEXFixture.changed(
            "<programName xml:lang=\"nl\"><![CDATA[Snoeien & vormen]]></programName>", "")
        xml = xml.replacing(
            "<programName xml:lang=\"en\">Pruning and shaping</programName>", with: "")
        let read = try ReadFeed(xml: xml)
        let record = try #require(read.quarantined.first)
        #expect(record.reasons.first?.code == .courseWithoutTitle)
        #expect(record.count == RecordCount(courses: 1, offerings: 3))
        #expect(
            String(decoding: record.original, as: UTF8.self) == EDUDEXFixture.element(xml).trimmed)
        #expect(read.summary.addsUp && read.records.isEmpty)
    }

    @Test("a DOCTYPE is refused and the programme kept")
    func doctype() throws {
        let xml = EDUDEXFixture.changed(
            "<program xmlns", "<!DOCTYPE program [<!ENTITY x \"y\">]>\n<program xmlns")
        let read = try ReadFeed(xml: xml)
        #expect(read.records.count == 1)
        #expect(read.summary.diagnostics.contains { $0.position?.line == 2 })
    }

    @Test("a bare ampersand in an address is mended and told where it stands")
    func ampersand() throws {
        let xml = EDUDEXFixture.changed("edudex&amp;jaar", "edudex&jaar")
        let read = try ReadFeed(xml: xml)
        #expect(
            read.courses.first?.url == "https://dedriebruggen.example/snoeien?bron=edudex&jaar=2027"
        )
        let line = EDUDEXFixture.line(of: "edudex&jaar", in: xml)
        #expect(read.reads.first?.diagnostics.map(\.position?.line) == [line])
    }

    @Test("a run that stands twice is kept once, its copy set apart")
    func copiedRun() throws {
        let run = """
            <programRun>
                  <endDate isFinal="false">2027-12-02</endDate>
                  <id>SNOEI-27B</id>
                  <startDate isFinal="false">2027-09-16</startDate>
                  <status>application closed</status>
                </programRun>
            """
        let xml = EDUDEXFixture.changed(run, run + run)
        let read = try ReadFeed(xml: xml)
        #expect(read.summary.offered == RecordCount(courses: 1, offerings: 4))
        #expect(read.offerings.count == 3 && read.summary.addsUp)
        #expect(read.reads[0].quarantinedOfferings.map(\.nativeID) == ["SNOEI-27B"])
    }

    @Test("two different runs with one id are both kept")
    func sharedID() throws {
        let read = try ReadFeed(
            xml: EDUDEXFixture.changed("<id>SNOEI-27B</id>", "<id>SNOEI-27A</id>"))
        #expect(
            read.offerings.map(\.nativeID) == [
                "SNOEI-27A", "SNOEI-27A/2027-09-16", "SNOEI-27C",
            ])
    }

    @Test("letters that were decoded wrongly are set right")
    func garbled() throws {
        let read = try ReadFeed(xml: EDUDEXFixture.changed("Startavond", "CafÃ© â€“ Ã©Ã©n"))
        #expect(read.offerings[0].sessions[0].name.text() == "Café – één")
    }

    @Test("a broken run costs neither its programme nor another run")
    func brokenRun() throws {
        let whole = EDUDEXFixture.element()
        let status = "<status>application closed</status>"
        let broken = whole.replacing("DB-SNOEI-3", with: "DB-2")
            .replacing(status, with: "<status <<application closed")
        let third = whole.replacing("DB-SNOEI-3", with: "DB-3")
        let xml = "<programsList>\n\(whole)\(broken)\(third)</programsList>"
        let read = try ReadFeed(xml: xml)
        #expect(read.summary.addsUp)
        #expect(read.summary.offered == RecordCount(courses: 3, offerings: 9))
        #expect(read.courses.map(\.nativeID) == ["DB-SNOEI-3", "DB-2", "DB-3"])
        let saved = read.reads[1]
        #expect(saved.record.offerings.map(\.nativeID) == ["SNOEI-27A", "SNOEI-27C"])
        let run = try #require(saved.quarantinedOfferings.first)
        #expect(run.nativeID == "SNOEI-27B")
        let text = String(decoding: run.original, as: UTF8.self)
        #expect(text.hasPrefix("<programRun>") && text.hasSuffix("</programRun>"))
        #expect(text.contains("<status <<application closed"))
        // Places are those of the document, though the programme was read by itself.
        let place = try #require(run.position)
        #expect(Array(xml.utf8)[place.byteOffset...].starts(with: "<programRun>".utf8))
        let position = try #require(saved.record.course.provenance.position)
        #expect(Array(xml.utf8)[position.byteOffset...].starts(with: "<program xmlns".utf8))
        #expect(String(decoding: saved.original, as: UTF8.self) == broken.trimmed)
    }

    @Test("a programme that is broken outside of its runs costs no other one")
    func brokenProgramme() throws {
        let whole = EDUDEXFixture.element()
        let broken = whole.replacing("DB-SNOEI-3", with: "DB-2")
            .replacing("<degree>mbo-certificaat", with: "<degree <<mbo-certificaat")
        let third = whole.replacing("DB-SNOEI-3", with: "DB-3")
        let read = try ReadFeed(xml: "<programsList>\(whole)\(broken)\(third)</programsList>")
        #expect(read.summary.addsUp)
        #expect(read.summary.offered == RecordCount(courses: 3, offerings: 9))
        #expect(read.courses.map(\.nativeID) == ["DB-SNOEI-3", "DB-3"])
        let record = try #require(read.quarantined.first)
        #expect(record.nativeID == "dedriebruggen:DB-2")
        #expect(String(decoding: record.original, as: UTF8.self) == broken.trimmed)
        #expect(record.reasons.first?.code == .malformedRecord)
    }

    @Test("a programme that comes twice is read once")
    func duplicate() throws {
        let one = EDUDEXFixture.element()
        let read = try ReadFeed(xml: "<catalogus>\(one)\(one)</catalogus>")
        #expect(read.records.count == 1)
        #expect(read.quarantined.first?.reasons.first?.code == .duplicateRecord)
        #expect(read.summary.offered == RecordCount(courses: 2, offerings: 6))
        #expect(read.summary.addsUp)
    }

    @Test("a feed that breaks off keeps what stands before")
    func truncated() throws {
        let one = EDUDEXFixture.element()
        let two = one.replacing("DB-SNOEI-3", with: "DB-2").prefix(2_000)
        let read = try ReadFeed(xml: "<programsList>\(one)\(two)")
        #expect(read.courses.map(\.nativeID).first == "DB-SNOEI-3")
        #expect(!read.summary.isComplete || !read.quarantined.isEmpty)
        #expect(read.summary.addsUp)
    }
}

extension String {
    /// The text without white space at its end.
    fileprivate var trimmed: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
