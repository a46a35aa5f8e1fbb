import CourseModel

/// The Open Education API, version 5: JSON as institutions answer it, read from a file and written.
///
/// An API has no feed format, so these documents are taken:
///
/// - a page of an answer, `{"pageSize": …, "items": […]}`, of courses, programs or offerings;
/// - an array of them;
/// - one of them, or several side by side: `{"course": {…}, "offering": {…}}`.
///
/// A course or program is our course. Its offerings stand beside it and point to it, hold it
/// expanded, or stand within it in a member `offerings`, as we write them: the schema allows more
/// members than it names.
///
/// The pages of collections, as a client downloads them, are one feed together: offerings of one page
/// find their courses in another, and when no page is missing the feed is full.
public enum OOAPI: PagedFormat {
    /// The name that is typed and stored.
    public static let name = "ooapi"
    /// The name that people use.
    public static let title = "OOAPI v5"

    /// Whether a document begins as this format does.
    public static func recognises(_ opening: FeedOpening) -> Bool {
        guard let first = opening.firstVisibleByte,
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return false }
        let text = String(decoding: opening.bytes, as: UTF8.self)
        // EDU-DEX has a form in JSON, whose programmes have a `programId` too.
        guard !text.contains("schema.org"), !text.contains("\"EDU-DEX") else { return false }
        return ["\"courseId\"", "\"programId\"", "\"offeringId\"", "\"pageSize\""].contains {
            text.contains($0)
        }
    }

    /// Reads a feed, one course at a time.
    public static func read(
        _ input: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary {
        try read([input], receive)
    }

    /// Reads the pages of a feed, one course at a time.
    public static func read(
        _ inputs: [FeedInput], _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary {
        var reader = OOAPIReader(inputs)
        return try reader.read(receive)
    }

    /// What writes the format.
    public static var writer: (any FeedWriter.Type)? { OOAPIWriter.self }
}
