import Mustache

/// The templates of the pages, compiled once.
///
/// Whatever stands between two braces is escaped for HTML; three braces, which escape nothing,
/// stand only where the value is HTML of our own making, and a test counts them.
enum PageTemplates {
    /// The name of every template and its text.
    static let sources: [(name: String, text: String)] = [
        ("head", PackageResources.head_mustache), ("foot", PackageResources.foot_mustache),
        ("search", PackageResources.search_mustache),
        ("searchform", PackageResources.searchform_mustache),
        ("map", PackageResources.map_mustache), ("course", PackageResources.course_mustache),
        ("time", PackageResources.time_mustache),
        ("report", PackageResources.report_mustache),
        ("reported", PackageResources.reported_mustache),
        ("profile", PackageResources.profile_mustache),
        ("matches", PackageResources.matches_mustache),
        ("compare", PackageResources.compare_mustache),
        ("coverage", PackageResources.coverage_mustache),
        ("regions", PackageResources.regions_mustache),
        ("region", PackageResources.region_mustache),
        ("providers", PackageResources.providers_mustache),
        ("partner", PackageResources.partner_mustache),
        ("about", PackageResources.about_mustache),
        ("privacy", PackageResources.privacy_mustache),
        ("problem", PackageResources.problem_mustache),
    ].map { ($0, String(decoding: $1, as: UTF8.self)) }

    private static let library: MustacheLibrary = {
        var library = MustacheLibrary()
        for (name, text) in sources {
            do { try library.register(text, named: name) } catch {
                preconditionFailure("the template \(name) is faulty: \(error)")
            }
        }
        return library
    }()

    /// A page made of a template.
    static func render(_ name: String, _ fields: Fields) -> String {
        guard let text = library.render(fields, withTemplate: name) else {
            preconditionFailure("there is no template \(name)")
        }
        return text
    }
}

/// What a template is filled with: texts, numbers, truths, and more of these by name.
typealias Fields = [String: Any]
