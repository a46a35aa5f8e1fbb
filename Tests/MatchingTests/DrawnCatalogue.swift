import CourseModel
import Matching
import SearchIndex
import Skills

/// A catalogue drawn as text, one offering a line.
///
///     id | skills | where | start | price | level | more
///
/// `where` is kilometres east of the learner's home, `online`, or `-`; `start` is days after today,
/// `any`, or `-`; `price` is whole euro or `-`; `level` is 1...8 or `-`. `more` holds words:
/// `full`, `cancelled`, `past`, `evening`, `weekend`, `tuesday-evening`, `8h`, `en`, `slim`,
/// `wheelchair`, `stairs` (says it is not accessible to wheelchairs), `tue1900-2130` (a meeting),
/// `ends+90`, `internship`, `pupils`, `x0.5` (the weight of its skills). Lines with the same name
/// before a `#` are one course.
struct DrawnCatalogue: OfferingSource {
    struct Row {
        var id: String
        var course: Int
        var facts: OfferingFacts
        var venue: Coordinates?
    }

    struct DrawnCourse {
        var facts: CourseFacts
        var skills: [(skill: Int, weight: Int)]
        var offerings: Range<Int>
    }

    var rows: [Row] = []
    var courses: [DrawnCourse] = []
    private var conditionSets = [TeachingConditions()]
    private var skillNumbers: [String: Int] = [:]

    /// The home of the learner in all drawings.
    static let home = point(kilometresEast: 0)

    static func point(kilometresEast kilometres: Double) -> Coordinates {
        // 68.92 km a degree of longitude at 51.7° north.
        guard let point = Coordinates(latitude: 51.7, longitude: 5 + kilometres / 68.92) else {
            preconditionFailure("the drawing leaves the map")
        }
        return point
    }

    init(_ drawing: String) {
        var lastName = ""
        for line in drawing.split(separator: "\n") {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { String($0.trimmingSpaces()) }
            let name = String(fields[0].prefix { $0 != "#" })
            let more = (fields.count > 6 ? fields[6] : "").split(separator: " ").map(String.init)
            if name != lastName || courses.isEmpty {
                lastName = name
                addCourse(skills: fields[1], level: fields[5], more)
            }
            var facts = OfferingFacts()
            var venue: Coordinates?
            switch fields[2] {
            case "online":
                facts.needsNoTravel = true
                facts.modes = [.online]
            case "-": break
            default:
                venue = Self.point(kilometresEast: Double(fields[2]) ?? 0)
                facts.modes = [.classroom]
            }
            switch fields[3] {
            case "any": facts.start = .continuous
            case "-": facts.start = .unknown
            default: facts.start = .day(today.daysSince1970 + (Int32(fields[3]) ?? 0))
            }
            if case .day(let day) = facts.start { facts.availableUntil = day }
            facts.priceInCents = Int32(fields[4]).map { $0 * 100 }
            for word in more { Self.take(word, into: &facts) }
            facts.conditionSet = conditionSet(more)
            if !conditionSets[facts.conditionSet].meetings.isEmpty {
                facts.slots = conditionSets[facts.conditionSet].meetings
                    .reduce(into: []) { $0.formUnion($1.slots) }
            }
            rows.append(Row(id: fields[0], course: courses.count - 1, facts: facts, venue: venue))
            let course = courses.count - 1
            courses[course].offerings = courses[course].offerings.lowerBound..<rows.count
        }
    }

    private mutating func conditionSet(_ more: [String]) -> Int {
        var conditions = TeachingConditions()
        if more.contains("wheelchair") { conditions.provides = [.wheelchair] }
        if more.contains("stairs") { conditions.lacks = [.wheelchair] }
        conditions.meetings = more.compactMap { word in
            let parts = word.dropFirst(3).split(separator: "-").compactMap { Int($0) }
            guard parts.count == 2,
                let day = Weekday.allCases.first(where: { $0.rawValue.hasPrefix(word.prefix(3)) })
            else { return nil }
            func minutes(_ clock: Int) -> Int { clock / 100 * 60 + clock % 100 }
            return WeeklyHours(day, from: minutes(parts[0]), to: minutes(parts[1]))
        }
        if let known = conditionSets.firstIndex(of: conditions) { return known }
        conditionSets.append(conditions)
        return conditionSets.count - 1
    }

    private mutating func addCourse(skills: String, level: String, _ more: [String]) {
        var facts = CourseFacts(
            kind: more.contains("internship")
                ? .internship : more.contains("event") ? .event : .course)
        facts.level = Int(level)
        for word in more where word.last == "h" { facts.hoursPerWeek = Float(word.dropLast()) }
        if more.contains("slim") { facts.fundingSet = 1 }
        if more.contains("pupils") { facts.audiences = [.pupil] }
        let weight = more.first { $0.hasPrefix("x") }.flatMap { Double($0.dropFirst()) } ?? 1
        let taught = skills.split(separator: " ").map { name in
            let number = skillNumbers[String(name), default: skillNumbers.count]
            skillNumbers[String(name)] = number
            return (skill: number, weight: Int((weight * 255).rounded()))
        }
        courses.append(
            DrawnCourse(facts: facts, skills: taught, offerings: rows.count..<rows.count))
    }

    private static func take(_ word: String, into facts: inout OfferingFacts) {
        switch word {
        case "full": facts.isFull = true
        case "cancelled": facts.isCancelled = true
        case "past": facts.availableUntil = today.daysSince1970 - 1
        case "evening": facts.dayParts = [.evening]
        case "weekend": facts.dayParts = [.weekend]
        case "tuesday-evening": facts.slots = WeekSlots(.tuesday, .evening)
        case "friday": facts.slots = WeekSlots(.friday)
        case "en": facts.languageSet = 1
        case "unsaid": facts.languageSet = 2
        case _ where word.hasPrefix("ends+"):
            facts.lastDay = today.daysSince1970 + (Int32(word.dropFirst(5)) ?? 0)
        default: break
        }
    }

    var offeringCount: Int { rows.count }
    var courseCount: Int { courses.count }
    func facts(ofOffering number: Int) -> OfferingFacts { rows[number].facts }
    func facts(ofCourse number: Int) -> CourseFacts { courses[number].facts }
    func course(ofOffering number: Int) -> Int { rows[number].course }
    func offerings(ofCourse number: Int) -> Range<Int> { courses[number].offerings }
    func forEachVenue(ofOffering number: Int, _ body: (Coordinates) -> Void) {
        if let venue = rows[number].venue { body(venue) }
    }
    func number(ofSkill id: ID<Skill>) -> Int? { skillNumbers[id.value] }
    func forEachSkill(ofCourse number: Int, _ body: (Int, Int) -> Void) {
        for (skill, weight) in courses[number].skills { body(skill, weight) }
    }
    func forEachCourse(teachingSkill number: Int, _ body: (Int) -> Void) {
        for (course, drawn) in courses.enumerated()
        where drawn.skills.contains(where: { $0.skill == number }) {
            body(course)
        }
    }
    func languages(ofSet number: Int) -> [LanguageTag] { [[.dutch], [.english], []][number] }
    func funding(ofSet number: Int) -> [FundingScheme] { [[], [.slim]][number] }
    var conditionSetCount: Int { conditionSets.count }
    func conditions(ofSet number: Int) -> TeachingConditions { conditionSets[number] }
    func id(ofOffering number: Int) -> ID<Offering> { ID(rows[number].id) }
    func priceIncludesVAT(ofOffering number: Int) -> Bool? { true }
}

/// Skills `a`…`f`, unlike each other but for `b` and `b2`, and the occupation `maker`, which needs
/// `a`, `b` and `c` and may ask for `d`.
let drawnSkills: SkillsCatalogue = {
    let skills = """
        id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tbroader
        a\tskill\tsnoeien\tpruning\t\t\t
        b\tskill\tvellen\tfelling\t\t\t
        b2\tskill\tvellen in bergen\tfelling on slopes\t\t\tb
        c\tskill\tklimmen\tclimbing\t\t\t
        d\tknowledge\tbodemkunde\tsoil science\t\t\t
        e\tskill\tboekhouden\taccounting\t\t\t
        f\tskill\tzwemles geven\tteaching swimming\t\t\t

        """
    let occupations = """
        id\tlabel_nl\tlabel_en\talt_nl\talt_en\tisco08
        maker\tboomverzorger\ttree surgeon\t\t\t

        """
    let needs = """
        occupation\tskill\timportance
        maker\ta\tessential
        maker\tb\tessential
        maker\tc\tessential
        maker\td\toptional

        """
    do {
        return try SkillsCatalogue(
            skills: Array(skills.utf8), occupations: Array(occupations.utf8),
            needs: Array(needs.utf8))
    } catch {
        fatalError("\(error)")
    }
}()

/// A learner who lives at the drawing's home and works ten kilometres east of it.
func learner(_ change: (inout Profile) -> Void) -> Profile {
    var profile = Profile()
    profile.home = ProfilePlace(place: "Thuis", mode: .bike)
    change(&profile)
    return profile
}

/// Looks up a learner's places and words.
func resolved(_ profile: Profile) throws -> ResolvedProfile {
    try ResolvedProfile(profile, skills: drawnSkills) { text in
        switch text {
        case "Thuis": .found(label: "Houten", DrawnCatalogue.home)
        case "Werk": .found(label: "Bunnik", DrawnCatalogue.point(kilometresEast: 10))
        case "Later": .found(label: "Zeist", DrawnCatalogue.point(kilometresEast: 20))
        case "Bergen": .ambiguous(["Bergen (NH)", "Bergen (L)"])
        case "Utrecht (provincie)": .region("provincie Utrecht")
        default: .unknown(suggestions: text == "Houtem" ? ["Houten"] : [])
        }
    }
}

/// The results for a learner in a drawn catalogue.
func matches(
    _ drawing: String, limit: Int = 10, _ change: (inout Profile) -> Void
) throws -> (results: MatchResults, catalogue: DrawnCatalogue) {
    let catalogue = DrawnCatalogue(drawing)
    let results = Matcher(source: catalogue, skills: drawnSkills)
        .match(try resolved(learner(change)), today: today, limit: limit)
    return (results, catalogue)
}

/// The ids of the results, best first.
func ranking(_ drawing: String, _ change: (inout Profile) -> Void) throws -> [String] {
    let (results, catalogue) = try matches(drawing, change)
    return results.results.map { catalogue.rows[$0.offering].id }
}
