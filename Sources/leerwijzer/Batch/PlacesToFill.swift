import Answers
import CourseModel
import Matching

/// The profiles that an offering fits, best first, gathered line by line in memory for the best.
struct PlacesToFill {
    let desk: LearnerDesk
    /// The offering, or those of a course, of which each profile takes the one that fits best.
    let offerings: Range<Int>
    let limit: Int

    /// How many profiles were read, and how many lines were none.
    private(set) var read = 0
    private(set) var faulty = 0
    /// How many profiles an offering fits.
    private(set) var total = 0
    /// The best of them.
    private(set) var best: [Candidate] = []

    /// A profile that an offering fits.
    struct Candidate: Sendable {
        var line: Int
        var name: String?
        var match: Match
    }

    init(desk: LearnerDesk, offerings: Range<Int>, limit: Int) {
        self.desk = desk
        self.offerings = offerings
        self.limit = limit
    }

    private enum Answer: Sendable {
        case candidate(Candidate?)
        case fault(line: Int, problem: String)
    }

    /// Reads all profiles, on all cores.
    mutating func read(_ lines: LineReader) throws {
        let (desk, offerings) = (desk, offerings)
        var places = self
        try OrderedPipeline<LineReader.Line, Answer>(
            next: { try lines.nextFilled() },
            work: { line in
                switch try ProfileLine(line, desk: desk) {
                case .fault(let problem): return .fault(line: line.number, problem: problem)
                case .profile(let resolved):
                    return .candidate(
                        try Self.best(of: offerings, for: resolved, desk).map {
                            Candidate(line: line.number, name: resolved.profile.name, match: $0)
                        })
                }
            }, deliver: { places.take($0) }
        ).run()
        self = places
    }

    private static func best(
        of offerings: Range<Int>, for resolved: ResolvedProfile, _ desk: LearnerDesk
    ) throws -> Match? {
        var best: Match?
        for offering in offerings where desk.isCandidate(offering) {
            guard case .fits(let match) = try desk.fit(resolved, offering: offering) else {
                continue
            }
            if match.score > best?.score ?? -1 { best = match }
        }
        return best
    }

    private mutating func take(_ answer: Answer) {
        read += 1
        switch answer {
        case .fault(let line, let problem):
            faulty += 1
            Console.complain("line \(line): \(problem)")
        case .candidate(nil): break
        case .candidate(let candidate?):
            total += 1
            // Of equals the earlier line stands first.
            let place =
                best.firstIndex { $0.match.score < candidate.match.score } ?? best.count
            guard place < limit else { return }
            best.insert(candidate, at: place)
            if best.count > limit { best.removeLast() }
        }
    }
}
