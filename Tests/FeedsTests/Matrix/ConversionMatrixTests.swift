import CourseModel
import Feeds
import Foundation
import TestSupport
import Testing

/// A feed in some format, with at most so many of its courses: converting all of a large one in a
/// test build takes longer than what it would find.
struct MatrixFeed {
    static let mostCourses = 60

    let name: String
    let providers: [Provider]
    let records: [CourseRecord]

    init(_ name: String, path: String) throws {
        self.name = name
        let read = try ReadFeed(path: path, source: "feed")
        // Every so many, so that the beginning and the end are among them.
        let step = max(1, (read.records.count + Self.mostCourses - 1) / Self.mostCourses)
        let sampled = stride(from: 0, to: read.records.count, by: step).map { read.records[$0] }
        let wanted = Set(sampled.map(\.course.provider))
        providers = read.providers.filter { wanted.contains($0.id) }
        records = sampled
    }

    /// The fixtures of every format, and the feeds of the sample catalogue.
    static let own: [MatrixFeed] = {
        let tests = #filePath.components(separatedBy: "/Matrix/")[0]
        let sample =
            URL(fileURLWithPath: tests).deletingLastPathComponent()
            .deletingLastPathComponent().path + "/catalog/feeds"
        let fixtures = [
            "XCRICAP/Fixtures/version-1.1.xml", "XCRICAP/Fixtures/duplicates.xml",
            "XCRICAP/Fixtures/wild-namespaces.xml", "EDUDEX/Fixtures/whole.xml",
            "LHEO/Fixtures/catalogue-2.3.xml", "LHEO/Fixtures/faulty-2.2.xml",
            "OpenQCat/Fixtures/catalogue.iso8859-15.xml", "OpenQCat/Fixtures/update.xml",
            "HODEX/Fixtures/waterkant/directory.xml", "EducationsCom/Fixtures/import-3.0.xml",
            "EducationsCom/Fixtures/batch-2.0.xml", "SchemaOrg/Fixtures/graph.json",
            "SchemaOrg/Fixtures/page.html", "OOAPI/Fixtures/page.json",
            "LOQ/Fixtures/faulty.xml", "CSV/Fixtures/school.csv",
        ].map { "\(tests)/\($0)" }
        let catalogue = [
            "avondlicht-leren/directory.xml", "boomschool-de-snoeischaar/directory.xml",
            "brancheplatform-groenbreed/catalog.xml", "dierwijs/catalog.xml",
            "hogeschool-lingestroom/directory.xml", "plantkracht/catalog.xml",
            "zorgpad-academie/programs.xml",
        ].map { "\(sample)/\($0)" }
        return (fixtures + catalogue).compactMap(feed)
    }()

    /// Real feeds.
    static let real: [MatrixFeed] = {
        let names = [
            "xcri/2016-11-04T1005.xml", "xcri/2016-11-11T1005.xml",
            "xcri/adam_smith_charset_issue.xml", "xcri/ou-example.xml",
            "xcri/oxford-conted.xcricap.xml", "xcri/scottbw-1.2-test.xml",
            "xcri/wychwolf-moodle.xml", "loq/loq.xml",
            "loq/loq_withLearningAchievementSpecification.xml", "lheo/exemple-bts-onisep.xml",
            "openqcat/assembled_catalog.iso8859-15.xml", "openqcat/history_test.xml",
            "educations-xml/3.0/event-sample.xml", "educations-xml/3.0/course-sample.xml",
            "educations-xml/3.0/basic-sample.xml", "educations-xml/2.0/basic-sample.xml",
            "hodex/hodex-program.xml", "ooapi/ooapi-v5-course-with-offering.json",
            "schemaorg/nbis-course-instances.json",
            "edudex/edudex-program-hbo-module-zorgtechnologie.xml",
            "edudex/edudex-program-minimal-online.xml", "samples/xcri-1.2-sample.xml",
            "samples/loq-3.1-sample.xml", "samples/lheo-2.3-sample.xml",
            "samples/openqcat-1.1-full-sample.xml",
        ]
        return names.compactMap { SharedFiles.path("feeds/" + $0) }.compactMap(feed)
    }()

    private static func feed(_ path: String) -> MatrixFeed? {
        let name = path.split(separator: "/").suffix(3).joined(separator: "/")
        do {
            return try MatrixFeed(name, path: path)
        } catch {
            Issue.record("\(name): \(error)")
            return nil
        }
    }
}

/// How an output is held against the official schema of its format.
private enum OfficialSchema {
    static func path(_ format: String) -> String? {
        switch format {
        case "xcri-cap": SharedFiles.path("schemas/xcri-1.2/catalog-all.xsd")
        case "loq": SharedFiles.path("schemas/loq-3.1/xsd/loq/loq.xsd")
        case "edudex": SharedFiles.path("schemas/edudex/reconstructed/program.reconstructed.xsd")
        case "ooapi": SharedFiles.path("schemas/ooapi/ooapi-v5.0-release.json")
        case "atom": Fixture.path("atom.rng", file: written)
        case "sitemap": Fixture.path("sitemap.rng", file: written)
        default: nil
        }
    }

    /// Where the schemas stand that belong to the tests.
    private static let written = #filePath.replacingOccurrences(of: "/Matrix/", with: "/Written/")
}

@Suite("Any feed is turned into any format")
struct ConversionMatrixTests {
    private static let roundTrips = Feeds.knownFormats.indices.filter {
        Feeds.knownFormats[$0].writer != nil
    }

    private func check(_ format: any FeedFormat.Type, _ feeds: [MatrixFeed]) throws {
        let trip = try RoundTrip(format)
        let scratch = try Scratch()
        var files: [String] = []
        for (number, feed) in feeds.enumerated() {
            let bytes = try trip.check(
                providers: feed.providers, records: feed.records,
                of: "\(feed.name) as \(format.name)")
            guard OfficialSchema.path(format.name) != nil else { continue }
            if format is EDUDEX.Type {
                // Its schemas are of single documents.
                files += try programmes(feed, in: scratch.path("\(number)"))
            } else {
                files.append(try scratch.write("\(number)", Data(bytes)))
            }
        }
        guard let schema = OfficialSchema.path(format.name), !files.isEmpty else { return }
        if schema.hasSuffix(".json") {
            try checkOwn(files, format, schema)
            guard JSONSchemaProgram.isAvailable else { return }
            #expect(try JSONSchemaProgram.complaints(files: files, schema: schema) == "")
        } else if Xmllint.path != nil {
            let complaints = try Xmllint.complaints(files: files, schema: schema)
            #expect(complaints == nil, "\(complaints ?? "")")
        }
    }

    /// Our own reading of the schema finds nothing either.
    private func checkOwn(
        _ files: [String], _ format: any FeedFormat.Type, _ schema: String
    ) throws {
        let schemas = try FeedSchemas(at: schema)
        for file in files {
            var report = SchemaReport()
            let input = FeedInput(path: file, source: ID("written"), today: ReadFeed.today)
            try schemas.check(input, format: format.name, to: &report) {
                Issue.record("\($0.message) [\($0.code)]")
            }
            #expect(report.isComplete && report.schemas == [schema])
            #expect(report.rootsWithout.isEmpty)
        }
    }

    private func programmes(_ feed: MatrixFeed, in folder: String) throws -> [String] {
        var writer = try EDUDEXWriter.open(
            to: .folder(path: folder),
            context: FeedContext(title: "Matrix", generated: "2026-11-24T06:00:00Z"))
        for provider in feed.providers {
            try writer.write(provider)
            for record in feed.records where record.course.provider == provider.id {
                try writer.write(record)
            }
        }
        return try writer.finish().files.filter { $0.contains("/programs/") }
            .map { "\(folder)/\($0)" }
    }

    @Test(
        "the fixtures of every format and the sample catalogue, in every format",
        arguments: roundTrips)
    func own(index: Int) throws {
        #expect(MatrixFeed.own.count == 23)
        #expect(MatrixFeed.own.allSatisfy { !$0.records.isEmpty })
        try check(Feeds.knownFormats[index], MatrixFeed.own)
    }

    @Test(
        "real feeds, in every format",
        .enabled(if: SharedFiles.path("feeds/xcri") != nil, "the shared feeds are not here"),
        arguments: roundTrips)
    func real(index: Int) throws {
        #expect(MatrixFeed.real.count == 25)
        try check(Feeds.knownFormats[index], MatrixFeed.real)
    }

    @Test(
        "the formats that are only written take them all too",
        arguments: Feeds.writtenFormats.indices)
    func written(index: Int) throws {
        let format = Feeds.writtenFormats[index]
        let scratch = try Scratch()
        var files: [String] = []
        for (number, feed) in (MatrixFeed.own + MatrixFeed.real).enumerated() {
            let bytes = try Written.bytes(
                format, providers: feed.providers, records: feed.records)
            #expect(!bytes.isEmpty, "\(feed.name)")
            files.append(try scratch.write("\(number)", Data(bytes)))
            if format is GeoJSON.Type {
                #expect(throws: Never.self) {
                    try JSONSerialization.jsonObject(with: Data(bytes))
                }
            }
        }
        guard let schema = OfficialSchema.path(format.name), Xmllint.path != nil else { return }
        let complaints = try Xmllint.complaints(files: files, schema: schema)
        #expect(complaints == nil, "\(complaints ?? "")")
    }
}
