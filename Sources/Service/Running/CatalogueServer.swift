import CourseModel
import Hummingbird
import HummingbirdCore
import Ingest
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Storage

/// The service over HTTP, from its start to its end.
public struct CatalogueServer: Sendable {
    private let settings: ServiceSettings
    private let catalogue: LiveCatalogue
    private let logger: Logger
    private let today: CalendarDate?

    /// A server of a catalogue.
    ///
    /// - Parameter today: The day to take for today; `nil` for the local calendar's.
    public init(
        catalogue: LiveCatalogue, settings: ServiceSettings, logger: Logger,
        today: CalendarDate? = nil
    ) {
        self.catalogue = catalogue
        self.settings = settings
        self.logger = logger
        self.today = today
    }

    /// Serves until the program is told to stop (SIGTERM, SIGINT), then lets the requests that run
    /// come to their end.
    ///
    /// - Parameter onListening: Called once requests are taken, with the port.
    /// - Throws: What keeps it from listening.
    public func run(onListening: @escaping @Sendable (Int) -> Void) async throws {
        let threads = NIOThreadPool(numberOfThreads: max(1, System.coreCount))
        threads.start()
        let lookupThreads = NIOThreadPool(numberOfThreads: 4)
        lookupThreads.start()
        let service = RunningService(
            catalogue: catalogue, settings: settings, threads: threads,
            lookupThreads: lookupThreads, today: today)
        let limits = settings.limits
        let refusal = Problem(
            .malformedRequest,
            "this is not HTTP/1.1, or its head is larger than \(4 * limits.headerBytes) bytes")
        let application = Application(
            responder: ServiceResponder(
                service, operations: serviceParts.flatMap { $0.operations }),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        ConnectionGuard(
                            sendSeconds: limits.sendSeconds, connections: service.connections,
                            refusal: refusal)
                    ], idleTimeout: .seconds(Int64(limits.requestSeconds)),
                    // Beyond what is refused with a reason; this is where reading ends.
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 4 * limits.headerBytes,
                        maxHeaderListSize: 4 * limits.headerBytes, maxHeaderFieldCount: 200))),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: nil,
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    limits.connections, logger: logger)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? settings.port
                service.port.store(port, ordering: .relaxed)
                onListening(port)
            },
            logger: logger)
        var configuration = ServiceGroupConfiguration(
            services: [
                follower(service), application,
                // Told to stop first, since the last is.
                Draining(catalogue: catalogue, duration: .seconds(settings.drainSeconds)),
            ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(
            settings.drainSeconds + settings.stopSeconds)
        for index in configuration.services.indices {
            configuration.services[index].successTerminationBehavior = .ignore
        }
        try await ServiceGroup(configuration: configuration).run()
        try await threads.shutdownGracefully()
        try await lookupThreads.shutdownGracefully()
    }

    private func follower(_ service: RunningService) -> any ServiceLifecycle.Service {
        let period = Duration.milliseconds(settings.followMilliseconds)
        guard let store = catalogue.followed else {
            return GenerationFollower(
                catalogue: catalogue, period: period, metrics: service.metrics, logger: logger)
        }
        return StoreFollower(
            catalogue: catalogue, store: store, period: period, metrics: service.metrics,
            logger: logger)
    }
}
