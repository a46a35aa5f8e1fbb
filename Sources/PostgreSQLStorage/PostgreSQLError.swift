#if PostgreSQL
import Storage

/// What PostgreSQL or the way to it reports.
struct PostgreSQLError: Error {
    /// The server's five-letter code (PostgreSQL, Appendix A); empty when the fault is not of a
    /// server, but of the way to it.
    var code: String
    /// The server's words, without SQL and values.
    var message: String

    /// The connection is of no use any more.
    static func lost(_ message: String) -> PostgreSQLError {
        PostgreSQLError(code: "", message: message)
    }

    /// Whether the same may well succeed soon, or with another server: it is away, is stopping or
    /// starting, only reads (a replica, or a primary that is being replaced), or had to choose
    /// between two that waited for each other.
    var isTransient: Bool {
        code.isEmpty || code.hasPrefix("08") || code.hasPrefix("40")
            || ["57P01", "57P02", "57P03", "25006"].contains(code)
    }

    /// The same in the store's words.
    func storeError(path: String, waited seconds: Int) -> StoreError {
        switch code {
        case "55P03": .busy(path: path, seconds: seconds)
        case "42501", "25006": .readOnly(path: path)
        case "53100": .full(path: path)
        case "57014": .inputOutput(path: path, reason: "the server took too long (\(message))")
        case let code where code.hasPrefix("XX"): .damaged(path: path, reason: message)
        case _ where isTransient: .unavailable(path: path, reason: message)
        default: .inputOutput(path: path, reason: "\(message) (\(code))")
        }
    }
}
#endif
