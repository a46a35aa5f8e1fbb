import Answers
import CourseModel
import SearchIndex
import Skills

/// The links of a place to learn at work or of a module, as they are told.
public struct PreparationAnswer: Encodable {
    /// What the other courses are to this one.
    public enum Relation: String, Encodable {
        /// They prepare for this place.
        case preparedBy = "prepared-by"
        /// This module prepares for them.
        case preparesFor = "prepares-for"
    }

    /// A course on the other side.
    public struct Entry: Encodable {
        /// Its id.
        public var course: String
        /// The id of its offering that fits best.
        public var offering: String
        /// Its title.
        public var title: String
        /// Who offers it.
        public var provider: String
        /// What sort of learning it is.
        public var kind: String
        /// When that offering starts; `nil` at any moment, or when not known.
        public var start: Nullable<String>
        /// The town.
        public var place: Nullable<String>
        /// Minutes between both by public transport, an estimate; `nil` when no travel is needed.
        public var travelMinutes: Nullable<Int>
        /// The names of the skills that both have.
        public var skills: [String]
        /// The part of what the place asks for, 0...1.
        public var share: Double
    }

    /// What the others are to this one; `nil` for a course that is neither place nor module.
    public let relation: Nullable<Relation>
    /// The others, those that share most first.
    public let courses: [Entry]

    /// The links of a course.
    ///
    /// - Parameter course: Its number in the index.
    /// - Throws: `IndexError`.
    public init(
        of course: Int, in index: IndexReader, skills: SkillsCatalogue, today: CalendarDate,
        language: AnswerLanguage, limit: Int = 10
    ) throws {
        let kind = CourseKind.allCases[Int(try index.course(course).kind)]
        relation = Nullable(
            Preparation.places.contains(kind)
                ? .preparedBy : Preparation.modules.contains(kind) ? .preparesFor : nil)
        let links = try Preparation(in: index, skills: skills, today: today)
            .links(of: course, limit: limit)
        courses = try links.map { link in
            let other = try index.stored(course: link.course)
            let offering = try index.stored(offering: link.offering)
            return Entry(
                course: other.id.value, offering: offering.id.value,
                title: language(nl: other.title, en: other.englishTitle),
                provider: other.providerName, kind: other.kind.rawValue,
                start: Nullable(offering.start.date?.iso),
                place: Nullable(offering.places.first?.label),
                travelMinutes: Nullable(link.minutes.map { Int($0.rounded(.up)) }),
                skills: link.skills.map { id in
                    skills.number(of: ID<Skill>(id))
                        .map { skills.skillLabel($0, in: language.tag) } ?? id
                }, share: (link.share * 100).rounded() / 100)
        }
    }

    /// The heading above the list; `nil` when there is nothing to tell.
    public func heading(_ language: AnswerLanguage) -> String? {
        guard let relation = relation.value, !courses.isEmpty else { return nil }
        return switch relation {
        case .preparedBy:
            language(nl: "Hiermee bereid je je voor", en: "What prepares for it")
        case .preparesFor:
            language(nl: "Bereidt voor op", en: "Prepares for")
        }
    }

    /// When, where and why, in one line.
    public func facts(_ entry: Entry, _ language: AnswerLanguage) -> String {
        let wording = Wording(language: language)
        var facts = [entry.provider]
        if let day = entry.start.value.flatMap({ CalendarDate(iso: $0) }) {
            facts.append(wording.date(day))
        }
        if let place = entry.place.value, !place.isEmpty { facts.append(place) }
        if let minutes = entry.travelMinutes.value {
            facts.append(
                language(nl: "~\(minutes) minuten verder", en: "~\(minutes) minutes away"))
        }
        let shown = entry.skills.prefix(5).joined(separator: ", ")
        let more = entry.skills.count - 5
        facts.append(shown + (more > 0 ? " +\(more)" : ""))
        return facts.joined(separator: " · ")
    }
}
