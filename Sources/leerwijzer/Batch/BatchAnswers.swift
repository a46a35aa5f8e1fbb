import Answers
import CourseModel
import Matching
import Places
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
        switch try ProfileLine(line, desk: desk) {
        case .profile(let read): resolved = read
        case .fault(let problem):
            return Answer(
                text: try JSONOutput.line(FaultJSON(line: line.number, error: problem)),
                isFault: true)
        }
        let matches = try desk.match(resolved, limit: limit, oncePerCourse: oncePerCourse)
        let json = try desk.answer(matches, for: resolved).json()
        return Answer(
            text: try JSONOutput.line(
                Beside(
                    json,
                    Line(
                        line: line.number, name: resolved.profile.name,
                        regions: regions(of: resolved)))),
            isFault: false)
    }

    /// The last of the places is where the learner lives, when that is stated.
    private func regions(of profile: ResolvedProfile) -> Line.Regions? {
        guard let place = profile.places.last,
            let area = desk.gazetteer.area(containing: place.coordinates)
        else { return nil }
        func code(_ kind: RegionKind) -> String { desk.gazetteer[area.areas[kind]].code }
        return Line.Regions(
            municipality: code(.municipality), province: code(.province),
            labourRegion: code(.labourRegion), corop: code(.corop))
    }

    private struct FaultJSON: Encodable {
        var line: Int
        var error: String
    }

    /// What is told beside the answer.
    private struct Line: Encodable {
        /// The official codes of the regions in which a learner lives or, when that is not said, works;
        /// so that answers can be counted by region without the profiles.
        struct Regions: Encodable {
            var municipality: String
            var province: String
            var labourRegion: String
            var corop: String
        }

        var line: Int
        var name: String?
        var regions: Regions?
    }
}
