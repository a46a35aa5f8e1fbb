import Answers
import CourseModel
import Hummingbird
import Storage

/// Who takes part.
struct ProvidersPage {
    private let frame: PageFrame

    init(_ frame: PageFrame) { self.frame = frame }

    /// The page.
    func response() throws -> Response {
        let catalogue = try frame.call.catalogue
        let language = frame.language
        let sources = try catalogue.store.snapshot { try $0.sources() }
        return try frame.respond(
            "providers", title: language(nl: "Aanbieders", en: "Providers"),
            description: language(
                nl: "Wie hier aanbod samenbrengt.", en: "Who brings together what is offered."),
            [
                "partners": catalogue.workspace.configuration.partners.map { partner -> Fields in
                    let present = sources.filter { $0.source.partner == partner.id }
                        .reduce(RecordCount()) { $0 + $1.present }
                    return [
                        "name": partner.name, "href": frame.path(.partner(partner.id.value)),
                        "roles": PartnerPage.roles(partner, language),
                        "counts": language(
                            nl: "\(present.courses) cursussen, \(present.offerings) uitvoeringen",
                            en: "\(present.courses) courses, \(present.offerings) offerings"),
                    ]
                }
            ])
    }
}
