import CourseModel

/// A door-to-door travel time from a great-circle distance.
///
/// An estimate for choosing between courses, not a timetable: it knows no roads, rivers, stops or
/// hours. For each mode the path is the great circle times a detour factor; a fixed time is spent
/// at both ends; each stretch of the path has its own speed, since long trips use faster roads and
/// trains. Whoever is faster on foot walks, so that no distance takes no time.
///
/// Where the figures come from:
/// - Detour: car 1.34, the mean radial detour in 300 European cities (Environment and Planning B,
///   2023, doi 10.1177/23998083231168870), also taken for public transport, for which we found no
///   figure; bicycle 1.2, the bound that Dutch design rules set (CROW); foot 1.22, the middle of
///   1.21 to 1.23 found around stations (O'Sullivan 1996).
/// - Foot 4.9 km/h: 0.57 km in 7.00 minutes a day (CBS StatLine 37980NED, 2002/2003).
/// - The other speeds are fitted to that table (bicycle 2.96 km in 13.8 min, bus, tram and metro
///   15 km in 38 min, train 44 km in 73 min, car 15.9 km in 21.4 min a trip) and to what CBS says
///   of 2011: trips to 5 km take 9 minutes by car and 23 by bus, tram or metro; up to 7.5 km
///   the bicycle is the faster, beyond it public transport.
///
/// Error: the tests hold the model against these figures and, as a check on others, the means of 2021
/// (CBS): car +4 %, bus, tram and metro −6 %, train −12 %, foot −10 %, bicycle −23 % (tours count
/// there). Those are means. A single trip by car may miss by half: 10 km in town takes 10 to 23
/// minutes, by town (TomTom 2024), the model says 18. Means of public transport are of people who
/// chose it; on nine of ten car trips it would take over twice the car's time (CPB and KiM 2009),
/// where the model says about twice. So away from the lines it is too short.
struct TravelModel: Sendable {
    /// Path metres for each metre of great circle.
    var detour: Double
    /// Minutes at both ends together: parking, walking to and from the stop, waiting.
    var ends: Double
    /// Stretches of the path in order: up to so many metres, at so many metres a minute.
    var stretches: [(end: Double, speed: Double)]

    /// Minutes for a great-circle distance.
    func minutes(metres: Double) -> Double {
        let path = metres * detour
        var total = ends
        var start = 0.0
        for stretch in stretches {
            total += max(0, min(path, stretch.end) - start) / stretch.speed
            start = stretch.end
        }
        return total
    }

    /// The distance that takes so many minutes; negative when even the ends take longer.
    func metres(minutes: Double) -> Double {
        var rest = minutes - ends
        guard rest >= 0 else { return -1 }
        var start = 0.0
        for stretch in stretches {
            let time = (stretch.end - start) / stretch.speed
            if rest <= time { return (start + rest * stretch.speed) / detour }
            rest -= time
            start = stretch.end
        }
        return .infinity
    }

    private static func kilometresAnHour(_ speed: Double) -> Double { speed * 1000 / 60 }

    static let foot = TravelModel(
        detour: 1.22, ends: 0, stretches: [(.infinity, kilometresAnHour(4.9))])
    static let bike = TravelModel(
        detour: 1.2, ends: 2, stretches: [(.infinity, kilometresAnHour(15.5))])
    static let transit = TravelModel(
        detour: 1.34, ends: 12,
        stretches: [
            (10_000, kilometresAnHour(25)), (30_000, kilometresAnHour(45)),
            (.infinity, kilometresAnHour(80)),
        ])
    static let car = TravelModel(
        detour: 1.34, ends: 3,
        stretches: [
            (5_000, kilometresAnHour(33)), (20_000, kilometresAnHour(55)),
            (.infinity, kilometresAnHour(90)),
        ])

    static subscript(mode: TravelMode) -> TravelModel {
        switch mode {
        case .foot: foot
        case .bike: bike
        case .transit: transit
        case .car: car
        }
    }
}

/// Minutes from door to door for a great-circle distance in metres, an estimate.
///
/// Never less for a longer distance. 0 for 0 metres.
public func travelEstimate(metres: Double, by mode: TravelMode) -> Double {
    min(TravelModel[mode].minutes(metres: metres), TravelModel.foot.minutes(metres: metres))
}

/// Minutes from door to door between two points, an estimate.
public func travelEstimate(from: Coordinates, to: Coordinates, by mode: TravelMode) -> Double {
    travelEstimate(metres: from.distance(to: to), by: mode)
}

extension Reach {
    /// The great-circle metres that it covers.
    ///
    /// Everything farther is out of reach, everything nearer within. For pruning by distance alone.
    public var maximumDistance: Double {
        switch self {
        case .distance(let metres): metres
        case .time(let minutes, let mode):
            max(
                TravelModel[mode].metres(minutes: minutes),
                TravelModel.foot.metres(minutes: minutes))
        }
    }

    /// Whether a great-circle distance is within reach.
    public func covers(metres: Double) -> Bool { metres <= maximumDistance }

    /// Whether one point is within reach of the other.
    public func covers(from: Coordinates, to: Coordinates) -> Bool {
        covers(metres: from.distance(to: to))
    }
}
