import Glibc

/// A lock that one can wait in until another thread has changed something.
///
/// `@unchecked Sendable`: the two objects of the system are made for several threads.
package final class Monitor: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    package init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Does something while no other thread is in here.
    package func locked<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body()
    }

    /// Lets other threads in until one of them calls ``tell()``.
    ///
    /// Only from within ``locked(_:)``. May return without reason, so ask again what was waited for.
    package func wait() { pthread_cond_wait(changed, mutex) }

    /// Wakes those who wait.
    package func tell() { pthread_cond_broadcast(changed) }
}
