import Answers
import CourseModel
import Matching
import Skills

/// The profiles that an offering fits, for people and machines.
struct PlacesOutput {
    let places: PlacesToFill
    let skills: SkillsCatalogue
    let rows: ResultRows
    let language: AnswerLanguage

    func print(as form: OutputForm) throws {
        switch form {
        case .json:
            try Console.print(
                try JSONOutput.line(
                    JSON(
                        total: places.total, read: places.read, faulty: places.faulty,
                        results: try places.best.map(json))))
        case .ndjson:
            for candidate in places.best { try Console.print(try JSONOutput.line(json(candidate))) }
        default: try printText()
        }
    }

    private func printText() throws {
        let terminal = Terminal.output
        let width = terminal.width ?? 100
        let wording = Wording(language: language)
        try Console.print(
            terminal.bold(
                language(
                    nl: "Past bij \(places.total) van \(places.read) profielen"
                        + (places.best.isEmpty ? "." : "; de beste \(places.best.count):"),
                    en: "Fits \(places.total) of \(places.read) profiles"
                        + (places.best.isEmpty ? "." : "; the best \(places.best.count):"))))
        for (number, candidate) in places.best.enumerated() {
            let row = try rows.row(of: candidate.match)
            let line = language(nl: "regel \(candidate.line)", en: "line \(candidate.line)")
            try Console.print("")
            try Console.print(
                terminal.bold(
                    "\(number + 1). " + (candidate.name.map { "\($0) (\(line))" } ?? line)))
            let facts = "\(row.title) · \(row.place) · \(wording.start(row.start))"
            for text in [facts]
                + candidate.match.reasons.map({ "• " + $0.text(in: language.reasons) })
            {
                for line in text.wrapped(to: max(20, width - 3)) { try Console.print("   " + line) }
            }
        }
    }

    private struct JSON: Encodable {
        var total: Int
        var read: Int
        var faulty: Int
        var results: [CandidateJSON]
    }

    private struct CandidateJSON: Encodable {
        var line: Int
        var name: Nullable<String>
        var offering: String
        var score: Double
        var parts: MatchAnswer.Parts
        var covers: [String]
        var distanceKm: Nullable<Double>
        var travelMinutes: Nullable<Int>
        var reasons: [String]
    }

    private func json(_ candidate: PlacesToFill.Candidate) throws -> CandidateJSON {
        let row = try rows.row(of: candidate.match).json
        return CandidateJSON(
            line: candidate.line, name: Nullable(candidate.name), offering: row.offering,
            score: row.score, parts: MatchAnswer.Parts(candidate.match.parts),
            covers: candidate.match.covers.map { skills.skillID($0).value },
            distanceKm: row.distanceKm, travelMinutes: row.travelMinutes,
            reasons: candidate.match.reasons.map { $0.text(in: language.reasons) })
    }
}
