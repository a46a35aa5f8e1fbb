import CourseModel
import Storage

/// The steps by which a run turns the catalogue before it into the one after it.
///
/// Found from the versions that the run wrote and the courses that it saw, without writing anything,
/// so that a run can be judged and previewed before it is published.
struct RunSteps {
    let db: any SQLConnection
    let source: SourceRow
    let today: CalendarDate
    /// The versions that the run wrote.
    let versions: ClosedRange<Int>?
    /// The courses that the feed offers.
    let seen: KeySet
    /// The courses that the feed withdraws.
    let withdrawn: KeySet
    /// The offerings that the feed withdraws.
    let withdrawnOfferings: Set<ID<Offering>>
    /// Whether courses that are not seen are gone.
    let countsAbsence: Bool
    /// Whether courses without a new version have to be looked at.
    let needsScan: Bool
    /// The state of everything that vanishes, when it is not told from its dates.
    var vanishedState: RecordState?

    /// Calls `body` with every course that the run touches: first those with a new version, in the
    /// order of the feed, then the others in order of id.
    func forEach(_ body: (RecordStep) throws -> Void) throws {
        var versioned = KeySet()
        if let versions {
            let isGone = try Query(
                db, "SELECT 1 FROM gone WHERE course = ? AND offering = ?")
            try Query(
                db,
                """
                SELECT v.key, v.course, v.digest, v.surroundings, c.id, c.state, c.version, o.digest
                FROM version AS v JOIN course AS c ON c.key = v.course
                    LEFT JOIN version AS o ON o.key = c.version
                WHERE v.key BETWEEN ? AND ? ORDER BY v.key
                """
            ).forEach(.int(versions.lowerBound), .int(versions.upperBound)) { row in
                versioned.insert(row.int(1))
                try body(try versionStep(row, isGone: isGone))
            }
        }
        guard needsScan else { return }
        let digestOf = try Query(db, "SELECT digest FROM version WHERE key = ?")
        try Query(
            db,
            """
            SELECT key, id, state, version FROM course
            WHERE id >= ? AND id < ? AND version IS NOT NULL ORDER BY id
            """
        ).forEach(.text(source.ids.from), .text(source.ids.to)) { row in
            let key = row.int(0)
            let isPresent = row.int(2) == RecordState.present.code
            let isSeen = seen.contains(key)
            if isPresent, isSeen || !(countsAbsence || withdrawn.contains(key)) { return }
            if !isPresent, !isSeen || versioned.contains(key) { return }
            let id = ID<Course>(row.text(1))
            let version = row.int(3)
            let digest = try digestOf.first(.int(version)) { try Self.digest($0.bytes(0), of: id) }
            guard let digest else {
                throw StoreError.damagedRecord(id: id.value, reason: "its version is missing")
            }
            var step = RecordStep(course: key, id: id)
            step.oldVersion = version
            step.title = digest.title
            if isPresent {
                close(digest, in: &step)
            } else {
                step.change = .reopened
                step.offerings = digest.items.map { ($0.key, .reopened) }
            }
            try body(step)
        }
    }

    private func versionStep(_ row: Row, isGone: Query) throws -> RecordStep {
        let id = ID<Course>(row.text(4))
        var step = RecordStep(course: row.int(1), id: id)
        let digestBytes = row.bytes(2)
        let digest = try Self.digest(digestBytes, of: id)
        step.newVersion = row.int(0)
        step.content = ContentHash(of: digestBytes).value
        step.surroundings = row.bits(3)
        step.title = digest.title
        guard let oldVersion = row.optionalInt(6) else {
            step.isNew = true
            step.change = .added
            step.offerings = digest.items.map { ($0.key, .added) }
            return step
        }
        step.oldVersion = oldVersion
        let oldBytes = row.bytes(7)
        step.isSame = oldBytes == digestBytes
        let difference = RecordDifference(from: try Self.digest(oldBytes, of: id), to: digest)
        let stateBefore = RecordState(code: row.int(5)) ?? .present
        for key in difference.added {
            let wasGone = try isGone.first(.int(step.course), .text(key)) { _ in true } ?? false
            if wasGone { step.returning.append(key) }
            step.offerings.append((key, wasGone ? .reopened : .added))
        }
        if stateBefore == .present {
            if difference.isCourseChanged { step.change = .changed }
            step.offerings += difference.changed.map { ($0, .changed) }
            step.unchangedOfferings = difference.unchanged
            for item in difference.vanished {
                let isPast = item.isPast(on: today)
                let offering = RecordDigest.offering(item.key, in: id)
                let state =
                    withdrawnOfferings.contains(offering)
                    ? .withdrawn : vanishedState ?? (isPast ? .expired : .closed)
                step.leaving.append((item.key, state))
                step.offerings.append((item.key, state.change))
                if !isPast { step.lostOfferings += 1 }
            }
        } else {
            step.change = .reopened
            let added = Set(difference.added)
            step.offerings += digest.items.filter { !added.contains($0.key) }
                .map { ($0.key, .reopened) }
            // They left with the course; now that it is back without them, each is kept by itself.
            step.leaving = difference.vanished.map { ($0.key, stateBefore) }
        }
        return step
    }

    private func close(_ digest: RecordDigest, in step: inout RecordStep) {
        let isPast = digest.isPast(on: today)
        let forced = withdrawn.contains(step.course) ? RecordState.withdrawn : vanishedState
        step.state = forced ?? (isPast ? .expired : .closed)
        step.change = step.state.change
        step.losesCourse = !isPast
        for item in digest.items {
            let isPast = isPast || item.isPast(on: today)
            step.offerings.append((item.key, (forced ?? (isPast ? .expired : .closed)).change))
            if !isPast { step.lostOfferings += 1 }
        }
    }

    /// What the source has now that is still to come.
    func current() throws -> RecordCount {
        var current = RecordCount()
        try Query(
            db,
            """
            SELECT c.id, v.digest FROM course AS c JOIN version AS v ON v.key = c.version
            WHERE c.id >= ? AND c.id < ? AND c.state = 0
            """
        ).forEach(.text(source.ids.from), .text(source.ids.to)) { row in
            let digest = try Self.digest(row.bytes(1), of: ID(row.text(0)))
            if digest.isPast(on: today) { return }
            current.courses += 1
            current.offerings += digest.items.count { !$0.isPast(on: today) }
        }
        return current
    }

    static func digest(_ bytes: [UInt8], of id: ID<Course>) throws -> RecordDigest {
        do {
            return try RecordDigest(coded: bytes)
        } catch {
            throw StoreError.damagedRecord(id: id.value, reason: "\(error)")
        }
    }
}
