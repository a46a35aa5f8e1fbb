import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Storage

struct SourcesEraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase what is past: earlier versions, what left, a course, a whole source.",
        discussion: """
            Feeds name contact persons, and the catalogue keeps every version of a course with its \
            original. This erases, for good, the versions that were replaced, and the courses, \
            offerings and providers that left, before a day; with what the accounts of runs of \
            before that day quote, and the fetched documents of sources that are no longer in \
            catalog.toml. What is in the catalogue now stays: who wants to be taken out of that is \
            taken out of the feed first.

            leerwijzer sources erase                      what [retention] in catalog.toml says
            leerwijzer sources erase --older-than 730     two years are kept
            leerwijzer sources erase --before 2027-02-01 school-a
            leerwijzer sources erase --course school-a:WELD-1
            leerwijzer sources erase --everything school-a

            In catalog.toml, for a timer that runs this every night:

            [retention]
            history-days = 730

            --course erases the past of one course, and all of it once it has left; --everything \
            all of a source that has left. What is erased cannot be had back: history and rollback \
            go back no further. Back-ups are files of your own; remove those of before.
            """)

    @Argument(help: "The source; all when none is named.") var source: String?

    @Option(
        help: ArgumentHelp("What was past when this day began (YYYY-MM-DD).", valueName: "day"),
        transform: { text in
            guard let day = CalendarDate(iso: text) else {
                throw ValidationError("“\(text)” is not a day; write it as 2027-01-31")
            }
            return day
        })
    var before: CalendarDate?

    @Option(help: ArgumentHelp("What was past this many days ago.", valueName: "days"))
    var olderThan: Int?

    @Option(help: ArgumentHelp("Everything that is past of this course.", valueName: "id"))
    var course: String?

    @Flag(help: "Everything of a source that has left the catalogue.") var everything = false

    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        let ways = [before != nil, olderThan != nil, course != nil, everything]
        guard ways.filter({ $0 }).count < 2 else {
            throw ValidationError(
                "give one of --before, --older-than, --course and --everything")
        }
        guard course == nil || source == nil else {
            throw ValidationError("a course’s id names its source already; leave the source out")
        }
        guard !everything || source != nil else {
            throw ValidationError("--everything takes the source that is to be erased")
        }
        if let olderThan, !RetentionSettings.days.contains(olderThan) {
            throw ValidationError(
                "--older-than takes \(RetentionSettings.days.lowerBound) to "
                    + "\(RetentionSettings.days.upperBound) days")
        }
    }

    func run() throws {
        let catalogue = try workspace.open()
        guard catalogue.hasStore else {
            throw IngestError.nothingToRead(folder: catalogue.workspace.folder)
        }
        let scope = try scope(catalogue.workspace.configuration)
        try checkNames(catalogue)
        let (erasure, copies) = try catalogue.write {
            let erasure = try catalogue.store().erase(scope)
            // What is no longer a source leaves nothing that was fetched.
            let copies = course == nil ? Departure.removeCopies(in: catalogue.workspace) : []
            return (erasure, copies)
        }
        try tell(erasure, copies)
    }

    private func scope(_ configuration: CatalogConfiguration) throws -> ErasureScope {
        if let course { return .course(ID(course)) }
        if everything, let source {
            // It would be back with the next sync.
            guard !configuration.sources.contains(where: { $0.id.value == source }) else {
                throw Departure.Refusal.stillConfigured(ID(source))
            }
            return .source(ID(source))
        }
        let source = source.map { ID<Source>($0) }
        if let before { return .past(before: before, of: source) }
        guard let days = olderThan ?? configuration.retention.historyDays else {
            throw Failure(
                .usage,
                workspace.language(
                    nl: "catalog.toml zegt niet hoelang de geschiedenis bewaard wordt; zet daar "
                        + "[retention] history-days = 730, of geef --older-than of --before",
                    en: "catalog.toml does not say how long history is kept; put [retention] "
                        + "history-days = 730 there, or give --older-than or --before"))
        }
        return .past(before: workspace.day.adding(days: -days), of: source)
    }

    private func checkNames(_ catalogue: Catalogue) throws {
        try catalogue.store().snapshot { snapshot in
            if let source, try snapshot.source(ID(source)) == nil {
                throw Departure.Refusal.unknown(ID(source))
            }
            guard let course else { return }
            let owner = String(course.prefix { $0 != ":" })
            guard try snapshot.source(ID(owner)) != nil else {
                throw Departure.Refusal.unknown(ID(owner))
            }
        }
    }

    private func tell(_ erasure: Erasure, _ copies: [ID<Source>]) throws {
        let language = workspace.language
        try Console.print(
            language(
                nl: "gewist: \(erasure.versions) versies, \(erasure.courses) cursussen, "
                    + "\(erasure.offerings) uitvoeringen, \(erasure.providers) aanbieders, "
                    + "\(erasure.quarantined) records in quarantaine",
                en: "erased: \(erasure.versions) versions, \(erasure.courses) courses, "
                    + "\(erasure.offerings) offerings, \(erasure.providers) providers, "
                    + "\(erasure.quarantined) records in quarantine"))
        for copy in copies {
            try Console.print(
                language(
                    nl: "\(copy): opgehaalde documenten gewist",
                    en: "\(copy): fetched documents erased"))
        }
        if !erasure.isEmpty || !copies.isEmpty {
            Console.complain(
                language(
                    nl: "reservekopieën van vóór nu bevatten het nog: verwijder ze, of zet er "
                        + "geen meer terug zonder dit opnieuw te doen",
                    en: "back-ups of before now still hold it: remove them, or put none back "
                        + "without doing this again"))
        }
        for source in erasure.waiting {
            Console.complain(
                language(
                    nl: "\(source): overgeslagen, want een feed wacht op een besluit; zie: "
                        + "leerwijzer sources release of discard",
                    en: "\(source): left alone, since a feed waits for a decision; see: "
                        + "leerwijzer sources release or discard"))
        }
        for source in erasure.present {
            throw Failure(
                .usage,
                language(
                    nl: "\(source): heeft nog cursussen in de catalogus; zie eerst: leerwijzer "
                        + "sources leave \(source)",
                    en: "\(source): still has courses in the catalogue; first see: leerwijzer "
                        + "sources leave \(source)"))
        }
        if let course, erasure.isEmpty, erasure.waiting.isEmpty {
            Console.complain(
                language(
                    nl: "van \(course) is niets gewist: hij is onbekend, of er is niets van "
                        + "voorbij; wat nu aangeboden wordt gaat eerst uit de feed",
                    en: "nothing of \(course) was erased: it is unknown, or nothing of it is "
                        + "past; what is offered now is taken out of the feed first"))
        }
        guard erasure.isWiped else {
            throw Failure(
                .temporary,
                language(
                    nl: "gewist, maar de bytes staan nog in vrije ruimte van de opslag, omdat een "
                        + "ander proces leest, de schijf vol is of de server zelf opruimt; voer "
                        + "dit later nog eens uit",
                    en: "erased, but the bytes are still in free space of the store, because "
                        + "another process reads on, the disk is full or the server clears up "
                        + "itself; run this again later"))
        }
    }
}
