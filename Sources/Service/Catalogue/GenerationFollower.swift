import Logging
import ServiceLifecycle

/// Looks for new generations as long as the service runs.
struct GenerationFollower: ServiceLifecycle.Service {
    let catalogue: LiveCatalogue
    let period: Duration
    let metrics: ServiceMetrics
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: period)) != nil {
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
