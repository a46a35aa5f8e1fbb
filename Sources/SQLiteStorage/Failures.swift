import GRDB
import Storage

/// What SQLite and GRDB report, in the store's words; SQL and its arguments stay out of them.
func storeError(_ error: any Error, path: String, waited seconds: Int) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return StoreError.busy(path: path, seconds: seconds)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: return StoreError.readOnly(path: path)
    case .SQLITE_FULL: return StoreError.full(path: path)
    case .SQLITE_CORRUPT:
        return StoreError.damaged(path: path, reason: error.message ?? "malformed")
    case .SQLITE_NOTADB: return StoreError.notAStore(path: path)
    case .SQLITE_IOERR:
        // A file that may not grow further (a quota, a limit on its size) fails in the write itself.
        if error.extendedResultCode == .SQLITE_IOERR_WRITE { return StoreError.full(path: path) }
        return StoreError.inputOutput(path: path, reason: error.message ?? "I/O error")
    default:
        return StoreError.inputOutput(
            path: path, reason: error.message ?? "SQLite error \(error.resultCode.rawValue)")
    }
}
