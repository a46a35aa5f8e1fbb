import CourseModel
import Ingest
import Matching
import SearchIndex
import Skills
import TestSupport
import Testing

/// The sample's courses with all that they were indexed with.
private let documents = Result { () throws -> [IndexDocument] in
    let sample = try SampleCoverage.opened.get()
    let catalogue = Catalogue(
        sample.workspace, today: SampleCoverage.today, now: .init(SampleCoverage.today))
    let ids = try (0..<sample.index.courseCount).map { try sample.index.stored(course: $0).id }
    return try catalogue.documents(of: ids, withSkills: true).values
        .sorted { $0.record.course.id.value < $1.record.course.id.value }
}

@Suite("Filters find in the sample what looking at every offering finds")
struct SampleFilterTests {
    private let sample: SampleCoverage.Opened
    private let documents: [IndexDocument]

    init() throws {
        sample = try SampleCoverage.opened.get()
        documents = try PartnershipTests.documents.get()
    }

    /// A filter beside the same condition, tried on one offering.
    private struct Trial {
        var filters = Filters()
        var fits: (_ document: IndexDocument, _ offering: Int) -> Bool = { _, _ in true }

        /// Both conditions on the same offering.
        func and(_ other: Trial) -> Trial {
            var both = self
            both.filters.subject += other.filters.subject
            both.filters.skill += other.filters.skill
            both.filters.occupation += other.filters.occupation
            both.filters.maxWeeks = other.filters.maxWeeks ?? filters.maxWeeks
            both.filters.area = other.filters.area ?? filters.area
            both.fits = { fits($0, $1) && other.fits($0, $1) }
            return both
        }

        /// Either of two values of the same filter.
        func or(_ other: Trial) -> Trial {
            var either = and(other)
            either.fits = { fits($0, $1) || other.fits($0, $1) }
            return either
        }
    }

    /// How many offerings fit; an issue when search and scan differ.
    @discardableResult
    private func compare(
        _ trial: Trial, _ location: SourceLocation = #_sourceLocation
    ) throws -> Int {
        var filters = trial.filters
        filters.all = true
        let reader = FilterReader(
            gazetteer: sample.gazetteer, skills: sample.skills, index: sample.index,
            today: SampleCoverage.today)
        let query = try reader.query(filters).query
        var found: Set<ID<Offering>> = []
        var numbers: [Int] = []
        try sample.index.forEachMatch(of: query) { numbers.append($0.offering) }
        for number in numbers { found.insert(try sample.index.stored(offering: number).id) }
        var expected: Set<ID<Offering>> = []
        for document in documents {
            for (index, offering) in document.record.offerings.enumerated()
            where trial.fits(document, index) {
                expected.insert(offering.id)
            }
        }
        #expect(
            found == expected,
            """
            \(filters): \(found.subtracting(expected).map(\.value).sorted().prefix(3)) too many, \
            \(expected.subtracting(found).map(\.value).sorted().prefix(3)) missing
            """, sourceLocation: location)
        #expect(try sample.index.search(query).total == expected.count, sourceLocation: location)
        return expected.count
    }

    // MARK: Conditions

    private func subject(_ text: String) -> Trial {
        var trial = Trial()
        trial.filters.subject = [text]
        trial.fits = { document, _ in
            document.record.course.subjects.contains { subject in
                ([subject.code, "\(subject.scheme):\(subject.code)"]
                    + subject.label.wordings.map(\.text))
                    .contains { $0.lowercased() == text.lowercased() }
            }
        }
        return trial
    }

    private func skill(_ id: String) -> Trial {
        var trial = Trial()
        trial.filters.skill = [id]
        trial.fits = { document, _ in document.skills.contains { $0.id == id } }
        return trial
    }

    private func occupation(_ id: String) -> Trial {
        var trial = Trial()
        trial.filters.occupation = [id]
        let number = sample.skills.number(of: ID<Occupation>(id)) ?? -1
        let needs = Set(
            sample.skills.needs(ofOccupation: number)
                .filter { $0.importance == .essential }
                .map { sample.skills.skillID($0.skill).value })
        trial.fits = { document, _ in document.skills.contains { needs.contains($0.id) } }
        return trial
    }

    private func maxWeeks(_ most: Int) -> Trial {
        var trial = Trial()
        trial.filters.maxWeeks = most
        trial.fits = { document, index in
            let offering = document.record.offerings[index]
            if let duration = offering.duration ?? document.record.course.duration {
                return duration.weeks <= Double(most)
            }
            guard let start = offering.timing.start.date, let end = offering.timing.end else {
                return false
            }
            return start.days(to: end) + 1 <= 7 * most
        }
        return trial
    }

    /// A box, less a smaller one in its middle.
    private func area(south: Double, west: Double, size: Double) -> Trial {
        func ring(_ margin: Double) -> String {
            let (bottom, left) = (south + margin, west + margin)
            let (top, right) = (south + size - margin, west + size - margin)
            return "[[\(left),\(bottom)],[\(right),\(bottom)],[\(right),\(top)],[\(left),\(top)],"
                + "[\(left),\(bottom)]]"
        }
        let hole = size / 4
        var trial = Trial()
        trial.filters.area = """
            {"type": "Polygon", "coordinates": [\(ring(0)), \(ring(hole))]}
            """
        trial.fits = { document, index in
            guard index < document.venues.count else { return false }
            return document.venues[index].contains { venue in
                guard let point = venue.coordinates else { return false }
                func isIn(_ margin: Double) -> Bool {
                    point.latitude > south + margin && point.latitude < south + size - margin
                        && point.longitude > west + margin && point.longitude < west + size - margin
                }
                return isIn(0) && !isIn(hole)
            }
        }
        return trial
    }

    // MARK: Tests

    @Test("every subject, by code and by name")
    func subjects() throws {
        var texts: Set<String> = []
        for subject in documents.flatMap(\.record.course.subjects) {
            texts.formUnion(subject.label.wordings.map(\.text))
            if !subject.code.isEmpty { texts.insert("\(subject.scheme):\(subject.code)") }
        }
        try #require(texts.count > 10)
        for text in texts { #expect(try compare(subject(text)) > 0, "\(text)") }
    }

    @Test("every skill and every occupation of some course")
    func meanings() throws {
        let skills = Set(documents.flatMap(\.skills).map(\.id))
        try #require(skills.count > 50)
        for id in skills { #expect(try compare(skill(id)) > 0, "\(id)") }
        for number in 0..<sample.skills.occupationCount {
            try compare(occupation(sample.skills.occupationID(number).value))
        }
    }

    @Test(
        "an occupation without a skill that it needs is refused, for it would let everything through"
    )
    func occupationWithoutNeeds() throws {
        let scratch = try Scratch()
        try scratch.write(
            "skills.tsv", "id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tbroader\n")
        try scratch.write(
            "occupations.tsv",
            "id\tlabel_nl\tlabel_en\talt_nl\talt_en\tisco08\nberoep:1\tklusser\thandyman\t\t\t\n")
        try scratch.write("occupation-skills.tsv", "occupation\tskill\timportance\n")
        let reader = FilterReader(
            gazetteer: sample.gazetteer, skills: try SkillsCatalogue.load(folder: scratch.folder),
            index: sample.index, today: SampleCoverage.today)
        var filters = Filters()
        filters.occupation = ["beroep:1"]
        let fault = try #require(throws: FilterFault.self) { _ = try reader.query(filters) }
        #expect(fault.message.contains("search for its words instead"), "\(fault.message)")
    }

    @Test("lengths and areas alone, and all filters together", arguments: UInt64(0)..<40)
    func together(seed: UInt64) throws {
        var random = DrawnNumbers(seed: seed)
        let length = maxWeeks(Int.random(in: 1...60, using: &random))
        let place = area(
            south: Double.random(in: 51.2...52.3, using: &random),
            west: Double.random(in: 4.4...5.6, using: &random),
            size: Double.random(in: 0.1...1.2, using: &random))
        try compare(length)
        try compare(place)
        let document = try #require(documents.randomElement(using: &random))
        var both = length.and(place)
        if let subject = document.record.course.subjects.randomElement(using: &random) {
            both = both.and(self.subject("\(subject.scheme):\(subject.code)"))
        }
        try compare(both)
        if random.chance(0.7), let id = document.skills.randomElement(using: &random)?.id {
            both = both.and(skill(id))
        }
        if random.chance(0.7) { both = both.and(anyOccupation(&random)) }
        try compare(both)
    }

    @Test("any of several skills or occupations, and of each one when both are asked for")
    func skillsAndOccupations() throws {
        var random = DrawnNumbers(seed: 5)
        let ids = Set(documents.flatMap(\.skills).map(\.id)).sorted()
        var fewer = 0
        for _ in 0..<60 {
            let someSkill = try skill(#require(ids.randomElement(using: &random)))
                .or(skill(#require(ids.randomElement(using: &random))))
            let someJob = anyOccupation(&random).or(anyOccupation(&random))
            let (skilled, employed) = (try compare(someSkill), try compare(someJob))
            let both = try compare(someSkill.and(someJob))
            if both > 0, both < min(skilled, employed) { fewer += 1 }
        }
        #expect(fewer > 0, "no draw told the two filters together from each alone")
    }

    private func anyOccupation(_ random: inout DrawnNumbers) -> Trial {
        let number = Int.random(in: 0..<sample.skills.occupationCount, using: &random)
        return occupation(sample.skills.occupationID(number).value)
    }
}
