import Answers
import CourseModel
import Ingest
import SearchIndex
import Skills
import Storage

/// Who says what every field of a course, its offerings and its provider says.
public struct CourseOrigins: Sendable {
    /// The fields, the course's first, then those of each offering, then the provider's.
    public let fields: [FieldOrigin]
    /// The partners who own the course: the one whose feed gives it first.
    public let owners: [ID<Partner>]

    /// What origins are told with.
    public struct Context {
        let shown: ShownCourses
        let configuration: CatalogConfiguration
        let skills: SkillsCatalogue
        let index: IndexReader?
        /// Whether to look up since when each field says so, which reads all versions of a course.
        let withTimes: Bool
        /// Whether to tell of all offerings, or only of those that are corrected.
        let withOfferings: Bool

        /// What origins are told with.
        ///
        /// - Parameters:
        ///   - index: Tells where addresses were placed.
        ///   - withTimes: Whether to look up since when each field says so.
        ///   - withOfferings: Whether to tell of all offerings, or only of those that are corrected.
        public init(
            shown: ShownCourses, configuration: CatalogConfiguration, skills: SkillsCatalogue,
            index: IndexReader? = nil, withTimes: Bool = true, withOfferings: Bool = true
        ) {
            self.shown = shown
            self.configuration = configuration
            self.skills = skills
            self.index = index
            self.withTimes = withTimes
            self.withOfferings = withOfferings
        }
    }

    /// The origins of a course's fields; `nil` when no course ever had this id.
    ///
    /// - Parameter tagger: Finds its skills; one for many courses is quicker.
    /// - Throws: ``StoreError``.
    public init?(
        of id: ID<Course>, in snapshot: any CatalogueSnapshot, _ context: Context,
        tagger: SkillTagger? = nil
    ) throws {
        guard let own = try snapshot.record(id),
            let shown = try context.shown.course(id, in: snapshot)
        else { return nil }
        let tracer = try Tracer(own, shown, snapshot, context)
        var fields = try tracer.course()
        fields += tracer.skills(tagger ?? SkillTagger(context.skills))
        for offering in tracer.offerings { fields += try tracer.offering(offering) }
        fields += try tracer.provider()
        self.fields = fields
        let added = context.shown.curation.owners(of: id)
        let partner = context.configuration.partner(of: own.record.course.provenance.source)?.id
        owners = [partner].compactMap { $0 } + added.filter { $0 != partner }
    }
}

/// Follows the fields of one course to where they come from.
private struct Tracer {
    let own: StoredRecord
    let shown: ShownCourses.Shown
    let snapshot: any CatalogueSnapshot
    let context: CourseOrigins.Context
    let rulings: [CurationRuling]
    let diagnostics: [Diagnostic]
    /// The offerings that are told of.
    let offerings: [Offering]
    let history: History
    /// The other courses that filled this one up.
    let others: [ID<Course>: (record: CourseRecord, history: History)]

    /// What a course said, version by version, oldest first.
    struct History {
        /// The fields of the course, and of each of its offerings, by name.
        private let versions:
            [(
                entry: HistoryEntry, course: [String: String],
                offerings: [ID<Offering>: [String: String]]
            )]

        init(
            of id: ID<Course>, in snapshot: any CatalogueSnapshot, isWanted: Bool,
            offerings: Set<ID<Offering>>
        ) throws {
            var entries: [Generation: HistoryEntry] = [:]
            if isWanted {
                for entry in try snapshot.history(of: id) where entry.change.kind != .curated {
                    entries[entry.generation] = entry
                }
            }
            versions = try entries.values.sorted { $0.generation < $1.generation }.compactMap {
                entry in
                guard let record = try snapshot.record(id, at: entry.generation)?.record else {
                    return nil
                }
                var said: [ID<Offering>: [String: String]] = [:]
                for offering in record.offerings where offerings.contains(offering.id) {
                    said[offering.id] = FieldText.byName(offering)
                }
                return (entry, FieldText.byName(record.course), said)
            }
        }

        /// Since when a field of the course, or of an offering, has said this.
        func since(
            _ name: String, _ text: String, of offering: ID<Offering>? = nil
        )
            -> HistoryEntry?
        {
            var since: HistoryEntry?
            for version in versions.reversed() {
                let fields = offering.map { version.offerings[$0] ?? [:] } ?? version.course
                guard fields[name] == text else { break }
                since = version.entry
            }
            return since
        }
    }

    init(
        _ own: StoredRecord, _ shown: ShownCourses.Shown, _ snapshot: any CatalogueSnapshot,
        _ context: CourseOrigins.Context
    ) throws {
        self.own = own
        self.shown = shown
        self.snapshot = snapshot
        self.context = context
        let id = own.record.course.id
        rulings = context.shown.curation.rulings(on: id)
        diagnostics = try snapshot.diagnostics(of: id)
        let corrected = Set(rulings.compactMap(\.offering))
        offerings = shown.stored.record.offerings.filter {
            context.withOfferings || corrected.contains($0.id)
        }
        history = try History(
            of: id, in: snapshot, isWanted: context.withTimes,
            offerings: Set(offerings.map(\.id)))
        var others: [ID<Course>: (CourseRecord, History)] = [:]
        for other in Set(shown.filled.values) {
            guard let stored = try snapshot.record(other) else { continue }
            others[other] = (
                stored.record,
                try History(
                    of: other, in: snapshot, isWanted: context.withTimes, offerings: [])
            )
        }
        self.others = others
    }

    // MARK: The course

    func course() throws -> [FieldOrigin] {
        let raw = Dictionary(
            uniqueKeysWithValues: FieldText.fields(of: own.record.course).map { ($0.name, $0.text) }
        )
        var origins: [FieldOrigin] = []
        for (name, text) in FieldText.fields(of: shown.stored.record.course) {
            if let ruling = ruling(on: name, of: nil) {
                origins.append(try curated(ruling, name, text))
            } else if let other = shown.filled[name], let source = others[other] {
                origins.append(
                    declared(
                        name, text, nil, source.record.course.provenance,
                        source.history.since(name, text), kind: .filledUp))
            } else {
                let said = raw[name] ?? text
                let isDerived = name == "level" && own.record.course.level?.basis == .derived
                origins.append(
                    declared(
                        name, text, nil, own.record.course.provenance,
                        history.since(name, said),
                        kind: isDerived ? .derived : .declared))
            }
        }
        for ruling in rulings where ruling.field == "owners" {
            origins.append(try curated(ruling, "owners", ruling.said))
        }
        // What a correction emptied is told as well.
        let told = Set(origins.map(\.field))
        for ruling in rulings where ruling.offering == nil {
            let name = Self.modelField(ruling.field)
            if !told.contains(name), ruling.operation != .add {
                origins.append(try curated(ruling, name, ruling.said))
            }
        }
        return origins
    }

    /// Skills that were found in the text, and those that a partner took away.
    func skills(_ tagger: SkillTagger) -> [FieldOrigin] {
        let course = shown.stored.record.course
        let removed = context.shown.curation.removedSkills(of: course.id)
        return tagger.skills(of: course).inferred.compactMap { tag in
            guard !removed.contains(context.skills.skillID(tag.skill).value) else { return nil }
            return FieldOrigin(
                offering: nil, field: "skills",
                value: context.skills.skillLabel(tag.skill, in: .dutch), kind: .inferred,
                source: course.provenance.source.value, partner: nil,
                transformations: ["“\(tag.words)” in \(tag.field.rawValue)"],
                confidence: tag.confidence)
        }
    }

    // MARK: Its offerings and provider

    func offering(_ offering: Offering) throws -> [FieldOrigin] {
        var origins: [FieldOrigin] = []
        let raw = own.record.offerings.first { $0.id == offering.id }
        let said = raw.map { FieldText.byName($0) }
        for (name, text) in FieldText.fields(of: offering) {
            if let ruling = ruling(on: name, of: offering.id) ?? addition(of: offering.id) {
                origins.append(try curated(ruling, name, text))
                continue
            }
            let since = history.since(name, said?[name] ?? text, of: offering.id)
            var origin = declared(
                name, text, offering.id, offering.provenance, since,
                kind: raw == nil ? .filledUp : .declared)
            if name == "price", let price = offering.price?.statedAs {
                origin.transformations.append("“\(price)”")
            }
            origins.append(origin)
        }
        origins += try located(offering)
        return origins
    }

    /// Where the addresses of an offering turned out to be.
    private func located(_ offering: Offering) throws -> [FieldOrigin] {
        guard let index = context.index,
            offering.places.contains(where: { $0.venue?.coordinates == nil }),
            let numbers = try index.offerings(of: offering.id.value), numbers.count == 1
        else { return [] }
        return try index.stored(offering: numbers.lowerBound).places.compactMap { place in
            guard let point = place.coordinates else { return nil }
            return FieldOrigin(
                offering: offering.id, field: "coordinates",
                value: "\(point.latitude), \(point.longitude)", kind: .derived,
                source: offering.provenance.source.value, partner: nil,
                transformations: ["gazetteer: \(place.label)"])
        }
    }

    func provider() throws -> [FieldOrigin] {
        guard let stored = try snapshot.provider(own.record.course.provider) else { return [] }
        let rulings = context.shown.curation.rulings(on: stored.provider.id)
        let shown = context.shown.curated(stored).provider
        let run = try context.withTimes ? snapshot.run(making: stored.changed) : nil
        let provenance = stored.provider.provenance
        var told: Set<String> = []
        var origins = try FieldText.fields(of: shown).map { name, text in
            told.insert(name)
            if let ruling = rulings.last(where: { Self.modelField($0.field) == name }) {
                return try curated(ruling, "provider." + name, text)
            }
            return FieldOrigin(
                offering: nil, field: "provider." + name, value: text, kind: .declared,
                source: provenance.source.value, partner: partner(of: provenance.source),
                since: run?.startedAt.iso, run: run?.number.value, format: provenance.format,
                file: provenance.file, line: provenance.position?.line)
        }
        // What a correction emptied is told as well.
        for ruling in rulings where !told.contains(Self.modelField(ruling.field)) {
            origins.append(
                try curated(ruling, "provider." + Self.modelField(ruling.field), ruling.said))
        }
        return origins
    }

    // MARK: One field

    private func partner(of source: ID<Source>) -> String? {
        context.configuration.partner(of: source)?.id.value
    }

    private func declared(
        _ name: String, _ text: String, _ offering: ID<Offering>?, _ provenance: Provenance,
        _ since: HistoryEntry?, kind: FieldOrigin.Kind
    ) -> FieldOrigin {
        var codes: [String] = []
        if kind != .filledUp {
            for diagnostic in diagnostics
            where Self.fields(of: diagnostic.code).contains(name)
                && !codes.contains(diagnostic.code.name)
            {
                codes.append(diagnostic.code.name)
            }
        }
        return FieldOrigin(
            offering: offering, field: name, value: text, kind: kind,
            source: provenance.source.value, partner: partner(of: provenance.source),
            since: since?.at.iso, run: since?.run.value, format: provenance.format,
            file: provenance.file, line: provenance.position?.line, transformations: codes)
    }

    private func curated(
        _ ruling: CurationRuling, _ name: String, _ text: String
    ) throws -> FieldOrigin {
        let run = try context.withTimes ? run(of: ruling) : nil
        return FieldOrigin(
            offering: ruling.offering, field: name, value: text, kind: .curated,
            source: own.record.course.provenance.source.value, partner: ruling.partner.value,
            since: run?.startedAt.iso, run: run?.number.value, file: ruling.file,
            line: ruling.line > 0 ? ruling.line : nil,
            transformations: ["\(ruling.operation.rawValue) \(ruling.fieldName)"],
            correction: FieldOrigin.Correction(
                author: ruling.author, partner: ruling.partner.value, reason: ruling.reason,
                date: ruling.date.iso, until: ruling.until?.iso,
                approvedBy: ruling.approvals.map(\.partner.value),
                feedSays: ruling.feedNow))
    }

    /// The run with which a correction took hold.
    private func run(of ruling: CurationRuling) throws -> RunRecord? {
        // One of a provider touches all its courses.
        for entry in try snapshot.history(of: own.record.course.id).reversed()
        where entry.change.kind == .curated {
            guard let run = try snapshot.run(entry.run) else { continue }
            let isIts = run.curated.contains {
                $0.kind == .applied && $0.course == ruling.course
                    && $0.offering == ruling.offering && $0.provider == ruling.subject.provider
                    && $0.field == ruling.fieldName
                    && $0.author == ruling.author
            }
            if isIts { return run }
        }
        return nil
    }

    /// The correction that added an offering which the feed does not have.
    private func addition(of offering: ID<Offering>) -> CurationRuling? {
        rulings.first {
            if case .addition(offering, to: _) = $0.subject { true } else { false }
        }
    }

    private func ruling(on name: String, of offering: ID<Offering>?) -> CurationRuling? {
        rulings.last { $0.offering == offering && Self.modelField($0.field) == name }
    }

    /// The field of the model that a field of a correction is, or is part of.
    private static func modelField(_ name: String) -> String {
        switch name {
        case "hours": "studyLoad"
        case "address": "location"
        case "start", "end": "timing"
        case "enrol-until": "enrolment"
        case "apply-url": "applyURL"
        case "study-modes": "studyModes"
        case "places-left": "placesLeft"
        case "day-parts": "dayParts"
        default: name
        }
    }

    /// The fields that a diagnostic is about, by the words of its code.
    private static func fields(of code: DiagnosticCode) -> Set<String> {
        let words = Set(code.name.split(separator: "-").map(String.init))
        func isAbout(_ some: String...) -> Bool { !words.isDisjoint(with: some) }
        if isAbout("price", "cost", "vat", "currency") { return ["price"] }
        if isAbout("level") { return ["level", "requiredLevels"] }
        if isAbout("venue", "place", "postcode", "coordinates", "town", "address", "country") {
            return ["places"]
        }
        if isAbout("start", "end", "date", "day", "dtf") { return ["timing", "statedStart"] }
        if isAbout("subjects", "subject") { return ["subjects"] }
        if isAbout("duration") { return ["duration"] }
        if isAbout("title") { return ["title", "url"] }
        if isAbout("url", "link") { return ["url", "applyURL"] }
        if isAbout("html", "markup", "entity", "text", "summary", "description") {
            return ["summary", "description", "sections", "prerequisites"]
        }
        return []
    }
}
