import CourseModel
import Storage

/// A run on its way to become the catalogue's state.
struct Publication {
    let db: any SQLConnection
    var source: SourceRow
    var run: RunRecord
    let lossLimit: LossLimit
    let steps: RunSteps
    let providers: StagedProviders.Stage
    /// The state of providers that the feed does not hold; `nil` leaves them alone.
    let absentProviders: RecordState?

    /// Why the run has to be held, if so.
    func judge() throws -> Hold? {
        guard lossLimit != .none else { return nil }
        let isEmpty = run.offered.isZero && run.isFull && run.isComplete
        if isEmpty, source.present.courses > 0 {
            return Hold(
                reason: .emptyFeed, lost: source.present, current: source.present)
        }
        var lost = RecordCount()
        try steps.forEach { step in
            if step.losesCourse { lost.courses += 1 }
            lost.offerings += step.lostOfferings
        }
        guard max(lost.courses, lost.offerings) >= lossLimit.atLeast else { return nil }
        let current = try steps.current()
        guard
            lossLimit.isExceeded(lost: lost.courses, of: current.courses)
                || lossLimit.isExceeded(lost: lost.offerings, of: current.offerings)
        else { return nil }
        let renamed = try renamedCourses()
        let isRenumbered = lost.courses > 0 && renamed * 2 >= lost.courses
        return Hold(
            reason: isRenumbered ? .idSchemeChanged : .tooManyLost, lost: lost, current: current,
            renamedCourses: renamed)
    }

    /// How many vanished courses are back under another id with the same title.
    private func renamedCourses() throws -> Int {
        var lost: [ContentHash: Int] = [:]
        try steps.forEach { step in
            if step.losesCourse { lost[step.title, default: 0] += 1 }
        }
        var renamed = 0
        try steps.forEach { step in
            guard step.isNew, let left = lost[step.title], left > 0 else { return }
            lost[step.title] = left - 1
            renamed += 1
        }
        return renamed
    }

    /// What would change.
    func preview() throws -> FeedChanges {
        var changes = run.changes
        try steps.forEach { $0.count(in: &changes) }
        changes.providers = try StagedProviders.changes(
            from: providers, source: source, run: run.number, absentAs: absentProviders,
            writing: nil, in: db)
        return changes
    }

    /// Makes the run the catalogue's state.
    ///
    /// - Parameters:
    ///   - generation: The generation it makes, when it changes something.
    ///   - versions: The versions that it wrote.
    ///   - quarantine: Says whose quarantine is the source's from now on.
    func publish(
        as generation: Generation, versions: ClosedRange<Int>?, quarantine: () throws -> RunNumber?
    ) throws -> IngestOutcome {
        var source = source
        var run = run
        let isRelease = run.verdict == .held
        var changes = run.changes
        var same: [RecordStep] = []
        let writer = try StepWriter(db, run: run.number, lastRun: source.goodRun, generation)
        try steps.forEach { step in
            step.count(in: &changes)
            try writer.apply(step)
            if step.isSame { same.append(step) }
        }
        for step in same { try writer.replace(step) }
        changes.providers = try StagedProviders.changes(
            from: providers, source: source, run: run.number, absentAs: absentProviders,
            writing: generation, in: db)
        // A held run was counted when it came, and nothing can have come between.
        if !isRelease { run.changes = changes }
        source.present += Self.growth(run.changes)

        if let held = source.heldRun, held != run.number {
            try HeldRuns.drop(held, verdict: .superseded, at: run.startedAt, in: db)
        }
        source.heldRun = nil
        source.goodRun = run.number
        source.quarantineRun = try quarantine()
        let isUnchanged = run.changes.isUnchanged
        run.verdict = isUnchanged ? .unchanged : isRelease ? .released : .published
        run.generation = isUnchanged ? nil : generation
        try RunRows.save(run, versions: versions, in: db)
        try source.save(lastRun: isRelease ? nil : run.number, in: db)
        if !isUnchanged { try db.announce(generation) }
        return IngestOutcome(
            generation: isUnchanged ? Generation(generation.number - 1) : generation, run: run)
    }

    private static func growth(_ changes: FeedChanges) -> RecordCount {
        func growth(_ counts: ChangeCounts) -> Int { counts.added + counts.reopened - counts.gone }
        return RecordCount(
            courses: growth(changes.courses), offerings: growth(changes.offerings))
    }
}
