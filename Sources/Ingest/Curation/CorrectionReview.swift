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

    /// What a course or provider said, version by version.
    private typealias Version = (day: CalendarDate, said: Said)

    /// What a feed says of what is corrected.
    private enum Said {
        case course(CourseRecord)
        case provider(Provider)

        var course: CourseRecord? { if case .course(let record) = self { record } else { nil } }
    }

    /// Rules on corrections.
    ///
    /// - Throws: ``StoreError``.
    /// - Complexity: Reads each corrected course, and each version of it since the correction.
    func rulings(
        on corrections: [Correction], in snapshot: any CatalogueSnapshot
    ) throws -> [CurationRuling] {
        let tagger = SkillTagger(skills)
        var byCourse: [ID<Course>: [Correction]] = [:]
        var byProvider: [ID<Provider>: [Correction]] = [:]
        for correction in corrections {
            if let course = correction.subject.course {
                byCourse[course, default: []].append(correction)
            } else if let provider = correction.subject.provider {
                byProvider[provider, default: []].append(correction)
            }
        }
        var rulings: [CurationRuling] = []
        for id in byProvider.keys.sorted() {
            rulings += try self.rulings(on: byProvider[id] ?? [], of: id, in: snapshot, tagger)
        }
        for id in byCourse.keys.sorted() {
            let stored = try snapshot.record(id)
            let versions = try stored == nil ? [] : versions(of: id, in: snapshot)
            var own: [CurationRuling] = []
            for correction in byCourse[id] ?? [] {
                for change in correction.changes {
                    own.append(
                        ruling(
                            on: change, of: correction, stored.map { .course($0.record) },
                            isPresent: stored?.state == .present, versions, tagger))
                }
            }
            Self.findConflicts(among: &own)
            if let stored { Self.findMisfits(among: &own, stored.record) }
            rulings += own
        }
        return rulings
    }

    /// Rules on corrections of a provider.
    ///
    /// Of providers no earlier versions are kept. That a feed has taken a correction over, and says
    /// something else since, stands in the log.
    private func rulings(
        on corrections: [Correction], of id: ID<Provider>, in snapshot: any CatalogueSnapshot,
        _ tagger: SkillTagger
    ) throws -> [CurationRuling] {
        let stored = try snapshot.provider(id)
        var versions: [Version] = []
        var log: [(day: CalendarDate, change: CuratedChange)] = []
        if let stored {
            let day = try snapshot.run(making: stored.changed)?.startedAt.day
            versions = [(day ?? today, .provider(stored.provider))]
            let source = stored.provider.provenance.source
            for run in try snapshot.runs(of: source, limit: .max) where run.cause == .curation {
                log += run.curated.filter { $0.provider == id && $0.kind == .takenOver }
                    .map { (run.startedAt.day, $0) }
            }
        }
        var own: [CurationRuling] = []
        for correction in corrections {
            for change in correction.changes {
                var ruling = ruling(
                    on: change, of: correction, stored.map { .provider($0.provider) },
                    isPresent: stored?.state == .present, versions, tagger)
                let taken = log.first {
                    $0.change.field == ruling.fieldName && $0.change.author == ruling.author
                        && $0.change.before == ruling.said && $0.day >= correction.date
                }
                if let taken, ruling.state == .inForce || ruling.state == .waiting {
                    ruling.state = .takenOver
                    ruling.takenOver = taken.day
                }
                own.append(ruling)
            }
        }
        Self.findConflicts(among: &own)
        guard var provider = stored?.provider else { return own }
        for ruling in Curation(CurationRegister(rulings: own)).rulings(on: id) {
            if let changed = Curation.apply(ruling, to: provider) {
                provider = changed
            } else {
                Self.reject(ruling, among: &own)
            }
        }
        return own
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
            return (day, .course(stored.record))
        }
    }

    private func ruling(
        on change: Correction.Change, of correction: Correction, _ current: Said?,
        isPresent: Bool, _ versions: [Version], _ tagger: SkillTagger
    ) -> CurationRuling {
        let approvals = approvals(of: correction)
        var ruling = CurationRuling(
            subject: correction.subject, field: change.field, language: change.language,
            operation: change.operation, values: [],
            author: correction.author, partner: correction.partner, reason: correction.reason,
            date: correction.date, until: correction.until, approvals: approvals,
            approvalsNeeded: configuration.curation.approvals, file: correction.file,
            line: change.line, state: .inForce, feedThen: [], feedNow: [], isFeedChanged: false)
        for text in change.values {
            let (value, problem) = value(text, of: change, current?.course?.course, tagger)
            ruling.values.append(value)
            if let problem { ruling.problem = problem }
        }
        // What stood there at the end of its day; what came first, when it is older than the course.
        let start = versions.lastIndex { $0.day <= correction.date } ?? 0
        let since = versions[min(start, versions.count)...]
        if let first = since.first {
            ruling.feedThen = said(of: ruling, in: first.said, tagger) ?? []
        }
        let now = current.flatMap { said(of: ruling, in: $0, tagger) }
        ruling.feedNow = now ?? []
        // A skill that was taken away might be found in the text again, which is no feed's saying.
        let canBeTakenOver =
            !(change.field == CuratedField<Course>.skillsName && change.operation == .remove)
            && change.field != CuratedField<Course>.ownersName
        if canBeTakenOver {
            let taken = since.first { version in
                if case .addition = correction.subject {
                    return version.said.course.map { Self.isGiven(ruling, by: $0) } ?? false
                }
                return said(of: ruling, in: version.said, tagger).map {
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
            } else if current == nil
                || now == nil
                    && !versions.contains(where: { version in
                        version.said.course?.offerings.contains {
                            $0.id == correction.subject.offering
                        } ?? false
                    })
            {
                .unknown
            } else if !isPresent || now == nil {
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
        of ruling: CurationRuling, in said: Said, _ tagger: SkillTagger
    ) -> [String]? {
        let record: CourseRecord
        switch said {
        case .provider(let provider):
            return CuratedField<Provider>.all.first { $0.name == ruling.field }?
                .values(provider, ruling.language)
        case .course(let said): record = said
        }
        if case .addition = ruling.subject { return [] }
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

    /// Whether a feed has an offering that a person had added: one that begins on the same day, and is
    /// at the same place as far as both say where.
    private static func isGiven(_ ruling: CurationRuling, by record: CourseRecord) -> Bool {
        func own(_ name: String) -> Set<String> {
            folded(
                ruling.values.map(\.text).filter { $0.hasPrefix(name + "=") }
                    .map { String($0.dropFirst(name.utf8.count + 1)) })
        }
        func said(_ name: String, by offering: Offering) -> Set<String> {
            let field = CuratedField<Offering>.all.first { $0.name == name }
            return folded(field?.values(offering, nil) ?? [])
        }
        let places = own("places")
        return record.offerings.contains { offering in
            let there = said("places", by: offering)
            return said("start", by: offering) == own("start")
                && (places.isEmpty || there.isEmpty || places == there)
        }
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
            reject(ruling, among: &rulings)
        }
    }

    private static func reject(_ ruling: CurationRuling, among rulings: inout [CurationRuling]) {
        for place in rulings.indices where rulings[place].key == ruling.key {
            rulings[place].state = .unusable
            rulings[place].problem = "“\(ruling.said)” cannot stand beside what the feed says of it"
        }
    }
}
