import CourseModel
import Glibc

/// Counts, from many points, what lies within a distance: each thing in several bins at once.
///
/// The things lie in the cells of a grid. Along each row of cells the bins are added up beforehand,
/// so that the cells that lie wholly within a distance cost one subtraction a row; only the things
/// in the cells on the edge are looked at one by one. The counts are exact.
struct ReachGrid {
    /// Something to count: which bins, by the number of a signature.
    private struct Member {
        var signature: Int32
        var count: UInt32
    }

    /// Where something is, as a point in space: chords are compared instead of arcs.
    private struct Vector {
        var x: Double
        var y: Double
        var z: Double

        init(latitude: Double, longitude: Double) {
            let (φ, λ) = (latitude * .pi / 180, longitude * .pi / 180)
            x = cos(φ) * cos(λ) * ReachGrid.radius
            y = cos(φ) * sin(λ) * ReachGrid.radius
            z = sin(φ) * ReachGrid.radius
        }

        @inline(__always)
        func square(to other: Vector) -> Double {
            let (x, y, z) = (x - other.x, y - other.y, z - other.z)
            return x * x + y * y + z * z
        }
    }

    /// The mean radius of the earth, in metres, as in `Coordinates.distance(to:)`.
    private static let radius = 6_371_008.8
    /// The sides of a cell in degrees: about two kilometres in the Netherlands.
    private static let step = (latitude: 0.018, longitude: 0.029)
    /// What is left for rounding when a whole cell is taken or left, in metres.
    private static let slack = 1.0

    /// How many bins there are.
    let width: Int

    private let south: Double
    private let west: Double
    private let rows: Int
    private let columns: Int
    private let points: [Vector]
    /// By cell, where its points start in `points`; one more at the end.
    private let cellStarts: [Int32]
    /// By point, where its members start; one more at the end.
    private let memberStarts: [Int32]
    private let members: [Member]
    /// The bins of each signature.
    private let signatureBins: [[Int32]]
    /// By row, where its sums start in `sums`; −1 for a row without points.
    private let sumStarts: [Int]
    private let sums: [UInt32]
    /// The middle of each cell, and how far its corners are from it.
    private let middles: [Vector]
    private let reaches: [Double]
    /// What is in several places at once, to be counted once.
    private let scattered: [(places: [Vector], members: [Member])]

    /// What is to be counted.
    struct Content {
        /// Of each signature, the bins that it counts in.
        var signatureBins: [[Int32]] = []
        /// Things at one place: degrees times 10⁷, and the signature.
        var single: [(latitude: Int32, longitude: Int32, signature: Int32)] = []
        /// Things at several places.
        var scattered: [[Place]: [Int32: UInt32]] = [:]

        /// Degrees times 10⁷.
        struct Place: Hashable, Comparable {
            var latitude: Int32
            var longitude: Int32

            static func < (first: Self, second: Self) -> Bool {
                (first.latitude, first.longitude) < (second.latitude, second.longitude)
            }
        }
    }

    /// A grid over the things that can be reached from somewhere.
    ///
    /// - Parameters:
    ///   - width: How many bins there are.
    ///   - origins: The points that will be counted from.
    ///   - metres: The farthest that will be asked for.
    init(_ content: Content, width: Int, around origins: [Coordinates], metres: Double) {
        self.width = width
        signatureBins = content.signatureBins
        let margin = min(metres / 111_000 + 0.02, 10)
        let latitudes = origins.map(\.latitude)
        let longitudes = origins.map(\.longitude)
        // A degree of longitude is half as long at 60° north; farther north the grid is wider than
        // need be, never narrower.
        let eastMargin = margin / max(0.2, cos((latitudes.max() ?? 0) * .pi / 180))
        south = (latitudes.min() ?? 0) - margin
        west = (longitudes.min() ?? 0) - eastMargin
        rows = Int(((latitudes.max() ?? 0) + margin - south) / Self.step.latitude) + 1
        columns = Int(((longitudes.max() ?? 0) + eastMargin - west) / Self.step.longitude) + 1

        let inside = content.single.filter { [south, west, rows, columns] thing in
            Self.cell(
                Double(thing.latitude) / 1e7, Double(thing.longitude) / 1e7, south: south,
                west: west, rows: rows, columns: columns) != nil
        }
        // Points by cell, then by place and signature, so that equals are neighbours.
        let sorted = inside.map { [south, west, rows, columns] thing in
            (
                cell: Self.cell(
                    Double(thing.latitude) / 1e7, Double(thing.longitude) / 1e7, south: south,
                    west: west, rows: rows, columns: columns) ?? 0, thing: thing
            )
        }.sorted {
            ($0.cell, $0.thing.latitude, $0.thing.longitude, $0.thing.signature)
                < ($1.cell, $1.thing.latitude, $1.thing.longitude, $1.thing.signature)
        }
        var points: [Vector] = []
        var members: [Member] = []
        var memberStarts: [Int32] = []
        var cellStarts = [Int32](repeating: 0, count: rows * columns + 1)
        var last: (latitude: Int32, longitude: Int32)?
        for (cell, thing) in sorted {
            if last?.latitude != thing.latitude || last?.longitude != thing.longitude {
                memberStarts.append(Int32(members.count))
                points.append(
                    Vector(
                        latitude: Double(thing.latitude) / 1e7,
                        longitude: Double(thing.longitude) / 1e7))
                cellStarts[cell + 1] += 1
                last = (thing.latitude, thing.longitude)
                members.append(Member(signature: thing.signature, count: 1))
            } else if members[members.count - 1].signature == thing.signature {
                members[members.count - 1].count += 1
            } else {
                members.append(Member(signature: thing.signature, count: 1))
            }
        }
        memberStarts.append(Int32(members.count))
        for cell in 0..<rows * columns { cellStarts[cell + 1] += cellStarts[cell] }
        (self.points, self.members) = (points, members)
        (self.memberStarts, self.cellStarts) = (memberStarts, cellStarts)

        var middles: [Vector] = []
        var reaches: [Double] = []
        for row in 0..<rows {
            for column in 0..<columns {
                let latitude = south + (Double(row) + 0.5) * Self.step.latitude
                let longitude = west + (Double(column) + 0.5) * Self.step.longitude
                let middle = Vector(latitude: latitude, longitude: longitude)
                var reach = 0.0
                for (up, right) in [(-0.5, -0.5), (-0.5, 0.5), (0.5, -0.5), (0.5, 0.5)] {
                    let corner = Vector(
                        latitude: latitude + up * Self.step.latitude,
                        longitude: longitude + right * Self.step.longitude)
                    reach = max(reach, middle.square(to: corner).squareRoot())
                }
                middles.append(middle)
                reaches.append(reach + Self.slack)
            }
        }
        (self.middles, self.reaches) = (middles, reaches)

        var sums: [UInt32] = []
        var sumStarts = [Int](repeating: -1, count: rows)
        for row in 0..<rows
        where cellStarts[row * columns] < cellStarts[(row + 1) * columns] {
            sumStarts[row] = sums.count
            sums.append(contentsOf: repeatElement(0, count: width))
            for cell in row * columns..<(row + 1) * columns {
                sums.append(contentsOf: Array(sums[(sums.count - width)...]))
                let start = sums.count - width
                for point in Int(cellStarts[cell])..<Int(cellStarts[cell + 1]) {
                    for member in members[
                        Int(memberStarts[point])..<Int(memberStarts[point + 1])]
                    {
                        for bin in signatureBins[Int(member.signature)] {
                            sums[start + Int(bin)] += member.count
                        }
                    }
                }
            }
        }
        (self.sums, self.sumStarts) = (sums, sumStarts)
        scattered = content.scattered.map { places, counts in
            (
                places.map {
                    Vector(
                        latitude: Double($0.latitude) / 1e7, longitude: Double($0.longitude) / 1e7)
                }, counts.map { Member(signature: $0, count: $1) }
            )
        }
    }

    private static func cell(
        _ latitude: Double, _ longitude: Double, south: Double, west: Double, rows: Int,
        columns: Int
    ) -> Int? {
        let row = ((latitude - south) / step.latitude).rounded(.down)
        let column = ((longitude - west) / step.longitude).rounded(.down)
        guard (0..<Double(rows)).contains(row), (0..<Double(columns)).contains(column) else {
            return nil
        }
        return Int(row) * columns + Int(column)
    }

    /// Adds to each bin how many things lie within great-circle metres of a point.
    ///
    /// - Parameter bins: ``width`` counts.
    func add(within metres: Double, of origin: Coordinates, to bins: inout [UInt32]) {
        precondition(bins.count == width, "there is a count for each bin")
        guard metres >= 0 else { return }
        let here = Vector(latitude: origin.latitude, longitude: origin.longitude)
        let limit = 2 * Self.radius * sin(min(metres / (2 * Self.radius), .pi / 2))
        let square = limit * limit
        let height = metres / 111_000 / Self.step.latitude + 1
        let middleRow = (origin.latitude - south) / Self.step.latitude
        let farNorth = min(abs(origin.latitude) + metres / 111_000, 89) * .pi / 180
        let across = metres / (111_000 * cos(farNorth)) / Self.step.longitude + 1
        let middleColumn = (origin.longitude - west) / Self.step.longitude
        let firstRow = max(0, Int(max(middleRow - height, 0)))
        let lastRow = min(rows - 1, Int(min(max(middleRow + height, -1), Double(rows))))
        let firstColumn = max(0, Int(max(middleColumn - across, 0)))
        let lastColumn = min(
            columns - 1, Int(min(max(middleColumn + across, -1), Double(columns))))
        guard firstRow <= lastRow, firstColumn <= lastColumn else { return }
        for row in firstRow...lastRow where sumStarts[row] >= 0 {
            var run: Range<Int>?
            for column in firstColumn...lastColumn {
                let cell = row * columns + column
                let isEmpty = cellStarts[cell] == cellStarts[cell + 1]
                let distance = here.square(to: middles[cell]).squareRoot()
                if distance + reaches[cell] <= limit {
                    if let open = run, open.upperBound == column {
                        run = open.lowerBound..<column + 1
                    } else {
                        if let run { addRow(row, run, to: &bins) }
                        run = column..<column + 1
                    }
                } else if !isEmpty, distance - reaches[cell] <= limit {
                    addPoints(of: cell, within: square, of: here, to: &bins)
                }
            }
            if let run { addRow(row, run, to: &bins) }
        }
        for entry in scattered where entry.places.contains(where: { here.square(to: $0) <= square })
        {
            for member in entry.members { add(member, to: &bins) }
        }
    }

    private func addRow(_ row: Int, _ cells: Range<Int>, to bins: inout [UInt32]) {
        let before = sumStarts[row] + cells.lowerBound * width
        let after = sumStarts[row] + cells.upperBound * width
        for bin in 0..<width { bins[bin] &+= sums[after + bin] &- sums[before + bin] }
    }

    private func addPoints(
        of cell: Int, within square: Double, of here: Vector, to bins: inout [UInt32]
    ) {
        for point in Int(cellStarts[cell])..<Int(cellStarts[cell + 1])
        where here.square(to: points[point]) <= square {
            for member in members[Int(memberStarts[point])..<Int(memberStarts[point + 1])] {
                add(member, to: &bins)
            }
        }
    }

    private func add(_ member: Member, to bins: inout [UInt32]) {
        for bin in signatureBins[Int(member.signature)] { bins[Int(bin)] &+= member.count }
    }
}
