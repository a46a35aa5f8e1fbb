import CourseModel

/// A record made ready for the store: coded and hashed, which can be done on any thread.
public struct StagedRecord: Sendable {
    /// Its course's id.
    public let id: ID<Course>
    /// The record as bytes.
    public let payload: [UInt8]
    /// What has to be known of it to compare it.
    public let digest: RecordDigest
    /// Its own bytes, as they stand in the feed.
    public let original: [UInt8]
    /// Where it was read.
    public let provenance: Provenance
    /// What was noticed in it.
    public let diagnostics: [Diagnostic]
    /// Whether all its offerings are in the namespace of its source.
    let isAtHome: Bool

    /// Makes a record ready.
    ///
    /// - Complexity: O(bytes of the record and its original).
    public init(_ record: CourseRecord, original: [UInt8], diagnostics: [Diagnostic] = []) {
        let coded = CodedRecord(record)
        id = record.course.id
        payload = coded.bytes
        digest = RecordDigest(of: record, coded: coded)
        self.original = original
        provenance = record.course.provenance
        self.diagnostics = diagnostics
        let namespace = record.course.provenance.source.value + ":"
        isAtHome =
            id.value.hasPrefix(namespace)
            && record.offerings.allSatisfy { $0.id.value.hasPrefix(namespace) }
    }

    /// Whether the record and its offerings are in the namespace of a source.
    public func belongs(to source: ID<Source>) -> Bool {
        isAtHome && provenance.source == source
    }

    /// The hash of the original and of what was noticed: what can differ while the record is the
    /// same.
    public var surroundings: ContentHash {
        var hasher = FingerprintHasher()
        hasher.update(original)
        for diagnostic in diagnostics {
            hasher.update(Array(diagnostic.code.name.utf8))
            hasher.update(Array(diagnostic.message.utf8))
        }
        return ContentHash(hasher.finish().high)
    }
}
