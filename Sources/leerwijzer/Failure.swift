import Feeds
import Ingest
import Matching
import Partnership
import Places
import SQLStorage
import SearchIndex
import Service
import Settings
import Skills
import Storage

/// A failure of a command: what it says on stderr and the status it exits with (sysexits.h).
struct Failure: Error {
    /// The exit statuses that scripts can rely on.
    enum Status: Int32 {
        /// Wrong usage.
        case usage = 64
        /// Faults in the data.
        case data = 65
        /// No such input.
        case noInput = 66
        /// A service is away.
        case unavailable = 69
        /// A file cannot be made.
        case cannotCreate = 73
        /// Reading or writing failed.
        case io = 74
        /// Held for a person, or busy: decide or try again.
        case temporary = 75
    }

    let status: Status
    let message: String

    init(_ status: Status, _ message: String) {
        self.status = status
        self.message = message
    }

    /// The failure behind an error of any part; `nil` for those of the argument parser, which words
    /// its own.
    init?(explaining error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as FeedError: self.init(Self.status(of: error), error.description)
        case let error as StoreError: self.init(Self.status(of: error), error.description)
        case let error as IndexError: self.init(Self.status(of: error), error.description)
        case let error as IngestError: self.init(Self.status(of: error), error.description)
        case let error as SyncFailure:
            self.init(error.isUnavailable ? .unavailable : .data, error.description)
        case let error as AlertError: self.init(Self.status(of: error), error.description)
        case let error as ReportBox.Refusal:
            self.init(Self.status(of: error), error.description)
        case let error as CoverageError: self.init(.data, error.description)
        case let refusal as CatalogueCopy.Refusal: self.init(.cannotCreate, refusal.description)
        case let refusal as Departure.Refusal: self.init(.usage, refusal.description)
        case let refusal as ArchiveImport.Refusal:
            self.init(Self.status(of: refusal), refusal.description)
        case let refusal as NewSource.Refusal:
            self.init(Self.status(of: refusal), refusal.description)
        case let error as ServiceSettingsFaults: self.init(.usage, error.description)
        case let error as BackUpError: self.init(Self.status(of: error), error.description)
        case let error as WorkspaceError: self.init(Self.status(of: error), error.description)
        case let fault as StoreAddressFault: self.init(.usage, fault.description)
        case let error as SettingsFaults: self.init(.data, error.description)
        case let error as SettingsFault: self.init(.data, error.description)
        case let fault as FilterFault: self.init(.usage, fault.description)
        case let error as PlacesError: self.init(.data, error.description)
        case let error as SkillsError: self.init(Self.status(of: error), error.description)
        default: return nil
        }
    }

    private static func status(of refusal: NewSource.Refusal) -> Status {
        switch refusal {
        case .sourceTaken, .partnerTaken, .cannotEdit: .usage
        case .changed, .busy: .temporary
        }
    }

    private static func status(of refusal: ArchiveImport.Refusal) -> Status {
        switch refusal {
        case .taken: .cannotCreate
        case .differs: .data
        }
    }

    private static func status(of error: FeedError) -> Status {
        switch error {
        case .notFound, .isDirectory, .unresolved: .noInput
        case .unreadable: .io
        case .empty, .malformed, .unknownFormat, .wrongFormat, .cannotUnpack, .badSchema: .data
        case .noSuchFormat: .usage
        case .cannotWrite: .cannotCreate
        }
    }

    private static func status(of error: StoreError) -> Status {
        switch error {
        case .busy: .temporary
        case .readOnly: .cannotCreate
        case .full, .inputOutput, .unknownOutcome: .io
        case .unavailable: .unavailable
        case .missing, .nothingHeld, .nothingToRollBack: .noInput
        case .damaged, .notAStore, .newer, .accounts, .unfinished, .foreignRecord, .damagedRecord:
            .data
        }
    }

    private static func status(of error: IndexError) -> Status {
        switch error {
        case .missing: .noInput
        case .system: .io
        case .otherVersion, .damaged, .tooLarge: .data
        }
    }

    private static func status(of error: SkillsError) -> Status {
        switch error {
        case .unreadable: .noInput
        case .unwritable: .cannotCreate
        case .malformed: .data
        }
    }

    private static func status(of error: IngestError) -> Status {
        switch error {
        case .cannotWrite: .cannotCreate
        case .busy: .temporary
        case .unknownSource, .badSourceName: .usage
        case .notFetched: .unavailable
        case .noFeedIn, .nothingToRead: .noInput
        }
    }

    private static func status(of error: ReportBox.Refusal) -> Status {
        switch error {
        case .unknown: .noInput
        case .tooLong: .usage
        case .enoughOfCourse, .full: .temporary
        case .unusable: .io
        }
    }

    private static func status(of error: AlertError) -> Status {
        switch error {
        case .busy: .temporary
        case .unknown: .usage
        case .unreadable: .io
        case .tooBroad: .data
        }
    }

    private static func status(of error: BackUpError) -> Status {
        switch error {
        case .nothingToKeep, .cannotRead: .noInput
        case .cannotWrite, .occupied, .interrupted: .cannotCreate
        case .halfway: .io
        case .changed: .temporary
        case .damaged, .noBackUp, .noArchive, .newer: .data
        }
    }

    private static func status(of error: WorkspaceError) -> Status {
        switch error {
        case .missing, .notAFolder: .noInput
        case .unreadable: .io
        case .faulty: .data
        case .faultyStore: .usage
        }
    }
}
