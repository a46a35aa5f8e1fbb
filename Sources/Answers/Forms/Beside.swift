/// Two values written as one object: the members of the first, then those of the second.
public struct Beside<First: Encodable, Second: Encodable>: Encodable {
    /// What is written first.
    public var first: First
    /// What is written beside it.
    public var second: Second

    /// Two values to write as one object.
    public init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }

    /// Writes both side by side.
    public func encode(to encoder: any Encoder) throws {
        try first.encode(to: encoder)
        try second.encode(to: encoder)
    }
}
