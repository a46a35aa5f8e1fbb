import CourseModel
import Foundation
import Ingest
import Storage
import TestSupport
import Testing

@testable import Service

@Suite("The service tells courses as partners correct and merge them")
struct CuratedServiceTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.linkSampleData()
        try scratch.write("catalog.toml", PortalAndSchool.settings)
        try feed("portal", PortalAndSchool.course("A1"))
        try feed("school", PortalAndSchool.other)
    }

    private func feed(_ name: String, _ courses: String) throws {
        try scratch.write(name + ".xml", PortalAndSchool.feed(courses))
    }

    private func correct(_ text: String) throws {
        try scratch.write(
            "curation/a.toml",
            """
            \(text.isEmpty ? "" : "[[correction]]")
            \(text.replacing("AUTHOR", with: """
                author = "Sanne"
                partner = "school"
                date = 2026-11-24
                reason = "gebeld met de docent"
                """))
            """)
    }

    /// Reads the feeds on a day and serves what comes of it.
    private func serve(on day: String) throws -> SampleService {
        let day = try #require(CalendarDate(iso: day))
        let catalogue = Catalogue(
            try Workspace(folder: scratch.folder), today: day, now: Moment(day))
        _ = try catalogue.ingestAll()
        return try SampleService(
            catalogue: LiveCatalogue(folder: scratch.folder, store: try catalogue.store()))
    }

    /// The records that are told from a day on: id, and whether it is deleted.
    private func told(from day: String, _ service: SampleService) async throws -> [String: Bool] {
        let answer = try await service.ask(
            .get, "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&from=\(day)")
        var told: [String: Bool] = [:]
        for match in answer.text.matches(
            of: /<header( status="deleted")?>\s*<identifier>urn:leerwijzer:course:([^<]*)</)
        {
            told[String(match.2).replacing("%3A", with: ":")] = match.1 != nil
        }
        return told
    }

    @Test("harvesters are told of a course that became a part of another, and of its coming back")
    func merged() async throws {
        let alone = try serve(on: "2026-11-24")
        #expect(
            try await told(from: "2026-11-24", alone) == ["portal:A1": false, "school:B2": false])
        try feed("school", PortalAndSchool.other + PortalAndSchool.course("B1"))
        let merged = try serve(on: "2026-11-26")
        // Its own source says the same as before: it is deleted because another stands for it.
        #expect(
            try await told(from: "2026-11-26", merged) == ["portal:A1": true, "school:B1": false])
        let all = try await told(from: "2026-11-24", merged)
        #expect(all == ["portal:A1": true, "school:B1": false, "school:B2": false])
        let gone = try await merged.ask(
            .get,
            "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier="
                + "urn%3Aleerwijzer%3Acourse%3Aportal%253AA1")
        #expect(gone.text.contains("<header status=\"deleted\">"))
        #expect(!gone.text.contains("<metadata>"))
        try feed("school", PortalAndSchool.other)
        let back = try serve(on: "2026-11-28")
        #expect(
            try await told(from: "2026-11-28", back) == ["portal:A1": false, "school:B1": true])
    }

    @Test("what the other source says anew of a merged course gives it a new datestamp")
    func filledUp() async throws {
        try feed("school", PortalAndSchool.other + PortalAndSchool.course("B1"))
        _ = try serve(on: "2026-11-24")
        try feed(
            "portal",
            PortalAndSchool.course("A1").replacing(
                "</dc:description>", with: "</dc:description><url>https://portal.example/a1</url>"))
        let service = try serve(on: "2026-11-26")
        let told = try await told(from: "2026-11-26", service)
        #expect(told["school:B1"] == false)
        let record = try await service.ask(
            .get,
            "/oai?verb=GetRecord&metadataPrefix=xcri-cap&identifier="
                + "urn%3Aleerwijzer%3Acourse%3Aschool%253AB1")
        #expect(record.text.contains("https://portal.example/a1"))
    }

    @Test("a correction is in the harvested record, by its new datestamp, and ends there, too")
    func corrected() async throws {
        try feed("school", PortalAndSchool.other + PortalAndSchool.course("B1"))
        try correct("")
        _ = try serve(on: "2026-11-24")
        try correct(
            "course = \"school:B2\"\nuntil = 2026-11-30\nAUTHOR\n"
                + "[correction.set]\ntitle.nl = \"Boekhouden voor hoveniers\"")
        let service = try serve(on: "2026-11-26")
        #expect(try await told(from: "2026-11-26", service) == ["school:B2": false])
        let identifier = "urn%3Aleerwijzer%3Acourse%3Aschool%253AB2"
        for prefix in ["oai_dc", "xcri-cap", "loq"] {
            let record = try await service.ask(
                .get, "/oai?verb=GetRecord&metadataPrefix=\(prefix)&identifier=\(identifier)")
            #expect(record.text.contains("Boekhouden voor hoveniers"), "\(prefix)")
        }
        let page = try await service.ask(.get, PageAddress.course("school:B2").path(in: .nl))
        for expected in [
            "<h1", "Boekhouden voor hoveniers", "gebeld met de docent", "Groene School", "titel",
        ] {
            #expect(page.text.contains(expected), "\(expected)")
        }
        let ended = try serve(on: "2026-12-01")
        #expect(try await told(from: "2026-12-01", ended) == ["school:B2": false])
        let record = try await ended.ask(
            .get, "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=\(identifier)")
        #expect(!record.text.contains("hoveniers"))
        let after = try await ended.ask(.get, PageAddress.course("school:B2").path(in: .en))
        #expect(!after.text.contains("hoveniers") && !after.text.contains("gebeld"))
    }

    @Test("a provider is told as partners correct it, on pages, in the API and to harvesters")
    func provider() async throws {
        try feed("school", PortalAndSchool.other)
        _ = try serve(on: "2026-11-24")
        try correct(
            "provider = \"school:p\"\nAUTHOR\n[correction.set]\nname.nl = \"Boomcollege Houten\"\n"
                + "contacts = [\"info@boom.example\"]")
        let service = try serve(on: "2026-11-26")
        #expect(try await told(from: "2026-11-26", service) == ["school:B2": false])
        for path in [
            PageAddress.course("school:B2").path(in: .nl), "/v1/providers",
            "/v1/providers/school:p",
            "/v1/courses/school:B2", "/v1/offerings/school:B2%23B2-1", "/ooapi/v5/organizations",
            "/v1/search?q=boekhouden",
            "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier="
                + "urn%3Aleerwijzer%3Acourse%3Aschool%253AB2",
        ] {
            let answer = try await service.ask(.get, path)
            #expect(answer.status == 200 && answer.text.contains("Boomcollege Houten"), "\(path)")
        }
        let origins = try #require(
            try await service.ask(.get, "/v1/courses/school:B2").json()["origins"]
                as? [[String: Any]])
        let name = origins.first { $0["field"] as? String == "provider.name" }
        #expect(name?["kind"] as? String == "curated")
    }

    @Test("an occasion that partners add is on the page, in the API and harvested")
    func addition() async throws {
        try scratch.write(
            "curation/extra.toml",
            """
            [[addition]]
            course = "school:B2"
            name = "najaar"
            author = "Sanne"
            partner = "school"
            date = 2026-11-24
            reason = "extra groep"
            [addition.offering]
            start = 2027-11-08
            price = "95.00 EUR"
            places = "3991 EA Houten"
            """)
        let service = try serve(on: "2026-11-24")
        let page = try await service.ask(.get, PageAddress.course("school:B2").path(in: .en))
        #expect(page.text.contains("8 Nov 2027") && page.text.contains("extra groep"))
        let offering = try await service.ask(.get, "/v1/offerings/school:B2%23%2Bnajaar")
        #expect(offering.status == 200 && offering.text.contains("2027-11-08"))
        let record = try await service.ask(
            .get,
            "/oai?verb=GetRecord&metadataPrefix=xcri-cap&identifier="
                + "urn%3Aleerwijzer%3Acourse%3Aschool%253AB2")
        #expect(record.text.contains("2027-11-08"))
    }
}
