import Answers
import CourseModel
import HTTPTypes
import Hummingbird

/// What every page has in common: its head, its menu, its language and its foot.
struct PageFrame {
    /// The request.
    let call: Call
    /// The language of the page, which its address says.
    let language: AnswerLanguage
    /// Which page it is.
    let address: PageAddress

    /// How values are said.
    var wording: Wording { Wording(language: language) }

    /// The path of a page in this language.
    func path(_ address: PageAddress) -> String { address.path(in: language) }

    /// The query of the request, as it came.
    private var query: String {
        let target = call.request.head.path ?? ""
        return target.firstIndex(of: "?").map { String(target[$0...]) } ?? ""
    }

    /// A page.
    ///
    /// - Parameters:
    ///   - template: The name of the template.
    ///   - isPrivate: Whether search engines are asked to leave it out.
    func respond(
        _ template: String, title: String, description: String, isPrivate: Bool = false,
        status: HTTPResponse.Status = .ok, _ fields: Fields
    ) throws -> Response {
        let catalogue = try? call.catalogue
        let query = call.request.method == .post ? "" : query
        let other: AnswerLanguage = language == .nl ? .en : .nl
        var all: Fields = [
            "lang": language.rawValue, "nl": language == .nl, "en": language == .en,
            "title": title, "description": description, "isPrivate": isPrivate,
            "site": catalogue?.name(in: language) ?? "Leerwijzer", "assets": PageAssets.fields,
            "otherLang": other.rawValue, "otherURL": address.path(in: other) + query,
            "dutchURL": call.base + address.path(in: .nl) + query,
            "englishURL": call.base + address.path(in: .en) + query,
            "homeURL": path(.search), "menu": menu, "footLinks": footLinks,
            "todayText": wording.date(call.today),
        ]
        if let catalogue { all["generation"] = catalogue.generation.number }
        all.merge(fields) { $1 }
        var response = Response.text(PageTemplates.render(template, all), as: .html)
        response.status = status
        response.headers[.contentLanguage] = language.rawValue
        Self.protect(&response)
        return response
    }

    /// Only our own files are loaded, and no script or style runs that stands in the page itself:
    /// what a feed may have slipped in stays text.
    static func protect(_ response: inout Response) {
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        if let name = HTTPField.Name("Permissions-Policy") {
            response.headers[name] = "geolocation=(), camera=(), microphone=(), payment=()"
        }
        if let name = HTTPField.Name("Cross-Origin-Opener-Policy") {
            response.headers[name] = "same-origin"
        }
    }

    private var menu: [Fields] {
        [
            (PageAddress.search, language(nl: "Zoeken", en: "Search")),
            (.profile, language(nl: "Voor mij", en: "For me")),
            (.regions, language(nl: "Regio’s", en: "Regions")),
            (.providers, language(nl: "Aanbieders", en: "Providers")),
        ].map { entry in
            ["href": path(entry.0), "label": entry.1, "current": entry.0 == address]
        }
    }

    private var footLinks: [Fields] {
        [
            (path(.about), language(nl: "Over Leerwijzer", en: "About Leerwijzer")),
            (path(.privacy), "Privacy"),
            ("/openapi.json", language(nl: "Voor systemen (API)", en: "For systems (API)")),
        ].map { ["href": $0, "label": $1] }
    }
}
