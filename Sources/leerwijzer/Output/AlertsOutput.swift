import Answers
import CourseModel
import Partnership

/// What alerts found and did, for people and machines.
struct AlertsOutput {
    let outcomes: [AlertOutcome]
    let language: AnswerLanguage

    // MARK: For people

    /// What each alert finds, with a mark before what would be told.
    func printFindings() throws {
        let wording = Wording(language: language)
        for outcome in outcomes {
            guard let findings = outcome.findings else { continue }
            let news = Set(outcome.news.values.joined())
            try Console.print(
                Terminal.output.bold(
                    language(
                        nl: "\(outcome.name): \(count(findings.found.count)), \(news.count) nieuw",
                        en: "\(outcome.name): \(count(findings.found.count)), \(news.count) new")))
            for finding in findings.found {
                let row = finding.row
                try Console.print(
                    (news.contains(row.offering) ? "+ " : "  ")
                        + [
                            row.title, row.provider, row.place, wording.start(row.start),
                            wording.price(row.price, includesVAT: row.includesVAT),
                        ].joined(separator: " · "))
                for reason in finding.reasons { try Console.print("    • " + reason) }
            }
        }
    }

    /// What became of each alert: a line for each way.
    func printSteps() throws {
        for outcome in outcomes {
            for (channel, step) in outcome.steps {
                try Console.print("\(outcome.name): \(channel.rawValue): \(wording(step))")
            }
        }
    }

    private func wording(_ step: AlertOutcome.Step) -> String {
        switch step {
        case .began(let found):
            language(
                nl: "begint; \(count(found)) zijn er al en worden niet gemeld",
                en: "begins; \(count(found)) are there already and are not told")
        case .nothingNew: language(nl: "niets nieuws", en: "nothing new")
        case .told(let told):
            language(nl: "\(count(told)) gemeld", en: "\(count(told)) told")
        case .failed(let waiting, _):
            language(
                nl: "niet gelukt; \(count(waiting)) wachten op de volgende keer",
                en: "failed; \(count(waiting)) wait for the next run")
        }
    }

    private func count(_ number: Int) -> String {
        number == 1
            ? language(nl: "1 uitvoering", en: "1 offering")
            : language(nl: "\(number) uitvoeringen", en: "\(number) offerings")
    }

    // MARK: For machines

    private struct JSON: Encodable {
        struct Step: Encodable {
            var channel: String
            var step: String
            var offerings: Int
            var error: Nullable<String>
        }
        var name: String
        var generation: Nullable<Int>
        var found: [AlertFinding.JSON]
        var new: [String: [String]]
        var steps: [Step]
        var error: Nullable<String>
    }

    func printJSON() throws {
        let entries = outcomes.map { outcome in
            JSON(
                name: outcome.name, generation: Nullable(outcome.findings?.generation),
                found: outcome.findings?.found.map(\.json) ?? [],
                new: Dictionary(
                    outcome.news.map { ($0.key.rawValue, $0.value.map(\.value)) },
                    uniquingKeysWith: { first, _ in first }),
                steps: outcome.steps.map { channel, step in
                    switch step {
                    case .began(let count):
                        JSON.Step(
                            channel: channel.rawValue, step: "began", offerings: count,
                            error: Nullable(nil))
                    case .nothingNew:
                        JSON.Step(
                            channel: channel.rawValue, step: "nothing-new", offerings: 0,
                            error: Nullable(nil))
                    case .told(let count):
                        JSON.Step(
                            channel: channel.rawValue, step: "told", offerings: count,
                            error: Nullable(nil))
                    case .failed(let count, let error):
                        JSON.Step(
                            channel: channel.rawValue, step: "failed", offerings: count,
                            error: Nullable(error.description))
                    }
                }, error: Nullable(outcome.failure.map(Self.text)))
        }
        try Console.print(try JSONOutput.line(entries))
    }

    private static func text(_ error: any Error) -> String {
        Failure(explaining: error)?.message ?? "\(error)"
    }

    // MARK: What went wrong

    /// Complains of what went wrong, and ends with the status of the worst.
    func fail() throws {
        var status: Failure.Status?
        for outcome in outcomes {
            let name = Terminal.errors.red("\(outcome.name): ")
            if let error = outcome.failure {
                Console.complain(name + Self.text(error))
                status = Failure(explaining: error)?.status ?? .io
            }
            for case (let channel, .failed(_, let error)) in outcome.steps {
                Console.complain(name + "\(channel.rawValue): \(error)")
                status = status ?? .unavailable
            }
        }
        if let status { throw Failure(status, "") }
    }
}
