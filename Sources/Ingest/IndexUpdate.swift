import CourseModel
import Feeds
import Places
import SearchIndex
import Skills
import Storage
import Text

/// Makes the index of a generation out of the store: places its venues, finds its skills.
///
/// Courses are analysed on all processors. Those that stand in an older index, made with the same
/// program, settings and data, are taken over from there.
struct IndexUpdate {
    let gazetteer: Gazetteer
    let skills: SkillsCatalogue
    let configuration: CatalogConfiguration
    /// Stands for the data that documents are made with; see ``IndexFingerprint``.
    let fingerprint: UInt64
    /// Which courses are the same; those that are not shown are left out.
    var duplicates: DuplicateRegister?
    /// Whose courses are.
    private var owners: CourseOwners
    /// The corrections that are in force.
    private var curation = Curation.none

    init(
        gazetteer: Gazetteer, skills: SkillsCatalogue, configuration: CatalogConfiguration,
        fingerprint: UInt64
    ) {
        self.gazetteer = gazetteer
        self.skills = skills
        self.configuration = configuration
        self.fingerprint = fingerprint
        owners = CourseOwners(configuration, joint: nil, curation: .none)
    }

    /// Takes courses as partners correct and own them from here on.
    ///
    /// - Parameter joint: The modules that partners offer together; `nil` while their files have
    ///   faults.
    mutating func correct(by curation: Curation, joint: JointModules? = nil) {
        self.curation = curation
        owners = CourseOwners(configuration, joint: joint, curation: curation)
    }

    /// Builds and publishes the index of the snapshot's generation, unless it is there.
    ///
    /// - Returns: The generation.
    func run(
        _ snapshot: any CatalogueSnapshot, into library: IndexLibrary, onProgress: (Int) -> Void
    ) throws -> Generation {
        let generation = snapshot.generation
        do {
            try build(snapshot, into: library, reusing: library.currentPath, onProgress)
        } catch let error as IndexError {
            guard case .damaged = error, library.currentPath != nil else { throw error }
            try build(snapshot, into: library, reusing: nil, onProgress)
        }
        try library.publish(generation)
        return generation
    }

    /// The courses of a provider depend on what it is called and where it is.
    private static func group(of provider: ID<Provider>) -> UInt32 {
        UInt32(truncatingIfNeeded: ContentHash(of: Array(provider.value.utf8)).value)
    }

    /// Stands for a course and its provider.
    private static func content(_ course: ContentHash, _ provider: UInt64?) -> UInt64 {
        course.value ^ (provider ?? 0) &* 0x9E37_79B9_7F4A_7C15
    }

    /// Courses that are handed over together, and how many times as much may be under way.
    private static let batch = 16
    private static let batchesUnderWay = 8

    private typealias Job = (
        place: IndexBuilder.Place, record: PackedRecord, content: ContentHash,
        others: [CourseRecord]
    )
    private typealias Outcome = Result<
        [(place: IndexBuilder.Place, document: AnalysedDocument)], any Error
    >

    private func build(
        _ snapshot: any CatalogueSnapshot, into library: IndexLibrary, reusing older: String?,
        _ onProgress: (Int) -> Void
    ) throws {
        var providers: [ID<Provider>: Provider] = [:]
        var states: [UInt32: UInt64] = [:]
        try snapshot.forEachProvider(states: Set(RecordState.allCases)) { stored in
            let provider = curation.applied(to: stored.provider)
            providers[provider.id] = provider
            let coded = CodedProvider(provider)
            states[Self.group(of: stored.provider.id), default: 0] &+=
                ContentHash(of: coded.bytes, in: coded.content).value
        }
        var builder = try IndexBuilder(
            folder: library.path(of: snapshot.generation), generation: snapshot.generation.number,
            reusing: older, fingerprint: fingerprint)
        let analyzers = builder.analyzers
        let work = OrderedWork<[Job], Outcome> { [self, providers, states] in
            let reader = TextReader()
            let tagger = SkillTagger(skills, reading: reader)
            let analyzer = Result { try analyzers.make(reading: reader) }
            return { jobs in
                Result {
                    let analyzer = try analyzer.get()
                    return try jobs.map { job in
                        var record = curation.applied(to: try job.record.record())
                        if !job.others.isEmpty {
                            record = MergedCourse(record, others: job.others).record
                        }
                        let document = document(
                            record, provider: providers[record.course.provider], tagger: tagger)
                        let group = Self.group(of: record.course.provider)
                        let analysed = try analyzer.analyse(
                            document, content: Self.content(job.content, states[group]),
                            group: group)
                        return (job.place, analysed)
                    }
                }
            }
        }
        defer { work.close() }
        func take(_ outcome: Outcome, _ builder: inout IndexBuilder) throws {
            for (place, document) in try outcome.get() { builder.put(document, at: place) }
        }
        var jobs: [Job] = []
        var count = 0
        let merged = try mergedCourses(snapshot)
        // What a merged course says depends on the others as well.
        func whole(_ id: ID<Course>, _ own: ContentHash) -> ContentHash {
            var own = own
            if let mark = curation.mark(of: id) {
                own = ContentHash(own.value &* 0x9E37_79B9_7F4A_7C15 ^ mark)
            }
            guard let others = merged.others[id] else { return own }
            return others.reduce(own) { hash, other in
                ContentHash(hash.value &* 0x9E37_79B9_7F4A_7C15 ^ Self.content(of: other).value)
            }
        }
        try snapshot.forEachPackedRecord(
            where: { id, content in
                count += 1
                if count % 500 == 0 { onProgress(count) }
                guard !merged.hidden.contains(id) else { return false }
                return !builder.reuse(id) { Self.content(whole(id, content), states[$0]) }
            },
            { record in
                jobs.append(
                    (
                        builder.reserve(record.id), record, whole(record.id, record.content),
                        merged.others[record.id] ?? []
                    ))
                guard jobs.count >= Self.batch else { return }
                work.add(jobs)
                jobs = []
                while let done = work.ready() { try take(done, &builder) }
                while work.count >= Self.batchesUnderWay, let done = work.next() {
                    try take(done, &builder)
                }
            })
        if !jobs.isEmpty { work.add(jobs) }
        while let done = work.next() { try take(done, &builder) }
        _ = try builder.finish()
    }

    /// The courses that are not shown, and by course that is shown the others.
    private func mergedCourses(
        _ snapshot: any CatalogueSnapshot
    ) throws -> (hidden: Set<ID<Course>>, others: [ID<Course>: [CourseRecord]]) {
        guard let duplicates, duplicates.isMerged else { return ([], [:]) }
        var (hidden, others): (Set<ID<Course>>, [ID<Course>: [CourseRecord]]) = ([], [:])
        for cluster in duplicates.clusters {
            hidden.formUnion(cluster.others)
            others[cluster.shown] = try cluster.others.compactMap {
                try snapshot.record($0).map { curation.applied(to: $0.record) }
            }
        }
        return (hidden, others)
    }

    private static func content(of record: CourseRecord) -> ContentHash {
        let coded = CodedRecord(record)
        return ContentHash(of: coded.bytes)
    }

    /// A course with everything that is found out about it.
    ///
    /// - Parameter tagger: Finds its skills; without one it has none.
    func document(
        _ record: CourseRecord, provider: Provider?, tagger: SkillTagger?
    ) -> IndexDocument {
        let owners = owners.owners(of: record.course)
        return IndexDocument(
            record: record,
            providerName: name(of: provider, source: record.course.provenance.source),
            partner: owners.first, owners: Array(owners.dropFirst()),
            venues: record.offerings.map {
                $0.venues(usual: provider?.location).map { indexed(gazetteer.place($0)) }
            },
            skills: tagger.map { skills(of: record.course, $0) } ?? [])
    }

    private func skills(of course: Course, _ tagger: SkillTagger) -> [WeightedSkill] {
        let found = tagger.skills(of: course)
        let removed = curation.removedSkills(of: course.id)
        var weighted: [WeightedSkill] = []
        for tag in found.declared {
            weighted.append(
                WeightedSkill(
                    id: skills.skillID(tag.skill).value,
                    label: skills.skillLabel(tag.skill, in: .dutch), weight: 1, isDeclared: true))
        }
        for declared in found.unknown {
            // A skill of a scheme that is not imported still finds profiles that name its id.
            guard let id = declared.id else { continue }
            weighted.append(
                WeightedSkill(
                    id: id, label: declared.label.text() ?? "", weight: 1, isDeclared: true))
        }
        for tag in found.inferred {
            weighted.append(
                WeightedSkill(
                    id: skills.skillID(tag.skill).value,
                    label: skills.skillLabel(tag.skill, in: .dutch), weight: tag.confidence,
                    isDeclared: false))
        }
        // What a person took away is not found in the text either.
        return removed.isEmpty ? weighted : weighted.filter { !removed.contains($0.id) }
    }

    /// The provider's name for display.
    ///
    /// Some feeds give no more than the provider's id; the partner who owns the source has said its
    /// name in `catalog.toml`.
    private func name(of provider: Provider?, source: ID<Source>) -> String {
        let stated = provider?.name.text(in: configuration.languages)
        if let stated, stated != provider?.nativeID { return stated }
        return configuration.partner(of: source)?.name ?? stated ?? ""
    }

    private func indexed(_ venue: PlacedVenue) -> IndexedVenue {
        IndexedVenue(
            coordinates: venue.coordinates, label: venue.town ?? "",
            regions: RegionKind.allCases.compactMap { kind in
                guard let areas = venue.areas else { return nil }
                let region = gazetteer[areas[kind]]
                return IndexedRegion(kind: kind, code: region.code, name: region.name)
            })
    }
}
