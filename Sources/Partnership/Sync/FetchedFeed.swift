import Feeds

/// What came of looking for a source's feed at its address.
struct FetchedFeed: Sendable {
    /// What is read as one feed.
    var inputs: [FeedInput] = []
    /// How many documents came anew.
    var fetched = 0
    /// How many were as they were.
    var kept = 0
    /// The bytes that came over the line.
    var transferred = 0
    /// What the operator should know though the feed can be used.
    var warnings: [String] = []
}
