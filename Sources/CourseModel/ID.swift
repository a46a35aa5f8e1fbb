/// The stable name of a thing of one kind: `ID<Course>` cannot be used where `ID<Provider>` is
/// asked for.
///
/// Record ids are readable and made of what the source says, `source:native`, so that the same
/// record in the same source keeps the same id for ever, without a look-up table or a hash.
public struct ID<Of>: Hashable, Sendable {
    /// The text that is stored, printed and typed.
    public let value: String

    /// Names a thing by text that already is an id.
    public init(_ value: String) {
        self.value = value
    }

    /// The id of a record that `source` calls `native`.
    ///
    /// Source ids hold no colon, so the two parts can always be told apart.
    public init(source: ID<Source>, native: String) {
        self.value = source.value + ":" + native
    }

    /// What the source itself calls the record: the part after the first colon.
    public var native: Substring {
        guard let colon = value.firstIndex(of: ":") else { return value[...] }
        return value[value.index(after: colon)...]
    }
}

extension ID where Of == Offering {
    /// The id of the offering that `course`'s source calls `native`.
    ///
    /// Feeds promise unique run ids only within a course, and some break even a wider promise.
    public init(course: ID<Course>, native: String) {
        self.init(course.value + "#" + native)
    }
}

extension ID: Comparable {
    /// Orders ids by their text, so that everything that is listed by id is listed the same way.
    public static func < (first: ID, second: ID) -> Bool { first.value < second.value }
}

extension ID: CustomStringConvertible {
    /// The id as it is typed.
    public var description: String { value }
}

extension ID: Codable {
    /// Reads an id from a plain string.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes an id as a plain string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
