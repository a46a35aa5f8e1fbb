import Glibc
import Storage
import TestSupport

#if PostgreSQL
@testable import PostgreSQLStorage
#endif

/// The PostgreSQL server that the tests were given.
enum TestServer {
    /// Its address; `nil` when there is none.
    static var address: String? {
        #if PostgreSQL
        getenv("LEERWIJZER_POSTGRES").map { String(cString: $0) }
        #else
        nil
        #endif
    }

    /// A store in a schema that is named after a folder; the same folder gives the same store.
    static func store(in folder: Scratch) throws -> any CatalogueStore {
        #if PostgreSQL
        return try PostgreSQLStore(
            address: try addressOfSchema(for: folder), path: "test",
            options: PostgreSQLStore.Options(busyTimeout: 20, reconnectTimeout: 20))
        #else
        throw Missing()
        #endif
    }

    #if PostgreSQL
    /// The name of a folder's schema.
    static func schema(for folder: Scratch) -> String {
        "t_" + String(Fingerprint(of: Array(folder.folder.utf8)).high, radix: 36)
    }

    /// The address of a folder's schema, which is made when it is not there; connections to it go
    /// by its name.
    static func addressOfSchema(for folder: Scratch) throws -> String {
        let name = schema(for: folder)
        let address = address ?? ""
        try connect().run("CREATE SCHEMA IF NOT EXISTS \(name)")
        return address + (address.contains("?") ? "&" : "?")
            + "application_name=\(name)&options=-csearch_path%3D\(name)"
    }

    /// A connection beside the store's.
    static func connect() throws -> PostgreSQLConnection {
        try PostgreSQLConnection(
            address: address ?? "", path: "test",
            limits: PostgreSQLConnection.Limits(statement: 60, lock: 60),
            keys: LockKeys(identity: ""))
    }
    #else
    private struct Missing: Error {}
    #endif
}

#if PostgreSQL
extension PostgreSQLConnection {
    /// Runs a statement at once.
    func run(_ sql: String) throws {
        try command(sql)
        try settle()
    }
}
#endif
