import CourseModel
import Skills
import Storage

/// Rules which corrections count, by who approved them, what the feeds said when they were written,
/// and what they say now.
///
/// Nothing has to be remembered for that but what the store remembers anyway, so that every machine
/// that has the same files and the same store comes to the same.
struct CorrectionReview {
    let configuration: CatalogConfiguration
    let skills: SkillsCatalogue
    let today: CalendarDate

    /// What a course said, version by version.
    private typealias Version = (day: CalendarDate, record: CourseRecord)

    /// Rules on corrections.
    ///
    /// - Throws: ``StoreError``.
    /// - Complexity: Reads each corrected course, and each version of it since the correction.
    func rulings(
        on corrections: [Correction], in snapshot: any CatalogueSnapshot
    ) throws -> [CurationRuling] {
        let tagger = SkillTagger(skills)
        var byCourse: [ID<Course>: [Correction]] = [:]
        for correction in corrections {
            byCourse[correction.course, default: []].append(correction)
        }
        var rulings: [CurationRuling] = []
        for id in byCourse.keys.sorted() {
            let stored = try snapshot.record(id)
            let versions = try stored == nil ? [] : versions(of: id, in: snapshot)
            var own: [CurationRuling] = []
            for correction in byCourse[id] ?? [] {
                for change in correction.changes {
                    own.append(ruling(on: change, of: correction, stored, versions, tagger))
                }
            }
            Self.findConflicts(among: &own)
            if let stored { Self.findMisfits(among: &own, stored.record) }
            rulings += own
        }
        return rulings
    }

    private func versions(
        of id: ID<Course>, in snapshot: any CatalogueSnapshot
    ) throws -> [Version] {
        var days: [Generation: CalendarDate] = [:]
        for entry in try snapshot.history(of: id) where entry.change.kind != .curated {
            days[entry.generation] = entry.at.day
        }
        return try days.keys.sorted().compactMap { generation in
            guard let day = days[generation],
                let stored = try snapshot.record(id, at: generation), stored.state == .present
            else { return nil }
            return (day, stored.record)
        }
    }

    private func ruling(
        on change: Correction.Change, of correction: Correction, _ stored: StoredRecord?,
        _ versions: [Version], _ tagger: SkillTagger
    ) -> CurationRuling {
        let approvals = approvals(of: correction)
        var ruling = CurationRuling(
            course: correction.course, offering: correction.offering, field: change.field,
            language: change.language, operation: change.operation, values: [],
            author: correction.author, partner: correction.partner, reason: correction.reason,
            date: correction.date, until: correction.until, approvals: approvals,
            approvalsNeeded: configuration.curation.approvals, file: correction.file,
            line: change.line, state: .inForce, feedThen: [], feedNow: [], isFeedChanged: false)
        for text in change.values {
            let (value, problem) = value(text, of: change, stored?.record.course, tagger)
            ruling.values.append(value)
            if let problem { ruling.problem = problem }
        }
        // What stood there at the end of its day; what came first, when it is older than the course.
        let start = versions.lastIndex { $0.day <= correction.date } ?? 0
        let since = versions[min(start, versions.count)...]
        if let first = since.first {
            ruling.feedThen = said(of: ruling, in: first.record, tagger) ?? []
        }
        let now = stored.flatMap { said(of: ruling, in: $0.record, tagger) }
        ruling.feedNow = now ?? []
        // A skill that was taken away might be found in the text again, which is no feed's saying.
        let canBeTakenOver =
            !(change.field == CuratedField<Course>.skillsName && change.operation == .remove)
            && change.field != CuratedField<Course>.ownersName
        if canBeTakenOver {
            let taken = since.first { version in
                said(of: ruling, in: version.record, tagger).map {
                    Self.isSaid(ruling, by: $0)
                } ?? false
            }
            ruling.takenOver = taken?.day
        }
        ruling.isFeedChanged =
            now != nil && Self.folded(ruling.feedNow) != Self.folded(ruling.feedThen)
            && !Self.isSaid(ruling, by: ruling.feedNow)
        ruling.state =
            if let until = correction.until, until < today {
                .expired
            } else if correction.date > today {
                .notYet
            } else if stored == nil
                || now == nil
                    && !versions.contains(where: { version in
                        version.record.offerings.contains { $0.id == correction.offering }
                    })
            {
                .unknown
            } else if stored?.state != .present || now == nil {
                .gone
            } else if ruling.takenOver != nil {
                .takenOver
            } else if approvals.count < ruling.approvalsNeeded {
                .waiting
            } else if ruling.problem != nil {
                .unusable
            } else {
                .inForce
            }
        return ruling
    }

    /// The approvals that count: of people of other partners than the author's, one each.
    private func approvals(of correction: Correction) -> [Correction.Approval] {
        let roles = Set(configuration.curation.approvers)
        var people: Set<String> = [correction.author]
        return correction.approvals.filter { approval in
            guard approval.partner != correction.partner else { return false }
            let partner = configuration.partners.first { $0.id == approval.partner }
            guard roles.isEmpty || !roles.isDisjoint(with: partner?.roles ?? []) else {
                return false
            }
            return people.insert(approval.person).inserted
        }
    }

    // MARK: Values

    /// A value as it is kept, and what is wrong with it.
    private func value(
        _ text: String, of change: Correction.Change, _ course: Course?, _ tagger: SkillTagger
    ) -> (CurationRuling.Value, problem: String?) {
        guard change.field == CuratedField<Course>.skillsName else {
            return (.init(text: text, names: []), nil)
        }
        let match = skills.resolveSkill(text, limit: 1).matches.first
        guard let match, match.basis != .letters else {
            // A skill of a scheme that is not imported is known by its id all the same.
            if text.contains(":") { return (.init(text: text, names: []), nil) }
            let meant = match.map { "; did you mean “\($0.label)”?" } ?? ""
            return (.init(text: text, names: []), "no skill is called “\(text)”" + meant)
        }
        var names = [LanguageTag.dutch, .english].map {
            skills.skillLabel(match.number, in: $0)
        }
        names.append(text)
        // The course may call it otherwise.
        for tag in course.map({ tagger.skills(of: $0).declared }) ?? []
        where tag.skill == match.number {
            names += tag.declared.label.wordings.map(\.text)
        }
        return (.init(text: skills.skillID(match.number).value, names: names), nil)
    }

    /// What a record says of a correction's field; `nil` when its offering is not there.
    private func said(
        of ruling: CurationRuling, in record: CourseRecord, _ tagger: SkillTagger
    ) -> [String]? {
        if let id = ruling.offering {
            guard let offering = record.offerings.first(where: { $0.id == id }) else { return nil }
            return CuratedField<Offering>.all.first { $0.name == ruling.field }?
                .values(offering, ruling.language)
        }
        if ruling.field == CuratedField<Course>.ownersName {
            return configuration.partner(of: record.course.provenance.source).map { [$0.id.value] }
                ?? []
        }
        if ruling.field == CuratedField<Course>.skillsName {
            let found = tagger.skills(of: record.course)
            return found.declared.map { skills.skillID($0.skill).value }
                + found.unknown.map { $0.id ?? $0.label.text() ?? "" }
        }
        return CuratedField<Course>.all.first { $0.name == ruling.field }?
            .values(record.course, ruling.language)
    }

    /// Whether values say what a correction wants.
    private static func isSaid(_ ruling: CurationRuling, by values: [String]) -> Bool {
        let own = folded(ruling.values.map(\.text))
        let said = folded(values)
        switch ruling.operation {
        case .set: return own == said
        case .add: return own.isSubset(of: said)
        case .remove: return own.isDisjoint(with: said)
        }
    }

    /// Values without regard to their order and to white space.
    private static func folded(_ values: [String]) -> Set<String> {
        Set(values.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") })
    }

    // MARK: What cannot stand together

    private static func findConflicts(among rulings: inout [CurationRuling]) {
        var places: [CurationRuling.Target: [Int]] = [:]
        for (place, ruling) in rulings.enumerated() where ruling.state == .inForce {
            places[ruling.target, default: []].append(place)
        }
        for places in places.values where places.count > 1 {
            for place in places {
                let isDisputed = places.contains { other in
                    contradict(rulings[place], rulings[other])
                }
                if isDisputed { rulings[place].problem = "another correction says otherwise" }
            }
        }
        for place in rulings.indices
        where rulings[place].state == .inForce && rulings[place].problem != nil {
            rulings[place].state = .conflict
            rulings[place].problem = nil
        }
    }

    private static func contradict(_ first: CurationRuling, _ second: CurationRuling) -> Bool {
        let (one, two) = (Set(first.values.map(\.text)), Set(second.values.map(\.text)))
        switch (first.operation, second.operation) {
        case (.set, .set): return one != two
        case (.add, .remove), (.remove, .add): return !one.isDisjoint(with: two)
        default: return false
        }
    }

    /// Applies what is in force in the order in which it will be.
    private static func findMisfits(among rulings: inout [CurationRuling], _ record: CourseRecord) {
        var record = record
        let order = Curation(CurationRegister(rulings: rulings)).rulings(on: record.course.id)
        for ruling in order {
            if let changed = Curation.apply(ruling, to: record) {
                record = changed
                continue
            }
            for place in rulings.indices where rulings[place].key == ruling.key {
                rulings[place].state = .unusable
                rulings[place].problem =
                    "“\(ruling.said)” cannot stand beside what the feed says of it"
            }
        }
    }
}
