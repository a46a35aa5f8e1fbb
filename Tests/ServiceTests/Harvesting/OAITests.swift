import CourseModel
import Feeds
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Service

@Suite("harvesting by OAI-PMH")
struct OAITests {
    private static let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
    private static let first = "urn:leerwijzer:course:snoeischaar%3Asnoeischaar%3ABS-KLIM-1"

    /// An answer of the sample's repository, held against the protocol's schema where it is there.
    private func ask(_ query: String, _ service: SampleService? = nil) async throws -> String {
        let answer = try await (service ?? .usual()).ask(.get, "/oai?" + query)
        #expect(answer.status == 200, "\(query)")
        #expect(answer.headers[.contentType] == "text/xml; charset=utf-8")
        try Schema.check(answer.text, query)
        return answer.text
    }

    private func identifiers(_ text: String) -> [String] {
        text.matches(of: /<identifier>([^<]*)<\/identifier>/).map { String($0.1) }
    }

    private func nextToken(_ text: String) -> String? {
        text.firstMatch(of: /<resumptionToken[^>]*>([^<]+)<\/resumptionToken>/).map {
            percentEncoded(String($0.1))
        }
    }

    @Test("the repository says what it is")
    func identify() async throws {
        let text = try await ask("verb=Identify")
        #expect(text.contains("<repositoryName>Leerwijzer Houten (voorbeeld)</repositoryName>"))
        #expect(text.contains("<baseURL>https://courses.example/oai</baseURL>"))
        #expect(text.contains("<deletedRecord>persistent</deletedRecord>"))
        #expect(text.contains("<granularity>YYYY-MM-DDThh:mm:ssZ</granularity>"))
        #expect(text.contains("<earliestDatestamp>2026-11-24T"))
        #expect(text.contains("<request verb=\"Identify\">https://courses.example/oai</request>"))
    }

    @Test("a POST is answered as a GET with the same arguments")
    func post() async throws {
        let service = try SampleService.usual()
        let identifier = percentEncoded(Self.first)
        let query = "verb=GetRecord&metadataPrefix=oai_dc&identifier=\(identifier)"
        func withoutDate(_ text: String) -> String {
            text.replacing(/<responseDate>[^<]*/, with: "")
        }
        let got = try await ask(query)
        let posted = try await service.ask(.post, "/oai", headers: Self.form, body: query)
        #expect(withoutDate(posted.text) == withoutDate(got))
        #expect(got.contains(">Boomschool De Snoeischaar (fictief)</dc:publisher>"))
    }

    @Test(
        "every format is told, and every record stands in it",
        arguments: [
            ("oai_dc", "oai_dc:dc"), ("xcri-cap", "catalog"), ("loq", "Courses"),
            ("edudex", "program"),
        ])
    func formats(prefix: String, root: String) async throws {
        #expect(
            try await ask("verb=ListMetadataFormats").contains(
                "<metadataPrefix>\(prefix)</metadataPrefix>"))
        let text = try await ask("verb=ListRecords&metadataPrefix=\(prefix)&set=partner")
        #expect(text.matches(of: /<metadata>/).count == 100)
        #expect(text.matches(of: /<metadata>\s*<([\w:]+)/).allSatisfy { $0.1 == root })
    }

    @Test("a list that is followed by its tokens tells every course once")
    func paging() async throws {
        var query = "verb=ListIdentifiers&metadataPrefix=oai_dc"
        var seen: [String] = []
        var pages = 0
        while true {
            let text = try await ask(query)
            seen += identifiers(text)
            pages += 1
            guard let token = nextToken(text) else {
                #expect(text.contains("<resumptionToken cursor=\"200\"/>"))
                break
            }
            #expect(text.contains("expirationDate="))
            query = "verb=ListIdentifiers&resumptionToken=\(token)"
        }
        let courses = try await SampleService.usual().ask(.get, "/v1/courses?limit=1000&all=true")
        let count = try #require(try courses.json()["totalCourses"] as? Int)
        #expect(seen.count == count && Set(seen).count == count && pages == 3)
        #expect(
            seen
                == seen.sorted {
                    OAITests.id($0).utf8.lexicographicallyPrecedes(OAITests.id($1).utf8)
                })
    }

    private static func id(_ identifier: String) -> String {
        PercentEncoding.decode(
            identifier.dropFirst("urn:leerwijzer:course:".count), plusIsSpace: false) ?? ""
    }

    @Test("sets hold what is given in a region, for a sector or by a partner, and together all")
    func sets() async throws {
        let list = try await ask("verb=ListSets")
        for (spec, name) in [
            ("region:AM13", "arbeidsmarktregio Midden-Utrecht"),
            ("region:GM0321", "gemeente Houten"),
            ("sector:A", "Landbouw, bosbouw en visserij"),
            ("partner:boomschool-de-snoeischaar", "Boomschool De Snoeischaar (fictief)"),
        ] {
            #expect(list.contains("<setSpec>\(spec)</setSpec>"), "\(spec)")
            #expect(list.contains("<setName>\(name)</setName>"), "\(spec)")
            let text = try await ask("verb=ListIdentifiers&metadataPrefix=oai_dc&set=\(spec)")
            let headers = text.split(separator: "<header>").dropFirst()
            #expect(!headers.isEmpty)
            #expect(headers.allSatisfy { $0.contains("<setSpec>\(spec)</setSpec>") }, "\(spec)")
        }
        let houten = try await ask("verb=ListIdentifiers&metadataPrefix=oai_dc&set=region:GM0321")
        let region = try await ask("verb=ListIdentifiers&metadataPrefix=oai_dc&set=region")
        #expect(houten.matches(of: /<header>/).count < region.matches(of: /<header>/).count)
    }

    @Test("a course of several partners is in the set of each of them")
    func partners() async throws {
        let (service, folder) = try SampleService.withPartnersWork()
        defer { withExtendedLifetime(folder) {} }
        // A module that two partners offer together, and a course that a correction gives an owner.
        let module = "urn:leerwijzer:course:joint%3Aboomverzorger-starten"
        let course = "urn:leerwijzer:course:hetgroenehek%3Ahetgroenehek%3AHEK-BBL-HOV2"
        for (partner, record) in [
            ("vakcollege-middenweide", module), ("boomschool-de-snoeischaar", module),
            ("vakcollege-middenweide", course), ("hoveniersbedrijf-het-groene-hek", course),
        ] {
            let held = identifiers(
                try await ask(
                    "verb=ListIdentifiers&metadataPrefix=oai_dc&set=partner:\(partner)", service))
            #expect(held.contains(record), "\(record) of \(partner)")
        }
    }

    @Test("a course that says no place is in the sets of its provider's regions, as in the index")
    func usualVenue() throws {
        let opened = try #require(try SampleService.usual().service.catalogue?.current)
        let (sets, stored, kept) = try opened.store.snapshot { snapshot in
            let sets = OAISets(opened, try opened.shown(in: snapshot))
            let stored = try #require(
                try snapshot.record(ID("snoeischaar:snoeischaar:BS-KLIM-1")))
            return (sets, stored, try snapshot.provider(stored.record.course.provider))
        }
        var provider = try #require(kept?.provider)
        provider.location = stored.record.offerings.flatMap { $0.places.compactMap(\.venue) }.first
        #expect(provider.location != nil)
        func regions(_ modes: Set<DeliveryMode>) throws -> [String] {
            let offerings = stored.record.offerings.map { offering in
                var offering = offering
                offering.places = []
                offering.modes = modes
                return offering
            }
            let record = try #require(
                CourseRecord(course: stored.record.course, offerings: offerings))
            return sets.specs(of: record, provider: provider).filter { $0.hasPrefix("region:") }
        }
        #expect(try !regions([]).isEmpty)
        #expect(try regions([.online]).isEmpty)
    }

    @Test(
        "faults are told by the codes of the protocol",
        arguments: [
            ("", "badVerb"), ("verb=Nothing", "badVerb"),
            ("verb=Identify&verb=Identify", "badVerb"),
            ("verb=Identify&set=region", "badArgument"),
            ("verb=ListRecords", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=loq", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01", "badArgument"),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-02&until=2026-11-01",
                "badArgument"
            ),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-02&until=2026-11-03T00:00:00Z",
                "badArgument"
            ),
            ("verb=ListRecords&metadataPrefix=oai%20dc", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&set=:", "badArgument"),
            ("verb=GetRecord&metadataPrefix=oai_dc&identifier=a%20b", "badArgument"),
            ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%zz", "badArgument"),
            ("verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc", "badArgument"),
            ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
            ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
            ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
            ("verb=GetRecord&metadataPrefix=oai_dc&identifier=urn:x:y", "idDoesNotExist"),
            (
                "verb=ListMetadataFormats&identifier=urn:leerwijzer:course:none%253A1",
                "idDoesNotExist"
            ),
            ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2999-01-01", "noRecordsMatch"),
            ("verb=ListRecords&metadataPrefix=oai_dc&set=region:nowhere", "noRecordsMatch"),
        ])
    func faults(query: String, code: String) async throws {
        let text = try await ask(query)
        #expect(text.contains("<error code=\"\(code)\">"), "\(text)")
        let isRepeated = text.contains("<request verb=")
        #expect(isRepeated == (code != "badVerb" && code != "badArgument"))
    }

    @Test("a token is refused when it is of another verb, was changed, or is too old")
    func tokens() async throws {
        let text = try await ask("verb=ListIdentifiers&metadataPrefix=oai_dc")
        let token = try #require(nextToken(text))
        for other in [
            "verb=ListRecords&resumptionToken=\(token)",
            "verb=ListIdentifiers&resumptionToken=\(token)x",
            "verb=ListIdentifiers&resumptionToken=\(token.dropFirst())",
        ] {
            #expect(try await ask(other).contains("badResumptionToken"), "\(other)")
        }
        let own = OAIToken(
            verb: .listRecords, prefix: "oai_dc", set: "region", from: Moment(secondsSince1970: 5),
            until: nil, generation: Generation(3), mark: 7, after: "a:b/c", cursor: 100,
            expires: Moment(secondsSince1970: 1_000))
        func read(at now: Int64, _ generation: Int) throws -> OAIToken {
            try OAIToken(
                own.text, verb: .listRecords, now: Moment(secondsSince1970: now),
                generation: Generation(generation))
        }
        #expect(try read(at: 1_000, 3) == own)
        #expect(try read(at: 1_000, 9) == own)
        #expect(throws: OAIFault.self) { _ = try read(at: 1_001, 3) }
        #expect(throws: OAIFault.self, "a catalogue that was put back") {
            _ = try read(at: 0, 2)
        }
    }
}

@Suite("a repository whose catalogue changes")
struct OAIChangeTests {
    private func ask(_ query: String, _ server: Server) throws -> String {
        let answer = try server.ask("/oai?" + query)
        let body = String(
            answer[(answer.firstRange(of: "\r\n\r\n")?.upperBound ?? answer.startIndex)...])
        try Schema.check(body, query)
        return body
    }

    @Test("what left is told as deleted by its new datestamp, and for ever")
    func changes() throws {
        let server = try Server()
        let feed = server.folder.path("catalog/feeds/brancheplatform-groenbreed/catalog.xml")
        let text = try String(contentsOfFile: feed, encoding: .utf8)
        // One with few offerings: a feed that loses many is held for a person.
        let courses = text.matches(of: /(?s)<course[ >].*?<\/course>/).map(\.0)
        let course = try #require(courses.min { $0.count < $1.count })
        let id = try #require(course.firstMatch(of: /<dc:identifier[^>]*>([^<]*)</)?.1)
        try text.replacing(course, with: "").write(
            toFile: feed, atomically: true, encoding: .utf8)
        let run = try Program.built("leerwijzer").run(
            ["ingest", "--catalog", server.folder.path("catalog"), "--today", "2026-11-25"],
            in: server.folder.folder)
        #expect(run.status == 0, "\(run.errors)")
        let changed = try ask(
            "verb=ListRecords&metadataPrefix=xcri-cap&from=2026-11-25", server)
        #expect(changed.matches(of: /status="deleted"/).count == 1, "\(changed)")
        #expect(!changed.contains("<metadata>"))
        let identifier = try #require(changed.firstMatch(of: /<identifier>([^<]*)</)?.1)
        #expect(identifier.hasSuffix(percentEncoded(String(id))))
        let record = try ask(
            "verb=GetRecord&metadataPrefix=loq&identifier="
                + percentEncoded(String(identifier)), server)
        #expect(record.contains("<header status=\"deleted\">"))
        let earlier = try ask(
            "verb=ListIdentifiers&metadataPrefix=xcri-cap&until=2026-11-24", server)
        #expect(!earlier.contains("status=\"deleted\""))
    }

    @Test("our own harvester takes a catalogue over as it is, and then only what changed")
    func ownHarvester() throws {
        let server = try Server()
        let other = server.folder.path("other")
        try FileManager.default.createDirectory(
            atPath: other, withIntermediateDirectories: true)
        for name in ["places", "skills"] {
            try FileManager.default.createSymbolicLink(
                atPath: other + "/" + name,
                withDestinationPath: server.folder.path("catalog/" + name))
        }
        try """
        [[partner]]
        id = "region"
        name = "A region"
        [[partner.source]]
        id = "region"
        feed = "http://127.0.0.1:\(server.port)/oai"
        allow-private = true
        [partner.source.oai-pmh]
        prefix = "xcri-cap"
        """.write(toFile: other + "/catalog.toml", atomically: true, encoding: .utf8)
        let sync = try Program.built("leerwijzer").run(
            ["sources", "sync", "--catalog", other, "--today", "2026-11-24"],
            in: server.folder.folder)
        #expect(sync.status == 0, "\(sync.errors)\(sync.output)")
        func total(_ catalogue: String) throws -> Int {
            let found = try Program.built("leerwijzer").run(
                [
                    "search", "--all", "--courses", "--format", "json", "--limit", "1",
                    "--catalog", catalogue, "--today", "2026-11-24",
                ], in: server.folder.folder)
            let json = try JSONSerialization.jsonObject(with: Data(found.output.utf8))
            return (json as? [String: Any])?["totalCourses"] as? Int ?? -1
        }
        #expect(try total(other) == total(server.folder.path("catalog")))
        let again = try Program.built("leerwijzer").run(
            ["sources", "sync", "--catalog", other, "--today", "2026-11-24"],
            in: server.folder.folder)
        #expect(again.status == 0, "\(again.errors)")
    }
}

/// The protocol's official schema, where it is there.
enum Schema {
    static func check(_ text: String, _ name: String) throws {
        guard let schema = SharedFiles.path("schemas/oai-pmh/all.xsd"),
            FileManager.default.fileExists(atPath: "/usr/bin/xmllint")
        else { return }
        let scratch = try Scratch()
        try text.write(
            toFile: scratch.path("answer.xml"), atomically: true, encoding: .utf8)
        let lint = try Program(path: "/usr/bin/xmllint").run(
            ["--noout", "--nonet", "--schema", schema, scratch.path("answer.xml")],
            in: scratch.folder)
        #expect(lint.status == 0, "\(name): \(lint.errors.prefix(2_000))")
    }
}
