import CourseModel
import Places
import SearchIndex
import Synchronization

/// Makes a radius wider, step by step, until there is enough to choose from.
public enum Widening {
    /// How many courses are enough.
    public static let enough = 5
    /// How near a place that is named among the words is meant, to begin with.
    public static let firstReach = "15km"
    /// The steps of a distance in kilometres; the last is the limit.
    public static let kilometres: [Double] = [5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 100]
    /// The steps of a time in minutes; the last is the limit.
    public static let minutes: [Double] = [10, 15, 20, 30, 45, 60, 75, 90]

    /// Widens the reach of a query in which there are fewer than ``enough`` courses to the first
    /// step that has as many, or else as many as the limit gives.
    ///
    /// ``UnderstoodFilters/widenedFrom`` tells whether it did.
    ///
    /// - Throws: ``IndexError``.
    public static func widen(_ understood: inout UnderstoodFilters, in index: IndexReader) throws {
        guard let asked = understood.reach else { return }
        var most = try courses(understood, in: index)
        guard most < enough else { return }
        var wider: UnderstoodFilters?
        for reach in steps(beyond: asked) {
            let candidate = try understood.reaching(reach, in: index)
            let found = try courses(candidate, in: index)
            guard found > most else { continue }
            most = found
            wider = candidate
            if found >= enough { break }
        }
        guard var wider else { return }
        wider.widenedFrom = asked
        understood = wider
    }

    /// The next wider reach that gives more than there is, and how many offerings that are; `nil`
    /// when there is none up to the limit.
    ///
    /// - Throws: ``IndexError``.
    public static func next(
        _ understood: UnderstoodFilters, total: Int, in index: IndexReader
    ) throws -> (reach: Reach, total: Int)? {
        guard let asked = understood.reach else { return nil }
        for reach in steps(beyond: asked) {
            let found = try results(try understood.reaching(reach, in: index), in: index).total
            if found > total { return (reach, found) }
        }
        return nil
    }

    private static func steps(beyond reach: Reach) -> [Reach] {
        switch reach {
        case .distance(let metres):
            kilometres.filter { $0 * 1000 > metres }.map { .distance(metres: $0 * 1000) }
        case .time(let asked, let mode):
            minutes.filter { $0 > asked }.map { .time(minutes: $0, mode: mode) }
        }
    }

    private static func courses(
        _ understood: UnderstoodFilters, in index: IndexReader
    ) throws -> Int {
        try results(understood, in: index).totalCourses
    }

    private static func results(
        _ understood: UnderstoodFilters, in index: IndexReader
    ) throws -> SearchResults {
        var query = understood.query
        query.limit = 0
        query.facets = []
        query.relaxesUpTo = nil
        query.countsNoTravel = false
        return try index.search(query)
    }
}

extension UnderstoodFilters {
    /// The same with another reach from the same place; a time is a router's where there is one.
    ///
    /// - Throws: ``IndexError``.
    func reaching(_ reach: Reach, in index: IndexReader) throws(IndexError) -> UnderstoodFilters {
        var other = self
        other.reach = reach
        guard let center = query.near?.center else { return other }
        other.query.near = Query.Nearness(center: center, metres: reach.maximumDistance)
        guard case .time(let most, let mode) = reach, travel.isRouted(mode) else { return other }
        let metres = max(most * mode.fastestMetresAMinute, reach.maximumDistance)
        let venues = Mutex<Set<Coordinates>>([])
        var probe = other.query
        probe.near = Query.Nearness(center: center, metres: metres) { venue in
            _ = venues.withLock { $0.insert(venue) }
            return false
        }
        probe.limit = 0
        probe.facets = []
        probe.relaxesUpTo = nil
        _ = try index.search(probe)
        travel.lookUp(from: center, to: venues.withLock { Array($0) }, by: mode)
        other.query.near = Query.Nearness(center: center, metres: metres) { [travel] venue in
            travel.time(from: center, to: venue, by: mode).minutes.map { $0 <= most } ?? false
        }
        return other
    }
}
