import Answers
import CourseModel
import Ingest
import Partnership
import Quality

/// What `report quality` tells people: as text, and as a page that can be sent to the owner.
struct QualityOutput {
    let feeds: [FeedQuality]
    let configuration: CatalogConfiguration
    let language: AnswerLanguage

    private var wording: QualityWording { QualityWording(language: language) }
    private var completeness: CompletenessWording { CompletenessWording(language: language) }

    private func name(_ feed: FeedQuality) -> String {
        let source = feed.status.source.id
        return configuration.partner(of: source).map { "\($0.name) (\(source))" } ?? source.value
    }

    private func account(_ feed: FeedQuality) -> String {
        let run = feed.run
        let date = Wording(language: language).date(run.startedAt.day)
        return language(
            nl: "\(run.format), gelezen op \(date): \(run.accepted.courses) van "
                + "\(run.offered.courses) cursussen en \(run.accepted.offerings) van "
                + "\(run.offered.offerings) uitvoeringen bruikbaar; \(feed.ahead) nog te volgen",
            en: "\(run.format), read on \(date): \(run.accepted.courses) of "
                + "\(run.offered.courses) courses and \(run.accepted.offerings) of "
                + "\(run.offered.offerings) offerings can be used; \(feed.ahead) still to come")
    }

    private func repairsTitle(_ feed: FeedQuality) -> String {
        let count = min(FeedQuality.repairCount, feed.repairs.count)
        return count == 1
            ? language(nl: "Dit helpt leerders het meest", en: "This helps learners most")
            : language(
                nl: "Deze \(count) dingen helpen leerders het meest",
                en: "These \(count) things help learners most")
    }

    // MARK: Text

    func printText() throws {
        let terminal = Terminal.output
        for (number, feed) in feeds.enumerated() {
            if number > 0 { try Console.print("") }
            try Console.print(terminal.bold(name(feed)))
            try Console.print(account(feed))
            if let score = feed.completeness.score {
                try Console.print(
                    language(nl: "volledigheid: ", en: "completeness: ")
                        + completeness.score(score))
            }
            let repairs = feed.repairs.prefix(FeedQuality.repairCount)
            if !repairs.isEmpty { try Console.print(repairsTitle(feed) + ":") }
            for (place, repair) in repairs.enumerated() {
                try Console.print("  \(place + 1). \(wording.advice(repair))")
                try Console.print("     \(wording.gain(repair))")
                try Console.print(
                    "     " + language(nl: "zoals ", en: "such as ")
                        + repair.examples.joined(separator: ", "))
            }
            guard !feed.faults.isEmpty else { continue }
            try Console.print(language(nl: "Wat er mis is:", en: "What is wrong:"))
            for fault in feed.faults {
                let place = fault.examples.first.map { example in
                    "  \(example.file)" + (example.position.map { ":\($0.line)" } ?? "")
                }
                try Console.print(
                    "  \(fault.count) × \(wording.severity(fault.severity)): "
                        + "\(wording.title(fault.code)) [\(fault.code)]" + (place ?? ""))
            }
        }
        if feeds.isEmpty {
            try Console.print(
                language(
                    nl: "er is nog niets gelezen; lees met: leerwijzer ingest",
                    en: "nothing was read yet; read with: leerwijzer ingest"))
        }
    }

    // MARK: Page

    func printPage() throws {
        try Console.write(
            ReportPage.head(
                language(nl: "Kwaliteit van de gegevens", en: "Quality of the information"),
                language),
            to: 1)
        for feed in feeds { try printSection(feed) }
        try Console.print(ReportPage.foot)
    }

    private func printSection(_ feed: FeedQuality) throws {
        try print("<section>", "<h2>\(name(feed).escapedForHTML)</h2>")
        try print("<p>\(account(feed).escapedForHTML)</p>")
        if let score = feed.completeness.score {
            let label = language(nl: "Volledigheid", en: "Completeness")
            try print(
                "<p>\(label): <meter min=\"0\" max=\"100\" low=\"50\" high=\"75\" optimum=\"100\" "
                    + "value=\"\(Int(score.rounded()))\" aria-label=\"\(label)\"></meter> "
                    + "\(completeness.score(score))</p>")
        }
        let repairs = feed.repairs.prefix(FeedQuality.repairCount)
        if !repairs.isEmpty {
            try print("<h3>\(repairsTitle(feed))</h3>", "<ol>")
            for repair in repairs {
                let examples = repair.examples.map { "<code>\($0.escapedForHTML)</code>" }
                try print(
                    "<li><strong>\(wording.advice(repair).escapedForHTML)</strong>. "
                        + "\(wording.gain(repair).escapedForHTML). "
                        + language(nl: "Zoals: ", en: "Such as: ")
                        + examples.joined(separator: ", ") + "</li>")
            }
            try print("</ol>")
        }
        if !feed.completeness.gains.isEmpty {
            try print("<h3>\(language(nl: "Wat ontbreekt", en: "What is missing"))</h3>", "<ul>")
            for gain in feed.completeness.gains {
                try print("<li>\(completeness.gain(gain).escapedForHTML)</li>")
            }
            try print("</ul>")
        }
        try printFaults(feed)
        try print("</section>")
    }

    private func printFaults(_ feed: FeedQuality) throws {
        try print("<h3>\(language(nl: "Fouten", en: "Faults"))</h3>")
        guard !feed.faults.isEmpty else {
            return try print("<p>\(language(nl: "Geen.", en: "None."))</p>")
        }
        for fault in feed.faults {
            try print(
                "<details>",
                "<summary><span class=\"\(fault.severity.rawValue)\">"
                    + "\(wording.severity(fault.severity))</span> "
                    + "\(wording.title(fault.code).escapedForHTML) \(fault.count)× "
                    + "<code>\(fault.code.name.escapedForHTML)</code></summary>")
            if let reason = wording.reason(fault.code) {
                try print("<p>\(reason.escapedForHTML)</p>")
            }
            try print("<ul>")
            for example in fault.examples {
                let place = example.position.map { ":\($0.line):\($0.column)" } ?? ""
                try print(
                    "<li><code>\((example.file + place).escapedForHTML)</code> "
                        + "\(example.message.escapedForHTML)</li>")
            }
            try print("</ul>", "</details>")
        }
    }

    private func print(_ lines: String...) throws {
        for line in lines { try Console.print(line) }
    }
}
