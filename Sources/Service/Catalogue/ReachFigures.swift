import CourseModel
import Partnership
import Places
import SearchIndex
import Synchronization

/// What is within reach in a generation of the catalogue, and what is missing: worked out when it is
/// first asked for on a day, and kept.
final class ReachFigures: Sendable {
    /// Coverage, with how far the targets are and what was noted of earlier generations.
    struct Covered: Sendable {
        let coverage: Coverage
        let progress: [TargetProgress]
        let ledger: CoverageLedger
    }

    private struct State {
        var covered: Covered?
        var gaps: [RegionKind: Gaps] = [:]
    }

    private let state = Mutex(State())

    /// What is within 30 minutes of the people of each region.
    ///
    /// Whoever asks meanwhile waits for the first.
    ///
    /// - Throws: ``IndexError``, ``CoverageError``, or what is wrong with a target.
    func covered(_ catalogue: OpenCatalogue, today: CalendarDate) throws -> Covered {
        try state.withLock { state in
            if let known = state.covered, known.coverage.day == today { return known }
            let made = Covered(
                coverage: try Coverage(
                    of: catalogue.index, gazetteer: catalogue.gazetteer,
                    query: Query(today: today), minutes: CoverageLedger.minutes),
                progress: try catalogue.workspace.configuration.targets.map {
                    try TargetProgress(
                        $0, index: catalogue.index, gazetteer: catalogue.gazetteer,
                        skills: catalogue.skills, today: today)
                }, ledger: try CoverageLedger(catalogue.workspace))
            state.covered = made
            return made
        }
    }

    /// What is missing for the people of each region of a kind.
    ///
    /// - Throws: ``IndexError``.
    func gaps(_ kind: RegionKind, _ catalogue: OpenCatalogue, today: CalendarDate) throws -> Gaps {
        try state.withLock { state in
            if let known = state.gaps[kind], known.day == today { return known }
            let made = try Gaps(
                of: catalogue.index, gazetteer: catalogue.gazetteer, skills: catalogue.skills,
                query: Query(today: today), kind: kind, reach: Self.reachOfGaps)
            state.gaps[kind] = made
            return made
        }
    }

    /// How far people are taken to go for a job: half an hour by public transport, which most can take.
    static let reachOfGaps = Reach.time(minutes: CoverageLedger.minutes, mode: .transit)
}
