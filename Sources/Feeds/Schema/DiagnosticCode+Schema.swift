import CourseModel
import XMLStream

/// What the official schema of a format does not allow.
extension DiagnosticCode {
    /// The root element is not of the schema.
    public static let schemaRootUnknown: DiagnosticCode = "schema-root-unknown"
    /// An element stands where another one, or none, is allowed.
    public static let schemaElementUnexpected: DiagnosticCode = "schema-element-unexpected"
    /// An element that has to be there is not.
    public static let schemaElementMissing: DiagnosticCode = "schema-element-missing"
    /// An attribute is not allowed.
    public static let schemaAttributeUnexpected: DiagnosticCode = "schema-attribute-unexpected"
    /// An attribute that has to be there is not.
    public static let schemaAttributeMissing: DiagnosticCode = "schema-attribute-missing"
    /// A value is not of its type, or not among those that are allowed.
    public static let schemaValueInvalid: DiagnosticCode = "schema-value-invalid"
    /// Text stands where only elements may, or the other way round.
    public static let schemaContentInvalid: DiagnosticCode = "schema-content-invalid"
    /// A key is there twice, or refers to nothing.
    public static let schemaKeyBroken: DiagnosticCode = "schema-key-broken"
    /// Another rule of the schema is broken.
    public static let schemaViolated: DiagnosticCode = "schema-violated"
    /// The document could be held against the schema only in part.
    public static let schemaCheckIncomplete: DiagnosticCode = "schema-check-incomplete"

    init(_ rule: JSONSchemaFault.Rule) {
        self =
            switch rule {
            case .missingMember: .schemaElementMissing
            case .unexpected: .schemaElementUnexpected
            case .type, .value: .schemaValueInvalid
            case .combination: .schemaViolated
            }
    }

    init(_ rule: XMLSchemaFault.Rule) {
        self =
            switch rule {
            case .root: .schemaRootUnknown
            case .element: .schemaElementUnexpected
            case .missingElement: .schemaElementMissing
            case .attribute: .schemaAttributeUnexpected
            case .missingAttribute: .schemaAttributeMissing
            case .value: .schemaValueInvalid
            case .content: .schemaContentInvalid
            case .key: .schemaKeyBroken
            case .other: .schemaViolated
            }
    }
}
