import Feeds
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Service

@Suite("feeds over HTTP")
struct FeedTests {
    private func ask(_ path: String, headers: HTTPFields = [:]) async throws -> SampleService.Answer
    {
        try await SampleService.usual().ask(.get, path, headers: headers)
    }

    @Test("the list names every format that is written, each at an address that answers")
    func list() async throws {
        let rows = try #require(try await ask("/feeds").json()["results"] as? [[String: String]])
        let written = Set(Feeds.allFormats.filter { $0.writer != nil }.map { $0.name })
        #expect(Set(rows.compactMap { $0["format"] }) == written.subtracting([Sitemap.name]))
        for row in rows {
            for kind in ["url", "gzip"] {
                let path = try #require(row[kind]).dropFirst("https://courses.example".count)
                let answer = try await ask(String(path))
                #expect(answer.status == 200, "\(path)")
                #expect(!answer.bytes.isEmpty)
                #expect(answer.bytes.starts(with: [0x1F, 0x8B]) == (kind == "gzip"))
                let type = try #require(answer.headers[.contentType])
                #expect(type == (kind == "gzip" ? "application/gzip" : row["type"]))
            }
        }
    }

    @Test("a feed is what the command line publishes, filters included")
    func sameAsPublish() async throws {
        let folder = try SampleService.copy()
        let published = try Program.built("leerwijzer").run(
            [
                "publish", "--as", "xcri-cap", "--region", "gemeente:Houten", "--level", "3",
                "--catalog", folder.path("catalog"), "--today", "2026-11-24",
            ], in: folder.folder)
        #expect(published.status == 0, "\(published.errors)")
        let answer = try await ask("/feeds/xcri-cap?region=gemeente:Houten&level=3")
        #expect(answer.text == published.output)
        #expect(answer.bytes.count > 1_000)
        let all = try await ask("/feeds/xcri-cap")
        #expect(all.bytes.count > 2 * answer.bytes.count)
    }

    @Test("a client that has a feed is told so, also of another encoding, and others are not")
    func conditional() async throws {
        let first = try await ask("/feeds/csv?region=gemeente:Houten")
        let tag = try #require(first.headers[.eTag])
        #expect(first.headers[.lastModified] != nil)
        let again = try await ask(
            "/feeds/csv?region=gemeente:Houten",
            headers: [.ifNoneMatch: tag, .acceptEncoding: "gzip"])
        #expect(again.status == 304 && again.bytes.isEmpty)
        #expect(try await ask("/feeds/csv", headers: [.ifNoneMatch: tag]).status == 200)
        let packed = try await ask(
            "/feeds/csv?region=gemeente:Houten", headers: [.acceptEncoding: "gzip"])
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.bytes.count < first.bytes.count)
    }

    @Test("a fault in a filter is told as in the API")
    func faults() async throws {
        #expect(try await ask("/feeds/loq?regoin=x").status == 400)
        #expect(try await ask("/feeds/loq?region=Nergenshuizen").status == 422)
        #expect(try await ask("/feeds/loq?since=9999").status == 422)
        #expect(try await ask("/feeds/loq?since=soon").status == 422)
        #expect(try await ask("/feeds/marc").status == 404)
    }

    @Test("the Atom of a search has what is new, at the address that it names as its own")
    func atom() async throws {
        let path = "/feeds/atom?q=boom&region=provincie%3AUtrecht"
        let feed = try await ask(path).text
        let own = "https://courses.example" + path.replacing("&", with: "&amp;")
        #expect(feed.contains("rel=\"self\" type=\"application/atom+xml\" href=\"\(own)\""))
        #expect(feed.contains("<entry>"))
        #expect(feed.contains("href=\"https://courses.example/nl/cursus/"))
        let nothing = try await ask(path + "&since=2026-11-25").text
        #expect(!nothing.contains("<entry>"))
        let page = try await ask("/nl?q=boom&region=provincie%3AUtrecht&sort=price").text
        let link = path.replacing("&", with: "&amp;")
        #expect(page.contains("type=\"application/atom+xml\" title=\"boom\" href=\"\(link)\""))
    }

    @Test(
        "the sitemap names the page of every course in both languages, and robots.txt the sitemap")
    func sitemap() async throws {
        let robots = try await ask("/robots.txt?utm_source=x").text
        #expect(robots.contains("Sitemap: https://courses.example/sitemap.xml"))
        let index = try await ask("/sitemap.xml").text
        #expect(index.contains("<loc>https://courses.example/sitemap-1.xml</loc>"))
        #expect(!index.contains("sitemap-2"))
        let map = try await ask("/sitemap-1.xml").text
        let courses = try await ask("/v1/courses?limit=1000&all=true").json()
        let count = try #require(courses["totalCourses"] as? Int)
        #expect(map.matches(of: /<loc>[^<]*\/nl\/cursus\//).count == count)
        #expect(map.matches(of: /<loc>[^<]*\/en\/course\//).count == count)
        let pages = map.matches(of: /<loc>https:\/\/courses\.example([^<]*)/).map { String($0.1) }
        for path in pages.filter({ !$0.contains("/cur") && !$0.contains("/course") })
            + pages.suffix(4)
        {
            #expect(try await ask(path).status == 200, "\(path)")
        }
        for name in [
            "sitemap-2.xml", "sitemap-01.xml", "sitemap-.xml", "sitemap-1", "sitemap-1.xml/",
        ] {
            #expect(try await ask("/" + name).status == 404, "\(name)")
        }
    }

    @Test("the course page leads to the calendar of each of its days")
    func calendar() async throws {
        let page = try await ask("/nl/cursus/snoeischaar:snoeischaar:BS-KLIM-1").text
        let link = try #require(
            page.firstMatch(of: /href="(\/v1\/offerings\/[^"]*\?format=ics)"/)?.1)
        let calendar = try await ask(String(link))
        #expect(calendar.headers[.contentType]?.hasPrefix("text/calendar") == true)
        #expect(calendar.text.matches(of: /BEGIN:VEVENT/).count == 1)
    }
}
