import CourseModel

/// A course with its offerings as the store keeps it.
public struct PackedRecord: Sendable {
    /// Its course's id.
    public let id: ID<Course>
    /// The hash of everything the feed says of it.
    public let content: ContentHash
    private let bytes: [UInt8]

    /// A course of which `bytes` are the coded record (``StagedRecord/payload``), packed.
    public init(id: ID<Course>, content: ContentHash, bytes: [UInt8]) {
        self.id = id
        self.content = content
        self.bytes = bytes
    }

    /// What the source said last.
    ///
    /// - Throws: ``StoreError/damagedRecord(id:reason:)``.
    public func record() throws(StoreError) -> CourseRecord {
        do {
            return try CourseRecord(coded: try PackedBytes.unpack(bytes))
        } catch {
            throw .damagedRecord(id: id.value, reason: "\(error)")
        }
    }
}
