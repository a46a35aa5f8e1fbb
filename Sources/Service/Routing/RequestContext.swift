import Hummingbird
import Logging
import NIOCore

/// What belongs to a request beside it: its log, its id, where it comes from.
struct ServiceRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end of the connection; `nil` for a request that came through none.
    let address: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress
    }

    /// A context for a request that came through no connection.
    init(logger: Logger, address: SocketAddress? = nil) {
        struct Source: RequestContextSource { let logger: Logger }
        coreContext = CoreRequestContextStorage(source: Source(logger: logger))
        self.address = address
    }
}
