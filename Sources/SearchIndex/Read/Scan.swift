import CourseModel

/// What a scan finds.
protocol ScanSink {
    /// An offering that meets all conditions.
    mutating func fits(
        _ offering: Int, _ row: OfferingRow, _ course: CourseRow)
        throws(IndexError)
    /// An offering that meets all conditions but one of those that the scan tolerates.
    mutating func nearlyFits(
        _ offering: Int, _ row: OfferingRow, _ course: CourseRow, but condition: UInt32
    ) throws(IndexError)
    /// An offering that needs no travel and meets all conditions but those on place.
    mutating func fitsWithoutTravel()
    /// Behind the offerings of a course of which at least one fits; `score` works out how well the
    /// words fit.
    mutating func endCourse(
        _ course: Int, _ row: CourseRow, score: () -> Float)
        throws(IndexError)
}

/// Walks all courses that may fit, by words and by place, and tries each of their offerings.
struct Scan {
    let reader: IndexReader
    let rows: RowTest
    let place: PlaceTest
    /// Conditions of which one alone may fail for an offering to be handed to `nearlyFits`.
    let tolerated: UInt32
    /// Whether offerings that need no travel are looked for even where they do not fit.
    let countsNoTravel: Bool

    func run(_ words: inout WordPlan, _ sink: inout some ScanSink) throws(IndexError) {
        guard !words.isImpossible, reader.courseCount > 0 else { return }
        words.prepare()
        for range in try courseRanges() {
            let end = UInt32(range.upperBound)
            if words.driverClause != nil {
                var course = words.seekDriver(UInt32(range.lowerBound))
                while course < end {
                    if words.holds(course) { try visit(Int(course), &words, &sink) }
                    course = words.advanceDriver(course)
                }
            } else {
                for course in range where words.holds(UInt32(course)) {
                    try visit(course, &words, &sink)
                }
            }
        }
    }

    /// The courses whose boxes meet the box of the query, as ranges of numbers.
    private func courseRanges() throws(IndexError) -> [Range<Int>] {
        let all = 0..<reader.courseCount
        // Where a place may be missed, any place may do.
        guard place.bits != 0, tolerated & (ConditionBits.near | ConditionBits.area) == 0 else {
            return [all]
        }
        let ignoresRegions = tolerated & ConditionBits.region > 0
        if ignoresRegions, place.bits == ConditionBits.region { return [all] }
        let box = ignoresRegions ? place.boxWithoutRegions : place.box
        let wantsNoTravel = place.acceptsNoTravel || countsNoTravel
        var flags: UInt32 = wantsNoTravel ? PlaceBox.needsNoTravel : 0
        if place.bits & ConditionBits.region > 0 { flags |= PlaceBox.hasRegionOnly }
        func meets(_ other: PlaceBox) -> Bool { other.overlaps(box) || other.flags & flags != 0 }
        var ranges: [Range<Int>] = []
        try reader.groups.check(0..<reader.groups.count)
        for group in 0..<reader.groups.count where meets(reader.groups.rows[group]) {
            let first = group * IndexFormat.chunksPerGroup
            let last = min(first + IndexFormat.chunksPerGroup, reader.chunks.count)
            try reader.chunks.check(first..<last)
            for chunk in first..<last where meets(reader.chunks.rows[chunk]) {
                let start = chunk * IndexFormat.coursesPerChunk
                let end = min(start + IndexFormat.coursesPerChunk, reader.courseCount)
                if let before = ranges.last, before.upperBound == start {
                    ranges[ranges.count - 1] = before.lowerBound..<end
                } else {
                    ranges.append(start..<end)
                }
            }
        }
        return ranges
    }

    @inline(__always)
    private func visit(
        _ course: Int, _ words: inout WordPlan, _ sink: inout some ScanSink
    ) throws(IndexError) {
        try reader.courses.check(course..<course + 2)
        let courseRow = reader.courses.rows[course]
        let courseFailures = rows.failures(courseRow)
        if courseFailures & ~tolerated != 0 || courseFailures.nonzeroBitCount > 1 { return }
        let offerings =
            Int(courseRow.firstOffering)..<Int(reader.courses.rows[course + 1].firstOffering)
        try reader.offerings.check(offerings)
        var anyFits = false
        for number in offerings {
            let row = reader.offerings.rows[number]
            let failures = courseFailures | (try rows.failures(row, number))
            if failures & ~tolerated != 0 || failures.nonzeroBitCount > 1 { continue }
            let outcome = try placeOutcome(row, number)
            if outcome.fits {
                if failures == 0 {
                    anyFits = true
                    try sink.fits(number, row, courseRow)
                } else {
                    try sink.nearlyFits(number, row, courseRow, but: failures)
                }
            } else if failures == 0 {
                if row.flags & OfferingRow.needsNoTravel > 0 { sink.fitsWithoutTravel() }
                var rest = outcome.alone & tolerated
                while rest != 0 {
                    let bit = rest & (0 &- rest)
                    try sink.nearlyFits(number, row, courseRow, but: bit)
                    rest &= ~bit
                }
            }
        }
        guard anyFits else { return }
        let number = UInt32(course)
        try sink.endCourse(course, courseRow) { words.score(number) }
    }

    /// Whether some venue of an offering meets all conditions on place, else which conditions are the
    /// only one that some venue misses.
    @inline(__always)
    private func placeOutcome(
        _ row: OfferingRow, _ number: Int
    ) throws(IndexError) -> (fits: Bool, alone: UInt32) {
        guard place.bits != 0 else { return (true, 0) }
        if row.flags & (OfferingRow.needsNoTravel | OfferingRow.hasMoreVenues) == 0 {
            let failures = place.failures(row.latitude, row.longitude, row.area)
            return (failures == 0, failures.nonzeroBitCount == 1 ? failures : 0)
        }
        if row.flags & OfferingRow.needsNoTravel > 0 {
            // One condition on place is all that keeps it out if there is only one.
            return (place.acceptsNoTravel, place.bits.nonzeroBitCount == 1 ? place.bits : 0)
        }
        var alone: UInt32 = 0
        var fits = false
        try forEachVenue(of: number, row) { _, latitude, longitude, area in
            let failures = place.failures(latitude, longitude, area)
            if failures == 0 { fits = true }
            if failures.nonzeroBitCount == 1 { alone |= failures }
        }
        return (fits, alone)
    }

    /// Hands out the venues of an offering in their order.
    func forEachVenue(
        of number: Int, _ row: OfferingRow,
        _ body: (_ index: Int, _ latitude: Int32, _ longitude: Int32, _ area: UInt16) -> Void
    ) throws(IndexError) {
        body(0, row.latitude, row.longitude, row.area)
        guard row.flags & OfferingRow.hasMoreVenues > 0 else { return }
        let further = try reader.furtherVenues(of: number, row)
        for (index, venue) in further.enumerated() {
            let point = reader.venues.rows[venue]
            body(index + 1, point.latitude, point.longitude, point.area)
        }
    }

    /// The venue that meets the conditions on place and is nearest, and how far it is.
    func nearestVenue(
        of number: Int, _ row: OfferingRow
    ) throws(IndexError) -> (venue: Int, metres: Double) {
        if row.flags & OfferingRow.hasMoreVenues == 0 {
            return (0, place.exactMetres(row.latitude, row.longitude))
        }
        var best = (venue: 0, metres: Double.infinity)
        var isFirst = true
        try forEachVenue(of: number, row) { index, latitude, longitude, area in
            guard place.bits == 0 || place.failures(latitude, longitude, area) == 0 else { return }
            let metres = place.exactMetres(latitude, longitude)
            if isFirst || metres < best.metres { best = (index, metres) }
            isFirst = false
        }
        return best
    }
}
