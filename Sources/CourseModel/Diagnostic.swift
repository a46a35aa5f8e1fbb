/// Where something stands in a file.
public struct SourcePosition: Hashable, Sendable, Codable, Comparable {
    /// 1-based line.
    public var line: Int
    /// 1-based column, in characters.
    public var column: Int
    /// 0-based offset in the file's own bytes.
    public var byteOffset: Int

    /// A position.
    public init(line: Int, column: Int, byteOffset: Int) {
        self.line = line
        self.column = column
        self.byteOffset = byteOffset
    }

    /// Orders positions by where they stand.
    public static func < (first: Self, second: Self) -> Bool {
        first.byteOffset < second.byteOffset
    }
}

/// A fault or a doubt about what a feed says, as a value: the record goes on, its owner can mend it.
public struct Diagnostic: Hashable, Sendable, Codable {
    /// How bad it is.
    public enum Severity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
        /// Something was read in another way than written, nothing is missing.
        case note
        /// A field was dropped or doubted; the record is in the catalogue.
        case warning
        /// The record, or the feed, could not be accepted.
        case error

        /// Orders from mild to bad.
        public static func < (first: Self, second: Self) -> Bool {
            let order = allCases
            return (order.firstIndex(of: first) ?? 0) < (order.firstIndex(of: second) ?? 0)
        }
    }

    /// How bad it is.
    public var severity: Severity
    /// What kind of fault it is.
    public var code: DiagnosticCode
    /// The file or address it was read from.
    public var file: String
    /// Where it stands, when known.
    public var position: SourcePosition?
    /// The native id of the record, when known.
    public var record: String?
    /// The element, attribute or field.
    public var field: String?
    /// What stands there, what became of it, and what to do.
    public var message: String

    /// A fault.
    public init(
        _ severity: Severity, _ code: DiagnosticCode, file: String, position: SourcePosition? = nil,
        record: String? = nil, field: String? = nil, message: String
    ) {
        self.severity = severity
        self.code = code
        self.file = file
        self.position = position
        self.record = record
        self.field = field
        self.message = message
    }
}

/// A stable, documented name for a kind of fault, in kebab-case.
///
/// Each target declares its codes as static members in an extension. A code, once published, keeps
/// its meaning for ever.
public struct DiagnosticCode: Hashable, Sendable, Codable, Comparable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// The name: lower-case words with hyphens.
    public let name: String

    /// A code by name.
    public init(_ name: String) { self.name = name }
    /// A code by name.
    public init(stringLiteral name: String) { self.name = name }

    /// The name.
    public var description: String { name }

    /// Latitude and longitude stood in each other's place; they were exchanged.
    ///
    /// Told by readers of feeds, and by the gazetteer where only that can tell.
    public static let coordinatesSwapped: DiagnosticCode = "coordinates-swapped"

    /// Orders codes by name.
    public static func < (first: Self, second: Self) -> Bool { first.name < second.name }

    /// Reads the name from a plain string.
    public init(from decoder: any Decoder) throws {
        name = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the name as a plain string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
