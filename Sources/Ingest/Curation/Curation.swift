import CourseModel
import Storage

/// The corrections that are in force, as they lie over what the feeds say.
///
/// Wherever a course becomes what is shown — the index, the pages, the API, what is published — it goes
/// through ``applied(to:)``; the store keeps what its feed said.
public struct Curation: Sendable {
    private let byCourse: [ID<Course>: [CurationRuling]]
    private let byProvider: [ID<Provider>: [CurationRuling]]
    private let marks: [ID<Course>: UInt64]

    /// No corrections.
    public static let none = Curation(CurationRegister())

    /// The corrections of a register that are in force.
    public init(_ register: CurationRegister) {
        var byCourse: [ID<Course>: [CurationRuling]] = [:]
        var byProvider: [ID<Provider>: [CurationRuling]] = [:]
        for ruling in register.inForce {
            if let course = ruling.course { byCourse[course, default: []].append(ruling) }
            if let provider = ruling.subject.provider {
                byProvider[provider, default: []].append(ruling)
            }
        }
        self.byCourse = byCourse.mapValues { $0.sorted(by: Self.isApplied) }
        self.byProvider = byProvider.mapValues { $0.sorted(by: Self.isApplied) }
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

    /// What is in force on a provider, in the order in which it is applied.
    public func rulings(on provider: ID<Provider>) -> [CurationRuling] {
        byProvider[provider] ?? []
    }

    /// A provider as it is shown.
    public func applied(to provider: Provider) -> Provider {
        var provider = provider
        for ruling in rulings(on: provider.id) {
            if let changed = Self.apply(ruling, to: provider) { provider = changed }
        }
        return provider
    }

    /// A provider with one correction applied; `nil` when it does not fit.
    static func apply(_ ruling: CurationRuling, to provider: Provider) -> Provider? {
        var provider = provider
        guard let field = CuratedField<Provider>.all.first(where: { $0.name == ruling.field }),
            put(ruling, field, in: &provider)
        else { return nil }
        return provider
    }

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
            let step: Int =
                switch ruling.operation {
                case .set: 0
                case .add: 1
                case .remove: 2
                }
            let field =
                switch ruling.subject {
                case .course: CuratedField<Course>.all.firstIndex { $0.name == ruling.field }
                case .provider: CuratedField<Provider>.all.firstIndex { $0.name == ruling.field }
                case .offering, .addition:
                    CuratedField<Offering>.all.firstIndex { $0.name == ruling.field }
                }
            return (step, field ?? .max, ruling.offering?.value ?? "", ruling.key)
        }
        return order(first) < order(second)
    }

    /// A record with one correction applied; `nil` when it does not fit.
    static func apply(_ ruling: CurationRuling, to record: CourseRecord) -> CourseRecord? {
        var (course, offerings) = (record.course, record.offerings)
        if case .addition(let id, to: _) = ruling.subject {
            guard let offering = added(id, ruling, to: course),
                !offerings.contains(where: { $0.id == id })
            else { return nil }
            // Feeds mostly tell occasions in the order in which they begin.
            let next = offerings.firstIndex { other in
                guard case .on(let day) = offering.timing.start,
                    case .on(let later) = other.timing.start
                else { return false }
                return later > day
            }
            offerings.insert(offering, at: next ?? offerings.endIndex)
        } else if let offering = ruling.offering {
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

    /// An offering that the feed does not have; `nil` when it has no start.
    private static func added(
        _ id: ID<Offering>, _ ruling: CurationRuling, to course: Course
    ) -> Offering? {
        var provenance = Provenance(
            source: course.provenance.source, format: "curation", file: ruling.file)
        provenance.position =
            ruling.line > 0
            ? SourcePosition(line: ruling.line, column: 1, byteOffset: 0) : nil
        var offering = Offering(
            id: id, nativeID: String(id.value.dropFirst(course.id.value.utf8.count + 1)),
            course: course.id, timing: Timing(start: .unstated(raw: nil)), provenance: provenance)
        var values: [String: [String]] = [:]
        for value in ruling.values {
            guard let mark = value.text.firstIndex(of: "=") else { return nil }
            values[String(value.text[..<mark]), default: []].append(
                String(value.text[value.text.index(after: mark)...]))
        }
        guard values["start"] != nil else { return nil }
        for field in CuratedField<Offering>.all {
            guard let own = values[field.name] else { continue }
            guard field.put(&offering, own, nil) else { return nil }
        }
        return offering
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
