/// A value that is written as `null` when it is absent, where readers rely on the key being there.
public struct Nullable<Value: Encodable>: Encodable {
    /// The value; `nil` when it is absent.
    public let value: Value?

    /// A value, or `nil` for `null`.
    public init(_ value: Value?) { self.value = value }

    /// Writes the value or `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}

extension Nullable: Equatable where Value: Equatable {}
extension Nullable: Hashable where Value: Hashable {}
extension Nullable: Sendable where Value: Sendable {}
