/// An attribute of an element; namespace declarations are not among them.
public struct XMLAttribute: Sendable, Hashable {
    /// The name without prefix.
    public var localName: String

    /// The prefix as written, or empty.
    public var prefix: String

    /// The namespace, or empty when there is none or the prefix is not declared.
    public var namespace: String

    /// The value, references resolved.
    public var value: String
}
