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
        var known: [Key: Double?] = [:]
        var failure: RouterError?
    }

    /// How many times are kept.
    public static let mostKept = 50_000
    /// How many places are asked about at once; those farther off keep their estimate.
    public static let mostAsked = 2_000

    private let router: (any Router)?
    private let state = Mutex(State())

    /// Times of a router; without one, estimates.
    public init(router: (any Router)? = nil) { self.router = router }

    /// Whether a router knows this way to travel.
    public func isRouted(_ mode: TravelMode) -> Bool { router?.covers(mode) ?? false }

    /// Why the router's times are missing, after it failed once; it is not asked again.
    public var failure: RouterError? { state.withLock(\.failure) }

    /// Asks the router for what is not yet known, nearest first.
    public func lookUp(from: Coordinates, to places: [Coordinates], by mode: TravelMode) {
        guard let router, router.covers(mode), failure == nil else { return }
        let asked = state.withLock { state in
            Set(places).filter { state.known[Key(from: from, to: $0, mode: mode)] == nil }
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
            state.withLock { state in
                // Starting over costs less than remembering which were used last.
                if state.known.count + minutes.count > Self.mostKept { state.known.removeAll() }
                for (place, minutes) in zip(nearest, minutes) {
                    state.known[Key(from: from, to: place, mode: mode)] = .some(minutes)
                }
            }
        } catch {
            state.withLock { $0.failure = error }
        }
    }

    /// The router's time, if it was looked up, else the estimate.
    public func time(from: Coordinates, to: Coordinates, by mode: TravelMode) -> Time {
        let known = state.withLock { $0.known[Key(from: from, to: to, mode: mode)] }
        if let known { return Time(minutes: known, isRouted: true) }
        return Time(minutes: travelEstimate(from: from, to: to, by: mode), isRouted: false)
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
