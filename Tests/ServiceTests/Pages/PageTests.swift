import Answers
import HTTPTypes
import Testing

@testable import Service

/// Pages to hold to what all pages promise.
let samplePages = [
    "", "?q=boom&near=Houten&within=40km", "?q=xqzvw", "?near=Nergenshuizen",
    "?region=arbeidsmarktregio%20Midden-Utrecht&level=3&level=4&sort=price&page=2",
]

@Suite("pages for people")
struct PageTests {
    private static let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

    @Test("every page speaks the language of its address and names the other one")
    func languages() async throws {
        let service = try SampleService()
        for language in AnswerLanguage.allCases {
            for address in [
                PageAddress.search, .profile, .about, .privacy, .compare, .regions,
                .region("AM13"), .coverage("AM13"), .coverage("GM0086"), .providers,
                .partner("boomschool-de-snoeischaar"),
                .course("snoeischaar:snoeischaar:BS-KLIM-1"),
            ] {
                let page = try await service.ask(.get, address.path(in: language))
                #expect(page.status == 200, "\(address)")
                #expect(page.headers[.contentLanguage] == language.rawValue)
                #expect(page.text.contains("<html lang=\"\(language.rawValue)\">"))
                let other: AnswerLanguage = language == .nl ? .en : .nl
                #expect(page.text.contains("href=\"\(address.path(in: other))\""), "\(address)")
            }
        }
    }

    @Test("changing the language keeps the question")
    func languageKeepsQuestion() async throws {
        let page = try await SampleService().ask(.get, "/nl?q=boom&level=3&level=4")
        #expect(page.text.contains("href=\"/en?q=boom&amp;level=3&amp;level=4\""))
    }

    @Test("the first page leads to the language that the browser asks for")
    func start() async throws {
        let service = try SampleService()
        let english = try await service.ask(.get, "/", headers: [.acceptLanguage: "en-GB,nl;q=0.5"])
        #expect(english.status == 303)
        #expect(english.headers[.location] == "/en")
        #expect(try await service.ask(.get, "/").headers[.location] == "/nl")
    }

    @Test("no style or script stands in a page, so that the policy can forbid them all")
    func nothingInline() async throws {
        let service = try SampleService()
        for query in samplePages {
            let page = try await service.ask(.get, "/nl" + query)
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.hasPrefix("default-src 'none'"))
            #expect(!policy.contains("unsafe"))
            for mark in [" style=", "<style", " onclick=", " onload=", "javascript:"] {
                #expect(!page.text.contains(mark), "\(query): \(mark)")
            }
            #expect(page.text.components(separatedBy: "<script").count == 2, "\(query)")
        }
    }

    @Test("a filter that is not understood is told above the form, which keeps the rest")
    func faultyFilter() async throws {
        let page = try await SampleService().ask(.get, "/nl?q=boom&near=Hoouten")
        #expect(page.status == 422)
        #expect(page.text.contains("Houten"))
        #expect(page.text.contains("value=\"boom\""))
        #expect(page.text.contains("value=\"Hoouten\""))
    }

    @Test("what a form sends along for nothing does no harm")
    func emptyFields() async throws {
        let page = try await SampleService().ask(
            .get, "/nl?q=boom&near=&within=20km&by=car&max-price=&start-after=&max-weeks=")
        #expect(page.status == 200)
        #expect(page.text.contains("class=\"result\""))
    }

    @Test("counts are links that add their value, and take it away when it is chosen")
    func facets() async throws {
        let service = try SampleService()
        let page = try await service.ask(.get, "/nl?q=boom")
        #expect(page.text.contains("href=\"/nl?q=boom&amp;level=3\""))
        let chosen = try await service.ask(.get, "/nl?q=boom&level=3")
        #expect(chosen.text.contains("href=\"/nl?q=boom\" rel=\"nofollow\" aria-current=\"true\""))
        #expect(chosen.text.contains("href=\"/nl?q=boom&amp;level=3&amp;level=4\""))
    }

    @Test("a page that is not there is told in the page's language, with a way on")
    func notFound() async throws {
        let service = try SampleService()
        let page = try await service.ask(.get, "/nl/cursus/geen:geen:GEEN")
        #expect(page.status == 404)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(page.text.contains("Deze bladzijde is er niet"))
        #expect(try await service.ask(.get, "/en/nothing").text.contains("This page is not here"))
        #expect(
            try await service.ask(.get, "/v1/nothing").headers[.contentType]
                == "application/problem+json")
    }

    @Test("a page weighs less than 60 KB without its map")
    func weight() async throws {
        let service = try SampleService()
        for path in samplePages.map({ "/nl" + $0 }) + [
            "/nl/profiel", "/nl/cursus/snoeischaar:snoeischaar:BS-KLIM-1",
        ] {
            let page = try await service.ask(.get, path)
            let start = page.text.range(of: "<svg class=\"drawing\"")?.lowerBound
            let map = start.flatMap { start in
                page.text[start...].range(of: "</svg>").map {
                    page.text[start..<$0.upperBound].utf8.count
                }
            }
            #expect(page.bytes.count - (map ?? 0) < 60_000, "\(path)")
        }
    }

    @Test("a profile is answered with reasons, near misses and paths, and never kept")
    func profile() async throws {
        let answer = try await SampleService().ask(
            .post, "/nl/profiel", headers: Self.form,
            body: "occupation.wanted=boomverzorger&skills.wants=bomen+vellen%2C+boomklimmen"
                + "&level.has=3&home.place=3992+AB&home.within=20km&home.by=bike"
                + "&money.budget=1.500&time.hours-per-week=12&preferences.must=travel")
        #expect(answer.status == 200)
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.text.contains("class=\"match\""))
        #expect(answer.text.contains("class=\"path\""))
        #expect(answer.text.contains("value=\"boomverzorger\""))
    }

    @Test("what is wrong in a profile is told once, by the question that was asked")
    func faultyAnswers() async throws {
        let answer = try await SampleService().ask(
            .post, "/nl/profiel", headers: Self.form,
            body: "home.place=Houten&work.place=Houten&home.within=ver&time.deadline=ooit")
        #expect(answer.status == 422)
        let text = answer.text
        let reach = "Bij “Hoe ver hoogstens?”: “ver” is geen afstand en geen tijd; schrijf"
        #expect(text.ranges(of: reach).count == 1)
        #expect(text.contains("Bij “Uiterlijk klaar”: “ooit” is geen datum; schrijf"))
        #expect(!text.contains("ligt voor de laatste"))
    }

    @Test("a profile that is not understood comes back filled in, with what is wrong")
    func faultyProfile() async throws {
        let answer = try await SampleService().ask(
            .post, "/en/profile", headers: Self.form,
            body: "home.place=Hoouten&skills.has=%3Cb%3Esnoeien")
        #expect(answer.status == 422)
        #expect(answer.text.contains("value=\"Hoouten\""))
        #expect(answer.text.contains("&lt;b&gt;snoeien"))
        #expect(answer.text.contains("role=\"alert\""))
    }

    @Test("assets may be kept for ever, since their address changes with them")
    func assets() async throws {
        let service = try SampleService()
        for asset in PageAssets.all {
            let answer = try await service.ask(.get, asset.path)
            #expect(answer.status == 200)
            #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
        }
    }

    @Test("only HTML of our own making goes into a page unescaped")
    func unescaped() {
        let allowed: Set = ["descriptionHTML", "html", "structuredData"]
        for (name, text) in PageTemplates.sources {
            for piece in text.components(separatedBy: "{{{").dropFirst() {
                let value = piece.prefix { $0 != "}" }
                #expect(allowed.contains(String(value)), "\(name): \(value)")
            }
            #expect(!text.contains("{{&"), "\(name)")
        }
    }

    @Test("a region leads to what its people reach, with targets and jobs that lack something")
    func coverage() async throws {
        let service = try SampleService()
        let region = try await service.ask(.get, "/nl/regio/GM0321")
        #expect(region.text.contains("href=\"/nl/bereik/GM0321\""))
        #expect(region.text.contains("Wat je vanaf hier kunt bereiken"))
        let reach = try await service.ask(.get, "/nl/bereik/GM0321")
        #expect(reach.text.contains("die je overal zonder reizen kunt volgen."))
        let page = try await service.ask(.get, "/en/reach/GM0321")
        #expect(page.status == 200)
        #expect(page.text.contains("by bicycle"))
        #expect(page.text.contains("Evening modules"))
        let answer = try await service.ask(.get, "/v1/regions/GM0321/coverage").json()
        let regions = try #require(answer["regions"] as? [[String: Any]])
        let everyone = try #require((regions.first?["audiences"] as? [[String: Any]])?.first)
        let reached = try #require(everyone["reached"] as? [String: [String: Any]])
        let mean = try #require(reached["car"]?["mean"] as? Double)
        #expect(page.text.contains("<b>\(Int(mean.rounded()))</b>"))
        #expect(try await service.ask(.get, "/nl/bereik/GM9999").status == 404)
        #expect(try await service.ask(.get, "/v1/regions/GM9999/gaps").status == 404)
    }

    @Test("a tag of a mailing on a link is passed over by pages, and refused by the API")
    func foreignParameters() async throws {
        let service = try SampleService.usual()
        for page in ["/nl?utm_source=mail&q=boom", "/en/about?fbclid=1", "/nl?utm=%zz"] {
            #expect(try await service.ask(.get, page).status == 200, "\(page)")
        }
        #expect(try await service.ask(.get, "/v1/search?utm_source=mail").status == 400)
        #expect(try await service.ask(.get, "/nl?q=%zz").status == 400)
    }

    @Test("what is wrong with a question is told in the language of the page")
    func faultsInWords() async throws {
        let service = try SampleService.usual()
        for (query, dutch, english) in [
            ("near=Nergenshuizen", "We kennen geen plaats die", "We know no place called"),
            ("region=Nergens", "We kennen geen regio die", "We know no region called"),
            ("max-price=duur", "Schrijf een bedrag in euro", "Write euros"),
            ("start-after=ooit", "Schrijf een dag", "Write a day"),
            ("level=99", "Schrijf een getal van 1 tot en met 8", "Write a number from 1 to 8"),
            ("page=0", "Schrijf een heel getal vanaf 1", "Write a whole number from 1"),
            ("sort=kleur", "begrijpen we niet bij “Volgorde”", "at “Order”"),
        ] {
            let nl = try await service.ask(.get, "/nl?" + query)
            #expect(nl.status >= 400 && nl.text.contains(dutch), "\(query)")
            let en = try await service.ask(.get, "/en?" + query)
            #expect(en.status >= 400 && en.text.contains(english), "\(query)")
        }
    }
}
