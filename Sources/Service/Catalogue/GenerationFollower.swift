import Logging
import NIOPosix
import ServiceLifecycle

/// Looks for new generations, and mends a damaged index, as long as the service runs.
struct GenerationFollower: ServiceLifecycle.Service {
    let catalogue: LiveCatalogue
    let period: Duration
    let metrics: ServiceMetrics
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: period)) != nil {
                await mend()
                do {
                    guard try catalogue.refresh() else { continue }
                    logger.info(
                        "new generation",
                        metadata: [
                            "generation": "\(catalogue.current?.generation.number ?? 0)"
                        ])
                } catch {
                    // The generation before goes on answering; whoever looks after the service sees
                    // it here and in the metrics.
                    metrics.refreshFailures.increment()
                    logger.error("cannot open the new generation: \(error)")
                }
            }
        }
    }

    /// Makes a damaged index again, on a thread of its own.
    private func mend() async {
        do {
            let isMended = try await NIOThreadPool.singleton.runIfActive {
                try catalogue.mend()
            }
            if isMended { logger.notice("made the damaged index again") }
        } catch {
            metrics.refreshFailures.increment()
            logger.error("cannot make the damaged index again: \(error)")
            // What keeps it from being made, such as a full disk, seldom passes within a second.
            try? await Task.sleep(for: .seconds(30))
        }
    }
}

/// Goes on serving for a while after being told to stop, but unready, so that a balancer sends new
/// requests elsewhere before this server takes none.
struct Draining: ServiceLifecycle.Service {
    let catalogue: LiveCatalogue
    let duration: Duration

    func run() async throws {
        try await gracefulShutdown()
        catalogue.drain()
        try? await Task.sleep(for: duration)
    }
}
