/// A honeycomb of equal cells, each with a label, from which the outlines of regions are traced.
///
/// At a corner of a honeycomb three cells meet, never four: an outline never crosses itself and
/// there is always one way on. Corners lie on a lattice of half a cell's width and a quarter of its
/// height, so that they compare exactly.
struct HexagonGrid: Sendable {
    /// A corner, counted in steps of the lattice.
    struct Corner: Hashable, Comparable, Sendable {
        var x: Int32
        var y: Int32

        static func < (first: Self, second: Self) -> Bool {
            (first.y, first.x) < (second.y, second.x)
        }
    }

    /// From a cell's middle to its corners, in kilometres.
    let size: Double
    let columns: Int
    let rows: Int
    /// By row, then column; `nil` for no region.
    private(set) var labels: [Int?]

    /// A grid that covers a width and a height in kilometres, still without labels.
    init(size: Double, width: Double, height: Double) {
        self.size = size
        columns = Int(width / (size * 3.0.squareRoot())) + 2
        rows = Int(height / (size * 1.5)) + 2
        labels = Array(repeating: nil, count: columns * rows)
    }

    /// Labels every cell by what lies at its middle.
    ///
    /// - Parameter find: The label of a point, and whether it is surely land. What is not sure is
    ///   land only where sure land lies all around it, as in the middle of a wide heath, and water
    ///   where it reaches the edge of the map.
    mutating func label(
        _ find: (MapProjection.Point) -> (label: Int, isSure: Bool)?
    ) {
        var isOpen = Array(repeating: false, count: labels.count)
        for row in 0..<rows {
            for column in 0..<columns {
                let found = find(middle(row: row, column: column))
                labels[row * columns + column] = found?.label
                isOpen[row * columns + column] = found?.isSure != true
            }
        }
        var waiting = (0..<labels.count).filter { cell in
            let (row, column) = (cell / columns, cell % columns)
            return isOpen[cell]
                && (row == 0 || column == 0 || row == rows - 1 || column == columns - 1)
        }
        for cell in waiting { isOpen[cell] = false }
        while let cell = waiting.popLast() {
            labels[cell] = nil
            for direction in 0..<6 {
                guard let next = neighbour(of: cell, direction), isOpen[next] else { continue }
                isOpen[next] = false
                waiting.append(next)
            }
        }
    }

    /// Where a corner lies.
    func point(_ corner: Corner) -> MapProjection.Point {
        .init(x: Double(corner.x) * size * 3.0.squareRoot() / 2, y: Double(corner.y) * size / 2)
    }

    /// The middle of a cell.
    func middle(row: Int, column: Int) -> MapProjection.Point {
        point(Corner(x: Int32(2 * column + row % 2), y: Int32(3 * row)))
    }

    /// The corners of a cell, clockwise from the top; edge *n* runs from corner *n* to the next.
    func corner(_ number: Int, of cell: Int) -> Corner {
        let (row, column) = (cell / columns, cell % columns)
        let (x, y) = (Int32(2 * column + row % 2), Int32(3 * row))
        switch number % 6 {
        case 0: return Corner(x: x, y: y - 2)
        case 1: return Corner(x: x + 1, y: y - 1)
        case 2: return Corner(x: x + 1, y: y + 1)
        case 3: return Corner(x: x, y: y + 2)
        case 4: return Corner(x: x - 1, y: y + 1)
        default: return Corner(x: x - 1, y: y - 1)
        }
    }

    /// The cell on the other side of an edge; `nil` beyond the grid.
    func neighbour(of cell: Int, _ edge: Int) -> Int? {
        let (row, column) = (cell / columns, cell % columns)
        let shift = row % 2
        let (nextRow, nextColumn) =
            switch edge {
            case 0: (row - 1, column + shift)
            case 1: (row, column + 1)
            case 2: (row + 1, column + shift)
            case 3: (row + 1, column + shift - 1)
            case 4: (row, column - 1)
            default: (row - 1, column + shift - 1)
            }
        guard (0..<rows).contains(nextRow), (0..<columns).contains(nextColumn) else { return nil }
        return nextRow * columns + nextColumn
    }
}
