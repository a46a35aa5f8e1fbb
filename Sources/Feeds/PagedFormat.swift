import CourseModel

/// A format whose documents may be parts of one feed: a record of one may point to a record of
/// another, and only together they tell everything that is offered.
public protocol PagedFormat: FeedFormat {
    /// Reads documents as one feed, one course at a time.
    ///
    /// - Throws: ``FeedError``, or what `receive` throws.
    static func read(
        _ inputs: [FeedInput], _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary
}

/// Reads the documents of a source as one feed.
///
/// - Parameters:
///   - format: The name of their format; `nil` to recognise it.
///   - receive: Called for each item in the order of the feed; what it throws ends the reading.
/// - Returns: The sum over the documents.
/// - Throws: ``FeedError``, or what `receive` throws.
public func readFeed(
    _ inputs: [FeedInput], format: String? = nil, _ receive: (FeedItem) throws -> Void
) throws -> FeedSummary {
    if inputs.count > 1, let paged = try pagedFormat(of: inputs, named: format) {
        return try paged.read(inputs, receive)
    }
    var total: FeedSummary?
    for input in inputs {
        let summary = try readFeed(input, format: format, receive)
        total = total.map { $0.adding(summary) } ?? summary
    }
    return total ?? FeedSummary(format: format ?? "")
}

/// The format of which all of the documents are parts, when it is one with parts.
private func pagedFormat(
    of inputs: [FeedInput], named name: String?
) throws -> (any PagedFormat.Type)? {
    let named = try name.map { try Feeds.format(named: $0) }
    if let named, !(named is any PagedFormat.Type) { return nil }
    var found: (any PagedFormat.Type)?
    for input in inputs {
        // What is wrong with a document is told when it is read.
        guard let opening = try? FeedOpening(of: input),
            let format = Feeds.knownFormats.first(where: { $0.recognises(opening) }),
            let paged = format as? any PagedFormat.Type, paged.name == found?.name ?? paged.name
        else { return nil }
        found = paged
    }
    return named == nil || found?.name == name ? found : nil
}
