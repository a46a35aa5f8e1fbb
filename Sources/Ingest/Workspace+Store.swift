import SQLStorage
import SQLiteStorage
import Storage

#if PostgreSQL
import PostgreSQLStorage
#endif

extension Workspace {
    /// Opens the store, or makes it.
    ///
    /// - Parameters:
    ///   - patience: How long to look for a server that is away, in seconds.
    ///   - onWait: Called from within the waiting, when another process is found writing.
    ///   - onAway: Called from within the waiting, when a server is looked for.
    /// - Throws: `StoreError`; ``StoreAddressFault/notBuilt(_:)`` for a server when the program was
    ///   built without it; ``IngestError`` when the state folder cannot be made.
    public func openStore(
        patience: Int = 0, onWait: (@Sendable () -> Void)? = nil,
        onAway: (@Sendable () -> Void)? = nil
    ) throws -> any SQLStore {
        try Folder.make(stateFolder)
        switch store {
        case .file:
            return try SQLiteStore(path: storeFile, options: SQLiteStore.Options(onWait: onWait))
        case .server(let address):
            #if PostgreSQL
            return try PostgreSQLStore(
                address: address, path: store.description,
                options: PostgreSQLStore.Options(
                    patience: patience, onWait: onWait, onAway: onAway))
            #else
            throw StoreAddressFault.notBuilt(.server(address))
            #endif
        }
    }
}
