/// Something in a document that was not right and was read all the same: what it was, where, and
/// what the reader made of it.
public struct XMLDiagnostic: Sendable, Hashable {
    /// A kind of fault, by a stable name in kebab case.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The stable name.
        public let rawValue: String

        /// A code from its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The stable name.
        public var description: String { rawValue }
    }

    /// How bad it is.
    public enum Severity: String, Sendable, Hashable {
        /// The reading is certain; the document should be put right.
        case warning
        /// Something was left out or guessed.
        case error
    }

    /// The kind of fault.
    public var code: Code

    /// How bad it is.
    public var severity: Severity

    /// What was found and what was made of it, for the owner of the document.
    public var message: String

    /// Where it stands in the original document.
    public var position: XMLPosition

    /// How many faults of this kind it stands for: 1, or more in the closing summary of a fault
    /// that kept coming back.
    public var count: Int

    /// A diagnostic from its parts.
    public init(
        code: Code, severity: Severity, message: String, position: XMLPosition, count: Int = 1
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.position = position
        self.count = count
    }
}

extension XMLDiagnostic.Code {
    /// The bytes are not in the encoding that the document declares.
    public static let encodingMisdeclared = Self(rawValue: "encoding-misdeclared")
    /// A byte, or a half of a surrogate pair, that means nothing in the document's encoding.
    public static let invalidByte = Self(rawValue: "invalid-byte")
    /// Blank lines before the XML declaration.
    public static let blankBeforeDeclaration = Self(rawValue: "blank-before-declaration")
    /// Text, such as a server's warning, before the XML declaration.
    public static let textBeforeDeclaration = Self(rawValue: "text-before-declaration")
    /// Text before the root element.
    public static let textBeforeRoot = Self(rawValue: "text-before-root")
    /// The XML declaration is not well-formed, or stands where none may stand.
    public static let malformedDeclaration = Self(rawValue: "malformed-declaration")
    /// A DOCTYPE; it is not loaded.
    public static let doctype = Self(rawValue: "doctype")
    /// A DOCTYPE that is not well-formed.
    public static let malformedDoctype = Self(rawValue: "malformed-doctype")
    /// An external entity; it is not loaded.
    public static let externalEntity = Self(rawValue: "external-entity")
    /// A namespace prefix without a declaration.
    public static let undeclaredPrefix = Self(rawValue: "undeclared-prefix")
    /// Another breach of the namespace rules.
    public static let namespaceFault = Self(rawValue: "namespace-fault")
    /// A start tag with a doubled quote, a missing one, or other attribute faults.
    public static let malformedStartTag = Self(rawValue: "malformed-start-tag")
    /// The same attribute twice in one tag.
    public static let duplicateAttribute = Self(rawValue: "duplicate-attribute")
    /// A character that XML forbids.
    public static let controlCharacter = Self(rawValue: "control-character")
    /// NUL bytes.
    public static let nulByte = Self(rawValue: "nul-byte")
    /// An `&` that starts no reference.
    public static let bareAmpersand = Self(rawValue: "bare-ampersand")
    /// A `<` that starts no tag.
    public static let bareLessThan = Self(rawValue: "bare-less-than")
    /// `]]>` outside a CDATA section.
    public static let bareCDATAEnd = Self(rawValue: "bare-cdata-end")
    /// An HTML entity, such as `&nbsp;`, that XML does not know.
    public static let htmlEntity = Self(rawValue: "html-entity")
    /// An entity that is declared nowhere that may be read.
    public static let undeclaredEntity = Self(rawValue: "undeclared-entity")
    /// An end tag that names the open element in another way.
    public static let mismatchedEndTag = Self(rawValue: "mismatched-end-tag")
    /// An element without its end tag.
    public static let missingEndTag = Self(rawValue: "missing-end-tag")
    /// An end tag without its element.
    public static let unexpectedEndTag = Self(rawValue: "unexpected-end-tag")
    /// An end tag with something after its name.
    public static let malformedEndTag = Self(rawValue: "malformed-end-tag")
    /// A comment or processing instruction that is not well-formed.
    public static let malformedComment = Self(rawValue: "malformed-comment")
    /// Text after the end of the root element.
    public static let trailingContent = Self(rawValue: "trailing-content")
    /// A second root element.
    public static let secondRoot = Self(rawValue: "second-root")
    /// A remark of libxml2 for which this reader has no name of its own.
    public static let parserWarning = Self(rawValue: "parser-warning")
}
