import Answers
import CourseModel
import Ingest
import Quality

/// The report in the Static Analysis Results Interchange Format 2.1.0 (OASIS, 2020), which code
/// forges and editors show beside the lines it is about.
///
/// Results are written as they come; the rules that they refer to stand behind them.
struct CheckSARIF: CheckOutput {
    let language: AnswerLanguage
    private var codes: Set<DiagnosticCode> = []
    private var results = 0
    private var feeds: [FeedReport] = []
    private var failures: [Notification] = []

    init(language: AnswerLanguage) { self.language = language }

    func begin() throws {
        try Console.write(
            #"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","#
                + #""runs":[{"columnKind":"unicodeCodePoints","results":["#, to: 1)
    }

    func begin(feed: String) {}

    mutating func write(_ diagnostic: Diagnostic) throws {
        codes.insert(diagnostic.code)
        let line = try JSONOutput.line(Result(diagnostic))
        try Console.write((results > 0 ? ",\n" : "\n") + line, to: 1)
        results += 1
    }

    mutating func end(feed: String, _ checked: CheckedFeed, _ counts: FaultCounts) {
        feeds.append(FeedReport(feed: feed, checked, counts))
    }

    mutating func end(feed: String, failure: Failure) {
        failures.append(
            Notification(
                level: "error", message: Message(text: failure.message),
                locations: [Location(file: feed, position: nil)]))
    }

    func end(status: Failure.Status?) throws {
        let rules = codes.sorted().map { Rule($0, language) }
        let driver = Driver(
            name: "Leerwijzer", version: Leerwijzer.configuration.version, rules: rules)
        let invocation = Invocation(
            executionSuccessful: failures.isEmpty, exitCode: status?.rawValue ?? 0,
            toolExecutionNotifications: failures)
        let tail = try JSONOutput.line(
            Tail(
                tool: Tool(driver: driver), invocations: [invocation],
                properties: Properties(feeds: feeds)))
        try Console.print("\n],\(tail.dropFirst())]}")
    }

    private struct Message: Encodable {
        var text: String
    }

    private struct Result: Encodable {
        var ruleId: String
        var level: String
        var message: Message
        var locations: [Location]

        init(_ diagnostic: Diagnostic) {
            ruleId = diagnostic.code.name
            level = diagnostic.severity.rawValue
            message = Message(text: diagnostic.message)
            var location = Location(file: diagnostic.file, position: diagnostic.position)
            if let record = diagnostic.record {
                let whole = [record, diagnostic.field].compactMap { $0 }.joined(separator: "/")
                location.logicalLocations = [
                    LogicalLocation(name: record, fullyQualifiedName: whole, kind: "element")
                ]
            }
            locations = [location]
        }
    }

    private struct Location: Encodable {
        struct Physical: Encodable {
            var artifactLocation: Artifact
            var region: Region?
        }

        struct Artifact: Encodable {
            var uri: String
        }

        struct Region: Encodable {
            var startLine: Int
            var startColumn: Int
        }

        var physicalLocation: Physical
        var logicalLocations: [LogicalLocation]?

        init(file: String, position: SourcePosition?) {
            physicalLocation = Physical(
                artifactLocation: Artifact(uri: Self.reference(file)),
                region: position.map { Region(startLine: $0.line, startColumn: $0.column) })
        }

        /// A path as a URI reference (RFC 3986): a relative path stays relative.
        private static func reference(_ path: String) -> String {
            if path.contains("://") { return path }
            var out = path.hasPrefix("/") ? "file://" : ""
            let hex = Array("0123456789ABCDEF")
            for byte in path.utf8 {
                switch byte {
                case 48...57, 65...90, 97...122, 45, 46, 47, 95, 126:
                    out.unicodeScalars.append(Unicode.Scalar(byte))
                default: out += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
                }
            }
            return out
        }
    }

    private struct LogicalLocation: Encodable {
        var name: String
        var fullyQualifiedName: String
        var kind: String
    }

    private struct Rule: Encodable {
        var id: String
        var shortDescription: Message?
        var fullDescription: Message?
        var help: Message?

        init(_ code: DiagnosticCode, _ language: AnswerLanguage) {
            id = code.name
            guard let known = DiagnosticCatalogue.explanation(of: code) else { return }
            shortDescription = Message(text: language(known.title))
            fullDescription = Message(text: language(known.reason))
            help = Message(
                text: language(nl: "Niet: ", en: "Not: ") + known.wrong
                    + language(nl: " Maar: ", en: " But: ") + known.right)
        }
    }

    private struct Driver: Encodable {
        var name: String
        var version: String
        var rules: [Rule]
    }

    private struct Tool: Encodable {
        var driver: Driver
    }

    private struct Notification: Encodable {
        var level: String
        var message: Message
        var locations: [Location]
    }

    private struct Invocation: Encodable {
        var executionSuccessful: Bool
        var exitCode: Int32
        var toolExecutionNotifications: [Notification]
    }

    private struct Properties: Encodable {
        var feeds: [FeedReport]
    }

    private struct Tail: Encodable {
        var tool: Tool
        var invocations: [Invocation]
        var properties: Properties
    }
}

extension AnswerLanguage {
    /// The wording in this language.
    func callAsFunction(_ text: DiagnosticExplanation.Text) -> String {
        self == .nl ? text.dutch : text.english
    }
}
