import Glibc

/// Does pieces of work on other threads and gives back what came of them in the order in which they
/// were handed in.
///
/// The thread that hands in helps when it has to wait. It belongs to one thread; call ``close()``
/// before letting go of it.
package final class OrderedWork<Job: Sendable, Outcome: Sendable> {
    /// What the threads share.
    ///
    /// `@unchecked Sendable`: everything else is touched only within the monitor.
    private final class Shared: @unchecked Sendable {
        let monitor = Monitor()
        var waiting: [(number: Int, job: Job)] = []
        var done: [Int: Outcome] = [:]
        var isClosed = false
        private let make: @Sendable () -> (Job) -> Outcome

        init(_ make: @escaping @Sendable () -> (Job) -> Outcome) {
            self.make = make
        }

        /// What a thread does until the work is closed.
        func run() {
            let function = make()
            while let next = nextJob() { finish(next.number, function(next.job)) }
        }

        private func nextJob() -> (number: Int, job: Job)? {
            monitor.locked {
                while waiting.isEmpty, !isClosed { monitor.wait() }
                return isClosed ? nil : waiting.removeFirst()
            }
        }

        func finish(_ number: Int, _ outcome: Outcome) {
            monitor.locked {
                done[number] = outcome
                monitor.tell()
            }
        }
    }

    private let shared: Shared
    private let ownFunction: (Job) -> Outcome
    private var threads: [JoinedThread] = []
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
            guard let thread = JoinedThread({ shared.run() }) else { break }
            threads.append(thread)
        }
    }

    /// How many jobs were handed in whose outcome has not been given back.
    package var count: Int { handedIn - givenBack }

    /// Hands in a job.
    package func add(_ job: Job) {
        let number = handedIn
        handedIn += 1
        shared.monitor.locked {
            shared.waiting.append((number, job))
            shared.monitor.tell()
        }
    }

    /// What came of the next job in order; `nil` when it is not done yet, or there is none.
    package func ready() -> Outcome? {
        guard count > 0 else { return nil }
        let outcome = shared.monitor.locked { shared.done.removeValue(forKey: givenBack) }
        if outcome != nil { givenBack += 1 }
        return outcome
    }

    /// What came of the next job in order, as soon as it is done; `nil` when there is none.
    package func next() -> Outcome? {
        guard count > 0 else { return nil }
        while true {
            var outcome: Outcome?
            let help: (number: Int, job: Job)? = shared.monitor.locked {
                while true {
                    outcome = shared.done.removeValue(forKey: givenBack)
                    if outcome != nil { return nil }
                    if !shared.waiting.isEmpty { return shared.waiting.removeFirst() }
                    shared.monitor.wait()
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
        shared.monitor.locked {
            shared.isClosed = true
            shared.monitor.tell()
        }
        for thread in threads { thread.join() }
        threads = []
    }

    deinit { close() }
}
