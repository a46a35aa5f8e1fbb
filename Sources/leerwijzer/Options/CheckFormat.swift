import ArgumentParser
import Feeds

/// How `check` takes a feed and gives its report.
///
/// Feed formats and report forms have different names, so one option takes both:
/// `--format xcri-cap --format sarif`.
struct CheckFormat: ParsableArguments {
    /// The forms of a report.
    enum Form: String, CaseIterable {
        case table, json, sarif, html
    }

    @Option(
        help: ArgumentHelp(
            "Form of the report (\(Form.allCases.map(\.rawValue).joined(separator: ", "))) or "
                + "format of the feed "
                + "(\(Feeds.knownFormats.map { $0.name }.joined(separator: ", "))); may be given "
                + "twice.",
            valueName: "name"))
    var format: [String] = []

    /// The form of the report.
    var form: Form { format.lazy.compactMap(Form.init).first ?? .table }

    /// The format to read the feed in; `nil` to recognise it.
    var feedFormat: String? { format.first { Form(rawValue: $0) == nil } }

    func validate() throws {
        let known = Feeds.knownFormats.map { $0.name }
        for name in format where Form(rawValue: name) == nil && !known.contains(name) {
            throw ValidationError(
                "“\(name)” is neither a form of report "
                    + "(\(Form.allCases.map(\.rawValue).joined(separator: ", "))) nor a format of "
                    + "feeds (\(known.joined(separator: ", ")))")
        }
        guard format.count(where: { Form(rawValue: $0) == nil }) <= 1 else {
            throw ValidationError("a feed is in one format; name one")
        }
        guard format.count(where: { Form(rawValue: $0) != nil }) <= 1 else {
            throw ValidationError("a report has one form; name one")
        }
    }
}
