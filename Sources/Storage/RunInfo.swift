import CourseModel

/// What is known about a run before it reads anything.
public struct RunInfo: Hashable, Sendable {
    /// When it began.
    public var startedAt: Moment
    /// The day that tells past offerings from coming ones.
    public var today: CalendarDate
    /// A fingerprint of everything that decides what is read: the feed's bytes, the reader's version
    /// and its settings.
    ///
    /// When the last published run has the same one, nothing is read at all.
    public var fingerprint: Fingerprint?
    /// How much may vanish before the feed is held.
    public var lossLimit: LossLimit

    /// A run.
    public init(
        startedAt: Moment, today: CalendarDate, fingerprint: Fingerprint? = nil,
        lossLimit: LossLimit = .standard
    ) {
        self.startedAt = startedAt
        self.today = today
        self.fingerprint = fingerprint
        self.lossLimit = lossLimit
    }
}

/// The number of a run; runs of all sources are counted together.
public struct RunNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 1 or above.
    public let value: Int

    /// A run by its number.
    public init(_ value: Int) { self.value = value }

    /// The number.
    public var description: String { String(value) }

    /// Orders runs in time.
    public static func < (first: Self, second: Self) -> Bool { first.value < second.value }
}
