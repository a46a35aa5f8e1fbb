import CourseModel
import Synchronization

/// The feeds that were asked for in this generation and on this day, so that one that many systems
/// take is written once.
final class FeedShelf: Sendable {
    /// What is kept at most: so many feeds, of so many bytes together.
    static let most = (count: 32, bytes: 1 << 30)

    private struct State {
        var era = ""
        var feeds: [(name: String, file: FeedFile)] = []
    }

    private let state = Mutex(State())

    /// The feed of a name, written when it is not there.
    ///
    /// - Parameter era: What all feeds belong to; those of another one are let go.
    /// - Throws: What `write` throws.
    func feed(
        _ name: String, era: String, _ write: (Int32) throws -> Void
    ) throws -> FeedFile {
        let known = state.withLock { state -> FeedFile? in
            guard state.era == era, let place = state.feeds.firstIndex(where: { $0.name == name })
            else { return nil }
            // The one that was asked for last is let go last.
            let feed = state.feeds.remove(at: place)
            state.feeds.append(feed)
            return feed.file
        }
        if let known { return known }
        let file = try FeedFile(write)
        state.withLock { state in
            if state.era != era { state = State(era: era) }
            state.feeds.append((name, file))
            while state.feeds.count > Self.most.count
                || state.feeds.reduce(0, { $0 + $1.file.size }) > Self.most.bytes
            {
                state.feeds.removeFirst()
            }
        }
        return file
    }
}
