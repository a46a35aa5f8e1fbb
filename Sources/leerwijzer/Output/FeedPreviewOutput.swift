import Answers
import CourseModel
import Feeds
import Partnership
import Quality
import SearchIndex

/// What `sources add` shows of a feed before it is added.
struct FeedPreviewOutput {
    private let preview: FeedPreview
    private let new: NewSource
    private let language: AnswerLanguage

    init(_ preview: FeedPreview, _ new: NewSource, language: AnswerLanguage) {
        self.preview = preview
        self.new = new
        self.language = language
    }

    /// How many kinds of fault are shown as text.
    private static let faultCount = 10

    func print(as form: TableOrJSON) throws {
        if form == .json { return try Console.print(try JSONOutput.line(answer)) }
        try printCounts()
        try printCompleteness()
        try printFaults()
        try printSamples()
        try heading("Regels voor catalog.toml", "Lines for catalog.toml")
        for line in new.lines { try Console.print("  " + line) }
        for warning in preview.warnings { Console.complain(Terminal.errors.yellow(warning)) }
    }

    private func heading(_ nl: String, _ en: String) throws {
        try Console.print("")
        try Console.print(Terminal.output.bold(language(nl: nl, en: en)))
    }

    // MARK: What was understood

    private func printCounts() throws {
        let summary = preview.checked.summary
        let (offered, accepted) = (summary.offered, summary.accepted)
        let title = (try? Feeds.format(named: summary.format))?.title ?? summary.format
        try Console.print(Terminal.output.bold(title) + (preview.documents > 1 ? documents : ""))
        try Console.print(
            language(
                nl: "\(accepted.courses) van \(offered.courses) cursussen en "
                    + "\(accepted.offerings) van \(offered.offerings) uitvoeringen bruikbaar",
                en: "\(accepted.courses) of \(offered.courses) courses and "
                    + "\(accepted.offerings) of \(offered.offerings) offerings can be used"))
        let seen = preview.understood
        let wording = Wording(language: language)
        let kinds = CourseKind.allCases.compactMap { kind in
            seen.kinds[kind].map { "\($0) × \(wording.kind(kind))" }
        }
        if !kinds.isEmpty { try Console.print(kinds.joined(separator: ", ")) }
        try Console.print(
            language(
                nl: "van \(seen.ahead) uitvoeringen die nog komen: \(seen.placed) op de kaart, "
                    + "\(seen.withoutTravel) zonder reis, \(seen.priced) met prijs, "
                    + "\(seen.started) met begin",
                en: "of \(seen.ahead) offerings to come: \(seen.placed) on the map, "
                    + "\(seen.withoutTravel) without travel, \(seen.priced) with a price, "
                    + "\(seen.started) with a start"))
        if seen.past > 0 {
            try Console.print(
                language(
                    nl: "\(seen.past) uitvoeringen zijn al voorbij en worden niet getoond",
                    en: "\(seen.past) offerings are past and not shown to learners"))
        }
        if !summary.isComplete {
            try Console.print(
                Terminal.output.yellow(
                    language(
                        nl: "De feed is niet tot het einde gelezen.",
                        en: "The feed was not read to its end.")))
        }
    }

    private var documents: String {
        language(nl: ", \(preview.documents) documenten", en: ", \(preview.documents) documents")
    }

    private func printCompleteness() throws {
        guard let score = preview.checked.completeness.score else { return }
        let wording = CompletenessWording(language: language)
        try heading(
            "Volledigheid: \(wording.score(score))", "Completeness: \(wording.score(score))")
        for gain in preview.checked.completeness.gains.prefix(3) {
            try Console.print("  • " + wording.gain(gain))
        }
    }

    // MARK: Faults

    private func printFaults() throws {
        guard !preview.faults.isEmpty else { return }
        try heading("Wat te verbeteren is", "What to mend")
        for fault in preview.faults.prefix(Self.faultCount) {
            let known = DiagnosticCatalogue.explanation(of: fault.code)
            let title = known.map { language(nl: $0.title.dutch, en: $0.title.english) }
            let place = fault.example.position.map { ":\($0.line):\($0.column)" } ?? ""
            try Console.print(
                "  \(fault.count) × \(word(fault.severity)) \(title ?? fault.code.name) "
                    + "[\(fault.code)]")
            try Console.print("      \(fault.example.file)\(place): \(fault.example.message)")
        }
        let rest = preview.faults.count - Self.faultCount
        let more =
            rest > 0
            ? language(nl: "\(rest) andere soorten; ", en: "\(rest) more kinds; ") : ""
        try Console.print(
            "  " + more
                + language(
                    nl: "alles met --format json, uitleg met: leerwijzer check --explain CODE",
                    en: "all with --format json, explained by: leerwijzer check --explain CODE"))
    }

    private func word(_ severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: language(nl: "fout:", en: "error:")
        case .warning: language(nl: "waarschuwing:", en: "warning:")
        case .note: language(nl: "opmerking:", en: "note:")
        }
    }

    // MARK: Courses

    private func printSamples() throws {
        guard !preview.samples.isEmpty else { return }
        try heading("Zo zien leerders het", "As learners would see it")
        let wording = Wording(language: language)
        for sample in preview.samples {
            let course = sample.course
            let facts = [
                sample.provider?.text(in: language.preferences), wording.kind(course.kind),
                wording.level(LevelCode(course.level), stated: course.level?.nationalName),
            ].compactMap { $0 }
            try Console.print("  " + title(course))
            try Console.print("    " + facts.joined(separator: " · "))
            guard let offering = sample.offerings.first else {
                try Console.print(
                    "    "
                        + language(
                            nl: "geen moment om te beginnen; wordt niet gevonden",
                            en: "no moment to begin; will not be found"))
                continue
            }
            let place = sample.towns.first ?? nil
            let price = wording.price(
                offering.price?.total, includesVAT: offering.price?.includesVAT)
            let more = sample.offerings.count - 1
            try Console.print(
                "    "
                    + [
                        wording.start(offering.timing.start),
                        place ?? wording.place(of: offering),
                        language(nl: "prijs: \(price)", en: "price: \(price)"),
                    ].joined(separator: " · ")
                    + (more > 0
                        ? language(nl: " · nog \(more) keer", en: " · \(more) more") : ""))
        }
    }

    private func title(_ course: Course) -> String {
        course.title.text(in: language.preferences) ?? course.nativeID
    }

    // MARK: For machines

    private struct Answer: Encodable {
        struct Counts: Encodable {
            var courses: Int
            var offerings: Int

            init(_ count: RecordCount) {
                courses = count.courses
                offerings = count.offerings
            }
        }
        struct Understood: Encodable {
            var kinds: [String: Int]
            var ahead: Int
            var past: Int
            var placed: Int
            var withoutTravel: Int
            var priced: Int
            var started: Int
            var levelled: Int
        }
        struct Fault: Encodable {
            var severity: String
            var code: String
            var count: Int
            var example: DiagnosticReport
        }
        struct Sample: Encodable {
            var course: String
            var title: String
            var provider: Nullable<String>
            var kind: String
            var level: Nullable<Int>
            var offerings: Int
            var start: Nullable<String>
            var place: Nullable<String>
            var price: Nullable<String>
        }
        var source: String
        var format: String
        var documents: Int
        var bytes: Int
        var complete: Bool
        var offered: Counts
        var accepted: Counts
        var quarantined: Counts
        var understood: Understood
        var completeness: CompletenessReport
        var faults: [Fault]
        var samples: [Sample]
        var lines: [String]
        var warnings: [String]
    }

    private var answer: Answer {
        let summary = preview.checked.summary
        let seen = preview.understood
        return Answer(
            source: new.source.id.value, format: summary.format, documents: preview.documents,
            bytes: summary.bytes, complete: summary.isComplete,
            offered: .init(summary.offered), accepted: .init(summary.accepted),
            quarantined: .init(summary.quarantined),
            understood: .init(
                kinds: Dictionary(
                    uniqueKeysWithValues: seen.kinds.map { ($0.key.rawValue, $0.value) }),
                ahead: seen.ahead, past: seen.past, placed: seen.placed,
                withoutTravel: seen.withoutTravel, priced: seen.priced, started: seen.started,
                levelled: seen.levelled),
            completeness: CompletenessReport(preview.checked.completeness),
            faults: preview.faults.map {
                .init(
                    severity: $0.severity.rawValue, code: $0.code.name, count: $0.count,
                    example: DiagnosticReport($0.example))
            },
            samples: preview.samples.map { sample in
                let course = sample.course
                let offering = sample.offerings.first
                return .init(
                    course: course.id.value, title: title(course),
                    provider: Nullable(sample.provider?.text(in: language.preferences)),
                    kind: course.kind.rawValue, level: Nullable(course.level?.eqf),
                    offerings: sample.offerings.count,
                    start: Nullable(offering?.timing.start.date?.iso),
                    place: Nullable(sample.towns.first ?? nil),
                    price: Nullable(offering?.price?.total.amount.description))
            },
            lines: new.lines, warnings: preview.warnings)
    }
}
