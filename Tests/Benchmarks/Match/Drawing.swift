import CourseModel
import Glibc
import Matching
import SearchIndex
import Skills

func seconds(_ clock: clockid_t = CLOCK_MONOTONIC) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func forEachLine(_ path: String, _ body: (UnsafePointer<CChar>) throws -> Void) throws {
    guard let file = fopen(path, "r") else { fatalError("cannot read \(path)") }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, let start = line { try body(start) }
}

/// The day from which the catalogue counts.
let epoch = CalendarDate(year: 2000, month: 1, day: 1)!

/// A label of a skill's number that is like no other one.
func label(_ skill: Int) -> String {
    var rest = UInt64(skill + 1) &* 0x9E37_79B9_7F4A_7C15
    var text = ""
    for _ in 0..<10 {
        text.unicodeScalars.append(Unicode.Scalar(UInt8(97 + rest % 26)))
        rest = rest / 26 ^ rest << 40
    }
    return text
}

/// The skills of the drawn catalogue, as many as a classification has.
let skillCount = 14_000
func drawnSkills() throws -> SkillsCatalogue {
    var table = "id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tbroader\n"
    for skill in 0..<skillCount { table += "s\(skill)\tskill\t\(label(skill))\t\t\t\t\n" }
    return try SkillsCatalogue(
        skills: Array(table.utf8),
        occupations: Array("id\tlabel_nl\tlabel_en\talt_nl\talt_en\tisco08\n".utf8),
        needs: Array("occupation\tskill\timportance\n".utf8))
}

/// Reads the numbers behind the names of a line of JSON, in the order of the names.
struct Truth {
    var id = 0
    var course = 0
    var latitude = 0.0
    var longitude = 0.0
    var level = 0
    var price = 0
    var start = 0
    var skills: [Int] = []

    init(_ line: UnsafePointer<CChar>) {
        func number(_ name: String) -> Double {
            guard let place = strstr(line, "\"\(name)\":") else {
                fatalError("no \(name) in \(String(cString: line))")
            }
            return strtod(place + name.utf8.count + 3, nil)
        }
        id = Int(number("id"))
        course = Int(number("course"))
        latitude = number("lat")
        longitude = number("lon")
        level = Int(number("level"))
        price = Int(number("price"))
        start = Int(number("start"))
        guard var at = strstr(line, "\"skills\":[") else { return }
        at += 10
        while at.pointee != 93, at.pointee != 0 {
            var end: UnsafeMutablePointer<CChar>?
            skills.append(strtol(at, &end, 10))
            guard let end, end != at else { break }
            at = end.pointee == 44 ? end + 1 : end
        }
    }
}

/// Makes the index.
func buildIndex(from folder: String, to index: String) throws {
    var builder: IndexBuilder? = try IndexBuilder(
        folder: index, generation: 1, options: IndexOptions())
    let provenance = Provenance(source: ID("bench"), format: "jsonl", file: "truth.jsonl")
    var course: Course?
    var last: Truth?
    var offerings: [Offering] = []
    var venues: [[IndexedVenue]] = []
    func flush() throws {
        defer {
            offerings.removeAll(keepingCapacity: true)
            venues.removeAll(keepingCapacity: true)
        }
        guard let course, let last,
            let record = CourseRecord(course: course, offerings: offerings)
        else { return }
        try builder?.add(
            IndexDocument(
                record: record, providerName: "", venues: venues,
                skills: last.skills.map { WeightedSkill(id: "s\($0)") }
            ))
    }
    try forEachLine(folder + "/truth.jsonl") { line in
        let truth = Truth(line)
        if truth.course != last?.course {
            try flush()
            course = Course(
                id: ID("bench:\(truth.course)"), nativeID: "\(truth.course)", provider: ID("p"),
                kind: .course, title: LocalizedText(label(truth.course), language: .dutch),
                provenance: provenance)
            course?.level = Level(eqf: truth.level)
        }
        last = truth
        guard let course else { return }
        // Ids of one length, so that their order is that of the numbers.
        let native = String(String(10_000_000 + truth.id).dropFirst())
        var offering = Offering(
            id: ID(course: course.id, native: native), nativeID: native, course: course.id,
            timing: Timing(start: .on(epoch.adding(days: truth.start))), provenance: provenance)
        offering.price = Price(
            total: Money(FixedDecimal(scaled: Int64(truth.price) * 10_000), .euro))
        offerings.append(offering)
        venues.append([
            IndexedVenue(
                coordinates: Coordinates(latitude: truth.latitude, longitude: truth.longitude),
                label: "")
        ])
    }
    try flush()
    if let summary = try builder.take()?.finish() {
        print(
            "BUILD courses=\(summary.courses) offerings=\(summary.offerings) bytes=\(summary.bytes)"
        )
    }
}

/// The learners, as they are read; resolved in the drawn skills.
func readLearners(
    _ folder: String, most: Int, skills: SkillsCatalogue, weights: MatchWeights
) throws -> [ResolvedProfile] {
    var learners: [ResolvedProfile] = []
    try forEachLine(folder + "/profiles.tsv") { line in
        guard learners.count < most else { return }
        let fields = String(cString: line).split(whereSeparator: { $0 == "\t" || $0 == "\n" })
        guard fields.count == 9, let latitude = Double(fields[0]),
            let longitude = Double(fields[1]), let kilometres = Int(fields[2]),
            let budget = Int(fields[3]), let first = Int(fields[6]), let last = Int(fields[7]),
            let point = Coordinates(latitude: latitude, longitude: longitude)
        else { fatalError("profiles.tsv: \(String(cString: line))") }
        var profile = Profile()
        profile.work = ProfilePlace(place: "work", within: .metres(kilometres * 1000), mode: .car)
        profile.budget = Money(FixedDecimal(scaled: Int64(budget) * 10_000), .euro)
        profile.levelHad = NLQFLevel(rawValue: String(fields[4]))
        profile.levelWanted = NLQFLevel(rawValue: String(fields[5]))
        profile.startAfter = epoch.adding(days: first)
        profile.startBefore = epoch.adding(days: last)
        profile.skillsWanted = fields[8].split(separator: ",").map { "s\($0)" }
        profile.musts = [.travel, .budget, .level, .start]
        learners.append(
            try ResolvedProfile(profile, skills: skills, weights: weights) { _ in
                .found(label: "work", point)
            })
    }
    return learners
}
