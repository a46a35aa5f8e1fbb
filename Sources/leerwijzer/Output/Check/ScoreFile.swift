import Answers
import CourseModel
import Glibc
import Quality

/// Writes the completeness of each course to a CSV file as it is measured.
final class ScoreFile {
    private let path: String
    private let file: UnsafeMutablePointer<FILE>

    /// Makes the file, or empties the one that is there.
    init(path: String) throws(Failure) {
        self.path = path
        guard let file = fopen(path, "wb") else {
            throw Failure(
                .cannotCreate, "cannot write \(path): \(String(cString: strerror(errno)))")
        }
        self.file = file
        try write(
            ["feed", "course", "title", "score"] + CompletenessField.allCases.map(\.rawValue))
    }

    deinit { fclose(file) }

    /// Writes a course: its score, and the points that each field would bring.
    func write(_ course: CourseCompleteness, feed: String) throws(Failure) {
        var points: [CompletenessField: Double] = [:]
        for gain in course.lacking { points[gain.field] = gain.points }
        try write(
            [feed, String(course.course.native), course.title, Self.tenths(course.score)]
                + CompletenessField.allCases.map { Self.tenths(points[$0] ?? 0) })
    }

    /// Makes sure that everything is written.
    func finish() throws(Failure) {
        guard fflush(file) == 0 else { throw failure() }
    }

    private func write(_ cells: [String]) throws(Failure) {
        guard fputs(CSVOutput.line(cells), file) >= 0 else { throw failure() }
    }

    private func failure() -> Failure {
        Failure(.io, "cannot write \(path): \(String(cString: strerror(errno)))")
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
