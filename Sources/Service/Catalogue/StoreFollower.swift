import Logging
import NIOPosix
import ServiceLifecycle
import Storage

/// Follows a store that other machines write to, as long as the service runs: a new generation is
/// indexed here and then opened, while the one before goes on answering.
struct StoreFollower: ServiceLifecycle.Service {
    let catalogue: LiveCatalogue
    let store: any FollowedStore
    let period: Duration
    let metrics: ServiceMetrics
    let logger: Logger

    func run() async throws {
        // A thread of its own: making an index takes a while.
        let threads = NIOThreadPool(numberOfThreads: 1)
        threads.start()
        let milliseconds = Int(period / .milliseconds(1))
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let (isMended, isNew) = try await threads.runIfActive {
                        let isMended = try catalogue.mend()
                        let isNew = try catalogue.follow(store, milliseconds: milliseconds)
                        return (isMended, isNew)
                    }
                    if isMended { logger.notice("made the damaged index again") }
                    guard isNew else { continue }
                    logger.info(
                        "new generation",
                        metadata: [
                            "generation": "\(catalogue.current?.generation.number ?? 0)"
                        ])
                } catch is CancellationError {
                    break
                } catch {
                    metrics.refreshFailures.increment()
                    logger.error("cannot follow the store: \(error)")
                    // It may be away for a while; a second is soon enough, and no load.
                    guard (try? await Task.sleep(for: .seconds(1))) != nil else { break }
                }
            }
        }
        try await threads.shutdownGracefully()
    }
}
