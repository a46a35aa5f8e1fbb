/// A stretch of a document that could not be read as XML; reading goes on behind it.
public struct XMLDamage: Sendable, Hashable {
    /// The local name of the record that is lost, or empty when the damage lies outside records.
    public var recordName: String

    /// Where the stretch starts: the record's start tag, or the faulty markup.
    public var position: XMLPosition

    /// Where the fault itself was met.
    public var faultPosition: XMLPosition

    /// Exactly the original bytes of the stretch.
    public var bytes: [UInt8]

    /// What is wrong, for the owner of the document.
    public var message: String

    /// Damage from its parts.
    public init(
        recordName: String, position: XMLPosition, faultPosition: XMLPosition, bytes: [UInt8],
        message: String
    ) {
        self.recordName = recordName
        self.position = position
        self.faultPosition = faultPosition
        self.bytes = bytes
        self.message = message
    }

    /// Where the stretch lies in the original bytes of the document.
    public var byteRange: Range<Int> {
        position.byteOffset..<position.byteOffset + bytes.count
    }
}
