import Answers
import ArgumentParser
import CourseModel
import Glibc
import Ingest
import Matching
import Partnership
import SearchIndex
import Storage

/// Where the catalogue is and in which language to answer.
struct WorkspaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of the catalogue (default: $LEERWIJZER_CATALOG, else ./catalog).",
            valueName: "folder"))
    var catalog: String?

    @Option(
        help: ArgumentHelp(
            "Where the catalogue is kept: postgres://USER@HOST/DATABASE, or “file” for one in its "
                + "folder (default: $LEERWIJZER_STORE, else “store” in catalog.toml, else file).",
            valueName: "address"))
    var store: String?

    @Option(
        help: ArgumentHelp(
            "Answer in Dutch or English: nl, en (default: $LANG).", valueName: "code"))
    var lang: AnswerLanguage?

    @Option(
        help: ArgumentHelp(
            "Take this day for today (YYYY-MM-DD).", valueName: "day"),
        transform: { text in
            guard let day = CalendarDate(iso: text) else {
                throw ValidationError("“\(text)” is not a day; write it as 2027-01-31")
            }
            return day
        })
    var today: CalendarDate?

    /// The language to answer in.
    var language: AnswerLanguage { lang ?? .preferred }

    /// The day that is taken for today: the one that is named, else the local calendar's.
    var day: CalendarDate { Self.day(today) }

    /// The moment of this run.
    var now: Moment { Self.now(today) }

    /// The day that is taken for today.
    static func day(_ named: CalendarDate?) -> CalendarDate {
        if let named { return named }
        var seconds = time(nil)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return CalendarDate(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
            ?? CalendarDate(daysSince1970: Int32(seconds / 86_400))
    }

    /// The moment it is, at the start of the day that is taken for today when one is named.
    static func now(_ named: CalendarDate?) -> Moment {
        named.map { Moment($0) } ?? Moment(secondsSince1970: Int64(time(nil)))
    }

    /// Whether a catalogue is named, or is where it is looked for when none is.
    var hasCatalogue: Bool {
        catalog != nil || getenv("LEERWIJZER_CATALOG").map { $0.pointee != 0 } == true
            || access(Workspace.locate(named: nil), F_OK) == 0
    }

    /// The catalogue, with a progress bar for whatever has to be made first.
    ///
    /// - Parameters:
    ///   - create: Whether a folder that is not there is made, for commands that write.
    ///   - address: Where its store is; what the options and the settings say unless given.
    func open(creating create: Bool = false, store address: StoreAddress? = nil) throws -> Catalogue
    {
        let folder = Workspace.locate(named: catalog)
        if create, access(folder, F_OK) != 0, catalog != nil, mkdir(folder, 0o755) != 0 {
            throw Failure(
                .cannotCreate, "cannot make \(folder): \(String(cString: strerror(errno)))")
        }
        let bar = ProgressBar()
        let language = language
        let opened = try Workspace(
            folder: folder, store: try address ?? store.map { try StoreAddress($0) })
        return Catalogue(opened, today: day, now: now) { progress in
            switch progress {
            case .reading(let source, let seen):
                bar.show(
                    "\(source)", done: seen.courses, of: 0,
                    unit: language(nl: "cursussen", en: "courses"))
            case .indexing(let done, let total):
                bar.show(
                    language(nl: "index maken", en: "indexing"), done: done, of: total, unit: "")
            case .mending(let error):
                let (nl, en) = Self.state(of: error)
                Console.complain(
                    language(
                        nl: "de zoekindex is \(nl); hij wordt opnieuw gemaakt",
                        en: "the search index is \(en); making it again"))
            case .faultyJointModules(let faults):
                for fault in faults {
                    let place = fault.position.map { "\(fault.file):\($0.line)" } ?? fault.file
                    let record = fault.record.map { " \($0)" } ?? ""
                    Console.complain(
                        Terminal.errors.yellow("\(place)\(record): ") + "\(fault.message)")
                }
            case .waiting:
                Console.complain(
                    language(
                        nl: "een ander proces schrijft in de catalogus; wachten…",
                        en: "another process is writing to the catalogue; waiting…"))
            case .looking:
                Console.complain(
                    language(
                        nl: "de server van de catalogus is weg; zoeken naar een die schrijft…",
                        en: "the server of the catalogue is away; looking for one that writes…"))
            case .corrected(let changes):
                for change in changes { Console.complain(change.line(language)) }
            case .faultyCorrections(let faults):
                Console.complain(
                    language(
                        nl: "de correcties blijven zoals ze waren; er staan fouten in:",
                        en: "the corrections stay as they were; there are faults in them:"))
                Console.complain(faults.description)
            case .finished:
                bar.clear()
            }
        }
    }

    /// What an index is that has to be made again.
    private static func state(of error: IndexError) -> (nl: String, en: String) {
        switch error {
        case .damaged(_, let section): ("beschadigd (\(section))", "damaged (\(section))")
        case .missing: ("verdwenen", "gone")
        case .otherVersion, .system, .tooLarge:
            ("van een andere versie van het programma", "of another version of the program")
        }
    }

    /// The partnership's funding schemes; none when its folder or its file is not there.
    func funding() throws -> FundingRules {
        let file = Workspace.locate(named: catalog) + "/funding.toml"
        guard access(file, F_OK) == 0 else { return .none }
        return try FundingRules.read(toml: try TextFile.read(file), file: file)
    }

    /// How much each part of a match counts; the usual weights when the folder or its file is not
    /// there.
    func weights() throws -> MatchWeights {
        let file = Workspace.locate(named: catalog) + "/weights.toml"
        guard access(file, F_OK) == 0 else { return MatchWeights() }
        return try MatchWeights.read(toml: try TextFile.read(file), file: file)
    }
}
