/// A provider as bytes.
///
/// Layout: version, provider, then the file and position it was read at.
public struct CodedProvider: Hashable, Sendable {
    /// All of it, to be kept and read back.
    public let bytes: [UInt8]
    /// The bytes of what the feed says, without where it says it.
    public let content: Range<Int>

    /// The version that is written.
    ///
    /// Every version ever written can be read.
    public static let version: UInt8 = 1

    /// Codes a provider.
    public init(_ provider: Provider) {
        var writer = RecordWriter(capacity: 512)
        writer.write(byte: Self.version)
        let start = writer.count
        writer.write(provider.id)
        writer.write(provider.nativeID)
        writer.write(provider.name)
        writer.write(provider.provenance, beside: nil)
        writer.write(provider.description)
        writer.write(provider.url)
        writer.write(provider.image)
        writer.write(provider.location)
        writer.write(provider.contacts)
        writer.write(provider.codes)
        writer.write(provider.accreditations)
        content = start..<writer.count
        writer.write(placeOf: provider.provenance, beside: nil)
        bytes = writer.bytes
    }
}

extension Provider {
    /// Reads the bytes of a ``CodedProvider``.
    ///
    /// - Throws: ``CodingError`` for bytes that no version of the program has written.
    public init(coded bytes: [UInt8]) throws(CodingError) {
        var reader = RecordReader(bytes)
        let version = try reader.byte()
        guard version == CodedProvider.version else { throw .unknownVersion(version) }
        let id = try reader.value(ID<Provider>.self)
        let nativeID = try reader.string()
        let name = try reader.value(LocalizedText.self)
        self.init(
            id: id, nativeID: nativeID, name: name,
            provenance: try reader.provenance(beside: nil))
        description = try reader.value()
        url = try reader.optionalString()
        image = try reader.optional()
        location = try reader.optional()
        contacts = try reader.list()
        codes = try reader.list()
        accreditations = try reader.strings()
        try reader.place(into: &provenance, beside: nil)
        try reader.end()
    }
}
