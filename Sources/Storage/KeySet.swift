import CourseModel

/// A set of record keys, as one bit a key: 50 million records take 6 MB.
public struct KeySet: Hashable, Sendable {
    private var words: [UInt64] = []

    /// An empty set.
    public init() {}

    /// Whether no key was ever added.
    public var isEmpty: Bool { words.isEmpty }

    /// Adds a key, 0 or above.
    ///
    /// - Returns: Whether it was not there yet.
    @discardableResult
    public mutating func insert(_ key: Int) -> Bool {
        let word = key >> 6
        if word >= words.count {
            words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
        }
        let bit = UInt64(1) << UInt64(key & 63)
        defer { words[word] |= bit }
        return words[word] & bit == 0
    }

    /// Whether a key is in the set.
    public func contains(_ key: Int) -> Bool {
        let word = key >> 6
        return word < words.count && words[word] & 1 << UInt64(key & 63) != 0
    }

    /// The set as bytes.
    public var bytes: [UInt8] {
        var writer = RecordWriter(capacity: words.count * 8)
        for word in words { writer.write(fixed: word) }
        return PackedBytes.pack(writer.bytes)
    }

    /// Reads ``bytes``.
    public init(coded bytes: [UInt8]) throws(CodingError) {
        var reader = RecordReader(try PackedBytes.unpack(bytes))
        while reader.remaining > 0 { words.append(try reader.fixed()) }
    }
}
