import CourseModel
import Storage

/// The courses of a generation as they are shown: corrected by partners, and those that several sources
/// give as one, filled up as in the index.
///
/// A course that is not shown itself is still there by its own id, as its source gives it.
public struct ShownCourses: Sendable {
    /// By course that is shown, the others that are the same, in order of trust.
    private let others: [ID<Course>: [ID<Course>]]
    /// The courses that are shown as a part of another.
    private let hidden: Set<ID<Course>>
    /// Since when that is so.
    public let ledger: ClusterLedger
    /// The corrections that are in force.
    public let curation: Curation

    /// The courses as a register has them: each by itself when it says that none are merged.
    public init(
        _ register: DuplicateRegister, ledger: ClusterLedger = ClusterLedger(),
        curation: Curation = .none
    ) {
        self.curation = curation
        var others: [ID<Course>: [ID<Course>]] = [:]
        if register.isMerged {
            for cluster in register.clusters { others[cluster.shown] = cluster.others }
        }
        self.others = others
        hidden = Set(others.values.joined())
        self.ledger = ledger
    }

    /// The courses as the index of a snapshot's generation has them.
    ///
    /// - Throws: ``StoreError``.
    /// - Complexity: Reads one file; one pass over the courses when it is not there.
    public init(_ workspace: Workspace, in snapshot: any CatalogueSnapshot) throws {
        self.init(
            try DuplicateRegister.read(workspace.duplicatesFile, generation: snapshot.generation)
                ?? DuplicateRegister(snapshot, configuration: workspace.configuration),
            ledger: ClusterLedger.read(workspace.clusterLedgerFile),
            curation: Curation(workspace))
    }

    /// Whether several sources give some course.
    public var isMerging: Bool { !others.isEmpty }

    /// Whether a course is shown only as a part of another.
    public func isHidden(_ course: ID<Course>) -> Bool { hidden.contains(course) }

    /// The other courses that a course is shown for as well, in order of trust.
    public func others(of course: ID<Course>) -> [ID<Course>] { others[course] ?? [] }

    /// A course as it is shown, and what else it was filled up from.
    public struct Shown: Sendable {
        /// The course; all but its record is that of the course itself: its state, when it changed.
        public var stored: StoredRecord
        /// The sources that filled up what its own does not say, in order of trust.
        public var otherSources: [ID<Source>]
        /// The fields that were filled up, and by which course.
        public var filled: [String: ID<Course>]
    }

    /// A course as it is shown; `nil` when none was ever known by this id.
    ///
    /// - Throws: ``StoreError``.
    public func course(_ id: ID<Course>, in snapshot: any CatalogueSnapshot) throws -> Shown? {
        guard var stored = try snapshot.record(id).map(curated) else { return nil }
        guard stored.state == .present, let others = others[id] else {
            return Shown(stored: stored, otherSources: [], filled: [:])
        }
        // The store may be ahead of the register.
        let present = try others.compactMap { try snapshot.record($0) }
            .filter { $0.state == .present }.map { curation.applied(to: $0.record) }
        let merged = MergedCourse(stored.record, others: present)
        stored.record = merged.record
        let used = Set(merged.filled.values)
        return Shown(
            stored: stored,
            otherSources: present.filter { used.contains($0.course.id) }
                .map(\.course.provenance.source),
            filled: merged.filled)
    }

    /// A course as its own source gives it, with the corrections that are in force on it.
    public func curated(_ stored: StoredRecord) -> StoredRecord {
        var stored = stored
        stored.record = curation.applied(to: stored.record)
        return stored
    }

    /// A provider as its own source gives it, with the corrections that are in force on it; `nil` when
    /// none was ever known by this id.
    ///
    /// - Throws: ``StoreError``.
    public func provider(
        _ id: ID<Provider>, in snapshot: any CatalogueSnapshot
    ) throws -> StoredProvider? {
        try snapshot.provider(id).map(curated)
    }

    /// A provider as its own source gives it, with the corrections that are in force on it.
    public func curated(_ stored: StoredProvider) -> StoredProvider {
        var stored = stored
        stored.provider = curation.applied(to: stored.provider)
        return stored
    }

    /// The record of a course as it is shown, as in ``course(_:in:)``.
    public func record(
        _ id: ID<Course>, in snapshot: any CatalogueSnapshot
    ) throws -> StoredRecord? {
        try course(id, in: snapshot)?.stored
    }
}

extension Workspace {
    /// Where it is written which courses are the same.
    var duplicatesFile: String { madeFolder + "/duplicates.json" }
    /// Where it is written with which settings that was found.
    var duplicateSettingsFile: String { duplicatesFile + ".settings" }
}
