import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import SearchIndex
import Storage

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        _superCommandName: "leerwijzer",
        abstract: "Show one course with its offerings, where it comes from and what became of it.",
        discussion: """
            leerwijzer show snoeischaar:snoeischaar/BS-KETTING-1
            leerwijzer show ID --original     the course as its feed gave it, byte for byte
            leerwijzer show ID --provenance   who says what each field says, since when

            With a place to learn at work stand the modules that prepare for it; with a module the \
            places that it prepares for. What it costs stands with the offerings.

            With --original, what the feed says and the catalogue does not hold word for word is \
            listed on standard error.
            """)

    @Argument(help: "The id of a course or an offering, as search prints it.") var id: String
    @Flag(help: "Print the record as it stood in the feed.") var original = false
    @Flag(help: "Tell of each field who says it, since when, and what was done to it.")
    var provenance = false
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        if !catalogue.hasStore { _ = try catalogue.index() }
        let course = ID<Course>(id.split(separator: "#", maxSplits: 1).first.map(String.init) ?? id)
        // A snapshot of its own, so before the one that the course is read from.
        let duplicates = try catalogue.duplicates()
        let links = try original ? nil : preparation(course, catalogue)
        let definitions = try? JointModules(catalogue.workspace)
        let index = original ? nil : try catalogue.index()
        try catalogue.store().snapshot { snapshot in
            let shown = ShownCourses(duplicates, curation: Curation(catalogue.workspace))
            // What is the feed's own is held against the feed.
            let known =
                try original ? snapshot.record(course) : shown.record(course, in: snapshot)
            guard let stored = known else {
                throw Failure(
                    .noInput,
                    workspace.language(
                        nl: "er is geen cursus “\(course)”; zoek met: leerwijzer search WOORDEN",
                        en: "there is no course “\(course)”; look for it with: "
                            + "leerwijzer search WORDS"))
            }
            let joint = try definitions.flatMap {
                try JointAnswer(
                    of: course, $0, in: snapshot, shown, catalogue.workspace.configuration,
                    language: workspace.language)
            }
            func origins() throws -> CourseOrigins? {
                try CourseOrigins(
                    of: course, in: snapshot,
                    .init(
                        shown: shown, configuration: catalogue.workspace.configuration,
                        skills: try catalogue.skills(), index: index))
            }
            if original {
                let bytes = try snapshot.original(of: course) ?? []
                try Console.write(bytes: bytes)
                try tellNotHeld(bytes, stored, snapshot)
            } else if format == .json {
                let origins = try origins()
                try Console.print(
                    try JSONOutput.line(
                        Answer(
                            course: try CourseAnswer(
                                stored,
                                by: try shown.provider(
                                    stored.record.course.provider, in: snapshot)?.provider,
                                in: snapshot, owners: origins?.owners ?? [],
                                origins: origins?.fields ?? []),
                            preparation: links, joint: joint)))
            } else if provenance {
                for line in ProvenanceOutput(language: workspace.language).lines(
                    try origins()?.fields ?? [], width: Terminal.output.width)
                {
                    try Console.print(line)
                }
            } else {
                try printText(stored, snapshot, shown, duplicates, links, joint)
                try printCorrections(of: stored.record.course, catalogue, shown)
            }
        }
    }

    /// What machines can rely on: the course, what it prepares for or is prepared by (`null` for a
    /// course that learners do not find), and what it has to do with joint modules (`null` for nothing).
    private struct Answer: Encodable {
        var course: CourseAnswer
        var preparation: PreparationAnswer?
        var joint: JointAnswer?

        enum Key: CodingKey { case preparation, joint }

        func encode(to encoder: any Encoder) throws {
            try course.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(Nullable(preparation), forKey: .preparation)
            try container.encode(Nullable(joint), forKey: .joint)
        }
    }

    private func preparation(
        _ id: ID<Course>, _ catalogue: Catalogue
    ) throws -> PreparationAnswer? {
        let index = try catalogue.index()
        return try index.number(of: id).map {
            try PreparationAnswer(
                of: $0, in: index, skills: try catalogue.skills(), today: workspace.day,
                language: workspace.language)
        }
    }

    /// Lists what the original says and the catalogue does not hold word for word.
    private func tellNotHeld(
        _ original: [UInt8], _ stored: StoredRecord, _ snapshot: any CatalogueSnapshot
    ) throws {
        let language = workspace.language
        let provider = try snapshot.provider(stored.record.course.provider)?.provider
        let missing = try TextsNotHeld(
            original: original, record: stored.record, provider: provider)
        guard let texts = missing.texts else {
            Console.complain(
                language(
                    nl: "alleen van XML is te zeggen wat de catalogus niet bevat",
                    en: "only of XML can be said what the catalogue does not hold"))
            return
        }
        guard !texts.isEmpty else {
            Console.complain(
                language(
                    nl: "de catalogus bevat alles woordelijk",
                    en: "the catalogue holds all of it word for word"))
            return
        }
        Console.complain(
            language(
                nl: "niet woordelijk in de catalogus:", en: "not word for word in the catalogue:"))
        for text in texts { Console.complain("  \(text.path): \(text.text)") }
    }

    /// What partners say of the course, and what became of it.
    private func printCorrections(
        of course: Course, _ catalogue: Catalogue, _ shown: ShownCourses
    ) throws {
        let language = workspace.language
        let owners = shown.curation.owners(of: course.id)
        if !owners.isEmpty {
            try Console.print("")
            try Console.print(
                language(nl: "mede van: ", en: "also owned by: ")
                    + owners.map(\.value).joined(separator: ", "))
        }
        let rulings = catalogue.settledCorrections().rulings.filter {
            $0.course == course.id || $0.subject == .provider(course.provider)
        }
        guard !rulings.isEmpty else { return }
        try Console.print("")
        try Console.print(Terminal.output.bold(language(nl: "Correcties", en: "Corrections")))
        for ruling in rulings {
            for line in CurationOutput.lines(of: ruling, language) { try Console.print(line) }
        }
    }

    private func printText(
        _ stored: StoredRecord, _ snapshot: any CatalogueSnapshot, _ shown: ShownCourses,
        _ duplicates: DuplicateRegister, _ links: PreparationAnswer?, _ joint: JointAnswer?
    ) throws {
        let language = workspace.language
        let wording = Wording(language: language)
        let terminal = Terminal.output
        let course = stored.record.course
        let provider = try shown.provider(course.provider, in: snapshot)?.provider
        let width = terminal.width ?? 100
        func section(_ nl: String, _ en: String) throws {
            try Console.print("")
            try Console.print(terminal.bold(language(nl: nl, en: en)))
        }
        func paragraph(_ text: String) throws {
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                for part in String(line).wrapped(to: width) { try Console.print(part) }
            }
        }

        try Console.print(
            terminal.bold(course.title.text(in: language.preferences) ?? course.nativeID))
        var facts = [
            provider?.name.text(in: language.preferences), wording.kind(course.kind),
            wording.level(LevelCode(course.level), stated: course.level?.nationalName),
        ].compactMap { $0 }
        if let hours = course.studyLoad.hours {
            facts.append(hours.text(minimumPlaces: 0) + language(nl: " uur", en: " hours"))
        }
        if let ects = course.studyLoad.ects { facts.append(ects.text(minimumPlaces: 0) + " EC") }
        try Console.print(facts.joined(separator: " · "))
        if stored.state != .present {
            try Console.print(
                terminal.yellow(
                    language(
                        nl: "niet meer in de feed: \(stored.state.rawValue)",
                        en: "no longer in the feed: \(stored.state.rawValue)")))
        }
        try Console.print(course.id.value)
        if let url = course.url { try Console.print(url) }
        if let summary = course.summary.text(in: language.preferences) {
            try Console.print("")
            try paragraph(summary)
        }
        if let text = course.description.text(in: language.preferences) {
            try Console.print("")
            try paragraph(text.plainText)
        }
        if let text = course.prerequisites.text(in: language.preferences) {
            try section("Toelating", "Prerequisites")
            try paragraph(text.plainText)
        }

        if let joint {
            if !joint.parts.isEmpty {
                try section("Samen aangeboden door", "Offered together by")
                try Console.print("  " + joint.owners.map(\.name).joined(separator: ", "))
                try section("Onderdelen", "Parts")
                for (number, part) in joint.parts.enumerated() {
                    try Console.print("  \(number + 1). \(part.title)  [\(part.course)]")
                    if let provider = part.provider.value { try Console.print("     " + provider) }
                }
            }
            if !joint.partOf.isEmpty {
                try section("Onderdeel van", "Part of")
                for module in joint.partOf {
                    try Console.print("  \(module.title)  [\(module.course)]")
                }
            }
        }

        try section("Uitvoeringen", "Offerings")
        var table = TextTable([
            .init(heading: "start"),
            .init(heading: language(nl: "plaats", en: "place"), canShrink: true),
            .init(heading: language(nl: "vorm", en: "mode"), canShrink: true),
            .init(heading: language(nl: "prijs", en: "price"), isNumeric: true),
            .init(heading: language(nl: "stand", en: "state")),
            .init(heading: "id", canShrink: true),
        ])
        for offering in stored.record.offerings {
            let modes = offering.modes.isEmpty ? course.modes : offering.modes
            table.append([
                wording.start(offering.timing.start), wording.place(of: offering),
                modes.map(wording.mode).sorted().joined(separator: ", "),
                wording.price(
                    offering.price?.total, includesVAT: offering.price?.includesVAT),
                wording.status(offering.status) ?? language(nl: "open", en: "open"),
                offering.id.value,
            ])
        }
        for line in table.lines(width: terminal.width, heading: terminal.dim) {
            try Console.print(line)
        }

        if let cost = OfferingCost.cheapest(
            of: stored.record, on: workspace.day, funding: try workspace.funding())
        {
            let costs = CostWording(language: language)
            let hour = costs.perHour(cost).map {
                language(nl: "per studie-uur \($0)", en: "per hour of study \($0)")
            }
            let facts = [hour, costs.net(cost)].compactMap { $0 }
            if !facts.isEmpty { try Console.print(facts.joined(separator: " · ")) }
        }
        if let links, let heading = links.heading(language) {
            try section(heading, heading)
            for entry in links.courses {
                try Console.print("  \(entry.title)  [\(entry.course)]")
                try Console.print("    " + links.facts(entry, language))
            }
        }

        try section("Herkomst", "Where it comes from")
        let provenance = course.provenance
        let position = provenance.position.map { ":\($0.line):\($0.column)" } ?? ""
        try Console.print(
            "\(provenance.source) · \(provenance.format) · \(provenance.file)\(position)")
        if let sightings = try snapshot.sightings(of: course.id) {
            try Console.print(
                language(
                    nl: "voor het eerst gezien \(sightings.first.startedAt), "
                        + "voor het laatst \(sightings.last.startedAt)",
                    en: "first seen \(sightings.first.startedAt), "
                        + "last seen \(sightings.last.startedAt)"))
        }
        let account = try DuplicateAccount(
            of: course.id, duplicates, in: snapshot, shown.curation)
        for line in account.lines(language) {
            try paragraph(line)
        }
        let history = try snapshot.history(of: course.id)
        for entry in history.suffix(20) {
            let what = entry.change.offering.map { " \($0)" } ?? ""
            try Console.print("  \(entry.at)  \(entry.change.kind.rawValue)\(what)")
        }
        if history.count > 20 {
            try Console.print(
                language(
                    nl: "  … en \(history.count - 20) eerdere; alles met --format json",
                    en: "  … and \(history.count - 20) before them; all with --format json"))
        }
        let diagnostics = try snapshot.diagnostics(of: course.id)
        if !diagnostics.isEmpty {
            try section("Opmerkingen bij de feed", "Noticed in the feed")
            for diagnostic in diagnostics {
                try paragraph(
                    "\(diagnostic.severity.rawValue): \(diagnostic.message) [\(diagnostic.code)]")
            }
        }
    }
}
