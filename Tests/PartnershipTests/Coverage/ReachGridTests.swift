import CourseModel
import TestSupport
import Testing

@testable import Partnership

@Suite("A grid counts what lies within a distance")
struct ReachGridTests {
    private struct Thing {
        var places: [ReachGrid.Content.Place]
        var signature: Int
    }

    private static func coordinates(_ place: ReachGrid.Content.Place) -> Coordinates {
        Coordinates(
            latitude: Double(place.latitude) / 1e7, longitude: Double(place.longitude) / 1e7)!
    }

    @Test("the counts are those of looking at everything", arguments: [1, 2] as [UInt64])
    func bruteForce(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func place() -> ReachGrid.Content.Place {
            // Towns far apart with venues close together, some outside of any reach.
            let town = Double.random(in: 0...6, using: &generator).rounded()
            return .init(
                latitude: Int32((51 + town / 3 + .random(in: 0...0.09, using: &generator)) * 1e7),
                longitude: Int32((4.2 + town / 5 + .random(in: 0...0.1, using: &generator)) * 1e7))
        }
        let bins: [[Int32]] = [[0], [0, 1], [0, 2], [0, 1, 2]]
        let things = (0..<900).map { _ in
            Thing(
                places: (0..<(Int.random(in: 0..<8, using: &generator) == 0 ? 3 : 1))
                    .map { _ in place() },
                signature: .random(in: 0..<bins.count, using: &generator))
        }
        var content = ReachGrid.Content(signatureBins: bins)
        for thing in things {
            if thing.places.count == 1 {
                content.single.append(
                    (
                        thing.places[0].latitude, thing.places[0].longitude,
                        Int32(thing.signature)
                    ))
            } else {
                content.scattered[thing.places.sorted(), default: [:]][
                    Int32(thing.signature), default: 0] += 1
            }
        }
        let origins = (0..<20).map { _ in Self.coordinates(place()) }
        let grid = ReachGrid(content, width: 3, around: origins, metres: 40_000)
        for metres in [0, 700, 2_450, 7_300, 16_650, 40_000] as [Double] {
            for origin in origins {
                var counted: [UInt32] = [0, 0, 0]
                grid.add(within: metres, of: origin, to: &counted)
                var expected: [UInt32] = [0, 0, 0]
                for thing in things
                where thing.places.contains(where: {
                    origin.distance(to: Self.coordinates($0)) <= metres
                }) {
                    for bin in bins[thing.signature] { expected[Int(bin)] += 1 }
                }
                #expect(counted == expected, "\(metres) m of \(origin)")
            }
        }
    }

    @Test("nothing is counted of nothing, from nowhere or within less than nothing")
    func nothing() throws {
        let houten = try #require(Coordinates(latitude: 52.03, longitude: 5.17))
        var counts: [UInt32] = [0]
        ReachGrid(.init(), width: 1, around: [], metres: 5_000)
            .add(within: 5_000, of: houten, to: &counts)
        let content = ReachGrid.Content(
            signatureBins: [[0]], single: [(520_300_000, 51_700_000, 0)])
        ReachGrid(content, width: 1, around: [houten], metres: 5_000)
            .add(within: -1, of: houten, to: &counts)
        #expect(counts == [0])
    }
}
