/// The number of a committed state of the catalogue.
///
/// It grows by one with every feed that changed something; an index belongs to exactly one.
public struct Generation: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// 0 for a catalogue into which nothing was read yet.
    public let number: Int

    /// A generation by its number, 0 or above.
    public init(_ number: Int) { self.number = number }

    /// The state of an empty catalogue.
    public static let none = Generation(0)

    /// The number.
    public var description: String { String(number) }

    /// Orders states in time.
    public static func < (first: Self, second: Self) -> Bool { first.number < second.number }

    /// Reads the number.
    public init(from decoder: any Decoder) throws {
        number = try decoder.singleValueContainer().decode(Int.self)
    }

    /// Writes the number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}
