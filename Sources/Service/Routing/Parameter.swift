import Settings

/// A parameter of an operation: what it is called, what it takes, and what it means.
///
/// The same value checks requests and describes itself in the OpenAPI document, so that the two
/// cannot differ.
public struct Parameter: Sendable {
    /// What a parameter takes.
    public enum Form: Sendable {
        /// Any text, up to a number of characters.
        case text(upTo: Int)
        /// One of these.
        case choice([String])
        /// A whole number in a range.
        case integer(ClosedRange<Int>)
        /// `true` or `false`; the bare name in a query means `true`.
        case flag
    }

    /// Where it stands.
    public enum Place: String, Sendable {
        /// Behind the `?`.
        case query
        /// In the path.
        case path
    }

    /// Its name.
    public let name: String
    /// What it means, in a sentence.
    public let help: String
    /// What it takes.
    public let form: Form
    /// Where it stands.
    public let place: Place
    /// Whether it has to be there.
    public let isRequired: Bool
    /// How often it may be given; `nil` for once.
    public let times: ClosedRange<Int>?
    /// What counts when it is not given, as it is written.
    public let usual: String?
    /// Values that show how it is written.
    public let examples: [String]

    /// A parameter of a query.
    public init(
        _ name: String, _ form: Form, _ help: String, isRequired: Bool = false,
        times: ClosedRange<Int>? = nil, usual: String? = nil, examples: [String] = []
    ) {
        self.init(
            name, form, help, place: .query, isRequired: isRequired, times: times,
            usual: usual, examples: examples)
    }

    private init(
        _ name: String, _ form: Form, _ help: String, place: Place, isRequired: Bool,
        times: ClosedRange<Int>?, usual: String?, examples: [String]
    ) {
        self.name = name
        self.form = form
        self.help = help
        self.place = place
        self.isRequired = isRequired
        self.times = times
        self.usual = usual
        self.examples = examples
    }

    /// A parameter in the path.
    public static func path(
        _ name: String, _ help: String, examples: [String] = []
    ) -> Parameter {
        Parameter(
            name, .text(upTo: 1000), help, place: .path, isRequired: true, times: nil,
            usual: nil, examples: examples)
    }

    /// What is wrong with a value; `nil` when nothing is.
    func fault(in value: String) -> String? {
        switch form {
        case .text(let limit):
            value.unicodeScalars.count > limit ? "takes at most \(limit) characters" : nil
        case .choice(let choices):
            choices.contains(value) ? nil : Self.wrongChoice(value, among: choices)
        case .integer(let range):
            Self.integer(value).map(range.contains) == true
                ? nil : "takes a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .flag: ["true", "false"].contains(value) ? nil : "takes true or false"
        }
    }

    /// A whole number in its one way of writing: no sign before what is positive, no leading zeros.
    static func integer(_ text: String) -> Int? {
        guard let number = Int(text), "\(number)" == text else { return nil }
        return number
    }

    private static func wrongChoice(_ value: String, among choices: [String]) -> String {
        let hint = nearest(to: value, among: choices).map { "; did you mean “\($0)”?" } ?? ""
        return "takes \(choices.joined(separator: ", "))\(hint)"
    }

    /// The JSON schema of a value.
    var schema: JSONValue {
        var schema: [String: JSONValue]
        switch form {
        case .text(let limit): schema = ["type": "string", "maxLength": .integer(limit)]
        case .choice(let choices):
            schema = ["type": "string", "enum": .array(choices.map { .string($0) })]
        case .integer(let range):
            schema = [
                "type": "integer", "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ]
        case .flag: schema = ["type": "boolean"]
        }
        if let usual {
            switch form {
            case .text, .choice: schema["default"] = .string(usual)
            case .integer: schema["default"] = Int(usual).map { .integer($0) }
            case .flag: schema["default"] = .bool(usual == "true")
            }
        }
        if !examples.isEmpty { schema["examples"] = .array(examples.map { .string($0) }) }
        guard let times else { return .object(schema) }
        return [
            "type": "array", "items": .object(schema), "minItems": .integer(times.lowerBound),
            "maxItems": .integer(times.upperBound),
        ]
    }
}
