import CourseModel
import Foundation
import Places
import TestSupport
import Testing

/// A router to which everything is seven minutes away.
private struct SevenMinutes: Router {
    func covers(_ mode: TravelMode) -> Bool { true }

    func minutes(
        from: Coordinates, to: [Coordinates], by mode: TravelMode
    ) throws(RouterError) -> [Double?] {
        to.map { _ in 7 }
    }
}

@Suite("Estimating travel time")
struct TravelTests {
    @Test(
        "farther never takes less time, and no distance takes none", arguments: TravelMode.allCases)
    func monotone(mode: TravelMode) {
        #expect(travelEstimate(metres: 0, by: mode) == 0)
        var last = 0.0
        for metres in stride(from: 0.0, through: 300_000, by: 37) {
            let minutes = travelEstimate(metres: metres, by: mode)
            #expect(minutes >= last)
            last = minutes
        }
    }

    @Test(
        "the reach of a time is the distance that takes that time", arguments: TravelMode.allCases)
    func inverse(mode: TravelMode) {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let minutes = Double.random(in: 0.01...240, using: &random)
            let reach = Reach.time(minutes: minutes, mode: mode)
            let bound = reach.maximumDistance
            #expect(abs(travelEstimate(metres: bound, by: mode) - minutes) < 1e-6)
            #expect(travelEstimate(metres: bound + 1, by: mode) > minutes)
            let metres = Double.random(in: 0...200_000, using: &random)
            #expect(reach.covers(metres: metres) == (metres <= bound))
            if abs(metres - bound) > 0.01 {
                #expect(
                    reach.covers(metres: metres)
                        == (travelEstimate(metres: metres, by: mode) <= minutes))
            }
        }
    }

    @Test(
        "the estimate is within a quarter of published times",
        arguments: PublishedTravelTime.all)
    func published(published: PublishedTravelTime) throws {
        let mode = try #require(TravelMode(published.mode))
        let estimate = travelEstimate(metres: published.metres, by: mode)
        #expect(abs(published.error(of: estimate)) < 0.25, "\(published.source)")
    }

    @Test("the table in the documentation holds what the model says now")
    func documented() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Sources/Places/Places.docc/Places.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains(PublishedTravelTime.heading))
        for published in PublishedTravelTime.all {
            let mode = try #require(TravelMode(published.mode))
            let row = published.row(
                estimate: travelEstimate(metres: published.metres, by: mode))
            #expect(text.contains(row), "\(row)")
        }
    }

    @Test("up to 7.5 km the bicycle beats public transport, beyond it loses (CBS 2011)")
    func bicycleAgainstTransit() {
        let (near, far) = (5_000 / 1.3, 10_000 / 1.3)
        #expect(
            travelEstimate(metres: near, by: .bike) < travelEstimate(metres: near, by: .transit))
        #expect(travelEstimate(metres: far, by: .bike) > travelEstimate(metres: far, by: .transit))
    }

    @Test("to 15 km, public transport takes about twice as long as the car (CBS 2012)")
    func transitAgainstCar() {
        let metres = 10_000 / 1.34
        let ratio =
            travelEstimate(metres: metres, by: .transit) / travelEstimate(metres: metres, by: .car)
        #expect((1.7...2.4).contains(ratio))
    }

    @Test(
        "reaches are read with unit, space, comma and hours",
        arguments: [
            ("15km", Reach.distance(metres: 15_000)), ("15 km", .distance(metres: 15_000)),
            ("7,5 KM", .distance(metres: 7_500)), ("800 m", .distance(metres: 800)),
            ("30min", .time(minutes: 30, mode: .bike)),
            ("30 minuten", .time(minutes: 30, mode: .bike)),
            ("1 uur", .time(minutes: 60, mode: .bike)), ("1.5h", .time(minutes: 90, mode: .bike)),
            ("1h30", .time(minutes: 90, mode: .bike)), ("1u05min", .time(minutes: 65, mode: .bike)),
            ("1:30", .time(minutes: 90, mode: .bike)),
        ])
    func reading(text: String, reach: Reach) throws {
        #expect(try Reach(text, by: .bike) == reach)
    }

    @Test(
        "a reach without number, unit or length is refused with what to write",
        arguments: [
            ("15", "“15” has no unit: write 15km or 15min"),
            ("far", "“far” is no distance or time: write 15km or 30min"),
            ("", "“” is no distance or time: write 15km or 30min"),
            ("-3km", "“-3km” is no distance or time: write 15km or 30min"),
            ("0 km", "“0 km” reaches nothing: write more than 0"),
            (
                "15 miles",
                "“miles” in “15 miles” is no unit of distance or time: write 15km, 800m, 30min or 1h30"
            ),
        ])
    func refused(text: String, message: String) {
        #expect { try Reach(text, by: .car) } throws: { "\($0)" == message }
    }

    @Test(
        "modes are read in English and Dutch",
        arguments: [
            ("bike", TravelMode.bike), ("Fiets", .bike), ("OV", .transit), ("te voet", .foot),
            ("auto", .car), ("car", .car), ("public transport", .transit),
        ])
    func modes(text: String, mode: TravelMode) {
        #expect(TravelMode(text) == mode)
    }

    @Test("times that were just looked up are kept while others are, and the oldest go")
    func kept() throws {
        let travel = TravelTimes(router: SevenMinutes())
        let places = try (0..<TravelTimes.mostAsked).map {
            try #require(Coordinates(latitude: 51 + Double($0) / 10_000, longitude: 5))
        }
        let homes = try (0..<60).map {
            try #require(Coordinates(latitude: 53, longitude: 4 + Double($0) / 100))
        }
        func isKept(_ home: Int) -> Bool {
            travel.time(from: homes[home], to: places[0], by: .bike).isRouted
        }
        let lots = TravelTimes.mostKept / TravelTimes.mostAsked + 3
        for lot in 0..<lots {
            let (mine, other) = (2 * lot, 2 * lot + 1)
            travel.lookUp(from: homes[mine], to: [places[0]], by: .bike)
            travel.lookUp(from: homes[other], to: places, by: .bike)
            #expect(isKept(mine) && isKept(other), "\(lot)")
        }
        #expect(!isKept(0))
    }
}
