import Answers
import CourseModel
import Foundation
import Ingest
import Places
import SearchIndex
import Skills
import TestSupport
import Testing

@testable import Partnership

/// The sample catalogue, read in once.
enum SampleCoverage {
    static let today = CalendarDate(year: 2026, month: 11, day: 24)!

    struct Opened: Sendable {
        let workspace: Workspace
        let index: IndexReader
        let gazetteer: Gazetteer
        let skills: SkillsCatalogue
        let coverage: Coverage
        let scratch: Scratch
    }

    static let opened = Result {
        let scratch = try Scratch()
        let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("catalog")
        for name in ["places", "skills", "catalog.toml", "feeds"] {
            try FileManager.default.createSymbolicLink(
                at: URL(fileURLWithPath: scratch.path(name)),
                withDestinationURL: sample.appendingPathComponent(name))
        }
        let workspace = try Workspace(folder: scratch.folder)
        let catalogue = Catalogue(workspace, today: today, now: .init(today))
        let (index, gazetteer) = (try catalogue.index(), try catalogue.gazetteer())
        return Opened(
            workspace: workspace, index: index, gazetteer: gazetteer,
            skills: try catalogue.skills(),
            coverage: try Coverage(
                of: index, gazetteer: gazetteer, query: Query(today: today), minutes: 30),
            scratch: scratch)
    }
}

@Suite("Coverage tells what is within reach of the people of a region")
struct CoverageTests {
    private let sample: SampleCoverage.Opened

    init() throws { sample = try SampleCoverage.opened.get() }

    private func region(_ code: String) throws -> Places.Region {
        try #require(sample.gazetteer.regions.first { $0.code == code })
    }

    /// The total of a search from a postcode.
    private func searched(
        _ area: PostcodeArea, _ mode: TravelMode, _ change: (inout Query) -> Void = { _ in }
    ) throws -> Int {
        var query = Query(today: SampleCoverage.today)
        query.near = .init(
            center: area.coordinates,
            metres: Reach.time(minutes: 30, mode: mode).maximumDistance)
        query.limit = 0
        query.relaxesUpTo = nil
        change(&query)
        return try sample.index.search(query).total
    }

    @Test(
        "a region’s mean, least and most are those of searching from each of its postcodes",
        arguments: ["GM0321", "GM0353", "GM0301"])
    func asSearched(code: String) throws {
        let region = try region(code)
        let areas = sample.gazetteer.allPostcodes.compactMap { sample.gazetteer.postcode($0) }
            .filter { $0.municipality == region }
        try #require(!areas.isEmpty)
        #expect(sample.coverage.postcodes(of: region.index) == areas.count)
        for mode in TravelMode.allCases {
            let totals = try areas.map { try searched($0, mode) }
            let reached = sample.coverage.reached(from: region.index, by: mode)
            let mean = Double(totals.reduce(0, +)) / Double(areas.count)
            #expect(abs(reached.total - mean) < 1e-9, "\(mode)")
            #expect(
                sample.coverage.spread(in: region.index, by: mode)
                    == .init(
                        least: totals.min() ?? 0, most: totals.max() ?? 0,
                        without: totals.count { $0 == 0 }))
            let third = try areas.map { try searched($0, mode) { $0.levels = .eqf(3) } }
            #expect(
                abs(reached.levels[2] - Double(third.reduce(0, +)) / Double(areas.count)) < 1e-9)
            let workers = try areas.map {
                try searched($0, mode) { $0.audiences = [.worker] }
            }
            #expect(
                abs(
                    sample.coverage.reached(from: region.index, by: mode, for: .worker).total
                        - Double(workers.reduce(0, +)) / Double(areas.count)) < 1e-9)
        }
    }

    @Test("levels and prices each add up to the total, and fields to no less")
    func addsUp() throws {
        for region in sample.gazetteer.regions {
            let counts = sample.coverage.reached(from: region.index, by: .car)
            #expect(abs(counts.levels.reduce(0, +) - counts.total) < 1e-6)
            #expect(abs(counts.prices.reduce(0, +) - counts.total) < 1e-6)
            #expect(counts.fields.reduce(0, +) > counts.total - 1e-6)
        }
    }

    @Test("what is given in a region and what needs no travel are those of a search")
    func elsewhere() throws {
        let region = try region("AM13")
        var query = Query(today: SampleCoverage.today)
        query.regions = [.init(kind: .labourRegion, code: "AM13")]
        query.limit = 0
        #expect(
            sample.coverage.offerings(in: region) == (try sample.index.search(query).total))
        let all = try sample.index.search(Query(today: SampleCoverage.today)).total
        let offerings = sample.coverage.offerings
        #expect(offerings.placed + offerings.withoutTravel <= all)
        #expect(offerings.withoutTravel > 0)
    }

    @Test("fields are EDU-DEX themes where nothing better is said")
    func fields() {
        let codes = sample.coverage.fields.map(\.code)
        #expect(codes.contains("edudex-theme:languages"))
        #expect(codes.last == "unknown")
        #expect(Set(codes).count == codes.count)
    }

    @Test("a target is reached when enough postcodes reach enough")
    func targets() throws {
        func progress(_ lines: String) throws -> TargetProgress {
            let configuration = try CatalogConfiguration(
                toml: "[[target]]\nname = \"doel\"\n\(lines)\n", file: "catalog.toml")
            return try TargetProgress(
                try #require(configuration.targets.first), index: sample.index,
                gazetteer: sample.gazetteer, skills: sample.skills, today: SampleCoverage.today)
        }
        let near = try progress("region = \"Houten\"\nby = \"car\"\nofferings = 20\nshare = 0.9")
        #expect(near.isMet)
        #expect(near.region?.code == "GM0321")
        #expect(near.least >= 20)
        let many = try progress("region = \"Houten\"\nby = \"foot\"\nofferings = 100000")
        #expect(!many.isMet)
        #expect(many.share == 0)
        let evenings = try progress(
            "region = \"Houten\"\nby = \"car\"\nofferings = 1\nevenings = true\nlevel = [\"3\"]")
        #expect(evenings.mean < near.mean)
        #expect(evenings.mean > 0)
        let dated = try progress(
            "region = \"Houten\"\nby = \"car\"\nofferings = 20\nuntil = 2026-12-31")
        #expect(CoverageWording.progress(dated, since: nil, .nl).contains(" uiterlijk "))
        #expect(throws: (any Error).self) {
            try progress("region = \"Nergenshuizen\"\nofferings = 1")
        }
    }

    @Test("a faulty target is told with line and field")
    func faultyTargets() throws {
        let error = #expect(throws: (any Error).self) {
            try CatalogConfiguration(
                toml: "[[target]]\nname = \"x\"\nwithin = \"30\"\nshare = 2\nuntill = 2027-01-01\n",
                file: "catalog.toml")
        }
        let text = error.map { "\($0)" } ?? ""
        for part in ["within", "share", "until", "offerings"] {
            #expect(text.contains(part), "\(text)")
        }
    }

    @Test("a ledger keeps a line for each generation, and the last day’s figures of it")
    func ledger() throws {
        let (coverage, gazetteer) = (sample.coverage, sample.gazetteer)
        let scratch = try Scratch()
        try scratch.write(".leerwijzer/mark", "")
        let workspace = try Workspace(folder: scratch.folder)
        var ledger = try CoverageLedger(workspace)
        #expect(ledger.entries.isEmpty)
        try ledger.note(coverage, [], gazetteer: gazetteer)
        try ledger.note(coverage, [], gazetteer: gazetteer)
        let read = try CoverageLedger(workspace)
        #expect(read.entries.count == 1)
        #expect(read.entries == ledger.entries)
        let houten = try #require(read.entries.first?.regions["GM0321"])
        #expect(houten.count == 5)
        #expect(houten[0] == Double(coverage.offerings(in: try region("GM0321"))))
        let later =
            "{\"generation\":\(coverage.generation),\"day\":\"2199-01-01\",\"regions\":{},"
            + "\"targets\":{}}\n"
        try scratch.write(".leerwijzer/coverage.ndjson", later)
        var ahead = try CoverageLedger(workspace)
        try ahead.note(coverage, [], gazetteer: gazetteer)
        #expect(ahead.entries.map(\.day) == ["2199-01-01"])
        #expect(try CoverageLedger(workspace).entries == ahead.entries)
        try scratch.write(".leerwijzer/coverage.ndjson", "{\"generation\":1}\n")
        #expect(throws: CoverageError.self) { try CoverageLedger(workspace) }
    }

    @Test("CSV, GeoJSON and map say the same as JSON")
    func forms() throws {
        let regions = sample.gazetteer.regions.filter { $0.kind == .province }
        var lines: [String] = []
        CoverageCSV.forEachLine(sample.coverage, regions: regions, audiences: [nil]) {
            lines.append($0)
        }
        let utrecht = try region("PV26")
        let reached = sample.coverage.reached(from: utrecht.index, by: .bike)
        let mean = "\(CoverageAnswer.tenth(reached.total))"
        #expect(
            lines.contains {
                $0.hasPrefix("province,PV26,Utrecht,") && $0.contains(",bike,30.0,all,,\(mean),")
            })
        let text = try CoverageGeoJSON.text(
            sample.coverage, regions: regions, audiences: [nil], gazetteer: sample.gazetteer)
        let collection = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let features = try #require(collection["features"] as? [[String: Any]])
        #expect(features.count == 12)
        let feature = try #require(features.first { $0["id"] as? String == "PV26" })
        let geometry = try #require(feature["geometry"] as? [String: Any])
        let polygons = try #require(geometry["coordinates"] as? [[[[Double]]]])
        let outer = try #require(polygons.first?.first)
        #expect(outer.first == outer.last, "a ring closes")
        let doubledArea = zip(outer, outer.dropFirst()).reduce(0) {
            $0 + $1.0[0] * $1.1[1] - $1.1[0] * $1.0[1]
        }
        #expect(doubledArea > 0, "outer rings are anticlockwise (RFC 7946, 3.1.6)")
        let rings = polygons.joined().map { ring in
            ring.compactMap { Coordinates(latitude: $0[1], longitude: $0[0]) }
        }
        let outline = Area(rings: rings)
        let area = try #require(outline)
        let city = try #require(Coordinates(latitude: 52.09, longitude: 5.12))
        #expect(area.contains(city))
        let map = CoverageMap.text(
            sample.coverage, kind: .province, by: .bike, for: nil, gazetteer: sample.gazetteer,
            language: .en)
        #expect(
            map.contains(
                "<title>Utrecht: \(CoverageWording.number(reached.total, .en))</title>"))
        #expect(map.components(separatedBy: "<path").count == 13)
    }
}
