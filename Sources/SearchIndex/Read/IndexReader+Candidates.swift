internal import CLinux

extension IndexReader {
    /// Hands out the courses that have one of some skills, by ascending number, with their offerings
    /// that pass a screen; those of which none passes are left out.
    ///
    /// Courses are numbered along a curve over the map, so a screen with circles leaves a few ranges of
    /// numbers; lists of skills are read in these alone. What is left is marked in a bit each and visited
    /// once, whatever the number of its skills.
    ///
    /// - Parameter skills: Numbers of skills; `nil` for all courses.
    /// - Throws: ``IndexError/damaged(path:section:)``.
    /// - Complexity: O(pairs of a skill and a course near the circles), in memory a bit a course.
    public func forEachCandidate(
        teaching skills: [Int]?, passing screen: OfferingScreen,
        _ body: (_ course: Int, _ offerings: [Int]) -> Void
    ) throws(IndexError) {
        guard courseCount > 0, skills?.isEmpty != true else { return }
        let test = ScreenTest(screen)
        let ranges = try test.chunks(self)?.courseRanges(below: courseCount)
        try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: (courseCount + 63) >> 6) {
            marks throws(IndexError) in
            marks.initialize(repeating: skills == nil ? .max : 0)
            for skill in skills ?? [] { try mark(skill, in: ranges, marks) }
            try visit(marks, in: ranges ?? [0..<courseCount], test, body)
        }
    }

    /// Sets the bits of the courses that have a skill; those of other ranges do not matter.
    private func mark(
        _ skill: Int, in ranges: [Range<Int>]?, _ marks: UnsafeMutableBufferPointer<UInt64>
    ) throws(IndexError) {
        guard let words = marks.baseAddress else { return }
        var cursor = try cursor(skill)
        let end = UInt32(courseCount)
        // To move to a range costs about as much as to pass over some courses.
        if let ranges, ranges.count &* 4 < cursor.count {
            for range in ranges {
                cursor.seek(UInt32(range.lowerBound))
                while cursor.course < range.upperBound {
                    words[Int(cursor.course &>> 6)] |= 1 &<< UInt64(cursor.course & 63)
                    cursor.advance()
                }
                if cursor.course == PostingCursor.end { return }
            }
        } else {
            while cursor.course < end {
                words[Int(cursor.course &>> 6)] |= 1 &<< UInt64(cursor.course & 63)
                cursor.advance()
            }
        }
    }

    /// How many courses are gathered before their rows are read, so that the waits for memory overlap.
    private static var batch: Int { 64 }

    private func visit(
        _ marks: UnsafeMutableBufferPointer<UInt64>, in ranges: [Range<Int>], _ test: ScreenTest,
        _ body: (_ course: Int, _ offerings: [Int]) -> Void
    ) throws(IndexError) {
        var visit = CandidateVisit(self, test)
        try withUnsafeTemporaryAllocation(of: CandidateVisit.Course.self, capacity: Self.batch * 2)
        {
            batch throws(IndexError) in
            var count = 0
            for range in ranges {
                try courseTraits.check(range)
                // A range begins at a chunk, which is a word.
                for word in range.lowerBound &>> 6..<(range.upperBound &+ 63) &>> 6 {
                    var rest = marks[word]
                    while rest != 0 {
                        let course = word &<< 6 | rest.trailingZeroBitCount
                        rest &= rest &- 1
                        // Behind the last course there is nothing, though all bits may be set.
                        guard course < range.upperBound else { break }
                        guard test.passes(traits: courseTraits.rows[course]) else { continue }
                        leerwijzer_prefetch(courses.rows + course)
                        batch.initializeElement(at: count, to: .init(number: course))
                        count &+= 1
                    }
                    guard count >= Self.batch else { continue }
                    try visit.run(UnsafeMutableBufferPointer(rebasing: batch[..<count]), body)
                    count = 0
                }
            }
            try visit.run(UnsafeMutableBufferPointer(rebasing: batch[..<count]), body)
        }
    }
}

/// Tries the offerings of courses that come in ascending order.
private struct CandidateVisit {
    struct Course {
        var number: Int
        var first = 0
        var end = 0
        var broken = 0
    }

    // Not counted: whoever asks holds the reader, and counts would make threads wait.
    private unowned(unsafe) let reader: IndexReader
    private let test: ScreenTest
    private let cells: UInt64
    /// The first rows whose chunks were not checked: rows are read in ascending order, so that a chunk
    /// need not be asked about twice.
    private var checkedCourses = 0
    private var checkedOfferings = 0
    private var passing: [Int] = []

    init(_ reader: IndexReader, _ test: ScreenTest) {
        self.reader = reader
        self.test = test
        cells = test.cells
    }

    mutating func run(
        _ batch: UnsafeMutableBufferPointer<Course>,
        _ body: (_ course: Int, _ offerings: [Int]) -> Void
    ) throws(IndexError) {
        let courseRows = reader.courses.rows
        let offeringRows = reader.offerings.rows
        let skillRows = reader.skills.rows
        var count = 0
        for index in batch.indices {
            let number = batch[index].number
            if number &+ 1 >= checkedCourses {
                try reader.courses.check(number..<number + 1)
                checkedCourses = try reader.courses.checkOn(from: number + 1)
            }
            let row = courseRows[number]
            // All bits stand for a course that no place rules out.
            guard row.cells & cells != 0 || row.cells == .max else { continue }
            let first = Int(row.firstOffering)
            let end = Int(courseRows[number &+ 1].firstOffering)
            guard first < end else { continue }
            leerwijzer_prefetch(offeringRows + first)
            leerwijzer_prefetch(offeringRows + end - 1)
            // What passes is asked next which skills it teaches.
            leerwijzer_prefetch(skillRows + Int(row.firstSkill))
            batch[count] = Course(number: number, first: first, end: end, broken: test.broken(row))
            count &+= 1
        }
        for index in 0..<count {
            let course = batch[index]
            if course.end > checkedOfferings {
                try reader.offerings.check(course.first..<course.end)
                checkedOfferings = try reader.offerings.checkOn(from: course.end - 1)
            }
            passing.removeAll(keepingCapacity: true)
            for offering in course.first..<course.end
            where test.passes(offeringRows[offering], broken: course.broken) {
                passing.append(offering)
            }
            if !passing.isEmpty { body(course.number, passing) }
        }
    }
}
