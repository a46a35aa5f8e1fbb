/// Points with labels, sorted into squares so that the nearest is soon found.
struct PostcodePoints: Sendable {
    typealias Point = MapProjection.Point

    /// A point and how far it reaches.
    private struct Member {
        var point: Point
        var label: Int
        /// To its third nearest neighbour: small in towns, large in the country.
        var spacing = 0.0
    }

    /// The side of a square, in kilometres; also how far is looked for the nearest point.
    private static let side = 8.0

    private var members: [Member]
    private let squares: [[Int]]
    private let columns: Int
    private let rows: Int

    init(_ points: [(point: Point, label: Int)], width: Double, height: Double) {
        columns = Int(width / Self.side) + 1
        rows = Int(height / Self.side) + 1
        var squares = Array(repeating: [Int](), count: columns * rows)
        var members = points.map { Member(point: $0.point, label: $0.label) }
        for (number, member) in members.enumerated() {
            let column = min(max(Int(member.point.x / Self.side), 0), columns - 1)
            let row = min(max(Int(member.point.y / Self.side), 0), rows - 1)
            squares[row * columns + column].append(number)
        }
        self.squares = squares
        self.members = members
        for number in members.indices {
            var nearest = [Double](repeating: .infinity, count: 4)
            around(members[number].point) { other in
                let square = Self.square(members[number].point, members[other].point)
                guard square < nearest[3] else { return }
                nearest[3] = square
                nearest.sort()
            }
            // The first of the four is the point itself.
            members[number].spacing = min(nearest[3].squareRoot(), Self.side)
        }
        self.members = members
    }

    /// The label of the nearest point, and whether the place surely belongs to it: whether it lies
    /// no farther than the points thereabouts lie apart.
    func nearest(to place: Point) -> (label: Int, isSure: Bool)? {
        var best: (number: Int, square: Double)?
        around(place) { number in
            let square = Self.square(place, members[number].point)
            if square < best?.square ?? .infinity { best = (number, square) }
        }
        guard let best, best.square <= Self.side * Self.side else { return nil }
        let reach = min(max(members[best.number].spacing * 1.1, 1.6), 6)
        return (members[best.number].label, best.square <= reach * reach)
    }

    private func around(_ place: Point, _ body: (Int) -> Void) {
        let (column, row) = (Int(place.x / Self.side), Int(place.y / Self.side))
        for row in max(row - 1, 0)...max(min(row + 1, rows - 1), max(row - 1, 0)) {
            for column in max(column - 1, 0)...max(min(column + 1, columns - 1), max(column - 1, 0))
            where row < rows && column < columns {
                squares[row * columns + column].forEach(body)
            }
        }
    }

    private static func square(_ one: Point, _ two: Point) -> Double {
        (one.x - two.x) * (one.x - two.x) + (one.y - two.y) * (one.y - two.y)
    }
}
