import Ingest
import Service

extension LiveCatalogue {
    /// The catalogue of a workspace, to answer from as long as the program runs.
    ///
    /// What has to be read or made first is.
    convenience init(_ workspace: WorkspaceOptions, _ catalogue: Catalogue) throws {
        _ = try catalogue.index()
        let folder = catalogue.workspace.folder
        let (today, now) = (workspace.day, workspace.now)
        try self.init(
            folder: folder, store: try catalogue.store(),
            openStore: {
                try Catalogue(try Workspace(folder: folder), today: today, now: now).store()
            },
            travelTimes: { $0.configuration.router.travelTimes },
            mendIndex: {
                try Catalogue(try Workspace(folder: folder), today: today, now: now).mendIndex()
            })
    }
}
