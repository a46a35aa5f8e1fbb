import CourseModel
import Synchronization

/// Travel times: a router's where there is one, else the estimate, and which of both it is.
///
/// Times of a router are kept in memory only, and at most ``mostKept`` of them: pairs of a home and
/// a school are nobody else's business.
public final class TravelTimes: Sendable {
    /// A travel time.
    public struct Time: Hashable, Sendable {
        /// Minutes from door to door; `nil` when no way leads there.
        public let minutes: Double?
        /// Whether a router said so.
        public let isRouted: Bool
    }

    private struct Key: Hashable {
        var from: Coordinates
        var to: Coordinates
        var mode: TravelMode
    }

    private struct State {
        /// The times that came last or were asked for since the others became old.
        var known: [Key: Double?] = [:]
        /// Those before them; the next to go.
        var old: [Key: Double?] = [:]
        var failure: (error: RouterError, until: ContinuousClock.Instant)?

        func time(_ key: Key) -> Double?? {
            if let minutes = known[key] { return .some(minutes) }
            return old[key]
        }

        /// Keeps times; when that are many, those that are old go and the others become old, so that
        /// what someone else has just looked up is still there to be read.
        mutating func keep(_ times: [(key: Key, minutes: Double?)]) {
            if known.count + times.count > TravelTimes.mostKept / 2 {
                old = known
                known = [:]
            }
            for time in times { known[time.key] = .some(time.minutes) }
        }
    }

    /// How many times are kept.
    public static let mostKept = 50_000
    /// How many places are asked about at once; those farther off keep their estimate.
    public static let mostAsked = 2_000

    private let router: (any Router)?
    private let rest: Duration
    private let state = Mutex(State())

    /// Times of a router; without one, estimates.
    ///
    /// - Parameter rest: How long a router that failed is left alone, so that nobody waits for it
    ///   again and again.
    public init(router: (any Router)? = nil, rest: Duration = .seconds(60)) {
        self.router = router
        self.rest = rest
    }

    /// Whether there is a router that may have to be waited for.
    public var hasRouter: Bool { router != nil }

    /// Whether a router knows this way to travel.
    public func isRouted(_ mode: TravelMode) -> Bool { router?.covers(mode) ?? false }

    /// Why the router's times are missing, while it is left alone after a failure.
    public var failure: RouterError? {
        guard hasRouter else { return nil }
        return state.withLock { state in
            guard let failure = state.failure else { return nil }
            if failure.until > .now { return failure.error }
            state.failure = nil
            return nil
        }
    }

    /// Asks the router for what is not yet known, nearest first.
    public func lookUp(from: Coordinates, to places: [Coordinates], by mode: TravelMode) {
        guard let router, router.covers(mode), failure == nil else { return }
        let asked = state.withLock { state in
            var asked: [Coordinates] = []
            var read: [(key: Key, minutes: Double?)] = []
            for place in Set(places) {
                let key = Key(from: from, to: place, mode: mode)
                if state.known[key] != nil { continue }
                if let minutes = state.old[key] {
                    read.append((key, minutes))
                } else {
                    asked.append(place)
                }
            }
            // They are about to be read again.
            state.keep(read)
            return asked
        }
        let nearest = asked.map { (place: $0, metres: from.distance(to: $0)) }
            .sorted {
                $0.metres != $1.metres
                    ? $0.metres < $1.metres
                    : ($0.place.latitude, $0.place.longitude)
                        < ($1.place.latitude, $1.place.longitude)
            }
            .prefix(Self.mostAsked).map(\.place)
        guard !nearest.isEmpty else { return }
        do {
            let minutes = try router.minutes(from: from, to: nearest, by: mode)
            let times = zip(nearest, minutes).map { place, minutes in
                (key: Key(from: from, to: place, mode: mode), minutes: minutes)
            }
            state.withLock { $0.keep(times) }
        } catch {
            state.withLock { $0.failure = (error, .now.advanced(by: rest)) }
        }
    }

    /// The router's time, if it was looked up, else the estimate.
    ///
    /// - Parameter metres: The great-circle distance between the points.
    public func time(
        from: Coordinates, to: Coordinates, metres: Double, by mode: TravelMode
    ) -> Time {
        if hasRouter,
            let known = state.withLock({ $0.time(Key(from: from, to: to, mode: mode)) })
        {
            return Time(minutes: known, isRouted: true)
        }
        return Time(minutes: travelEstimate(metres: metres, by: mode), isRouted: false)
    }

    /// The router's time, if it was looked up, else the estimate.
    public func time(from: Coordinates, to: Coordinates, by mode: TravelMode) -> Time {
        time(from: from, to: to, metres: from.distance(to: to), by: mode)
    }
}

extension TravelMode {
    /// Great-circle metres that no one gets farther in a minute, on any road of Europe: to find what
    /// may be within reach before a router is asked.
    public var fastestMetresAMinute: Double {
        switch self {
        case .foot: 7_000 / 60
        case .bike: 30_000 / 60
        case .transit: 160_000 / 60
        case .car: 130_000 / 60
        }
    }
}
