import ArgumentParser
import Feeds

/// How `ingest` and `check` take a feed and give their report.
///
/// Feed formats and report forms have different names, so one option takes both:
/// `--format xcri-cap --format json`.
struct ReportFormat: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Form of the report (table, json) or format of the feed "
                + "(\(Feeds.knownFormats.map { $0.name }.joined(separator: ", "))); may be given twice.",
            valueName: "name"))
    var format: [String] = []

    /// Whether the report is JSON.
    var isJSON: Bool { format.contains("json") }

    /// The format to read the feed in; `nil` to recognise it.
    var feedFormat: String? { format.first { !Self.forms.contains($0) } }

    private static let forms = ["table", "json"]

    func validate() throws {
        let known = Feeds.knownFormats.map { $0.name }
        for name in format where !Self.forms.contains(name) && !known.contains(name) {
            throw ValidationError(
                "“\(name)” is neither a form of report (\(Self.forms.joined(separator: ", "))) "
                    + "nor a format of feeds (\(known.joined(separator: ", ")))")
        }
        guard format.count(where: { !Self.forms.contains($0) }) <= 1 else {
            throw ValidationError("a feed is in one format; name one")
        }
    }
}
