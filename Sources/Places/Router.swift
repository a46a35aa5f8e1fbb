import CourseModel

/// Knows travel times over real roads and paths.
///
/// Whoever asks hands over where a learner lives or works: a router belongs to the partnership, and
/// nothing that it is asked may be logged.
public protocol Router: Sendable {
    /// Whether it knows this way to travel.
    func covers(_ mode: TravelMode) -> Bool

    /// Minutes from a point to each of some others, in their order; `nil` where no way leads. Fewer than
    /// there are others when time was up before the last of them.
    ///
    /// - Throws: ``RouterError`` when it does not answer, or not as it should.
    func minutes(
        from: Coordinates, to: [Coordinates], by mode: TravelMode
    ) throws(RouterError) -> [Double?]
}

/// Why a router gave no times.
public struct RouterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong, without any place that was asked about.
    public let description: String

    /// A failure.
    public init(_ description: String) { self.description = description }
}
