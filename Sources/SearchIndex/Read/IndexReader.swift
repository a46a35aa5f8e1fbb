import CourseModel
import Text

/// The index of one generation: immutable, mapped from its file, and shared by any number of
/// threads.
///
/// Opening takes the same short time whatever the size; what is read is checked against its
/// checksum the first time, so damage is reported by the first query that would have used it.
public final class IndexReader: Sendable {
    /// The generation of the catalogue that it describes.
    public let generation: Int
    /// How many courses there are; they are numbered from 0.
    public let courseCount: Int
    /// How many offerings there are; they are numbered from 0, course by course.
    public let offeringCount: Int
    /// What the index was made with.
    public var options: IndexOptions { meta.options }

    let file: MappedFile
    let meta: IndexMeta
    let ranking: Ranking
    let courses: Column<CourseRow>
    let courseTraits: Column<UInt8>
    let offerings: Column<OfferingRow>
    let enrolled: Column<UInt32>
    let enrolment: Column<Int32>
    let chunks: Column<PlaceBox>
    let chunkCells: Column<UInt64>
    let moreVenues: Column<UInt32>
    let moreVenueStarts: Column<UInt32>
    let venues: Column<VenueRow>
    let venueLabels: NarrowColumn
    let conditions: NarrowColumn
    let providerIDs: StringTable
    let providerNames: StringTable
    let partnerIDs: StringTable
    let languageSets: StringTable
    let fundingSets: StringTable
    let conditionSets: StringTable
    let regions: StringTable
    let labels: StringTable
    let areas: Column<AreaRow>
    let areaBoxes: Column<PlaceBox>
    let terms: StringTable
    let termHashes: HashTable
    let termCourses: Column<UInt32>
    let termStarts: Column<UInt64>
    let postings: SectionView
    let forms: StringTable
    let formHashes: HashTable
    let formRows: Column<FormRow>
    let formParts: Column<UInt32>
    let phraseStarts: Offsets
    let phrases: SectionView
    let skills: Column<SkillRow>
    let storedStarts: Offsets
    let storedBytes: SectionView
    let courseHashes: Column<UInt32>
    let analyzer = Analyzer()

    /// Opens the index in a generation's folder.
    ///
    /// - Throws: ``IndexError``; every case means that the index must be built again.
    /// - Complexity: O(1), but for 8 bytes of checksum for each 16 KB of the file.
    public init(folder: String) throws(IndexError) {
        file = try MappedFile(path: folder + "/" + IndexFormat.fileName)
        generation = file.generation
        meta = IndexMeta(try SectionView(file, .meta).bytes(0, file.range(.meta).count))
        courseCount = meta.courses
        offeringCount = meta.offerings
        ranking = Ranking(
            options: meta.options, averages: meta.averages, courses: meta.courses)
        courses = try Column(file, .courses)
        courseTraits = try Column(file, .courseTraits)
        offerings = try Column(file, .offerings)
        enrolled = try Column(file, .enrolled)
        enrolment = try Column(file, .enrolment)
        chunks = try Column(file, .chunks)
        chunkCells = try Column(file, .chunkCells)
        moreVenues = try Column(file, .moreVenues)
        moreVenueStarts = try Column(file, .moreVenueStarts)
        venues = try Column(file, .venues)
        providerIDs = try StringTable(file, .providerIDs)
        providerNames = try StringTable(file, .providerNames)
        partnerIDs = try StringTable(file, .partnerIDs)
        languageSets = try StringTable(file, .languageSets)
        fundingSets = try StringTable(file, .fundingSets)
        conditionSets = try StringTable(file, .conditionSets)
        regions = try StringTable(file, .regions)
        labels = try StringTable(file, .labels)
        venueLabels = try NarrowColumn(
            file, .venueLabels, count: offeringCount, below: labels.count)
        conditions = try NarrowColumn(
            file, .conditions, count: offeringCount, below: conditionSets.count)
        areas = try Column(file, .areas)
        areaBoxes = try Column(file, .areaBoxes)
        terms = try StringTable(file, .terms)
        termHashes = try HashTable(file, .termHashes, over: terms)
        termCourses = try Column(file, .termCourses)
        termStarts = try Column(file, .termStarts)
        postings = SectionView(file, .postings)
        forms = try StringTable(file, .forms)
        formHashes = try HashTable(file, .formHashes, over: forms)
        formRows = try Column(file, .formRows)
        formParts = try Column(file, .formParts)
        phraseStarts = try Offsets(file, .phraseStarts, count: courseCount)
        phrases = SectionView(file, .phrases)
        skills = try Column(file, .skills)
        storedStarts = try Offsets(file, .storedStarts, count: courseCount)
        storedBytes = SectionView(file, .stored)
        courseHashes = try Column(file, .courseHashes)
        guard courses.count == courseCount + 1, courseTraits.count == courseCount,
            offerings.count == offeringCount,
            termCourses.count == terms.count, termStarts.count == terms.count + 1,
            enrolment.count == 2 * enrolled.count, courseHashes.count > courseCount,
            chunkCells.count == ChunkSet.sectionCount(chunks: chunks.count)
        else { throw file.damaged(.meta) }
    }

    /// Checks every byte of the file.
    ///
    /// - Complexity: O(size), at the speed of memory.
    public func verify() throws(IndexError) { try file.verifyAll() }

    /// Where each section lies in the file, in bytes.
    var sections: [(name: String, range: Range<Int>)] {
        IndexSection.allCases.map { ("\($0)", file.range($0)) }
    }

    // MARK: Rows

    /// A course's facts; traps when there is no such course.
    public func course(_ number: Int) throws(IndexError) -> CourseRow { try courses.row(number) }

    /// An offering's facts; traps when there is no such offering.
    public func offering(_ number: Int) throws(IndexError) -> OfferingRow {
        try offerings.row(number)
    }

    /// The offerings of a course, soonest start first.
    public func offerings(ofCourse number: Int) throws(IndexError) -> Range<Int> {
        try courses.check(number..<number + 2)
        return Int(courses.rows[number].firstOffering)..<Int(courses.rows[number + 1].firstOffering)
    }

    /// The course of an offering.
    ///
    /// - Complexity: O(log courses).
    public func course(ofOffering number: Int) throws(IndexError) -> Int {
        precondition(number >= 0 && number < offeringCount, "offering outside of the index")
        var low = 0
        var high = courseCount
        while low + 1 < high {
            let middle = (low + high) / 2
            if try courses.row(middle).firstOffering <= UInt32(number) {
                low = middle
            } else {
                high = middle
            }
        }
        return low
    }

    // MARK: Skills

    /// A skill of a course.
    public struct CourseSkill: Hashable, Sendable {
        /// The skill's number in this index; see ``IndexReader/skillNumber(_:)``.
        public let skill: Int
        /// How sure and central it is, 0...1.
        public let weight: Float
        /// Whether the provider says so.
        public let isDeclared: Bool
    }

    /// The skills of a course, by ascending number.
    public func skills(ofCourse number: Int) throws(IndexError) -> [CourseSkill] {
        try courses.check(number..<number + 2)
        let range =
            Int(courses.rows[number].firstSkill)..<Int(courses.rows[number + 1].firstSkill)
        try skills.check(range)
        return range.map { index in
            let row = skills.rows[index]
            return CourseSkill(
                skill: Int(row.term), weight: Float(row.weight & 255) / 255,
                isDeclared: row.weight & 256 > 0)
        }
    }

    /// Hands out the skills of a course with their weights 1...255, by ascending number.
    ///
    /// - Complexity: O(skills of the course), without making a list of them.
    public func forEachSkill(
        ofCourse number: Int, _ body: (_ skill: Int, _ weight: Int) -> Void
    ) throws(IndexError) {
        try courses.check(number..<number + 2)
        let range =
            Int(courses.rows[number].firstSkill)..<Int(courses.rows[number + 1].firstSkill)
        try skills.check(range)
        for index in range {
            let row = skills.rows[index]
            body(Int(row.term), max(1, Int(row.weight & 255)))
        }
    }

    /// The number of a skill that some course has, by its id.
    public func skillNumber(_ id: String) throws(IndexError) -> Int? { try term(.skill, id) }

    /// The id of a skill by its number.
    public func skillID(_ number: Int) throws(IndexError) -> String {
        String(decoding: try terms.bytes(number).dropFirst(), as: UTF8.self)
    }

    /// How many courses have a skill.
    public func courseCount(withSkill number: Int) throws(IndexError) -> Int {
        Int(try termCourses.row(number))
    }

    /// Hands out every course that has a skill, by ascending number, with the skill's weight 0...1.
    public func forEachCourse(
        withSkill number: Int, _ body: (_ course: Int, _ weight: Float) -> Void
    ) throws(IndexError) {
        var cursor = try cursor(number)
        while cursor.course != PostingCursor.end {
            body(Int(cursor.course), Float(cursor.code) / 255)
            cursor.advance()
        }
    }

    func term(_ space: TermSpace, _ key: String) throws(IndexError) -> Int? {
        try ([space.rawValue] + Array(key.utf8)).withUnsafeBufferPointer {
            bytes throws(IndexError) in
            try termHashes.find(bytes)
        }
    }

    func cursor(_ term: Int) throws(IndexError) -> PostingCursor {
        let courses = try termCourses.row(term)
        try termStarts.check(term..<term + 2)
        let list = Int(termStarts.rows[term])..<Int(termStarts.rows[term + 1])
        // Eight bytes behind the list belong to the next list or to the section's end.
        let bytes = try postings.bytes(list.lowerBound, list.count + 8)
        guard let start = bytes.baseAddress, courses > 0 else { throw file.damaged(.postings) }
        return PostingCursor(list: start, count: Int(courses))
    }
}
