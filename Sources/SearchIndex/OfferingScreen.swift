import CourseModel

/// What an offering must be to be worth a closer look, in numbers that a row can be held against.
///
/// A screen leaves out only what breaks more limits than it may. What it lets through may break some
/// all the same: whoever asks looks at those one by one.
public struct OfferingScreen: Sendable {
    /// The values that keep a limit, and those that break it by so little that it is worth telling.
    public struct Span: Hashable, Sendable {
        /// What keeps the limit.
        public var kept: ClosedRange<Int32>
        /// What keeps it or nearly does.
        public var nearly: ClosedRange<Int32>

        /// A limit; `nearly` holds `kept`.
        public init(kept: ClosedRange<Int32>, nearly: ClosedRange<Int32>) {
            self.kept = kept
            self.nearly = nearly
        }
    }

    /// A place and the great-circle metres around it that keep the limit on the way, or nearly do.
    public struct Circle: Hashable, Sendable {
        /// From where.
        public var center: Coordinates
        /// What keeps the limit.
        public var metres: Double
        /// What keeps it or nearly does.
        public var nearly: Double

        /// A circle; `nearly` is not less than `metres`.
        public init(center: Coordinates, metres: Double, nearly: Double) {
            self.center = center
            self.metres = metres
            self.nearly = nearly
        }
    }

    /// The day before which an offering is past, in days since 1970.
    public var today: Int32
    /// How many limits may be broken, each so little that it is nearly kept: 0 or 1.
    public var mayBreak = 0
    /// The kinds that count at all, a bit for each of `CourseKind.allCases`.
    public var countedKinds = UInt8.max
    /// The kinds that keep the limit on kinds.
    public var kinds = UInt8.max
    /// The levels that keep the limit on levels, a bit for each ``LevelCode``.
    public var levels = UInt16.max
    /// The levels that keep it or nearly do.
    public var nearlyLevels = UInt16.max
    /// The days on which to start; what does not say when nearly keeps the limit.
    public var start: Span?
    /// The prices in euro cents; what does not say its price nearly keeps the limit.
    public var price: Span?
    /// The modes, a bit for each of `DeliveryMode.allCases`; `nil` for any.
    public var modes: UInt8?
    /// Circles of which one must hold a venue, unless no travel is needed; `nil` for anywhere.
    ///
    /// What has no place on the map nearly keeps the limit.
    public var circles: [Circle]?

    /// A screen that leaves out what is past, full or cancelled.
    public init(today: CalendarDate) { self.today = today.daysSince1970 }
}
