/// Something in a document that its schema does not allow.
public struct XMLSchemaFault: Hashable, Sendable {
    /// What rule of XML Schema it breaks, by what is to be done about it.
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        /// The root element is not of the schema.
        case root
        /// An element stands where another one, or none, is allowed.
        case element
        /// An element that has to be there is not.
        case missingElement
        /// An attribute is not allowed.
        case attribute
        /// An attribute that has to be there is not.
        case missingAttribute
        /// A value is not of its type, or not among those that are allowed.
        case value
        /// Text stands where only elements may, or the other way round.
        case content
        /// A key is there twice, or refers to nothing.
        case key
        /// Another rule.
        case other
    }

    /// What rule it breaks.
    public var rule: Rule
    /// What libxml2 says of it, on one line and without namespaces.
    public var message: String
    /// The name of the element.
    public var element: String?
    /// Where the tag begins.
    public var position: XMLPosition

    /// A fault.
    public init(rule: Rule, message: String, element: String?, position: XMLPosition) {
        self.rule = rule
        self.message = message
        self.element = element
        self.position = position
    }
}

/// Why a schema cannot be used.
public struct XMLSchemaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The schema's file.
    public var path: String
    /// What is wrong with it.
    public var reason: String

    /// What is wrong.
    public var description: String { "\(path): \(reason)" }
}
