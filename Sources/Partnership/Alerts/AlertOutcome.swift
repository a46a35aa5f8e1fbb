import CourseModel

/// What came of one alert.
public struct AlertOutcome: Sendable {
    /// What came of one way in which its news leaves.
    public enum Step: Sendable {
        /// It begins: so many offerings are there already and are not told.
        case began(found: Int)
        /// There is nothing that was not told.
        case nothingNew
        /// So many offerings were told.
        case told(Int)
        /// So many offerings were not delivered; the next run tries again.
        case failed(waiting: Int, DeliveryFailure)
    }

    /// The alert's name.
    public var name: String
    /// What it finds now, what is new for any of its ways first.
    public var findings: AlertFindings?
    /// The offerings that were not told before, by way.
    public var news: [Alert.Channel: [ID<Offering>]] = [:]
    /// What came of each way; empty when nothing was to be sent.
    public var steps: [(channel: Alert.Channel, step: Step)] = []
    /// Why it was not asked at all: a faulty file, a profile that is gone.
    public var failure: (any Error)?

    /// Whether something was not delivered.
    public var isUndelivered: Bool {
        steps.contains { if case .failed = $0.step { true } else { false } }
    }
}
