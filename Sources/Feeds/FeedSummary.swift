import CourseModel

/// What came of reading a feed.
public struct FeedSummary: Hashable, Sendable {
    /// The format that it was read as.
    public var format: String
    /// How many bytes were read, referenced documents included.
    public var bytes: Int
    /// How many courses and offerings stand in the feed, counted in its mark-up.
    public var offered: RecordCount
    /// How many came out as ``FeedItem/record(_:)``.
    public var accepted: RecordCount
    /// How many came out as quarantined.
    public var quarantined: RecordCount
    /// How many the feed says are withdrawn; they are not offered.
    public var withdrawn: RecordCount
    /// Faults of the feed as a whole; those of a record go with the record.
    public var diagnostics: [Diagnostic]
    /// Whether the feed lists everything that is offered, so that absence says something; a delta
    /// does not.
    public var isFull: Bool
    /// Whether the feed was read to its end.
    public var isComplete: Bool

    /// What came of reading a feed of which nothing has been read yet.
    public init(format: String) {
        self.format = format
        bytes = 0
        offered = RecordCount()
        accepted = RecordCount()
        quarantined = RecordCount()
        withdrawn = RecordCount()
        diagnostics = []
        isFull = true
        isComplete = true
    }

    /// Whether every course and offering that was offered was accepted or quarantined.
    public var addsUp: Bool { offered == accepted + quarantined }

    /// Counts an item that goes to the receiver: what it accepts and what it sets apart.
    ///
    /// ``offered`` is not touched: readers count it where they see the mark-up, so that the two
    /// counts can be held against each other.
    public mutating func count(_ item: FeedItem) {
        switch item {
        case .record(let record):
            accepted.courses += 1
            accepted.offerings += record.record.offerings.count
            for offering in record.quarantinedOfferings { quarantined += offering.count }
        case .quarantined(let record):
            quarantined += record.count
        case .provider, .withdrawn:
            break
        }
    }
}
