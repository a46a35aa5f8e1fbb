import CourseModel

/// Why the store could not do what was asked.
///
/// Nothing was changed by the operation that throws it.
public enum StoreError: Error, Hashable, Sendable {
    /// Another process is writing, and did not finish within the time allowed.
    case busy(path: String, seconds: Int)
    /// The file or its folder cannot be written.
    case readOnly(path: String)
    /// There is no room left on the disk, or the file may not grow.
    case full(path: String)
    /// The file is damaged.
    case damaged(path: String, reason: String)
    /// The file is something else than a catalogue.
    case notAStore(path: String)
    /// The file was made by a newer version of the program.
    case newer(path: String, found: Int, supported: Int)
    /// There is no store to read.
    case missing(path: String)
    /// The file cannot be opened, read or written for another reason.
    case inputOutput(path: String, reason: String)
    /// The server cannot be reached, or does not answer.
    case unavailable(path: String, reason: String)
    /// The server was lost while a change was being committed: whether it was is not known.
    case unknownOutcome(path: String, reason: String)
    /// A course or an offering was offered and neither accepted nor quarantined, or the other way
    /// round: a fault of the reader, not of the feed.
    case accounts(
        source: ID<Source>, offered: RecordCount, accepted: RecordCount, quarantined: RecordCount)
    /// The feed's transaction was left without saying that the feed had been read.
    case unfinished(source: ID<Source>)
    /// A record does not belong to the source that brings it.
    case foreignRecord(id: String, source: ID<Source>)
    /// A stored record cannot be read back.
    case damagedRecord(id: String, reason: String)
    /// No run of this source waits for a person.
    case nothingHeld(source: ID<Source>)
    /// No run of this source can be taken back.
    case nothingToRollBack(source: ID<Source>)
}

extension StoreError: CustomStringConvertible {
    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .busy(let path, let seconds):
            "\(path): another process is writing to the catalogue; waited \(seconds) s. "
                + "Nothing was changed; try again when it has finished"
        case .readOnly(let path):
            "\(path): the catalogue cannot be written. Nothing was changed; give this user write "
                + "access to the folder and the file, or choose another with --catalog"
        case .full(let path):
            "\(path): there is no room left on the disk, or the file may not grow. Nothing was "
                + "changed; make room and run it again"
        case .damaged(let path, let reason):
            "\(path): the catalogue is damaged (\(reason)). Restore a back-up, or move the file "
                + "away and ingest the sources again"
        case .notAStore(let path):
            "\(path): this is not a Leerwijzer catalogue. It was left untouched; choose another "
                + "place with --catalog"
        case .newer(let path, let found, let supported):
            "\(path): the catalogue has schema \(found), made by a newer Leerwijzer; this one "
                + "knows up to \(supported). Install the newer version"
        case .missing(let path):
            "\(path): there is no catalogue here yet. Ingest a feed first"
        case .inputOutput(let path, let reason):
            "\(path): \(reason). Nothing was changed"
        case .unavailable(let path, let reason):
            "\(path): the server of the catalogue is away (\(reason)). Nothing was changed; see "
                + "that it runs and can be reached, and try again"
        case .unknownOutcome(let path, let reason):
            "\(path): the server was lost while the change was being committed (\(reason)). It "
                + "may have been made or not; look with “leerwijzer sources” before you repeat it"
        case .accounts(let source, let offered, let accepted, let quarantined):
            "source \(source): offered \(offered), but accepted \(accepted) and quarantined "
                + "\(quarantined). Nothing was changed; this is a fault of the reader, please "
                + "report it with the feed"
        case .unfinished(let source):
            "source \(source): the feed was not read to the point where it can be published. "
                + "Nothing was changed"
        case .foreignRecord(let id, let source):
            "record \(id) does not belong to source \(source). Nothing was changed"
        case .damagedRecord(let id, let reason):
            "record \(id) cannot be read back (\(reason)). Ingest its source again, or restore a "
                + "back-up"
        case .nothingHeld(let source):
            "source \(source): no run is held"
        case .nothingToRollBack(let source):
            "source \(source): there is no published run to take back"
        }
    }
}
