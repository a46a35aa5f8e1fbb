import Answers
import ArgumentParser
import Matching

/// The filters that search, match and publish share, in the words of the API and the pages.
struct FilterOptions: ParsableArguments {
    @Option(help: .filter("near")) var near: String?
    @Option(help: .filter("within")) var within: String?
    @Option(help: .filter("by")) var by: String?
    @Option(help: .filter("region")) var region: String?
    @Option(help: ArgumentHelp("Inside the polygons of a GeoJSON file.", valueName: "file"))
    var area: String?
    @Option(help: .filter("level")) var level: [String] = []
    @Option(help: .filter("kind")) var kind: [String] = []
    @Option(help: .filter("mode")) var mode: [String] = []
    @Option(help: .filter("language")) var language: [String] = []
    @Option(help: .filter("audience")) var audience: [String] = []
    @Option(help: .filter("provider")) var provider: [String] = []
    @Option(help: .filter("partner")) var partner: [String] = []
    @Option(help: .filter("skill")) var skill: [String] = []
    @Option(help: .filter("occupation")) var occupation: [String] = []
    @Option(help: .filter("subject")) var subject: [String] = []
    @Option(help: .filter("max-price")) var maxPrice: String?
    @Option(help: .filter("start-after")) var startAfter: String?
    @Option(help: .filter("start-before")) var startBefore: String?
    @Flag(help: .filter("evenings")) var evenings = false
    @Flag(help: .filter("weekends")) var weekends = false
    @Option(help: .filter("max-weeks")) var maxWeeks: Int?
    @Flag(help: .filter("open-only")) var openOnly = false
    @Flag(help: .filter("all")) var all = false

    /// Whether nothing is filtered.
    var isEmpty: Bool {
        near == nil && region == nil && area == nil && level.isEmpty && kind.isEmpty && mode.isEmpty
            && language.isEmpty && audience.isEmpty && provider.isEmpty && partner.isEmpty
            && skill.isEmpty && occupation.isEmpty && subject.isEmpty && maxPrice == nil
            && startAfter == nil && startBefore == nil && !evenings && !weekends && maxWeeks == nil
            && !openOnly
    }

    /// The filters, with the text of the area's file read in.
    func filters(words: [String]) throws(Failure) -> Filters {
        var filters = Filters()
        filters.words = words.joined(separator: " ")
        filters.near = near
        filters.within = within
        filters.by = by
        filters.region = region
        filters.level = level
        filters.kind = kind
        filters.mode = mode
        filters.language = language
        filters.audience = audience
        filters.provider = provider
        filters.partner = partner
        filters.skill = skill
        filters.occupation = occupation
        filters.subject = subject
        filters.maxPrice = maxPrice
        filters.startAfter = startAfter
        filters.startBefore = startBefore
        filters.evenings = evenings
        filters.weekends = weekends
        filters.maxWeeks = maxWeeks
        filters.openOnly = openOnly
        filters.all = all
        if let area { filters.area = try TextFile.read(area) }
        return filters
    }
}

extension ArgumentHelp {
    /// The help of a filter, from the one list of them.
    static func filter(_ name: String) -> ArgumentHelp {
        guard let field = FilterField.named(name) else {
            preconditionFailure("there is no filter \(name)")
        }
        return ArgumentHelp(
            field.help, discussion: name == "near" ? field.examples.joined(separator: ", ") : "",
            valueName: field.valueName)
    }
}
