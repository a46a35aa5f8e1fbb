import CourseModel
import Places
import SearchIndex
import Skills

/// Links places to learn at work with the modules that prepare for them.
///
/// A module (or course, or certificate) prepares for an apprenticeship place or an internship when it
/// teaches at least ``leastSkills`` of what the place asks for, at a level that comes before it, begins
/// before it, and is given within ``reach`` of it or without travel. A place asks for the skills that it
/// names, and for those that the occupation in its title cannot do without.
public struct Preparation: Sendable {
    /// A module beside a place.
    public struct Link: Hashable, Sendable {
        /// The other course's number in the index: the module's or the place's.
        public let course: Int
        /// The module's or place's offering that fits best, by its number in the index.
        public let offering: Int
        /// The skills that the module teaches and the place asks for, by their ids, in order.
        public let skills: [String]
        /// The part of what the place asks for, 0...1.
        public let share: Double
        /// Minutes of travel between both; `nil` when the module needs no travel.
        public let minutes: Double?
    }

    /// The sorts of learning that are places to learn at work.
    public static let places: Set<CourseKind> = [.apprenticeshipPlace, .internship]
    /// The sorts of learning that prepare for them.
    public static let modules: Set<CourseKind> = [.module, .course, .certificate]
    /// How many skills must be shared.
    public static let leastSkills = 2
    /// How much lower the module's level may be than the place's.
    public static let levelsBelow = 2
    /// How far apart they may be: who learns at a place lives within such a distance, too.
    public static let reach = Reach.time(minutes: 45, mode: .transit)
    /// How sure it must be that the title names the occupation.
    private static let sureOccupation = 0.9
    /// How many words of a title are looked at.
    private static let titleWords = 8
    /// A skill that more courses teach than this, and more than one in ``commonShare``, is common.
    private static let commonCourses = 10
    private static let commonShare = 12

    private let index: IndexReader
    private let skills: SkillsCatalogue
    private let today: CalendarDate

    /// Links within an index.
    public init(in index: IndexReader, skills: SkillsCatalogue, today: CalendarDate) {
        self.index = index
        self.skills = skills
        self.today = today
    }

    /// The modules that prepare for a place, or the places that a module prepares for: those that share
    /// most first, then the nearest.
    ///
    /// - Parameters:
    ///   - course: The number in the index of the place or the module.
    ///   - limit: How many at most.
    /// - Returns: Nothing for a course that is neither.
    /// - Throws: `IndexError`.
    /// - Complexity: O(courses that teach any of its skills); for a module with a venue also O(places
    ///   within reach).
    public func links(of course: Int, limit: Int = 10) throws -> [Link] {
        let kind = CourseKind.allCases[Int(try index.course(course).kind)]
        var links: [Link] = []
        if Self.places.contains(kind) {
            let asked = try asked(byPlace: course)
            for module in try candidates(asked, kinds: Self.modules) where module != course {
                if let link = try link(module, place: course, asked, tellingPlace: false) {
                    links.append(link)
                }
            }
        } else if Self.modules.contains(kind) {
            var places = try candidates(try taught(course), kinds: Self.places)
            places.formUnion(try placesNear(course))
            for place in places {
                let asked = try asked(byPlace: place)
                if let link = try link(course, place: place, asked, tellingPlace: true) {
                    links.append(link)
                }
            }
        }
        links.sort { first, second in
            if first.skills.count != second.skills.count {
                return first.skills.count > second.skills.count
            }
            return (first.minutes ?? 0, first.course) < (second.minutes ?? 0, second.course)
        }
        return Array(links.prefix(limit))
    }

    // MARK: Skills

    private func taught(_ course: Int) throws -> Set<Int> {
        Set(
            try index.skills(ofCourse: course)
                .filter {
                    guard $0.isDeclared || $0.weight >= TaughtSkills.leastWeight else {
                        return false
                    }
                    return try isTelling($0.skill)
                }.map(\.skill))
    }

    private func asked(byPlace course: Int) throws -> Set<Int> {
        var asked = try taught(course)
        guard let occupation = occupation(named: try index.stored(course: course).title) else {
            return asked
        }
        for need in skills.needs(ofOccupation: occupation) where need.importance == .essential {
            if let skill = try index.skillNumber(skills.skillID(need.skill).value),
                try isTelling(skill)
            {
                asked.insert(skill)
            }
        }
        return asked
    }

    /// The occupation that a title surely names with one or two of its words; `nil` for none.
    private func occupation(named title: String) -> Int? {
        let words = title.split { !$0.isLetter && $0 != "-" }.prefix(Self.titleWords)
        var best: ConceptMatch?
        for length in [2, 1] where best == nil {
            for start in words.indices where start + length <= words.endIndex {
                let text = words[start..<(start + length)].joined(separator: " ")
                guard text.count > 4, let found = skills.resolveOccupation(text).best,
                    found.confidence >= Self.sureOccupation,
                    found.confidence > best?.confidence ?? 0
                else { continue }
                best = found
            }
        }
        return best?.number
    }

    /// Whether a skill says something about a place: one that many courses teach, such as working with
    /// customers, does not.
    private func isTelling(_ skill: Int) throws -> Bool {
        try index.courseCount(withSkill: skill)
            <= max(Self.commonCourses, index.courseCount / Self.commonShare)
    }

    private func candidates(_ asked: Set<Int>, kinds: Set<CourseKind>) throws -> Set<Int> {
        var shared: [Int: Int] = [:]
        for skill in asked {
            try index.forEachCourse(withSkill: skill) { course, weight in
                if weight >= TaughtSkills.leastWeight { shared[course, default: 0] += 1 }
            }
        }
        // What a place asks for by its occupation stands in no list of the index.
        let least = kinds == Self.places ? 1 : Self.leastSkills
        return Set(
            try shared.filter { $0.value >= least }.keys.filter {
                kinds.contains(CourseKind.allCases[Int(try index.course($0).kind)])
            })
    }

    private func placesNear(_ module: Int) throws -> Set<Int> {
        var venues: [Coordinates] = []
        for offering in try index.offerings(ofCourse: module) {
            try index.forEachVenue(ofOffering: offering) {
                if !venues.contains($0) { venues.append($0) }
            }
        }
        var places: Set<Int> = []
        for venue in venues {
            var query = Query(today: today)
            query.kinds = Self.places
            query.near = Query.Nearness(center: venue, metres: Self.reach.maximumDistance)
            try index.forEachMatch(of: query) { places.insert($0.course) }
        }
        return places
    }

    // MARK: Level, time and travel

    private func link(
        _ module: Int, place: Int, _ asked: Set<Int>, tellingPlace: Bool
    ) throws -> Link? {
        let shared = try taught(module).intersection(asked)
        guard shared.count >= Self.leastSkills,
            Self.comesBefore(
                LevelCode(rawValue: try index.course(module).level).eqf,
                LevelCode(rawValue: try index.course(place).level).eqf)
        else { return nil }
        var best: (offering: Int, minutes: Double?)?
        for target in try index.offerings(ofCourse: place) {
            let end = try index.offering(target)
            guard isOpen(end) else { continue }
            var there: [Coordinates] = []
            try index.forEachVenue(ofOffering: target) { there.append($0) }
            for start in try index.offerings(ofCourse: module) {
                let begin = try index.offering(start)
                guard isOpen(begin), Self.beginsBefore(begin, end) else { continue }
                let minutes: Double?
                if begin.flags & OfferingRow.needsNoTravel > 0 {
                    minutes = nil
                } else if let way = try way(from: there, to: start) {
                    minutes = way
                } else {
                    continue
                }
                if let best, best.minutes ?? 0 <= minutes ?? 0 { continue }
                best = (tellingPlace ? target : start, minutes)
            }
        }
        guard let best else { return nil }
        return Link(
            course: tellingPlace ? place : module, offering: best.offering,
            skills: try shared.map { try index.skillID($0) }.sorted(),
            share: Double(shared.count) / Double(asked.count), minutes: best.minutes)
    }

    private func isOpen(_ row: OfferingRow) -> Bool {
        row.availableUntil >= today.daysSince1970
            && row.flags & (OfferingRow.full | OfferingRow.cancelled) == 0
    }

    /// A level that is not known hinders nobody.
    private static func comesBefore(_ module: Int?, _ place: Int?) -> Bool {
        guard let module, let place else { return true }
        return (place - levelsBelow...place).contains(module)
    }

    private static func beginsBefore(_ module: OfferingRow, _ place: OfferingRow) -> Bool {
        let anyTime = [OfferingRow.continuousStart, OfferingRow.unknownStart]
        guard !anyTime.contains(module.start), !anyTime.contains(place.start) else { return true }
        return module.start < place.start
    }

    private func way(from home: [Coordinates], to offering: Int) throws -> Double? {
        var metres = Double.infinity
        try index.forEachVenue(ofOffering: offering) { venue in
            for place in home { metres = min(metres, place.distance(to: venue)) }
        }
        guard Self.reach.covers(metres: metres) else { return nil }
        return travelEstimate(metres: metres, by: .transit)
    }
}
