/// How much of a source may vanish at once before a person has to look.
///
/// Only what was still to come counts: a course whose offerings have all started does not alarm
/// anyone when it leaves the feed. The default is the ten per cent that Open edX takes, with a
/// floor, so that a school with eight courses may drop one.
public struct LossLimit: Hashable, Sendable {
    /// The share of a source's current courses, or offerings, that may vanish: 0...1.
    public var share: Double
    /// How many must have vanished at least before the share counts; 1 or more.
    public var atLeast: Int

    /// A limit.
    public init(share: Double = 0.10, atLeast: Int = 5) {
        self.share = min(max(share, 0), 1)
        self.atLeast = max(atLeast, 1)
    }

    /// Ten per cent, and at least five.
    public static let standard = LossLimit()
    /// Everything may go, also all at once.
    public static let none = LossLimit(share: 1, atLeast: .max)

    /// Whether losing `lost` of `current` asks for a person.
    public func isExceeded(lost: Int, of current: Int) -> Bool {
        lost >= atLeast && Double(lost) > Double(current) * share
    }
}
