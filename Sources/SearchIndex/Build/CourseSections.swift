import CourseModel
import Text

/// Writes what the index says of each course and offering, in their final order.
///
/// Sections that grow with the catalogue go through scratch files, so that memory does not.
struct CourseSections: ~Copyable {
    private let names: NameTables
    private let vocabulary: Vocabulary
    private let ranking: Ranking
    private var runs: PostingRuns
    private var analysed = AnalysedCourse()
    private var bytes: [UInt8] = []

    private let files: Files
    private var chunks: [PlaceBox] = []
    private var chunkCells: [UInt64] = []
    private var areaBoxes: [PlaceBox]
    private var hashes: HashSlots
    private var courseCount = 0
    private(set) var offeringCount = 0
    private var skillCount = 0
    private var venueCount = 0

    /// What a course has of each term: steps of ``Ranking``, or the weight of a tag.
    private var steps: [Int64]
    private var touched: [UInt32] = []
    /// How many pairs of a term and a course were met.
    private(set) var postings = 0

    init(
        courses count: Int, names: NameTables, vocabulary: Vocabulary, ranking: Ranking,
        folder: String
    ) throws(IndexError) {
        let files = try Files(in: folder)
        self.files = files
        self.names = names
        self.vocabulary = vocabulary
        self.ranking = ranking
        runs = PostingRuns(
            folder: folder, terms: vocabulary.termCount, memory: ranking.options.memory)
        areaBoxes = [PlaceBox](repeating: PlaceBox(), count: names.areaRows.count)
        hashes = HashSlots(count: count)
        steps = [Int64](repeating: 0, count: vocabulary.termCount)
    }

    /// Adds the next course.
    ///
    /// - Parameter numbers: By the numbers of the course's segment, those of all names.
    mutating func add(
        _ entry: CourseSegment.Entry, of segment: CourseSegment, _ numbers: [UInt32]
    ) throws(IndexError) {
        try segment.read(entry, into: &bytes)
        bytes.withUnsafeBytes { raw in
            var reader = StoredReader(raw)
            analysed.read(&reader)
        }
        try addRows(numbers)
        try addTerms(numbers)
        try addPhrases(numbers)
        courseCount += 1
    }

    private mutating func addRows(_ numbers: [UInt32]) throws(IndexError) {
        let table = names.numbers
        func number(_ name: UInt32) -> UInt32 { table[Int(numbers[Int(name)])] }
        var row = analysed.row
        row.provider = number(analysed.provider)
        row.partner = analysed.partner.map { UInt16(number($0) + 1) } ?? 0
        row.fundingSet = UInt16(number(analysed.fundingSet))
        row.firstOffering = UInt32(offeringCount)
        row.firstSkill = UInt32(skillCount)
        let cells = analysed.cells
        var first = 0
        for offering in analysed.offerings {
            let own = analysed.venues[first..<first + offering.venues].map { venue in
                VenueRow(
                    latitude: venue.latitude, longitude: venue.longitude,
                    label: number(venue.label), area: UInt16(number(venue.area)), reserved: 0)
            }
            first += offering.venues
            for venue in own where venue.latitude != OfferingRow.noPlace {
                areaBoxes[Int(venue.area)].include(venue.latitude, venue.longitude)
            }
            try add(
                offering, own, languageSet: number(offering.languageSet),
                conditions: number(offering.conditions))
        }
        let box = analysed.box
        row.cells = box.flags == 0 ? cells : .max
        row.tiles = box.flags == 0 ? TileBox(box) : .everywhere
        try files.courses.append([row])
        try files.courseTraits.append([CourseTraits(row).rawValue])
        if courseCount % IndexFormat.coursesPerChunk == 0 {
            chunks.append(PlaceBox())
            chunkCells.append(0)
        }
        chunks[chunks.count - 1].include(box)
        chunkCells[chunks.count - 1] |= cells

        let rows = analysed.skills.map { skill in
            let name = Int(numbers[Int(skill.name)])
            return SkillRow(
                term: vocabulary.uses[Int(vocabulary.useStarts[name])].term,
                weight: skill.payload)
        }.sorted { $0.term < $1.term }
        skillCount += rows.count
        try files.skills.append(rows)
        try files.storedStarts.append([UInt64(files.stored.size)])
        try files.stored.append(analysed.stored)
        analysed.stored.withUnsafeBytes { raw in
            var reader = StoredReader(raw)
            let id = reader.bytes(reader.count()).bindMemory(to: UInt8.self)
            hashes.insert(keyHash(id))
        }
    }

    private mutating func add(
        _ offering: AnalysedCourse.Occasion, _ own: [VenueRow], languageSet: UInt32,
        conditions: UInt32
    ) throws(IndexError) {
        guard offeringCount < Int(Int32.max) else {
            throw .tooLarge(what: "offerings", limit: Int(Int32.max))
        }
        var row = offering.row
        row.languageSet = UInt16(languageSet)
        if let venue = own.first {
            row.latitude = venue.latitude
            row.longitude = venue.longitude
            row.area = venue.area
        }
        try files.offerings.append([row])
        if offering.opens != .min || offering.closes != .max {
            try files.enrolled.append([UInt32(offeringCount)])
            try files.enrolment.append([offering.opens, offering.closes])
        }
        try files.venueLabels.append(own.first?.label ?? 0, below: names.labelCount)
        try files.conditions.append(conditions, below: names.conditionCount)
        if own.count > 1 {
            try files.moreVenues.append([UInt32(offeringCount)])
            try files.moreVenueStarts.append([UInt32(venueCount)])
            try files.venues.append(Array(own.dropFirst()))
            venueCount += own.count - 1
        }
        offeringCount += 1
    }

    private mutating func addTerms(_ numbers: [UInt32]) throws(IndexError) {
        let normals = IndexOptions.Field.allCases.map { field in
            ranking.normal(field, length: Int(analysed.lengths[field]))
        }
        for word in analysed.words {
            let name = Int(numbers[Int(word.name)])
            let uses = Int(vocabulary.useStarts[name])..<Int(vocabulary.useStarts[name + 1])
            for index in uses {
                let use = vocabulary.uses[index]
                if vocabulary.formOfName[name] == FormRow.none {
                    note(use.term, Int64(word.payload))
                    continue
                }
                let occurrences = Occurrences(raw: word.payload)
                var sum: Int64 = 0
                for field in IndexOptions.Field.allCases {
                    let count = occurrences[field]
                    guard count > 0 else { continue }
                    let part = ranking.contribution(
                        field, occurrences: count, normal: normals[Int(field.rawValue)],
                        formWeight: use.weight)
                    sum += part
                    if field == .title { note(use.title, part) }
                    if field == .provider { note(use.provider, part) }
                }
                note(use.term, sum)
            }
        }
        let course = UInt32(courseCount)
        for term in touched {
            let sum = steps[Int(term)] - 1
            steps[Int(term)] = 0
            runs.add(
                term: term, course: course,
                code: isTag(term) ? UInt8(clamping: sum) : ranking.code(sum))
        }
        postings += touched.count
        touched.removeAll(keepingCapacity: true)
        try runs.endCourse()
    }

    /// Adds to what the course at hand has of a term; sums stand one too high, so that 0 means none.
    @inline(__always)
    private mutating func note(_ term: UInt32, _ part: Int64) {
        if steps[Int(term)] == 0 {
            steps[Int(term)] = 1
            touched.append(term)
        }
        steps[Int(term)] += part
    }

    private func isTag(_ term: UInt32) -> Bool { Int(term) >= vocabulary.firstTag }

    private mutating func addPhrases(_ numbers: [UInt32]) throws(IndexError) {
        var writer = StoredWriter()
        swap(&writer.bytes, &bytes)
        writer.bytes.removeAll(keepingCapacity: true)
        for phrase in analysed.phrases {
            switch phrase {
            case AnalysedCourse.gap: writer.put(PhraseTest.gap)
            case AnalysedCourse.fieldEnd: writer.put(PhraseTest.fieldEnd)
            default:
                let form = vocabulary.formOfName[Int(numbers[Int(phrase)])]
                writer.put(UInt64(form) + PhraseTest.firstWord)
            }
        }
        try files.phraseStarts.append([UInt64(files.phrases.size)])
        try files.phrases.append(writer.bytes)
        swap(&writer.bytes, &bytes)
    }

    /// Writes all sections but the dictionary's.
    mutating func write(to file: inout IndexFileWriter) throws(IndexError) {
        try files.courses.append([
            CourseRow(
                firstOffering: UInt32(offeringCount), provider: 0, partner: 0, fundingSet: 0,
                level: 0, kind: 0, audiences: 0, halfHoursPerWeek: 0,
                firstSkill: UInt32(skillCount), tiles: .everywhere, cells: 0)
        ])
        try files.moreVenueStarts.append([UInt32(venueCount)])
        try files.storedStarts.append([UInt64(files.stored.size)])
        try files.phraseStarts.append([UInt64(files.phrases.size)])
        try file.write(.courses, from: files.courses)
        try file.write(.courseTraits, from: files.courseTraits)
        try file.write(.offerings, from: files.offerings)
        try file.write(.enrolled, from: files.enrolled)
        try file.write(.enrolment, from: files.enrolment)
        try file.write(.chunks, chunks)
        try file.write(.chunkCells, ChunkSet.section(chunkCells, chunks))
        try file.write(.moreVenues, from: files.moreVenues)
        try file.write(.moreVenueStarts, from: files.moreVenueStarts)
        try file.write(.venues, from: files.venues)
        try file.write(.venueLabels, from: files.venueLabels)
        try file.write(.conditions, from: files.conditions)
        try file.write(.skills, from: files.skills)
        try file.write(.storedStarts, offsets: files.storedStarts, most: files.stored.size)
        try file.write(.stored, from: files.stored)
        try file.write(.phraseStarts, offsets: files.phraseStarts, most: files.phrases.size)
        try file.write(.phrases, from: files.phrases)
        try file.write(.courseHashes, hashes.slots)
        try names.write(to: &file, areaBoxes: areaBoxes)
        try writePostings(to: &file)
    }

    private mutating func writePostings(to file: inout IndexFileWriter) throws(IndexError) {
        runs.finish()
        var starts: [UInt64] = []
        var counts: [UInt32] = []
        starts.reserveCapacity(vocabulary.termCount + 1)
        counts.reserveCapacity(vocabulary.termCount)
        var list: [UInt8] = []
        var courses: [UInt32] = []
        var codes: [UInt8] = []
        var offset = 0
        try file.begin(.postings)
        for term in 0..<vocabulary.termCount {
            try runs.read(term, into: &courses, &codes)
            list.removeAll(keepingCapacity: true)
            PostingList.append(courses, codes, to: &list)
            starts.append(UInt64(offset))
            counts.append(UInt32(courses.count))
            offset += list.count
            try list.withRawBytes { bytes throws(IndexError) in try file.append(bytes) }
        }
        starts.append(UInt64(offset))
        // A cursor reads eight bytes at a time.
        try [UInt8](repeating: 0, count: 8).withRawBytes { bytes throws(IndexError) in
            try file.append(bytes)
        }
        file.end(.postings)
        try file.write(.termStarts, starts)
        try file.write(.termCourses, counts)
    }
}

extension ScratchFile {
    /// Appends a number of a ``NarrowColumn`` of numbers below `count`.
    fileprivate func append(_ number: UInt32, below count: Int) throws(IndexError) {
        switch NarrowColumn.width(below: count) {
        case 1: try append([UInt8(number)])
        case 2: try append([UInt16(number)])
        default: try append([number])
        }
    }
}

/// The scratch files of the sections that grow with the catalogue.
private final class Files {
    let courses: ScratchFile
    let courseTraits: ScratchFile
    let offerings: ScratchFile
    let enrolled: ScratchFile
    let enrolment: ScratchFile
    let venueLabels: ScratchFile
    let conditions: ScratchFile
    let moreVenues: ScratchFile
    let moreVenueStarts: ScratchFile
    let venues: ScratchFile
    let skills: ScratchFile
    let stored: ScratchFile
    let storedStarts: ScratchFile
    let phrases: ScratchFile
    let phraseStarts: ScratchFile

    init(in folder: String) throws(IndexError) {
        courses = try ScratchFile(in: folder)
        courseTraits = try ScratchFile(in: folder)
        offerings = try ScratchFile(in: folder)
        enrolled = try ScratchFile(in: folder)
        enrolment = try ScratchFile(in: folder)
        venueLabels = try ScratchFile(in: folder)
        conditions = try ScratchFile(in: folder)
        moreVenues = try ScratchFile(in: folder)
        moreVenueStarts = try ScratchFile(in: folder)
        venues = try ScratchFile(in: folder)
        skills = try ScratchFile(in: folder)
        stored = try ScratchFile(in: folder)
        storedStarts = try ScratchFile(in: folder)
        phrases = try ScratchFile(in: folder)
        phraseStarts = try ScratchFile(in: folder)
    }
}
