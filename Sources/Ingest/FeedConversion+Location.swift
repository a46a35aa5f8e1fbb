import CourseModel
import Feeds

extension FeedConversion {
    /// Reads a feed at a place, then writes it.
    ///
    /// - Parameters:
    ///   - location: A file, a folder, or `-` for standard input.
    ///   - format: The name of the format to read; `nil` to recognise it.
    ///   - currency: The currency of amounts that name none.
    ///   - told: Called for each fault of the feed.
    /// - Throws: ``FeedError``, ``IngestError``, and what `told` throws.
    public mutating func run(
        location: String, format: String?, currency: Currency?, today: CalendarDate,
        to destination: FeedDestination, told: (Diagnostic) throws -> Void
    ) throws -> Outcome {
        let inputs = try FeedFiles.inputs(
            at: location, source: ID("feed"), currency: currency, today: today)
        return try run(inputs, format: format, to: destination, told: told)
    }
}
