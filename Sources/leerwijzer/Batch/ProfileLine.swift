import Answers
import CourseModel
import Matching
import Settings

/// A line of NDJSON read as a profile.
enum ProfileLine: Sendable {
    /// A profile, looked up.
    case profile(ResolvedProfile)
    /// Why the line is no profile.
    case fault(String)

    /// Reads a line.
    ///
    /// - Throws: What is not the line's own fault.
    init(_ line: LineReader.Line, desk: LearnerDesk) throws {
        do {
            self = .profile(try desk.resolve(try Self.profile(line, desk)))
        } catch {
            guard let problem = Self.problem(error) else { throw error }
            self = .fault(problem)
        }
    }

    private static func profile(_ line: LineReader.Line, _ desk: LearnerDesk) throws -> Profile {
        guard let bytes = line.bytes else { throw NoProfile("the line is longer than 1 MiB") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw NoProfile("the line is not UTF-8 text")
        }
        guard text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) == "{" else {
            throw NoProfile("the line is not a JSON object ({…})")
        }
        return try Profile.read(
            text, file: "line \(line.number)", today: desk.today,
            schemes: desk.funding.schemes)
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
}
