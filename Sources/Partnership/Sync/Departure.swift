import CourseModel
import Ingest
import Storage

/// A partner's source leaves: its records leave with it, and its history says so.
public enum Departure {
    /// Closes everything that a source has in the catalogue.
    ///
    /// Nothing is erased: who looks at a course's history sees when and why it went, and a rollback
    /// of the source brings it all back.
    ///
    /// - Parameter run: When it happens.
    /// - Throws: ``Refusal`` and `StoreError`.
    public static func close(
        _ id: ID<Source>, in store: any CatalogueStore, _ configuration: CatalogConfiguration,
        run: RunInfo
    ) throws -> IngestOutcome {
        let status = try check(id, in: store, configuration)
        let outcome = try store.ingest(source: status.source, run: run) { transaction in
            try transaction.finish(
                FeedClosing(
                    offered: RecordCount(), format: status.lastRun.format,
                    diagnostics: [
                        Diagnostic(
                            .note, .sourceLeft, file: status.source.location,
                            message: "The source left the partnership; its records left with it.")
                    ]))
        }
        // An empty feed waits for a person, and a person has just decided.
        return outcome.verdict == .held ? try store.release(id, at: run.startedAt) : outcome
    }

    /// Whether a source can leave; it can when it is known and no longer stands in the settings.
    ///
    /// - Throws: ``Refusal`` and `StoreError`.
    @discardableResult
    public static func check(
        _ id: ID<Source>, in store: any CatalogueStore, _ configuration: CatalogConfiguration
    ) throws -> SourceStatus {
        // It would be back with the next sync.
        guard !configuration.sources.contains(where: { $0.id == id }) else {
            throw Refusal.stillConfigured(id)
        }
        guard let status = try store.snapshot({ try $0.source(id) }) else {
            throw Refusal.unknown(id)
        }
        return status
    }

    /// Removes the fetched documents of sources that are no longer configured.
    ///
    /// - Returns: The sources whose documents were removed.
    public static func removeCopies(in workspace: Workspace) -> [ID<Source>] {
        let configured = Set(workspace.configuration.sources.map(\.id.value))
        let folder = Mirror.folder(in: workspace)
        return (Folder.names(in: folder) ?? []).filter { !configured.contains($0) }.map { name in
            Folder.remove(folder + "/" + name)
            return ID(name)
        }
    }

    /// Why a source does not leave.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// It still stands in `catalog.toml`.
        case stillConfigured(ID<Source>)
        /// Nothing was ever read from it.
        case unknown(ID<Source>)

        /// What is wrong and what to do.
        public var description: String {
            switch self {
            case .stillConfigured(let id):
                "the source “\(id)” still stands in catalog.toml, and would be back with the next "
                    + "sync. Take it out there, then run this again"
            case .unknown(let id):
                "nothing was ever read from a source “\(id)”; see: leerwijzer sources"
            }
        }
    }
}

extension DiagnosticCode {
    /// A source left the partnership; its records left with it.
    public static let sourceLeft: DiagnosticCode = "source-left"
}
