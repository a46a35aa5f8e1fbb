import CourseModel
import Storage

/// The corrections that are in force, as they lie over what the feeds say.
///
/// Wherever a course becomes what is shown — the index, the pages, the API, what is published — it goes
/// through ``applied(to:)``; the store keeps what its feed said.
public struct Curation: Sendable {
    private let byCourse: [ID<Course>: [CurationRuling]]
    private let marks: [ID<Course>: UInt64]

    /// No corrections.
    public static let none = Curation(CurationRegister())

    /// The corrections of a register that are in force.
    public init(_ register: CurationRegister) {
        var byCourse: [ID<Course>: [CurationRuling]] = [:]
        for ruling in register.rulings where ruling.state == .inForce {
            byCourse[ruling.course, default: []].append(ruling)
        }
        self.byCourse = byCourse.mapValues { $0.sorted(by: Self.isApplied) }
        marks = self.byCourse.mapValues { rulings in
            var text: [UInt8] = []
            for ruling in rulings {
                text += Array(ruling.key.utf8) + [0]
                for value in ruling.values { text += Array(value.names.joined().utf8) + [0] }
            }
            return ContentHash(of: text).value
        }
    }

    /// What is in force on a course and its offerings, in the order in which it is applied.
    public func rulings(on course: ID<Course>) -> [CurationRuling] { byCourse[course] ?? [] }

    /// The courses that something is in force on.
    public var courses: Set<ID<Course>> { Set(byCourse.keys) }

    /// The partners who own a course besides the one whose feed gives it.
    public func owners(of course: ID<Course>) -> [ID<Partner>] {
        var owners: [ID<Partner>] = []
        for ruling in rulings(on: course)
        where ruling.field == CuratedField<Course>.ownersName {
            for value in ruling.values.map({ ID<Partner>($0.text) }) {
                if ruling.operation == .remove {
                    owners.removeAll { $0 == value }
                } else if !owners.contains(value) {
                    owners.append(value)
                }
            }
        }
        return owners
    }

    /// The skills that were taken away from a course, by id; they are not found in its text either.
    public func removedSkills(of course: ID<Course>) -> Set<String> {
        var removed: Set<String> = []
        for ruling in rulings(on: course)
        where ruling.field == CuratedField<Course>.skillsName && ruling.operation == .remove {
            removed.formUnion(ruling.values.map(\.text))
        }
        return removed
    }

    /// Stands for what is in force on a course; `nil` for nothing.
    func mark(of course: ID<Course>) -> UInt64? { marks[course] }

    /// A course as it is shown.
    public func applied(to record: CourseRecord) -> CourseRecord {
        guard let rulings = byCourse[record.course.id] else { return record }
        var record = record
        for ruling in rulings {
            // One that does not fit was found out when it was ruled; the feed may be ahead of that.
            if let changed = Self.apply(ruling, to: record) { record = changed }
        }
        return record
    }

    /// Sets come first, then what is added, then what is removed; fields in the order of their list.
    private static func isApplied(_ first: CurationRuling, before second: CurationRuling) -> Bool {
        func order(_ ruling: CurationRuling) -> (Int, Int, String, String) {
            let step =
                switch ruling.operation {
                case .set: 0
                case .add: 1
                case .remove: 2
                }
            let field =
                ruling.offering == nil
                ? CuratedField<Course>.all.firstIndex { $0.name == ruling.field }
                : CuratedField<Offering>.all.firstIndex { $0.name == ruling.field }
            return (step, field ?? .max, ruling.offering?.value ?? "", ruling.key)
        }
        return order(first) < order(second)
    }

    /// A record with one correction applied; `nil` when it does not fit.
    static func apply(_ ruling: CurationRuling, to record: CourseRecord) -> CourseRecord? {
        var (course, offerings) = (record.course, record.offerings)
        if let offering = ruling.offering {
            guard let place = offerings.firstIndex(where: { $0.id == offering }),
                let field = CuratedField<Offering>.all.first(where: { $0.name == ruling.field }),
                put(ruling, field, in: &offerings[place])
            else { return nil }
        } else if ruling.field == CuratedField<Course>.skillsName {
            putSkills(ruling, in: &course)
        } else {
            guard
                let field = CuratedField<Course>.all.first(where: { $0.name == ruling.field }),
                put(ruling, field, in: &course)
            else { return nil }
        }
        return CourseRecord(course: course, offerings: offerings)
    }

    private static func put<Record>(
        _ ruling: CurationRuling, _ field: CuratedField<Record>, in record: inout Record
    ) -> Bool {
        let own = ruling.values.map(\.text)
        let said = field.values(record, ruling.language)
        let values =
            switch ruling.operation {
            case .set: own
            case .add: said + own.filter { !said.contains($0) }
            case .remove: said.filter { !own.contains($0) }
            }
        return field.put(&record, values, ruling.language)
    }

    private static func putSkills(_ ruling: CurationRuling, in course: inout Course) {
        func isMeant(_ skill: DeclaredSkill, _ value: CurationRuling.Value) -> Bool {
            if skill.id == value.text { return true }
            let names = value.names.map { $0.lowercased() }
            return skill.label.wordings.contains { names.contains($0.text.lowercased()) }
        }
        func declared(_ value: CurationRuling.Value) -> DeclaredSkill {
            let label = zip(value.names, [LanguageTag.dutch, .english]).map {
                LocalizedText.Wording(language: $1, text: $0)
            }
            return DeclaredSkill(id: value.text, label: LocalizedText(label))
        }
        switch ruling.operation {
        case .set: course.skills = ruling.values.map(declared)
        case .add:
            for value in ruling.values where !course.skills.contains(where: { isMeant($0, value) })
            {
                course.skills.append(declared(value))
            }
        case .remove:
            course.skills.removeAll { skill in ruling.values.contains { isMeant(skill, $0) } }
        }
    }
}
