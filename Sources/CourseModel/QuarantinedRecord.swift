/// A record that could not be accepted, kept so that nothing is lost.
public struct QuarantinedRecord: Hashable, Sendable {
    /// What sort of record it is.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// A course, with the offerings in it.
        case course
        /// One offering.
        case offering
    }

    /// What sort of record it is.
    public var kind: Kind
    /// What the feed calls it, when that could be read.
    public var nativeID: String?
    /// The file it stands in.
    public var file: String
    /// Where it starts there.
    public var position: SourcePosition?
    /// Its bytes as they stand in the feed.
    public var original: [UInt8]
    /// Why it was not accepted, the weightiest first; never empty.
    public var reasons: [Diagnostic]
    /// How many courses and offerings it stands for.
    public var count: RecordCount

    /// A record that could not be accepted.
    public init(
        kind: Kind, nativeID: String?, file: String, position: SourcePosition?, original: [UInt8],
        reasons: [Diagnostic], count: RecordCount
    ) {
        self.kind = kind
        self.nativeID = nativeID
        self.file = file
        self.position = position
        self.original = original
        self.reasons = reasons
        self.count = count
    }
}
