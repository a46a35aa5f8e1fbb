import CourseModel

/// schema.org's `Course` and `CourseInstance` as JSON-LD, in a file or in the script elements of an
/// HTML page.
///
/// Nodes may stand at the top, in a `@graph`, in the items of an `ItemList` or as the main entity of
/// a page, and may point to each other by `@id`. What is read is the vocabulary as pages use it, not
/// all of JSON-LD: contexts that rename schema.org's terms are not followed.
public enum SchemaOrg: FeedFormat {
    /// The name that is typed and stored.
    public static let name = "schema.org"
    /// The name that people use.
    public static let title = "schema.org JSON-LD"

    /// Whether a document begins as this format does.
    public static func recognises(_ opening: FeedOpening) -> Bool {
        switch opening.firstVisibleByte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            return String(decoding: opening.bytes, as: UTF8.self).contains("schema.org")
        case UInt8(ascii: "<"):
            // A page is claimed by its first tag; without a course in it reading refuses it.
            return SchemaOrgPage.looksLikePage(opening.bytes)
        default: return false
        }
    }

    /// Reads a feed, one course at a time.
    public static func read(
        _ input: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary {
        var reader = try SchemaOrgReader(input)
        return try reader.read(receive)
    }

    /// What writes the format.
    public static var writer: (any FeedWriter.Type)? { SchemaOrgWriter.self }
}

extension FeedOpening {
    /// The first byte that is neither white space nor a byte order mark.
    var firstVisibleByte: UInt8? {
        bytes.first { $0 > 32 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
    }
}
