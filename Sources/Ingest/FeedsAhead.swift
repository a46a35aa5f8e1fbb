import CourseModel
import Feeds
import Glibc
import Places
import Storage
import Synchronization

/// Reads several feeds side by side, ahead of the store, which takes one after the other.
///
/// Feeds are begun in their order, so that the one whose turn it is is always being read. Memory
/// holds as many feeds as there are readers, each up to a bound.
final class FeedsAhead {
    /// The feeds, in their order.
    let feeds: [FeedAhead]
    private var threads: [JoinedThread] = []

    /// What the readers have to know.
    struct Surroundings: Sendable {
        var gazetteer: Gazetteer
        var currency: Currency?
        var today: CalendarDate
        /// The fingerprints that the store knows, by source.
        var known: [ID<Source>: Set<Fingerprint>]
        /// The sources of which it has records.
        var filled: Set<ID<Source>>
    }

    /// How many feeds are read at once: one a processor, at most eight.
    static var readers: Int { min(max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))), 8) }

    /// Begins to read; `nil` when that would not be side by side.
    init?(_ deliveries: [FeedDelivery], readers: Int, in surroundings: Surroundings) {
        let count = min(readers, deliveries.count)
        guard count > 1 else { return nil }
        let feeds = deliveries.map { _ in FeedAhead() }
        self.feeds = feeds
        let next = NextNumber()
        for _ in 0..<count {
            let thread = JoinedThread {
                while let number = next.take(below: feeds.count) {
                    let delivery = deliveries[number]
                    let source = delivery.source.id
                    feeds[number].read(
                        packing: !surroundings.filled.contains(source),
                        isKnown: { surroundings.known[source]?.contains($0) ?? false }
                    ) {
                        try PreparedFeed(
                            delivery, gazetteer: surroundings.gazetteer,
                            currency: surroundings.currency, today: surroundings.today)
                    }
                }
            }
            // With fewer threads it takes longer; without any the store's own thread reads.
            guard let thread else { break }
            threads.append(thread)
        }
        guard !threads.isEmpty else { return nil }
    }

    /// Ends the reading of what was not taken.
    func close() {
        for feed in feeds { feed.abandon() }
        for thread in threads { thread.join() }
        threads = []
    }

    deinit { close() }
}

/// Numbers that several threads take, each once.
private final class NextNumber: Sendable {
    private let next = Atomic(0)

    func take(below limit: Int) -> Int? {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return number < limit ? number : nil
    }
}
