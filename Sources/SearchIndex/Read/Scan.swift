internal import CLinux
import CourseModel

/// What a scan finds.
protocol ScanSink {
    /// How well the words fit a course in which they hold; `nil` when that cannot matter.
    ///
    /// Asked before the course's conditions are looked at.
    func score(_ course: Int, _ words: inout WordPlan) -> Float?
    /// An offering that meets all conditions.
    mutating func fits(
        _ offering: Int, _ row: OfferingRow, _ course: CourseRow)
        throws(IndexError)
    /// Offerings of a course that all meet all conditions; their rows were not looked at.
    mutating func allFit(_ offerings: Range<Int>, _ course: CourseRow) throws(IndexError)
    /// Offerings of a course that all meet all conditions but one of courses, which is tolerated.
    mutating func allNearlyFit(_ offerings: Range<Int>, _ course: CourseRow, but condition: UInt32)
    /// An offering that meets all conditions but one of those that the scan tolerates.
    mutating func nearlyFits(
        _ offering: Int, _ row: OfferingRow, _ course: CourseRow, but condition: UInt32
    ) throws(IndexError)
    /// An offering that needs no travel and meets all conditions but those on place.
    mutating func fitsWithoutTravel()
    /// Behind the offerings of a course of which at least one fits.
    ///
    /// - Parameter score: See ``score(_:_:)``.
    mutating func endCourse(_ course: Int, _ row: CourseRow, score: Float?) throws(IndexError)
}

/// Walks all courses that may fit, by words and by place, and tries each of their offerings.
struct Scan {
    // Not counted: whoever calls a query holds the reader, and counts would make threads wait.
    unowned(unsafe) let reader: IndexReader
    let rows: RowTest
    let place: PlaceTest
    /// Conditions of which one alone may fail for an offering to be handed to `nearlyFits`.
    let tolerated: UInt32
    /// Whether offerings that need no travel are looked for even where they do not fit.
    let countsNoTravel: Bool

    /// A course in which the words hold.
    private struct Candidate {
        var course: Int
        var score: Float?
    }

    /// How many courses are gathered before their rows are read.
    ///
    /// Rows lie far apart, and a large index is not in the processor's caches. Those of one course after
    /// the other are asked for early, so that the waits for memory overlap.
    private static let batch = 32

    func run(_ words: inout WordPlan, _ sink: inout some ScanSink) throws(IndexError) {
        guard !words.isImpossible, reader.courseCount > 0 else { return }
        words.prepare()
        // Rows are read in ascending order, so that a chunk need not be asked about twice.
        var checked = Checked()
        let courseRows = reader.courses.rows
        let sieve = self.sieve
        try withUnsafeTemporaryAllocation(of: Candidate.self, capacity: Self.batch) {
            candidates throws(IndexError) in
            var count = 0
            for range in try courseRanges(&words) {
                try words.forEachCourse(in: range) { course, words throws(IndexError) in
                    leerwijzer_prefetch(courseRows + course)
                    leerwijzer_prefetch(courseRows + course + 1)
                    candidates.initializeElement(
                        at: count,
                        to: Candidate(course: course, score: sink.score(course, &words)))
                    count &+= 1
                    if count == Self.batch {
                        try visit(
                            UnsafeMutableBufferPointer(rebasing: candidates[..<count]), sieve,
                            &checked, &sink)
                        count = 0
                    }
                }
            }
            try visit(
                UnsafeMutableBufferPointer(rebasing: candidates[..<count]), sieve, &checked, &sink)
        }
        if let failure = words.failure { throw failure }
    }

    /// The first rows whose chunks were not checked.
    private struct Checked {
        var courses = 0
        var offerings = 0
    }

    /// Tries the offerings of courses that come in ascending order.
    private func visit(
        _ candidates: UnsafeMutableBufferPointer<Candidate>, _ sieve: Sieve?,
        _ checked: inout Checked, _ sink: inout some ScanSink
    ) throws(IndexError) {
        let courseRows = reader.courses.rows
        let offeringRows = reader.offerings.rows
        let isForCoursesOnly = rows.isForCoursesOnly && place.bits == 0
        if !isForCoursesOnly {
            for candidate in candidates {
                // Not checked yet, and so perhaps not a row at all; to ask for it does no harm.
                let row = courseRows[candidate.course]
                guard sieve?.passes(row) ?? true else { continue }
                leerwijzer_prefetch(offeringRows + Int(row.firstOffering))
            }
        }
        for candidate in candidates {
            let course = candidate.course
            if course &+ 1 >= checked.courses {
                try reader.courses.check(course..<course + 1)
                checked.courses = try reader.courses.checkOn(from: course + 1)
            }
            let row = courseRows[course]
            if let sieve, !sieve.passes(row) { continue }
            let failures = rows.failures(row)
            if failures != 0, failures & ~tolerated != 0 || failures & (failures &- 1) != 0 {
                continue
            }
            let first = Int(row.firstOffering)
            let end = Int(courseRows[course &+ 1].firstOffering)
            guard first < end else { continue }
            if isForCoursesOnly {
                if failures == 0 {
                    try sink.allFit(first..<end, row)
                    try sink.endCourse(course, row, score: candidate.score)
                } else {
                    sink.allNearlyFit(first..<end, row, but: failures)
                }
                continue
            }
            if end > checked.offerings {
                try reader.offerings.check(first..<end)
                checked.offerings = try reader.offerings.checkOn(from: end - 1)
            }
            if try visit(first, end, row, failures, &sink) {
                try sink.endCourse(course, row, score: candidate.score)
            }
        }
    }

    /// Tries the offerings of a course; returns whether one fits.
    @inline(__always)
    private func visit(
        _ first: Int, _ end: Int, _ courseRow: CourseRow, _ courseFailures: UInt32,
        _ sink: inout some ScanSink
    ) throws(IndexError) -> Bool {
        var anyFits = false
        var number = first
        let offeringRows = reader.offerings.rows
        while number < end {
            defer { number &+= 1 }
            let row = offeringRows[number]
            let failures = courseFailures | (try rows.failures(row, number))
            if failures != 0, failures & ~tolerated != 0 || failures & (failures &- 1) != 0 {
                continue
            }
            let missed: UInt32
            if place.bits == 0 {
                missed = 0
            } else if row.flags & (OfferingRow.needsNoTravel | OfferingRow.hasMoreVenues) == 0 {
                missed = place.failures(row.latitude, row.longitude, row.area)
            } else {
                missed = try missedAnywhere(row, number, failures, courseRow, &sink)
            }
            if missed == 0 {
                if failures == 0 {
                    anyFits = true
                    try sink.fits(number, row, courseRow)
                } else {
                    try sink.nearlyFits(number, row, courseRow, but: failures)
                }
            } else if failures == 0, missed & tolerated == missed, missed & (missed &- 1) == 0 {
                try sink.nearlyFits(number, row, courseRow, but: missed)
            }
        }
        return anyFits
    }

    /// As `PlaceTest.failures`, for an offering without or with several venues: 0 if it fits, else
    /// all conditions on place, after the sink was told about those that alone keep it out.
    private func missedAnywhere(
        _ row: OfferingRow, _ number: Int, _ failures: UInt32, _ courseRow: CourseRow,
        _ sink: inout some ScanSink
    ) throws(IndexError) -> UInt32 {
        var alone: UInt32 = 0
        if row.flags & OfferingRow.needsNoTravel > 0 {
            if place.acceptsNoTravel { return 0 }
            if failures == 0 { sink.fitsWithoutTravel() }
            // One condition on place is all that keeps it out if there is only one.
            if place.bits & (place.bits &- 1) == 0 { alone = place.bits }
        } else {
            var fits = false
            try forEachVenue(of: number, row) { _, latitude, longitude, area in
                let missed = place.failures(latitude, longitude, area)
                if missed == 0 { fits = true }
                if missed & (missed &- 1) == 0 { alone |= missed }
            }
            if fits { return 0 }
        }
        if failures == 0 {
            var rest = alone & tolerated
            while rest != 0 {
                let bit = rest & (0 &- rest)
                try sink.nearlyFits(number, row, courseRow, but: bit)
                rest &= ~bit
            }
        }
        // Not a single bit, so that the caller does not tell the sink again.
        return .max
    }

    /// Where on the map a venue that fits can lie.
    private struct Sieve {
        var cells: UInt64
        var tiles: TileBox

        /// Whether a venue of the course may fit.
        @inline(__always)
        func passes(_ row: CourseRow) -> Bool {
            row.cells & cells != 0 && row.tiles.overlaps(tiles)
        }
    }

    /// What holds back courses by their venues; `nil` when any course may fit.
    private var sieve: Sieve? {
        guard place.bits != 0, tolerated & (ConditionBits.near | ConditionBits.area) == 0 else {
            return nil
        }
        if tolerated & place.bits == ConditionBits.region, place.bits == ConditionBits.region {
            return nil
        }
        let ignoresRegions = tolerated & ConditionBits.region > 0
        let box = ignoresRegions ? place.boxWithoutRegions : place.box
        let cells = MapCells.cells(box)
        // Where no venue can fit, what needs no travel still may.
        return cells == 0 ? nil : Sieve(cells: cells, tiles: TileBox(box))
    }

    /// Ranges of the numbers of all courses that may fit by place.
    ///
    /// When the words leave few, each of these is looked up instead, and there is one range.
    private func courseRanges(_ words: inout WordPlan) throws(IndexError) -> [Range<Int>] {
        let all = 0..<reader.courseCount
        guard var chunks = try chunksOfPlace() else { return [all] }
        let count = chunks.count
        // Looking at a box costs about as much as passing over a course.
        guard words.cost > count / 4 else { return [all] }
        try reader.chunks.check(0..<reader.chunks.count)
        let ignoresRegions = tolerated & ConditionBits.region > 0
        let box = ignoresRegions ? place.boxWithoutRegions : place.box
        let flags = flagsOfPlace
        let boxes = reader.chunks.rows
        chunks.filter { boxes[$0].overlaps(box) || boxes[$0].flags & flags != 0 }
        // To move a list to a range costs about as much as to pass over some courses.
        if words.cost > 4 * chunks.count { return chunks.courseRanges(below: all.upperBound) }
        words.keep(to: chunks)
        return [all]
    }

    /// The flags of boxes whose courses may fit wherever their venues are.
    private var flagsOfPlace: UInt32 {
        var flags: UInt32 = place.acceptsNoTravel || countsNoTravel ? PlaceBox.needsNoTravel : 0
        if place.bits & ConditionBits.region > 0 { flags |= PlaceBox.hasRegionOnly }
        return flags
    }

    /// The chunks with a venue in the cells of the query's box; `nil` when any chunk may fit.
    private func chunksOfPlace() throws(IndexError) -> ChunkSet? {
        // Where a place may be missed, any place may do.
        guard place.bits != 0, tolerated & (ConditionBits.near | ConditionBits.area) == 0 else {
            return nil
        }
        let ignoresRegions = tolerated & ConditionBits.region > 0
        if ignoresRegions, place.bits == ConditionBits.region { return nil }
        return try ChunkSet(
            of: MapCells.cells(ignoresRegions ? place.boxWithoutRegions : place.box),
            flags: flagsOfPlace, reader)
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
