import NIOCore
import NIOPosix
import Synchronization

/// Does what takes work on threads of its own, a bounded number at once, so that whatever is quick
/// to answer stays quick.
final class HeavyWork: Sendable {
    private let threads: NIOThreadPool
    private let most: Int
    private let limit: Duration
    private let underway = Atomic<Int>(0)

    /// - Parameters:
    ///   - most: How much is worked at or waits.
    ///   - limit: How long a piece may take, its waiting included.
    init(threads: NIOThreadPool, most: Int, limit: Duration) {
        self.threads = threads
        self.most = most
        self.limit = limit
    }

    /// Does a piece of work.
    ///
    /// - Throws: ``Problem`` when there is too much to do, or when it takes too long; and what
    ///   `body` throws. Work that took too long goes on to its end, and still counts.
    func run<Answer: Sendable>(
        _ body: @escaping @Sendable () throws -> Answer
    ) async throws
        -> Answer
    {
        guard underway.add(1, ordering: .relaxed).newValue <= most else {
            underway.subtract(1, ordering: .relaxed)
            throw Problem.unavailable("the service has too much to do; try again", retryAfter: 5)
        }
        let once = Once<Answer>()
        let limit = limit
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                once.set(continuation)
                threads.submit { [self] state in
                    defer { underway.subtract(1, ordering: .relaxed) }
                    guard case .active = state else {
                        once.resume(.failure(CancellationError()))
                        return
                    }
                    once.resume(Result { try body() })
                }
                let timer = Task {
                    try await Task.sleep(for: limit)
                    once.resume(
                        .failure(
                            Problem.unavailable(
                                "the answer took more than \(limit.components.seconds) seconds; "
                                    + "ask for less at once", retryAfter: 30)))
                }
                once.onResume { timer.cancel() }
            }
        } onCancel: {
            once.resume(.failure(CancellationError()))
        }
    }

    /// A continuation that is resumed by whoever comes first.
    private final class Once<Answer: Sendable>: Sendable {
        private struct State {
            var continuation: CheckedContinuation<Answer, any Error>?
            var early: Result<Answer, any Error>?
            var isDone = false
            var after: (@Sendable () -> Void)?
        }

        private let state = Mutex(State())

        func set(_ continuation: CheckedContinuation<Answer, any Error>) {
            let early = state.withLock { state -> Result<Answer, any Error>? in
                if state.early == nil { state.continuation = continuation }
                return state.early
            }
            if let early { continuation.resume(with: early) }
        }

        func resume(_ result: Result<Answer, any Error>) {
            let (continuation, after) = state.withLock { state in
                guard !state.isDone else {
                    return (
                        CheckedContinuation<Answer, any Error>?.none, (@Sendable () -> Void)?.none
                    )
                }
                state.isDone = true
                if state.continuation == nil { state.early = result }
                defer {
                    state.continuation = nil
                    state.after = nil
                }
                return (state.continuation, state.after)
            }
            continuation?.resume(with: result)
            after?()
        }

        /// Does something when it is resumed, or at once when it was.
        func onResume(_ body: @escaping @Sendable () -> Void) {
            let isDone = state.withLock { state in
                if !state.isDone { state.after = body }
                return state.isDone
            }
            if isDone { body() }
        }
    }
}
