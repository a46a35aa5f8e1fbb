import CourseModel

/// A record made ready for the store: coded and hashed, which can be done on any thread.
public struct StagedRecord: Sendable {
    /// Its course's id.
    public let id: ID<Course>
    /// The record as bytes.
    public let payload: [UInt8]
    /// What has to be known of it to compare it.
    public let digest: RecordDigest
    /// The digest as bytes.
    public let digestBytes: [UInt8]
    /// The hash of everything the feed says of it.
    public let content: ContentHash
    /// The hash of the original and of what was noticed: what can differ while the record is the
    /// same.
    public let surroundings: ContentHash
    /// Its own bytes, as they stand in the feed.
    public let original: [UInt8]
    /// ``payload`` and ``original`` packed, when that was asked for.
    public let packed: Packed?
    /// Where it was read.
    public let provenance: Provenance
    /// What was noticed in it.
    public let diagnostics: [Diagnostic]
    /// Whether all its offerings are in the namespace of its source.
    let isAtHome: Bool

    /// A record and its original as they are kept.
    public struct Packed: Sendable {
        /// The packed record.
        public let payload: [UInt8]
        /// The original, packed behind the record: most of its words are in there already.
        public let original: [UInt8]
    }

    /// Makes a record ready.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - original: Its own bytes, as they stand in the feed.
    ///   - diagnostics: What was noticed in it.
    ///   - packing: Whether to pack it right away. That pays when the record is new and this is not
    ///     the store's own thread; a record that turns out to be unchanged is packed in vain.
    /// - Complexity: O(bytes of the record and its original).
    public init(
        _ record: CourseRecord, original: [UInt8], diagnostics: [Diagnostic] = [],
        packing: Bool = false
    ) {
        let coded = CodedRecord(record)
        id = record.course.id
        payload = coded.bytes
        digest = RecordDigest(of: record, coded: coded)
        digestBytes = digest.bytes
        content = ContentHash(of: digestBytes)
        var hasher = FingerprintHasher()
        hasher.update(original)
        for diagnostic in diagnostics {
            hasher.update(Array(diagnostic.code.name.utf8))
            hasher.update(Array(diagnostic.message.utf8))
        }
        surroundings = ContentHash(hasher.finish().high)
        self.original = original
        provenance = record.course.provenance
        self.diagnostics = diagnostics
        let namespace = Array((record.course.provenance.source.value + ":").utf8)
        isAtHome =
            id.value.utf8.starts(with: namespace)
            && record.offerings.allSatisfy { $0.id.value.utf8.starts(with: namespace) }
        packed = packing ? Self.pack(payload, original) : nil
    }

    /// The record and its original as they are kept.
    public func pack() -> Packed { packed ?? Self.pack(payload, original) }

    private static func pack(_ payload: [UInt8], _ original: [UInt8]) -> Packed {
        Packed(
            payload: PackedBytes.pack(payload),
            original: PackedBytes.pack(original, after: payload))
    }

    /// Whether the record and its offerings are in the namespace of a source.
    public func belongs(to source: ID<Source>) -> Bool {
        isAtHome && provenance.source == source
    }

    /// What is kept of the record when the feed already held one with its id.
    public var asDuplicate: QuarantinedRecord {
        QuarantinedRecord(
            kind: .course, nativeID: String(id.native), file: provenance.file,
            position: provenance.position, original: original,
            reasons: [
                Diagnostic(
                    .error, "duplicate-record", file: provenance.file,
                    position: provenance.position,
                    record: String(id.native), field: "id",
                    message: "the feed already holds a course with this id; the first one is kept. "
                        + "Give every course an id of its own")
            ],
            count: RecordCount(courses: 1, offerings: digest.items.count))
    }
}
