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
            guard let problem = Self.problem(error, desk.language.tag) else { throw error }
            self = .fault(problem)
        }
    }

    private static func profile(_ line: LineReader.Line, _ desk: LearnerDesk) throws -> Profile {
        guard let bytes = line.bytes else {
            throw NoProfile(nl: "de regel is langer dan 1 MiB", en: "the line is longer than 1 MiB")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw NoProfile(nl: "de regel is geen UTF-8-tekst", en: "the line is not UTF-8 text")
        }
        guard text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) == "{" else {
            throw NoProfile(
                nl: "de regel is geen JSON-object ({…})", en: "the line is not a JSON object ({…})")
        }
        return try Profile.read(
            text, file: "line \(line.number)", today: desk.today,
            schemes: desk.funding.schemes)
    }

    /// Why a line is no profile; `nil` for errors that are not the line's.
    private static func problem(_ error: any Error, _ language: LanguageTag) -> String? {
        switch error {
        case let error as NoProfile: error.problem.text(in: language)
        case let error as ProfilePlaceError: error.description(in: language)
        case let error as SettingsFaults:
            // File and line say nothing more here: the answer has the number.
            error.faults.map { fault in
                let message = fault.message(in: language)
                return fault.field.isEmpty ? message : "\(fault.field): \(message)"
            }.joined(separator: "; ")
        default: nil
        }
    }

    private struct NoProfile: Error {
        let problem: FaultText
        init(nl dutch: String, en english: String) {
            problem = FaultText(nl: dutch, en: english)
        }
    }
}
