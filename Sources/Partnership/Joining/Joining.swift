import CourseModel
import Glibc
import HTTPClient
import Ingest
import Settings
import Storage

/// A partner's feed on its way into the catalogue: looked at first, taken in when a person says so.
public struct Joining {
    /// The source that comes.
    public let new: NewSource
    /// The catalogue as it will be: with the source in its settings.
    public let catalogue: Catalogue
    private let path: String
    private let text: String
    private let changed: String

    /// Prepares the settings; nothing is written yet.
    ///
    /// - Throws: ``NewSource/Refusal``, `SettingsFaults`, `WorkspaceError`.
    public init(_ new: NewSource, to catalogue: Catalogue, now: Moment) throws {
        self.new = new
        let workspace = catalogue.workspace
        let settings = workspace.folder + "/catalog.toml"
        // A link is followed, so that it stays one.
        path = Self.resolved(settings) ?? settings
        text = try workspace.text(of: "catalog.toml") ?? ""
        changed = try new.added(to: text, file: settings)
        self.catalogue = Catalogue(
            Workspace(
                workspace,
                configuration: try CatalogConfiguration(toml: changed, file: settings)),
            today: catalogue.today, now: now)
    }

    /// Writes the settings and takes the feed in.
    ///
    /// When the feed cannot be taken in, the settings go back to what they were.
    ///
    /// - Throws: ``NewSource/Refusal`` when the settings were changed meanwhile or the source is being
    ///   fetched, ``SyncFailure`` when they cannot be written, and why the feed was not taken in.
    public func finish(now: Moment, limits: HTTPLimits = HTTPLimits()) throws -> SyncOutcome {
        guard try catalogue.workspace.text(of: "catalog.toml") ?? "" == text else {
            throw NewSource.Refusal.changed(file: path)
        }
        var status = stat()
        let isNew = stat(path, &status) != 0
        let mode = isNew ? 0o644 : status.st_mode & 0o777
        try AtomicFile.write(changed, to: path, mode: mode)
        func undo() throws {
            guard AtomicFile.read(path) == changed else { return }
            if isNew { unlink(path) } else { try AtomicFile.write(text, to: path, mode: mode) }
        }
        do {
            let outcome = try SourceSync(catalogue, now: now, limits: limits).run([new.source])[0]
            if case .busy = outcome.step { throw NewSource.Refusal.busy(new.source.id) }
            if let failure = outcome.failure { throw failure }
            return outcome
        } catch {
            try undo()
            throw error
        }
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
