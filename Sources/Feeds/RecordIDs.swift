/// The ids that the records of a feed have taken.
struct RecordIDs {
    enum Claim: Equatable {
        /// It is free, or became free with a suffix.
        case new(String)
        /// The same record, byte for byte, has it.
        case repeated
    }

    private var taken: [UInt64: UInt64] = [:]

    /// Takes an id for a record with that content.
    ///
    /// One that another record has gets a suffix, which counts in feed order and so stays the same
    /// as long as the feed keeps its order.
    mutating func claim(_ native: String, content: UInt64) -> Claim {
        var candidate = native
        var number = 1
        while let known = taken[StableHash.of(candidate)] {
            if known == content { return .repeated }
            number += 1
            candidate = "\(native)~\(number)"
        }
        taken[StableHash.of(candidate)] = content
        return .new(candidate)
    }
}
