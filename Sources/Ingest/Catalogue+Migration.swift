import SQLStorage

extension Catalogue {
    /// Brings everything that is known, with its history, into the catalogue's store at another
    /// address, and makes the index of that.
    ///
    /// Nothing changes in the store that it comes from.
    ///
    /// - Parameter onProgress: Called now and then with the number of rows written.
    /// - Returns: What was brought over, table by table, read back and compared.
    /// - Throws: `CatalogueCopy.Refusal` when there is something in the other store; `StoreError`;
    ///   ``IngestError``; ``StoreAddressFault/notBuilt(_:)``.
    public func migrate(
        to address: StoreAddress, onProgress: (Int) -> Void
    ) throws -> [CatalogueCopy.Table] {
        let target = Catalogue(
            try Workspace(folder: workspace.folder, store: address), today: today, now: now,
            onProgress: self.onProgress)
        return try target.write {
            let tables = try CatalogueCopy.copy(
                from: try workspace.openStore(), to: try target.workspace.openStore(),
                onProgress: onProgress)
            // One that is there is of a store that was there before.
            Folder.remove(target.workspace.indexFolder)
            try target.updateIndex()
            return tables
        }
    }
}
