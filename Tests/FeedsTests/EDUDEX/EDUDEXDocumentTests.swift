import CourseModel
import Feeds
import Testing

private let institute = """
    <instituteData xmlns="http://studieData.nl/schema/edudex/institute">
      <editor>rooster@dedriebruggen.example</editor><format>EDU-DEX 1.0</format>
      <generator>roosterbouwer 3</generator><orgUnitId>dedriebruggen</orgUnitId>
      <lastEdited>2026-10-05T08:30:00Z</lastEdited>
      <accreditation>NRTO</accreditation>
      <contactData><contactName>Balie</contactName><email>balie@dedriebruggen.example</email>
        <role>informatie</role><telephone>0488 00 00 00</telephone></contactData>
      <instituteDescriptionText xml:lang="nl">Wij leren mensen bomen lezen.</instituteDescriptionText>
      <instituteKvK>00000001</instituteKvK>
      <instituteLocation><id>kwekerij</id>
        <address><addressType>postal</addressType><city>Tiel</city><country>nl</country>
          <house_number>9</house_number><street>Postbus</street><zipcode>4000 AA</zipcode></address>
        <address><addressType>visitation</addressType><city>Opheusden</city><country>nl</country>
          <geoCode>51.93,5.63</geoCode><house_number>3 B</house_number><street>Lange Kweek</street>
          <zipcode>4043 AA</zipcode></address>
        <name xml:lang="nl">Proefkwekerij</name></instituteLocation>
      <instituteName xml:lang="nl">De Drie Bruggen (fictief)</instituteName>
      <instituteSummaryText xml:lang="nl">Leren in het groen.</instituteSummaryText>
      <media><type>logo</type><url>https://dedriebruggen.example/logo.png</url></media>
      <webLink xml:lang="nl">https://dedriebruggen.example/</webLink>
    </instituteData>
    """

private func directory(_ entries: String, organisation: String = "dedriebruggen") -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <edudexDirectory xmlns="http://studieData.nl/schema/edudex/directory">
      <editor>rooster@dedriebruggen.example</editor><generator>roosterbouwer 3</generator>
      <version>1.0</version><orgUnitId>\(organisation)</orgUnitId>
      \(entries)
    </edudexDirectory>
    """
}

private func programme(_ id: String, _ url: String, more: String = "") -> String {
    "<programResource>\(more)<programId>\(id)</programId>\n<resourceUrl>\n\(url)\n</resourceUrl>"
        + "</programResource>"
}

@Suite("EDU-DEX documents lead from one to another")
struct EDUDEXDocumentTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("institute.xml", institute)
        try folder.write("programs/DB-SNOEI-3.xml", EDUDEXFixture.whole)
        try folder.write(
            "programs/DB 2.xml", EDUDEXFixture.changed("DB-SNOEI-3", "DB 2"))
    }

    private func read(_ name: String = "directory.xml") throws -> ReadFeed {
        try ReadFeed(path: folder.path + "/" + name)
    }

    @Test("a directory leads to the institute and the programmes, by relative address")
    func directoryOfProgrammes() throws {
        try folder.write(
            "directory.xml",
            directory(
                programme("DB-SNOEI-3", "programs/DB-SNOEI-3.xml")
                    + programme("DB 2", "programs/DB%202.xml")
                    + "<instituteDataResource>institute.xml</instituteDataResource>"))
        let read = try read()
        #expect(read.codes.isEmpty, "\(read.codes)")
        #expect(read.courses.map(\.nativeID) == ["DB-SNOEI-3", "DB 2"])
        #expect(read.summary.isComplete && read.summary.addsUp)
        #expect(read.providers.map { $0.name.text() } == ["De Drie Bruggen (fictief)"])
        #expect(read.courses[0].provenance.file.hasSuffix("programs/DB-SNOEI-3.xml"))
        #expect(read.summary.bytes > 2 * EDUDEXFixture.whole.utf8.count)
    }

    @Test("an absolute address is read from the file of that name when the feed lies in a folder")
    func copiedFeed() throws {
        try folder.write(
            "directory.xml",
            directory(
                programme(
                    "DB-SNOEI-3", "https://dedriebruggen.example/edudex/programs/DB-SNOEI-3.xml")))
        #expect(try read().courses.count == 1)
    }

    @Test("a directory of directories is read to the bottom")
    func directories() throws {
        try folder.write(
            "directory.xml",
            directory(
                "<subDirectory><orgUnitId>dedriebruggen</orgUnitId>\n<directoryUrl>\n"
                    + "school/directory.xml\n</directoryUrl></subDirectory>",
                organisation: "streek"))
        try folder.write(
            "school/directory.xml",
            directory(programme("DB-SNOEI-3", "../programs/DB-SNOEI-3.xml")))
        let read = try read()
        #expect(read.courses.count == 1 && read.codes.isEmpty, "\(read.codes)")
    }

    @Test("an address that is not here is set apart with what to do")
    func remote() throws {
        try folder.write(
            "directory.xml",
            directory(programme("DB-9", "https://dedriebruggen.example/edudex/DB-9.xml")))
        let read = try read()
        let record = try #require(read.quarantined.first)
        #expect(record.nativeID == "dedriebruggen:DB-9")
        #expect(record.count == RecordCount(courses: 1))
        let reason = try #require(record.reasons.first)
        #expect(reason.code == .documentUnresolved)
        #expect(reason.position?.line == 6)
        #expect(reason.message.contains("https://dedriebruggen.example/edudex/DB-9.xml"))
        #expect(reason.message.contains("Fetch"))
        #expect(String(decoding: record.original, as: UTF8.self).hasPrefix("<programResource>"))
        #expect(!read.summary.isComplete && read.summary.addsUp)
    }

    @Test("a directory that is not here says so and leaves the feed incomplete")
    func remoteDirectory() throws {
        try folder.write(
            "directory.xml",
            directory(
                "<subDirectory><orgUnitId>x</orgUnitId><directoryUrl>https://x.example/d</directoryUrl>"
                    + "</subDirectory>"))
        let read = try read()
        #expect(read.summary.diagnostics.map(\.code) == [.documentUnresolved])
        #expect(!read.summary.isComplete && read.summary.isFull)
    }

    @Test("no document outside of the feed's folder is read")
    func outside() throws {
        let other = try TemporaryFolder()
        try other.write("secret.xml", EDUDEXFixture.whole)
        try folder.write(
            "directory.xml",
            directory(
                programme("A", other.path + "/secret.xml")
                    + programme("B", "../\(other.path.split(separator: "/").last!)/secret.xml")
                    + programme("C", "file://\(other.path)/secret.xml")))
        let read = try read()
        #expect(read.records.isEmpty)
        #expect(read.quarantined.count == 3)
    }

    @Test("a directory that names itself is read once")
    func cycle() throws {
        let itself =
            "<subDirectory><orgUnitId>dedriebruggen</orgUnitId>"
            + "<directoryUrl>directory.xml</directoryUrl></subDirectory>"
        try folder.write(
            "directory.xml",
            directory(itself + programme("DB-SNOEI-3", "programs/DB-SNOEI-3.xml") + itself))
        let read = try read()
        #expect(read.courses.count == 1 && read.summary.addsUp)
        #expect(read.codes[.documentRepeated] != nil)
    }

    @Test("a document that is another than the directory says is told")
    func unexpected() throws {
        try folder.write("page.xml", "<html><body>404</body></html>")
        try folder.write(
            "directory.xml",
            directory(
                programme("DB-7", "programs/DB-SNOEI-3.xml") + programme("DB-8", "page.xml")))
        let read = try read()
        #expect(read.courses.map(\.nativeID) == ["DB-SNOEI-3"])
        #expect(read.codes[.documentIDDiffers] == 1)
        #expect(read.codes[.documentUnexpected] == 1)
        #expect(read.quarantined.map(\.nativeID) == ["dedriebruggen:DB-8"])
        #expect(read.summary.addsUp)
    }

    @Test("a closed feed's programme is another one than the public one")
    func closed() throws {
        try folder.write(
            "directory.xml",
            directory(
                programme("DB-SNOEI-3", "programs/DB-SNOEI-3.xml")
                    + programme(
                        "DB-SNOEI-3", "closed.xml", more: "<clientId>zorgclient</clientId>")))
        try folder.write("closed.xml", EDUDEXFixture.whole)
        let read = try read()
        #expect(
            read.courses.map(\.id.value) == [
                "test:dedriebruggen:DB-SNOEI-3", "test:dedriebruggen:DB-SNOEI-3@zorgclient",
            ])
        #expect(read.codes[.clientMissing] == 1)
        #expect(read.courses[1].aliases.contains(Code(scheme: "edudex-client", code: "zorgclient")))
    }

    @Test("a client's discounts are told and leave the public price as it is")
    func discounts() throws {
        let read = try ReadFeed(
            xml: """
                <clientDiscounts xmlns="http://studieData.nl/schema/edudex/clientDiscount">
                  <clientId>zorgclient</clientId><orgUnitId>dedriebruggen</orgUnitId>
                  <discount><costType>tuition fee</costType><percentage>10</percentage>
                    <programId>DB-SNOEI-3</programId></discount>
                </clientDiscounts>
                """)
        #expect(read.summary.offered == RecordCount())
        #expect(!read.summary.isFull)
        let message = try #require(read.summary.diagnostics.first).message
        for word in ["zorgclient", "10 %", "tuition fee", "DB-SNOEI-3"] {
            #expect(message.contains(word))
        }
    }

    @Test("an institute's document is a provider")
    func provider() throws {
        let read = try read("institute.xml")
        let provider = try #require(read.providers.first)
        #expect(read.codes.isEmpty && !read.summary.isFull)
        #expect(provider.id == ID("test:dedriebruggen"))
        #expect(
            provider.description.text()?.plainText
                == "Leren in het groen.\nWij leren mensen bomen lezen.")
        #expect(provider.codes == [Code(scheme: "kvk", code: "00000001")])
        #expect(provider.accreditations == ["NRTO"])
        #expect(
            provider.location?.address
                == Address(
                    street: "Lange Kweek 3 B", postcode: "4043 AA", city: "Opheusden", country: "NL"
                ))
        #expect(provider.location?.name.text() == "Proefkwekerij")
        #expect(provider.image?.url == "https://dedriebruggen.example/logo.png")
        #expect(provider.contacts.first?.telephone == "0488 00 00 00")
    }

    @Test("a wrapper of any name holds programmes and institutes, in any namespace")
    func wrapper() throws {
        let prefixed = EDUDEXFixture.element().replacing("DB-SNOEI-3", with: "DB-2")
        let xml = """
            <export:catalogus xmlns:export="urn:klant"><deel>\(EDUDEXFixture.element())</deel>
            \(institute)\(prefixed)</export:catalogus>
            """
        let read = try ReadFeed(xml: xml)
        #expect(read.summary.format == "edudex")
        #expect(read.courses.map(\.nativeID) == ["DB-SNOEI-3", "DB-2"])
        #expect(read.providers.first?.name.text() == "De Drie Bruggen (fictief)")
        #expect(read.summary.isFull && read.codes.isEmpty)
    }

    @Test("a programme out of publication is withdrawn and not offered")
    func unpublished() throws {
        let read = try ReadFeed(
            xml: EDUDEXFixture.changed(
                "<inPublication>1</inPublication>", "<inPublication>0</inPublication>"))
        #expect(read.withdrawn == [.course(ID("test:dedriebruggen:DB-SNOEI-3"))])
        #expect(read.summary.offered == RecordCount() && read.summary.addsUp)
        #expect(read.summary.withdrawn == RecordCount(courses: 1, offerings: 3))
        #expect(read.codes[.notInPublication] == 1)
    }

    @Test(
        "what is no EDU-DEX is not taken for it",
        arguments: [
            "<rss><channel/></rss>", "<programList><item/></programList>", "<program/>",
        ])
    func others(xml: String) {
        #expect(throws: FeedError.self) { try ReadFeed(xml: xml) }
    }
}
