/// How much a document may ask of its reader; each excess is a case of ``XMLError``.
///
/// The standard values are some ten times what the largest real course feed needs, and small
/// enough that a hostile document cannot exhaust memory.
public struct XMLLimits: Sendable, Hashable {
    /// Open elements, the root being 1; at most 250, since libxml2 itself stops at 256.
    public var depth: Int

    /// Bytes (UTF-8) of one element or attribute name with its prefix.
    public var nameBytes: Int

    /// Different names (with prefix and namespace) and languages in one document.
    public var distinctNames: Int

    /// Attributes of one element, namespace declarations included.
    public var attributesPerElement: Int

    /// Bytes (UTF-8) of one attribute value.
    public var attributeBytes: Int

    /// Bytes (UTF-8) of one run of text; at most 9,000,000, since libxml2 itself stops at ten
    /// million.
    public var textBytes: Int

    /// Original bytes of one element that is held whole: a record, or a captured element.
    public var recordBytes: Int

    /// Bytes that entity references may yield for each byte of the document read so far; the
    /// first 100,000 bytes are free.
    public var entityAmplification: Int

    /// How many times as much as the document holds may be read in all, since reading starts again
    /// before each fault; the first megabyte counts as two.
    public var rereading: Int

    /// Original bytes of the document.
    public var totalBytes: Int

    /// The limits for feeds of unknown partners.
    public static let standard = XMLLimits()

    /// Limits, each the standard one unless given.
    public init(
        depth: Int = 200,
        nameBytes: Int = 1_000,
        distinctNames: Int = 50_000,
        attributesPerElement: Int = 256,
        attributeBytes: Int = 1_000_000,
        textBytes: Int = 8_000_000,
        recordBytes: Int = 16_000_000,
        entityAmplification: Int = 5,
        rereading: Int = 50,
        totalBytes: Int = 16_000_000_000
    ) {
        self.depth = min(depth, 250)
        self.nameBytes = nameBytes
        self.distinctNames = distinctNames
        self.attributesPerElement = attributesPerElement
        self.attributeBytes = attributeBytes
        self.textBytes = min(textBytes, 9_000_000)
        self.recordBytes = recordBytes
        self.entityAmplification = entityAmplification
        self.rereading = rereading
        self.totalBytes = totalBytes
    }
}
