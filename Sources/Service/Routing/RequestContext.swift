import Hummingbird
import Logging
import NIOCore

/// What belongs to a request beside it: its log, its id, where it comes from.
struct ServiceRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The id of the request, in the log and in the answer.
    let requestID: String
    /// The other end of the connection; `nil` for a request that came through none.
    let address: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = Self.id(in: source.logger)
        address = source.channel.remoteAddress
    }

    /// A context for a request that came through no connection.
    init(logger: Logger, address: SocketAddress? = nil) {
        struct Source: RequestContextSource { let logger: Logger }
        coreContext = CoreRequestContextStorage(source: Source(logger: logger))
        requestID = Self.id(in: logger)
        self.address = address
    }

    /// The id that the server gave the request; a new one when the log keeps none.
    private static func id(in logger: Logger) -> String {
        logger[metadataKey: "hb.request.id"]?.description ?? RequestID().description
    }
}
