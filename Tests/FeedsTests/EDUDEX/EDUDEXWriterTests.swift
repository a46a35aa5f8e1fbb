import CourseModel
import Feeds
import TestSupport
import Testing

private let programSchema = SharedFiles.path(
    "schemas/edudex/reconstructed/program.reconstructed.xsd")
private let directorySchema = SharedFiles.path(
    "schemas/edudex/reconstructed/directory.reconstructed.xsd")
private let hasSchemas = programSchema != nil && directorySchema != nil && Xmllint.path != nil

private func write(
    _ drawn: DrawnCatalogue, to folder: TemporaryFolder
) throws -> WrittenFeed {
    let writer = try EDUDEXWriter(to: .folder(path: folder.path), context: drawnContext)
    for provider in drawn.providers {
        try writer.write(provider)
        for record in drawn.records where record.course.provider == provider.id {
            try writer.write(record)
        }
    }
    return try writer.finish()
}

@Suite("EDU-DEX is written as a folder of documents")
struct EDUDEXFolderTests {
    @Test("directory, providers' directories, institutes and programmes are all there")
    func files() throws {
        let folder = try TemporaryFolder()
        let drawn = DrawnCatalogue(seed: 3, providers: 2, courses: 3)
        let feed = try write(drawn, to: folder)
        #expect(feed.files.sorted() == folder.files)
        #expect(feed.files.last == "directory.xml")
        #expect(feed.files.count == 1 + 2 * (1 + 1 + 3))
        #expect(feed.count.courses == 6)
        let bytes = folder.files.map { Fixture.bytes(folder.path + "/" + $0).count }
        #expect(feed.byteCount == bytes.reduce(0, +))
    }

    @Test("it is read back through its directory as the same catalogue", arguments: 1...4)
    func readBack(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let drawn = DrawnCatalogue(seed: seed, format: "edudex", providers: 2, courses: 4)
        let feed = try write(drawn, to: folder)
        let read = try ReadFeed(path: folder.path + "/directory.xml", source: "drawn")
        #expect(read.summary.addsUp && read.summary.isComplete)
        #expect(read.summary.accepted == feed.count)
        for (expected, actual) in zip(drawn.records, read.records) {
            EDUDEXComparison.compare(EDUDEXWriter.reduced(expected), actual)
        }
    }

    @Test("reading finds nothing wrong with the shape of what was written", arguments: 1...4)
    func sound(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        _ = try write(DrawnCatalogue(seed: seed, providers: 2, courses: 4), to: folder)
        let read = try ReadFeed(path: folder.path + "/directory.xml", source: "drawn")
        let shape: Set<DiagnosticCode> = [
            .elementOrder, .elementMissing, .elementUnknown, .elementRepeated, .attributeUnknown,
            .codeUnknown, .languageMissing, .textTooLong, .namespaceWrong, .htmlInText,
        ]
        let found = read.codes.filter { shape.contains($0.key) }
        #expect(found.isEmpty, "\(found)")
    }

    @Test("the same catalogue gives the same bytes")
    func deterministic() throws {
        let (one, other) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try write(DrawnCatalogue(seed: 5), to: one)
        _ = try write(DrawnCatalogue(seed: 5), to: other)
        #expect(one.files == other.files)
        for file in one.files {
            #expect(Fixture.bytes(one.path + "/" + file) == Fixture.bytes(other.path + "/" + file))
        }
    }

    @Test(
        "every document is valid by the schemas",
        .enabled(if: hasSchemas, "needs the shared schemas and xmllint"), arguments: 1...3)
    func valid(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        _ = try write(DrawnCatalogue(seed: seed, providers: 2, courses: 4), to: folder)
        for file in folder.files where !file.hasSuffix("institute.xml") {
            let schema = file.hasSuffix("directory.xml") ? directorySchema : programSchema
            let bytes = Fixture.bytes(folder.path + "/" + file)
            #expect(try Xmllint.complaints(bytes, schema: schema ?? "") == nil, "\(file)")
        }
    }

    @Test("a feed that is not finished leaves no directory")
    func unfinished() throws {
        let folder = try TemporaryFolder()
        do {
            let writer = try EDUDEXWriter(to: .folder(path: folder.path), context: drawnContext)
            let drawn = DrawnCatalogue(seed: 1)
            try writer.write(drawn.providers[0])
            try writer.write(drawn.records[0])
        }
        #expect(!folder.files.contains { $0.hasSuffix("directory.xml") })
    }

    @Test("a folder that cannot be made is a clear fault")
    func unwritable() throws {
        #expect(throws: FeedError.self) {
            try EDUDEXWriter(to: .folder(path: "/dev/null/feed"), context: drawnContext)
        }
    }
}

@Suite("What EDU-DEX cannot hold is listed")
struct EDUDEXDroppedFieldTests {
    @Test("a field is listed exactly when some drawn record loses something of it")
    func exact() {
        var lost: Set<String> = []
        for seed in UInt64(1)...16 {
            let drawn = DrawnCatalogue(seed: seed, format: "edudex")
            for record in drawn.records {
                for difference in EDUDEXComparison.differences(
                    sayingDutch(record), EDUDEXWriter.reduced(record))
                {
                    lost.insert(difference.components(before: ":"))
                }
            }
        }
        // Ids of another source are made anew, and languages that are not said are one entry.
        lost.subtract(["course.id", "course.provider", "offering.id", "offering.course"])
        let listed = Set(
            EDUDEXWriter.droppedFields.map(\.path).filter {
                !$0.hasPrefix("provider.") && $0 != "language"
            })
        #expect(lost.subtracting(listed).isEmpty)
        // The drawn texts are short and the drawn contacts sound.
        let rare: Set<String> = [
            "course.title", "course.summary", "course.keywords", "course.contacts",
            "course.languages", "course.codes", "offering.price",
        ]
        #expect(listed.subtracting(lost).subtracting(rare).isEmpty)
    }

    @Test("the rare losses are as the list says")
    func rare() throws {
        var course = try #require(EDUDEXFixture.read().courses.first)
        course.title = LocalizedText(
            Array(repeating: "woord", count: 50).joined(separator: " "), language: .dutch)
        course.languages = [LanguageShare(LanguageTag("gsw")!)]
        course.contacts = [Contact(name: "Balie", email: "geen adres")]
        course.codes = [Code(scheme: "ukprn", code: "10000001")]
        var offering = try #require(EDUDEXFixture.read().offerings.first)
        offering.price = Price(
            total: Money(FixedDecimal("99.95")!, .euro), vat: .exempt, statedAs: "nog geen honderd")
        let record = try #require(CourseRecord(course: course, offerings: [offering]))
        let reduced = EDUDEXWriter.reduced(record)
        #expect(reduced.offerings[0].price?.statedAs == nil)
        let held = reduced.course
        #expect(held.codes.isEmpty)
        let title = held.title.text() ?? ""
        #expect(title.count <= 200 && title.hasSuffix("woord…"))
        #expect(held.languages.isEmpty)
        #expect(held.contacts == [Contact(name: "Balie")])
    }

    @Test("each field is listed once, with a reason")
    func list() {
        let fields = EDUDEXWriter.droppedFields
        #expect(Set(fields.map(\.path)).count == fields.count)
        #expect(fields.allSatisfy { !$0.reason.isEmpty })
    }

    /// The record with every text that does not say its language said to be Dutch.
    private func sayingDutch(_ record: CourseRecord) -> CourseRecord {
        func said(_ text: LocalizedText) -> LocalizedText {
            LocalizedText(
                text.wordings.map { .init(language: $0.language ?? .dutch, text: $0.text) })
        }
        func said(_ text: LocalizedRichText) -> LocalizedRichText {
            LocalizedRichText(
                text.wordings.map { .init(language: $0.language ?? .dutch, text: $0.text) })
        }
        var course = record.course
        course.title = said(course.title)
        course.summary = said(course.summary)
        course.description = said(course.description)
        course.keywords = said(course.keywords)
        return CourseRecord(course: course, offerings: record.offerings) ?? record
    }
}

@Suite("EDU-DEX prices of other formats are written as costs")
struct EDUDEXTotalTests {
    private func readBack(_ price: Price) throws -> (xml: String, price: Price?) {
        var drawn = try #require(EDUDEXFixture.read().records.first)
        var offering = drawn.offerings[0]
        offering.price = price
        drawn = try #require(CourseRecord(course: drawn.course, offerings: [offering]))
        let writer = try EDUDEXWriter(to: .memory, context: drawnContext)
        try writer.write(drawn)
        let bytes = try writer.finish().bytes ?? []
        let read = try ReadFeed(bytes: bytes)
        return (String(decoding: bytes, as: UTF8.self), read.offerings.first?.price)
    }

    @Test(
        "a total comes back as it was, whatever its VAT",
        arguments: [
            Price.VAT.included(percentage: FixedDecimal(21)), .included(percentage: nil), .exempt,
            .excluded(percentage: FixedDecimal(9)), .excluded(percentage: nil), .unstated,
        ])
    func total(vat: Price.VAT) throws {
        let price = Price(total: Money(FixedDecimal("1195.95")!, .euro), vat: vat)
        #expect(try readBack(price).price == price)
    }

    @Test("a total with VAT is written as an amount without it and the VAT on it")
    func split() throws {
        let price = Price(
            total: Money(FixedDecimal("121.00")!, .euro),
            vat: .included(percentage: FixedDecimal(21)))
        let xml = try readBack(price).xml
        #expect(xml.contains("<amount>100.00</amount>"))
        #expect(xml.contains("<amountVAT>21.00</amountVAT>"))
        #expect(xml.contains("<VATPercentage>21</VATPercentage>"))
        #expect(xml.contains("<costType>tuition fee</costType>"))
    }

    @Test("an exempt total is written with the code for no VAT")
    func exempt() throws {
        let xml = try readBack(
            Price(total: Money(FixedDecimal(80)!, .euro), vat: .exempt)
        ).xml
        #expect(xml.contains("<amount>80.00</amount>"))
        #expect(xml.contains("<VATCode>1</VATCode>"))
    }
}

@Suite(
    "The shared EDU-DEX feeds are read and written again",
    .enabled(if: SharedFiles.path("feeds/edudex") != nil, "needs the shared feeds"))
struct EDUDEXSharedTests {
    private static let folder = SharedFiles.path("feeds/edudex") ?? ""

    /// Each fault of the faulty folder with the code that tells it.
    static let faults: [(file: String, code: String)] = [
        ("01-wrong-order", "element-order"), ("02-unknown-code", "code-unknown"),
        ("03-expires-tomorrow", "expires-too-soon"), ("04-online-as-location", "online-as-place"),
        ("05-fullyOnline-with-location", "online-with-place"),
        ("06-no-tuition-fee", "tuition-fee-missing"), ("07-duplicate-run-id", "duplicate-id"),
        ("08-end-before-start", "end-before-start"), ("09-past-run-still-open", "past-run-open"),
        ("10-comma-decimal", "price-notation"), ("11-doctype", "doctype"),
        ("12-foreign-attribute", "attribute-unknown"),
        ("13-wrong-namespace-case", "namespace-wrong"), ("14-latin1-as-utf8", "garbled-text"),
        ("15-missing-lang", "language-missing"), ("16-name-too-long", "text-too-long"),
        ("17-startingYear", "element-retired"), ("18-html-in-text", "html-in-text"),
        ("19-not-wellformed", "bare-ampersand"), ("20-price-per-month", "price-per-period"),
    ]

    @Test("each faulty programme is accepted and its fault told", arguments: faults)
    func faulty(file: String, code: String) throws {
        let read = try ReadFeed(path: Self.folder + "/faulty/\(file).xml")
        #expect(read.summary.accepted == RecordCount(courses: 1, offerings: 2))
        #expect(read.summary.addsUp)
        let found = read.codes[DiagnosticCode(code)] ?? 0
        #expect(found > 0, "\(read.codes)")
    }

    @Test(
        "the samples come back as they were",
        arguments: [
            "edudex-program-hbo-module-zorgtechnologie", "edudex-program-minimal-online",
        ])
    func samples(file: String) throws {
        let first = try ReadFeed(path: Self.folder + "/\(file).xml", source: "s")
        let writer = try EDUDEXWriter(to: .memory, context: drawnContext)
        for record in first.records { try writer.write(record) }
        let second = try ReadFeed(bytes: try writer.finish().bytes ?? [], source: "s")
        #expect(first.records.count == 1)
        for (one, other) in zip(first.records, second.records) {
            EDUDEXComparison.compare(one, other)
        }
    }
}
