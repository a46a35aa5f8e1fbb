import Glibc

/// Does pieces of work on other threads and gives back what came of them in the order in which they
/// were handed in.
///
/// The thread that hands in helps when it has to wait. It belongs to one thread; call ``close()``
/// before letting go of it.
package final class OrderedWork<Job: Sendable, Outcome: Sendable> {
    /// What the threads share.
    ///
    /// `@unchecked Sendable`: everything but the two locks is touched only while `mutex` is held.
    private final class Shared: @unchecked Sendable {
        let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        var waiting: [(number: Int, job: Job)] = []
        var done: [Int: Outcome] = [:]
        var isClosed = false
        private let make: @Sendable () -> (Job) -> Outcome

        init(_ make: @escaping @Sendable () -> (Job) -> Outcome) {
            self.make = make
            pthread_mutex_init(mutex, nil)
            pthread_cond_init(changed, nil)
        }

        deinit {
            pthread_cond_destroy(changed)
            pthread_mutex_destroy(mutex)
            changed.deallocate()
            mutex.deallocate()
        }

        func locked<Answer>(_ body: () -> Answer) -> Answer {
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            return body()
        }

        /// What a thread does until the work is closed.
        func run() {
            let function = make()
            while let next = nextJob() { finish(next.number, function(next.job)) }
        }

        private func nextJob() -> (number: Int, job: Job)? {
            locked {
                while waiting.isEmpty, !isClosed { pthread_cond_wait(changed, mutex) }
                return isClosed ? nil : waiting.removeFirst()
            }
        }

        func finish(_ number: Int, _ outcome: Outcome) {
            locked {
                done[number] = outcome
                _ = pthread_cond_broadcast(changed)
            }
        }
    }

    private let shared: Shared
    private let ownFunction: (Job) -> Outcome
    private var threads: [pthread_t] = []
    private var handedIn = 0
    private var givenBack = 0

    /// Work on other threads.
    ///
    /// - Parameters:
    ///   - threadCount: How many beside the caller's; by default as many as there are processors beside
    ///     its own, at most three.
    ///   - make: Called once for each thread, the caller's own among them, for the function
    ///     that does its share; what that remembers between jobs must not change what comes of them.
    package init(threadCount: Int? = nil, _ make: @escaping @Sendable () -> (Job) -> Outcome) {
        let shared = Shared(make)
        self.shared = shared
        ownFunction = make()
        let processors = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        for _ in 0..<(threadCount ?? min(max(processors - 1, 0), 3)) {
            // Without the thread the caller does all the work.
            guard let thread = startThread({ shared.run() }) else { break }
            threads.append(thread)
        }
    }

    /// How many jobs were handed in whose outcome has not been given back.
    package var count: Int { handedIn - givenBack }

    /// Hands in a job.
    package func add(_ job: Job) {
        let number = handedIn
        handedIn += 1
        shared.locked {
            shared.waiting.append((number, job))
            _ = pthread_cond_signal(shared.changed)
        }
    }

    /// What came of the next job in order; `nil` when it is not done yet, or there is none.
    package func ready() -> Outcome? {
        guard count > 0 else { return nil }
        let outcome = shared.locked { shared.done.removeValue(forKey: givenBack) }
        if outcome != nil { givenBack += 1 }
        return outcome
    }

    /// What came of the next job in order, as soon as it is done; `nil` when there is none.
    package func next() -> Outcome? {
        guard count > 0 else { return nil }
        while true {
            var outcome: Outcome?
            let help: (number: Int, job: Job)? = shared.locked {
                while true {
                    outcome = shared.done.removeValue(forKey: givenBack)
                    if outcome != nil { return nil }
                    if !shared.waiting.isEmpty { return shared.waiting.removeFirst() }
                    pthread_cond_wait(shared.changed, shared.mutex)
                }
            }
            if let outcome {
                givenBack += 1
                return outcome
            }
            if let help { shared.finish(help.number, ownFunction(help.job)) }
        }
    }

    /// Ends the threads; what was handed in and not given back is dropped.
    package func close() {
        shared.locked {
            shared.isClosed = true
            _ = pthread_cond_broadcast(shared.changed)
        }
        for thread in threads { pthread_join(thread, nil) }
        threads = []
    }

    deinit { close() }
}

/// What a new thread is to do.
private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Starts a thread that must be joined; `nil` when the system has none left.
private func startThread(_ run: @escaping @Sendable () -> Void) -> pthread_t? {
    let body = Unmanaged.passRetained(ThreadBody(run))
    var thread = pthread_t()
    let failure = pthread_create(
        &thread, nil,
        { context in
            if let context { Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run() }
            return nil
        }, body.toOpaque())
    guard failure == 0 else {
        body.release()
        return nil
    }
    return thread
}
