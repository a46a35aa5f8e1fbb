import CourseModel

/// What a JSON schema does not allow in a document.
public struct JSONSchemaFault: Hashable, Sendable {
    /// What kind of rule is broken.
    public enum Rule: Hashable, Sendable {
        /// A member that has to be there is not.
        case missingMember
        /// A member, or an element, stands where none is allowed.
        case unexpected
        /// A value is not of its type.
        case type
        /// A value is not among those that are allowed, too long, too large….
        case value
        /// A rule that joins several others.
        case combination
    }

    /// What kind of rule is broken.
    public let rule: Rule
    /// The value, as a JSON pointer (RFC 6901) from the record: `/offerings/0/startDate`.
    public let pointer: String
    /// Where the value stands in the document.
    public let position: SourcePosition
    /// What is wrong and what is allowed.
    public let message: String
}
