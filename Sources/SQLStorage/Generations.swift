import CourseModel
import Storage

/// The numbers of committed states.
enum Generations {
    /// The last one that this transaction sees.
    static func current(in db: any SQLConnection) throws -> Generation {
        let number = try Query(db, "SELECT max(generation) FROM run").first { $0.optionalInt(0) }
        return Generation((number ?? nil) ?? 0)
    }

    /// The one that this transaction makes: no other can, until it ends, so that generations are
    /// committed in the order of their numbers.
    static func next(in db: any SQLConnection) throws -> Generation {
        try db.lockGenerations()
        return Generation(try current(in: db).number + 1)
    }
}

extension RunNumber {
    /// The first key of the versions that the run writes.
    ///
    /// The versions of a run are a range of keys; each run has 2³² of its own, so that runs that
    /// write at the same time do not mix.
    var firstVersion: Int { value << 32 }
}
