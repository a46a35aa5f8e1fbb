import CourseModel

/// A screen, ready to be tried on many rows.
struct ScreenTest {
    private let screen: OfferingScreen
    /// More than any screen allows.
    private static let hopeless = 8
    /// For all traits of courses, how many limits those break.
    private let brokenByTraits: [UInt8]
    private let kept: [PlaceBox]
    private let nearly: [PlaceBox]

    init(_ screen: OfferingScreen) {
        self.screen = screen
        brokenByTraits = (UInt8.min...UInt8.max).map {
            Self.broken(CourseTraits(rawValue: $0), screen)
        }
        let circles = screen.circles ?? []
        kept = circles.map { PlaceTest.box(around: $0.center, metres: $0.metres) }
        nearly =
            screen.mayBreak == 0
            ? [] : circles.map { PlaceTest.box(around: $0.center, metres: $0.nearly) }
    }

    /// The map cells of which a course must have one; all bits when any course may pass.
    var cells: UInt64 {
        guard screen.circles != nil else { return .max }
        return widest.reduce(0) { $0 | MapCells.cells($1) }
    }

    /// The chunks of courses that may pass; `nil` when all may.
    func chunks(_ reader: IndexReader) throws(IndexError) -> ChunkSet? {
        guard screen.circles != nil else { return nil }
        // What has no place on the map breaks the limit, which is one that may be broken.
        let flags = PlaceBox.needsNoTravel | (screen.mayBreak > 0 ? PlaceBox.hasUnplaced : 0)
        var chunks = try ChunkSet(of: cells, flags: flags, reader)
        try reader.chunks.check(0..<reader.chunks.count)
        let boxes = reader.chunks.rows
        chunks.filter { chunk in
            boxes[chunk].flags & flags != 0 || widest.contains { $0.overlaps(boxes[chunk]) }
        }
        return chunks
    }

    private var widest: [PlaceBox] { screen.mayBreak == 0 ? kept : nearly }

    private static func broken(_ traits: CourseTraits, _ screen: OfferingScreen) -> UInt8 {
        guard screen.countedKinds >> traits.kind & 1 > 0 else { return UInt8(hopeless) }
        var broken = 0
        if screen.levels >> UInt16(traits.level) & 1 == 0 {
            broken = screen.nearlyLevels >> UInt16(traits.level) & 1 == 0 ? hopeless : 1
        }
        if screen.kinds >> traits.kind & 1 == 0 { broken += 1 }
        return UInt8(broken)
    }

    /// Whether a course with such traits can have offerings that pass.
    @inline(__always)
    func passes(traits: UInt8) -> Bool { brokenByTraits[Int(traits)] <= screen.mayBreak }

    /// How many limits a course breaks for all of its offerings.
    @inline(__always)
    func broken(_ row: CourseRow) -> Int { Int(brokenByTraits[Int(CourseTraits(row).rawValue)]) }

    /// Whether an offering of a course that breaks so many limits passes.
    @inline(__always)
    func passes(_ row: OfferingRow, broken ofCourse: Int) -> Bool {
        guard row.availableUntil >= screen.today,
            row.flags & (OfferingRow.full | OfferingRow.cancelled) == 0
        else { return false }
        var broken = ofCourse
        if let start = screen.start, row.start != OfferingRow.continuousStart {
            broken &+= Self.broken(start, row.start, unknown: OfferingRow.unknownStart)
        }
        if let price = screen.price {
            broken &+= Self.broken(price, row.price, unknown: OfferingRow.unknownPrice)
        }
        if let modes = screen.modes, row.modes & modes == 0 { broken &+= 1 }
        guard broken <= screen.mayBreak else { return false }
        guard screen.circles != nil else { return true }
        return broken &+ brokenByTravel(row) <= screen.mayBreak
    }

    @inline(__always)
    private static func broken(_ span: OfferingScreen.Span, _ value: Int32, unknown: Int32) -> Int {
        if value == unknown { return 1 }
        if value >= span.kept.lowerBound, value <= span.kept.upperBound { return 0 }
        return span.nearly.contains(value) ? 1 : hopeless
    }

    @inline(__always)
    private func brokenByTravel(_ row: OfferingRow) -> Int {
        // Of several venues another one may be nearer than the first.
        guard row.flags & (OfferingRow.needsNoTravel | OfferingRow.hasMoreVenues) == 0 else {
            return 0
        }
        guard row.latitude != OfferingRow.noPlace else { return 1 }
        for box in kept where box.contains(row.latitude, row.longitude) { return 0 }
        for box in nearly where box.contains(row.latitude, row.longitude) { return 1 }
        return Self.hopeless
    }
}

extension PlaceBox {
    @inline(__always)
    fileprivate func contains(_ latitude: Int32, _ longitude: Int32) -> Bool {
        latitude >= south && latitude <= north && longitude >= west && longitude <= east
    }
}
