import CourseModel
import Feeds
import FoundationEssentials
import Storage

/// Which courses of a generation are the same, which of them is shown, and why.
public struct DuplicateRegister: Codable, Hashable, Sendable {
    /// Courses that are the same.
    public struct Cluster: Codable, Hashable, Sendable {
        /// The one that is shown and searched.
        public var shown: ID<Course>
        /// The others, in order of trust.
        public var others: [ID<Course>]
        /// What made them one.
        public var because: [Likeness]
    }

    /// Two courses, how sure it is that they are not the same, and what speaks for and against.
    public struct Likeness: Codable, Hashable, Sendable {
        /// Both, by id.
        public var courses: [ID<Course>]
        /// The chance that they are not the same, 0...1.
        public var doubt: Double
        /// What speaks for and against.
        public var evidence: [SameCourseScore.Evidence]

        init(_ pair: DuplicateFinder.Pair) {
            courses = pair.courses
            doubt = (pair.doubt * 10_000).rounded() / 10_000
            evidence = pair.evidence
        }
    }

    /// The generation.
    public var generation: Int
    /// Whether courses that are the same were merged, or only found.
    public var isMerged: Bool
    /// Courses that are the same, by id of the one that is shown.
    public var clusters: [Cluster]
    /// Courses that may be the same, which a person has to decide.
    public var possible: [Likeness]

    /// Finds the courses of a snapshot that are the same.
    ///
    /// Nothing is read when only one source has courses.
    ///
    /// - Throws: ``StoreError``.
    /// - Complexity: One pass over the courses, about 1 KB of memory each, when there are several
    ///   sources.
    init(_ snapshot: any CatalogueSnapshot, configuration: CatalogConfiguration) throws {
        generation = snapshot.generation.number
        isMerged = configuration.duplicates.merges
        clusters = []
        possible = []
        guard try snapshot.sources().count(where: { $0.present.courses > 0 }) > 1 else { return }
        var providers: [ID<Provider>: Provider] = [:]
        try snapshot.forEachProvider { providers[$0.provider.id] = $0.provider }
        let sketches = try Self.sketches(of: snapshot, providers)
        let found = DuplicateFinder(mostDoubt: configuration.duplicates.mostDoubt).find(sketches)
        possible = found.possible.map { Likeness($0) }
        guard !found.clusters.isEmpty else { return }
        let inClusters = Set(found.clusters.joined())
        let known = Dictionary(
            uniqueKeysWithValues: sketches.lazy.filter { inClusters.contains($0.id) }
                .map { ($0.id, $0) })
        var numbers: [ID<Course>: Int] = [:]
        for (number, members) in found.clusters.enumerated() {
            for course in members { numbers[course] = number }
        }
        var because = [[Likeness]](repeating: [], count: found.clusters.count)
        for pair in found.merged {
            if let number = numbers[pair.courses[0]] { because[number].append(Likeness(pair)) }
        }
        let trust = SourceTrust(configuration)
        clusters = zip(found.clusters, because).map { members, because in
            let ordered = members.compactMap { known[$0] }.sorted { trust.prefers($0, to: $1) }
            return Cluster(
                shown: ordered[0].id, others: ordered.dropFirst().map(\.id), because: because)
        }.sorted { $0.shown < $1.shown }
    }

    /// A sketch of each course of a snapshot, in its order, made on all processors.
    private static func sketches(
        of snapshot: any CatalogueSnapshot, _ providers: [ID<Provider>: Provider]
    ) throws -> [CourseSketch] {
        let work = OrderedWork<[PackedRecord], Result<[CourseSketch], any Error>> {
            { batch in
                Result {
                    try batch.map { packed in
                        let record = try packed.record()
                        return CourseSketch(record, provider: providers[record.course.provider])
                    }
                }
            }
        }
        defer { work.close() }
        var sketches: [CourseSketch] = []
        var batch: [PackedRecord] = []
        // A joint module says what its parts say.
        let joint = JointModule.source.value + ":"
        try snapshot.forEachPackedRecord(where: { id, _ in !id.value.hasPrefix(joint) }) { packed in
            batch.append(packed)
            guard batch.count >= batchCourses else { return }
            work.add(batch)
            batch = []
            while let done = work.ready() { sketches += try done.get() }
            while work.count >= batchesUnderWay, let done = work.next() {
                sketches += try done.get()
            }
        }
        if !batch.isEmpty { work.add(batch) }
        while let done = work.next() { sketches += try done.get() }
        return sketches
    }

    /// Courses that are handed over together, and how many times as much may be under way.
    private static let batchCourses = 32
    private static let batchesUnderWay = 8

    /// The cluster that a course is in; `nil` when it stands alone.
    public func cluster(of course: ID<Course>) -> Cluster? {
        clusters.first { $0.shown == course || $0.others.contains(course) }
    }

    /// The register that was written for a generation; `nil` when there is none that can be used, so
    /// that it has to be made again.
    static func read(_ path: String, generation: Generation) -> Self? {
        guard let text = try? Workspace.read(path),
            let register = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)),
            register.generation == generation.number
        else { return nil }
        return register
    }

    /// The register as text, the same for the same content.
    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}

/// Which of two courses that are the same is shown.
///
/// A school's or company's own feed goes before that of a sector body, and that before one of who passes
/// on what others offer; then the more complete one; then the one that was edited later; then the first
/// by id.
struct SourceTrust {
    private var ranks: [ID<Source>: Int] = [:]

    init(_ configuration: CatalogConfiguration) {
        for source in configuration.sources {
            let roles = configuration.partner(of: source.id)?.roles ?? []
            ranks[source.id] =
                roles.contains(.provider) || roles.contains(.employer)
                ? 0 : roles.contains(.sectorBody) ? 1 : roles.isEmpty ? 2 : 3
        }
    }

    func prefers(_ first: CourseSketch, to second: CourseSketch) -> Bool {
        let (one, two) = (ranks[first.source] ?? 2, ranks[second.source] ?? 2)
        if one != two { return one < two }
        if first.completeness != second.completeness {
            return first.completeness > second.completeness
        }
        let (edited, other) = (first.lastEdited ?? "", second.lastEdited ?? "")
        return edited != other ? edited > other : first.id < second.id
    }
}
