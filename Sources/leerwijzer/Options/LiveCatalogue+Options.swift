import Ingest
import Service

extension LiveCatalogue {
    /// The catalogue of a workspace, to answer from as long as the program runs.
    ///
    /// What has to be read or made first is.
    convenience init(_ workspace: WorkspaceOptions, _ catalogue: Catalogue) throws {
        _ = try catalogue.index()
        let (folder, address) = (catalogue.workspace.folder, catalogue.workspace.store)
        let given = workspace.today
        // Opened anew each time: settings and data may have changed, and the day.
        @Sendable func opened() throws -> Catalogue {
            Catalogue(
                try Workspace(folder: folder, store: address),
                today: WorkspaceOptions.day(given), now: WorkspaceOptions.now(given))
        }
        try self.init(
            folder: folder, address: address, store: try catalogue.store(),
            openStore: { try opened().store() },
            travelTimes: { $0.configuration.router.travelTimes },
            mendIndex: { try opened().mendIndex() },
            turnDay: { [opening = catalogue.workspace] in
                guard opening.isCurationDue(on: WorkspaceOptions.day(given)) else { return }
                _ = try opened().index()
            },
            makeIndex: {
                let catalogue = try opened()
                try catalogue.write { try catalogue.updateIndex() }
            })
    }
}
