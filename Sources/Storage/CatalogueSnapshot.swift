import CourseModel

/// One generation of the catalogue, unmoved by whatever is written meanwhile.
///
/// Handed to the body of ``CatalogueStore/snapshot(_:)`` and of no use afterwards. Every `forEach`
/// holds one item in memory at a time and stops when its body throws.
public protocol CatalogueSnapshot: AnyObject {
    /// Which state of the catalogue this is.
    var generation: Generation { get }

    /// The courses in order of id, by bytes.
    ///
    /// - Parameters:
    ///   - since: Only those of which anything changed after this generation.
    ///   - states: Only those in one of these states.
    ///   - source: Only those of one source.
    ///   - after: Only those behind this id, to go on where another list ended.
    /// - Throws: ``StoreError/damagedRecord(id:reason:)``, and what `body` throws.
    func forEachRecord(
        since: Generation?, states: Set<RecordState>, source: ID<Source>?, after: ID<Course>?,
        _ body: (StoredRecord) throws -> Void) throws

    /// The courses that are offered, in order of id, as they are kept: to be read on other threads, or
    /// not at all.
    ///
    /// - Parameters:
    ///   - isWanted: Whether to fetch a course, by its id and the hash of all that its feed says of it.
    ///   - body: Takes the courses that are wanted.
    /// - Throws: What `isWanted` and `body` throw.
    func forEachPackedRecord(
        where isWanted: (ID<Course>, ContentHash) throws -> Bool,
        _ body: (PackedRecord) throws -> Void) throws

    /// A course by its id, whatever its state; `nil` when it was never known.
    func record(_ id: ID<Course>) throws -> StoredRecord?
    /// A course as it stood in an earlier generation; `nil` when it was not known yet.
    func record(_ id: ID<Course>, at generation: Generation) throws -> StoredRecord?
    /// A course as a run's feed gave it, also while the run is held; `nil` when the run brought
    /// nothing new of it, or was dropped.
    func record(_ id: ID<Course>, of run: RunNumber) throws -> CourseRecord?
    /// The offerings that left this course, in order of id.
    func goneOfferings(of id: ID<Course>) throws -> [GoneOffering]
    /// The course's own bytes, as its feed gave them.
    func original(of id: ID<Course>) throws -> [UInt8]?
    /// What was noticed in the course's last version.
    func diagnostics(of id: ID<Course>) throws -> [Diagnostic]
    /// When it was first and last seen.
    func sightings(of id: ID<Course>) throws -> Sightings?
    /// What happened to a course and its offerings, oldest first.
    func history(of id: ID<Course>) throws -> [HistoryEntry]

    /// The providers in order of id, by bytes.
    func forEachProvider(
        states: Set<RecordState>, _ body: (StoredProvider) throws -> Void) throws
    /// A provider by its id, whatever its state.
    func provider(_ id: ID<Provider>) throws -> StoredProvider?

    /// The sources in order of id.
    func sources() throws -> [SourceStatus]
    /// A source by its id.
    func source(_ id: ID<Source>) throws -> SourceStatus?
    /// The last runs of a source, or of all, newest first.
    func runs(of source: ID<Source>?, limit: Int) throws -> [RunRecord]
    /// A run by its number.
    func run(_ number: RunNumber) throws -> RunRecord?
    /// The run that made a generation.
    func run(making generation: Generation) throws -> RunRecord?
    /// What a run added, changed, closed and reopened, or would when it is held.
    func forEachChange(of run: RunNumber, _ body: (Change) throws -> Void) throws
    /// What is in quarantine for a run; for a run that changed nothing in it, that of the source.
    func forEachQuarantined(
        of source: ID<Source>, _ body: (QuarantinedRecord) throws -> Void) throws
    /// What a held run would quarantine.
    func forEachQuarantined(
        of run: RunNumber, _ body: (QuarantinedRecord) throws -> Void) throws
    /// What was noticed in the records of a source, in order of id.
    func forEachDiagnostic(
        of source: ID<Source>, _ body: (ID<Course>, Diagnostic) throws -> Void) throws
}

extension CatalogueSnapshot {
    /// The courses in order of id, by bytes, from the first one on.
    public func forEachRecord(
        since: Generation?, states: Set<RecordState>, source: ID<Source>?,
        _ body: (StoredRecord) throws -> Void
    ) throws {
        try forEachRecord(since: since, states: states, source: source, after: nil, body)
    }

    /// The courses that are offered, in order of id.
    public func forEachRecord(_ body: (StoredRecord) throws -> Void) throws {
        try forEachRecord(since: nil, states: [.present], source: nil, body)
    }

    /// The providers that are present, in order of id.
    public func forEachProvider(_ body: (StoredProvider) throws -> Void) throws {
        try forEachProvider(states: [.present], body)
    }
}
