import Dispatch
import Glibc

/// Does work on all cores and hands the results on in the order of the work.
///
/// Each core takes the next piece, works on it and leaves the result; whoever's result is next in
/// turn hands on all that are ready. A core that is too far ahead of the slowest one waits, so no
/// more than a fixed number of results is ever held.
struct OrderedPipeline<Input: Sendable, Output: Sendable> {
    /// The next piece of work, `nil` at the end.
    ///
    /// Asked by one core at a time.
    var next: () throws -> Input?
    /// The work.
    ///
    /// Done by all cores at once.
    var work: @Sendable (Input) throws -> Output
    /// Takes a result, in order.
    ///
    /// Told by one core at a time.
    var deliver: (Output) throws -> Void

    /// Works until there is no more.
    ///
    /// - Throws: The first error of any step; what came before it has been delivered.
    func run(workers: Int = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) throws {
        let turns = Turns<Output>(limit: 16 * workers)
        // The closures are called under the locks of `turns` only, one at a time.
        nonisolated(unsafe) let next = next
        nonisolated(unsafe) let deliver = deliver
        let work = work
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while let (ticket, input) = turns.take(next) {
                let result = Result { try work(input) }
                turns.finish(ticket, result, deliver)
            }
        }
        turns.handOn(deliver)
        if let error = turns.error { throw error }
    }
}

/// Who takes the next piece and whose result is next.
///
/// Safe to share, since its state is touched only while the mutex that guards it is held: `input`
/// for reading, `output` for the rest.
private final class Turns<Output: Sendable>: @unchecked Sendable {
    private let limit: Int
    private var input = pthread_mutex_t()
    private var output = pthread_mutex_t()
    private var hasMoved = pthread_cond_t()

    // Guarded by `input`.
    private var taken = 0
    private var isAtEnd = false

    // Guarded by `output`.
    private var ready: [Int: Result<Output, any Error>] = [:]
    private var delivered = 0
    private var failure: (any Error)?

    init(limit: Int) {
        self.limit = limit
        pthread_mutex_init(&input, nil)
        pthread_mutex_init(&output, nil)
        pthread_cond_init(&hasMoved, nil)
    }

    deinit {
        pthread_mutex_destroy(&input)
        pthread_mutex_destroy(&output)
        pthread_cond_destroy(&hasMoved)
    }

    var error: (any Error)? {
        pthread_mutex_lock(&output)
        defer { pthread_mutex_unlock(&output) }
        return failure
    }

    func take<Input>(_ next: () throws -> Input?) -> (ticket: Int, input: Input)? {
        pthread_mutex_lock(&input)
        defer { pthread_mutex_unlock(&input) }
        guard !isAtEnd, error == nil else { return nil }
        do {
            guard let input = try next() else {
                isAtEnd = true
                return nil
            }
            defer { taken += 1 }
            return (taken, input)
        } catch {
            isAtEnd = true
            // Told in its turn, after the results of what was read before it.
            hold(taken, .failure(error))
            return nil
        }
    }

    private func hold(_ ticket: Int, _ result: Result<Output, any Error>) {
        pthread_mutex_lock(&output)
        ready[ticket] = result
        pthread_mutex_unlock(&output)
    }

    func finish(
        _ ticket: Int, _ result: Result<Output, any Error>, _ deliver: (Output) throws -> Void
    ) {
        pthread_mutex_lock(&output)
        defer { pthread_mutex_unlock(&output) }
        // The piece whose turn it is was taken before this one and never waits here.
        while ticket >= delivered + limit, failure == nil { pthread_cond_wait(&hasMoved, &output) }
        ready[ticket] = result
        handOnReady(deliver)
        pthread_cond_broadcast(&hasMoved)
    }

    /// Hands on what is ready, as when the last piece could not be read.
    func handOn(_ deliver: (Output) throws -> Void) {
        pthread_mutex_lock(&output)
        handOnReady(deliver)
        pthread_mutex_unlock(&output)
    }

    private func handOnReady(_ deliver: (Output) throws -> Void) {
        while failure == nil, let result = ready.removeValue(forKey: delivered) {
            do { try deliver(result.get()) } catch { failure = error }
            delivered += 1
        }
    }
}
