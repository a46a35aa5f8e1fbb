import CourseModel
import Matching
import Settings

/// Turns lines with profiles into lines with matches.
struct BatchAnswers: Sendable {
    let desk: LearnerDesk
    let limit: Int
    let oncePerCourse: Bool

    /// The line that answers a line.
    struct Answer: Sendable {
        var text: String
        /// Whether the line was no profile.
        var isFault: Bool
    }

    /// Answers a line.
    ///
    /// - Throws: What concerns all lines, such as a damaged index.
    @Sendable func answer(_ line: LineReader.Line) throws -> Answer {
        let resolved: ResolvedProfile
        do { resolved = try desk.resolve(try profile(line)) } catch {
            guard let problem = Self.problem(error) else { throw error }
            return Answer(
                text: try JSONOutput.line(FaultJSON(line: line.number, error: problem)),
                isFault: true)
        }
        let matches = try desk.match(resolved, limit: limit, oncePerCourse: oncePerCourse)
        let json = try desk.output(matches, for: resolved).json()
        return Answer(
            text: try JSONOutput.line(
                AnswerJSON(line: line.number, name: resolved.profile.name, answer: json)),
            isFault: false)
    }

    private func profile(_ line: LineReader.Line) throws -> Profile {
        guard let bytes = line.bytes else { throw NoProfile("the line is longer than 1 MiB") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw NoProfile("the line is not UTF-8 text")
        }
        guard text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) == "{" else {
            throw NoProfile("the line is not a JSON object ({…})")
        }
        return try Profile.read(text, file: "line \(line.number)", today: desk.today)
    }

    /// Why a line is no profile; `nil` for errors that are not the line's.
    private static func problem(_ error: any Error) -> String? {
        switch error {
        case let error as NoProfile: error.problem
        case let error as ProfilePlaceError: error.description
        case let error as SettingsFaults:
            // File and line say nothing more here: the answer has the number.
            error.faults.map { $0.field.isEmpty ? $0.message : "\($0.field): \($0.message)" }
                .joined(separator: "; ")
        default: nil
        }
    }

    private struct NoProfile: Error {
        let problem: String
        init(_ problem: String) { self.problem = problem }
    }

    private struct FaultJSON: Encodable {
        var line: Int
        var error: String
    }

    private struct AnswerJSON: Encodable {
        var line: Int
        var name: String?
        var answer: MatchOutput.JSON

        enum CodingKeys: CodingKey { case line, name }

        func encode(to encoder: any Encoder) throws {
            try answer.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(line, forKey: .line)
            try container.encodeIfPresent(name, forKey: .name)
        }
    }
}
