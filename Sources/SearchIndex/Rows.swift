import CourseModel

/// A course's facts as the index holds them, to compute with.
///
/// 32 bytes in the file, little-endian, in the order of the members.
@frozen public struct CourseRow: Sendable {
    /// The number of its first offering; the next course's first is one beyond its last.
    public var firstOffering: UInt32
    /// Its provider's number.
    public var provider: UInt32
    /// Its partner's number plus 1; 0 for none.
    public var partner: UInt16
    /// The number of its set of ways to pay; see ``IndexReader/fundingSets``.
    public var fundingSet: UInt16
    /// Its level's number; see ``LevelCode``.
    public var level: UInt8
    /// Its place in `CourseKind.allCases`.
    public var kind: UInt8
    /// One bit for each of `Audience.allCases`; 0 for not said.
    public var audiences: UInt8
    /// Half hours of work a week, rounded up, of its offering that takes most; 255 for more, 0 when
    /// not known.
    public var halfHoursPerWeek: UInt8
    /// The number of its first skill in the list of skills; the next course's is one beyond its last.
    public var firstSkill: UInt32
    /// The price of its offering that is cheapest of those with a price; else
    /// ``OfferingRow/unknownPrice``.
    var lowestPrice: Int32
    /// The map cells of its venues (``MapCells``); all bits when a box cannot rule it out, since some
    /// offering needs no travel or could not be placed.
    var cells: UInt64
}

/// An offering's facts as the index holds them, to compute with.
///
/// 32 bytes in the file, little-endian, in the order of the members: two share a cache line.
@frozen public struct OfferingRow: Sendable {
    /// Degrees north of its first venue times 10⁷; ``noPlace`` without a placed venue.
    public var latitude: Int32
    /// Degrees east of its first venue times 10⁷; ``noPlace`` without a placed venue.
    public var longitude: Int32
    /// Its start in days since 1970; ``continuousStart`` at any moment, ``unknownStart`` when not
    /// said.
    public var start: Int32
    /// The last day on which it is not past, in days since 1970.
    ///
    /// Of an offering with a day to start it is that day, or the last day to enrol when that is
    /// later; of others the last day to enrol, else its last day. It is never after the day on
    /// which the course expires, and `Int32.max` when nothing is known.
    public var availableUntil: Int32
    /// Its price in euro cents with the VAT that is known; ``unknownPrice`` when not known.
    public var price: Int32
    /// How many weeks it lasts, rounded up; ``unknownWeeks`` when not known.
    public var weeks: UInt16
    /// The number of its set of languages; see ``IndexReader/languageSets``.
    public var languageSet: UInt16
    /// The number of the regions that hold its first venue; see ``IndexReader/areas``.
    public var area: UInt16
    /// One bit for each of `DeliveryMode.allCases`; 0 for not said.
    public var modes: UInt8
    /// One bit for each of `DayPart.allCases`; 0 for not said.
    public var dayParts: UInt8
    /// ``full``, ``cancelled``, ``needsNoTravel``, ``hasMoreVenues``.
    public var flags: UInt8
    /// The bits of the parts of the week that its meetings take, lowest byte first; see ``slots``.
    var slotBytes: (UInt8, UInt8, UInt8)

    /// The parts of the week that its meetings take; empty when they do not say.
    public var slots: WeekSlots {
        WeekSlots(
            rawValue: UInt32(slotBytes.0) | UInt32(slotBytes.1) << 8 | UInt32(slotBytes.2) << 16)
    }

    /// The coordinate of a venue that is not known.
    public static var noPlace: Int32 { Int32.min }
    /// The start of what can start at any moment or on request.
    public static var continuousStart: Int32 { Int32.min }
    /// The start of what does not say when.
    public static var unknownStart: Int32 { Int32.max }
    /// The price of what has no price in euro.
    public static var unknownPrice: Int32 { Int32.max }
    /// The length of what does not say how long.
    public static var unknownWeeks: UInt16 { UInt16.max }
    /// Flag: no places left.
    public static var full: UInt8 { 1 }
    /// Flag: cancelled, or closed for enrolment.
    public static var cancelled: UInt8 { 2 }
    /// Flag: online, at a distance or at the learner's workplace, without a venue.
    public static var needsNoTravel: UInt8 { 4 }
    /// Flag: there are more venues than the first.
    public static var hasMoreVenues: UInt8 { 8 }

    /// Where its first venue is.
    public var coordinates: Coordinates? {
        guard latitude != Self.noPlace else { return nil }
        return Coordinates(latitude: Double(latitude) / 1e7, longitude: Double(longitude) / 1e7)
    }
}
