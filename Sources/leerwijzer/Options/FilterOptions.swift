import ArgumentParser
import Matching

/// The filters that search, match and publish share, in the words of the API and the pages.
struct FilterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Near a place, a postcode or a point.", discussion: "Houten, 3992 AB, 52.03,5.17",
            valueName: "place"))
    var near: String?

    @Option(help: ArgumentHelp("How far or how long: 15km, 30min.", valueName: "reach"))
    var within: String?

    @Option(help: ArgumentHelp("How one travels: foot, bike, transit, car.", valueName: "way"))
    var by: String?

    @Option(
        help: ArgumentHelp(
            "In a municipality, province, labour-market region or COROP area.",
            discussion: "Where names coincide: gemeente:Utrecht, provincie:Utrecht, "
                + "arbeidsmarktregio:…, corop:…",
            valueName: "name"))
    var region: String?

    @Option(help: ArgumentHelp("Inside the polygons of a GeoJSON file.", valueName: "file"))
    var area: String?

    @Option(help: ArgumentHelp("NLQF level: 1-8, 4+, or a range such as 3-5.", valueName: "level"))
    var level: [String] = []

    @Option(
        help: ArgumentHelp(
            "Kind: course, module, certificate, diploma-programme, apprenticeship-place, "
                + "internship, project, event.", valueName: "kind"))
    var kind: [String] = []

    @Option(
        help: ArgumentHelp(
            "How it is taught: classroom, blended, online, distance, workplace.", valueName: "mode")
    )
    var mode: [String] = []

    @Option(help: ArgumentHelp("Language of instruction: nl, en, ….", valueName: "language"))
    var language: [String] = []

    @Option(
        help: ArgumentHelp(
            "For whom: pupil, student, worker, job-seeker, team.", valueName: "audience"))
    var audience: [String] = []

    @Option(help: ArgumentHelp("Who teaches: a name, a part of it, or an id.", valueName: "name"))
    var provider: [String] = []

    @Option(help: ArgumentHelp("Which partner brought it: an id.", valueName: "id"))
    var partner: [String] = []

    @Option(help: ArgumentHelp("Teaches a skill: an id or plain words.", valueName: "skill"))
    var skill: [String] = []

    @Option(help: ArgumentHelp("Serves an occupation: an id or a job title.", valueName: "job"))
    var occupation: [String] = []

    @Option(help: ArgumentHelp("About a subject: a code or words.", valueName: "subject"))
    var subject: [String] = []

    @Option(help: ArgumentHelp("Costs at most this many euros, VAT included.", valueName: "euros"))
    var maxPrice: String?

    @Option(
        help: ArgumentHelp(
            "Starts on or after a day: 2027-01-31, today, \"+3 months\".", valueName: "day"))
    var startAfter: String?

    @Option(help: ArgumentHelp("Starts on or before a day.", valueName: "day"))
    var startBefore: String?

    @Flag(help: "Taught in the evening.")
    var evenings = false

    @Flag(help: "Taught at the weekend.")
    var weekends = false

    @Option(help: ArgumentHelp("Lasts at most this many weeks.", valueName: "weeks"))
    var maxWeeks: Int?

    @Flag(help: "Only what is open for enrolment: not full, closed or of unknown state.")
    var openOnly = false

    @Flag(help: "Also what has started, is full, closed or cancelled.")
    var all = false

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
