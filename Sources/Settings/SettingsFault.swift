import CourseModel

/// A fault in a file that a person wrote: where it stands, in which field, and what to do.
public struct SettingsFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as it was named.
    public let file: String
    /// 1-based line, when known.
    public let line: Int?
    /// The path of the field, such as `work.within` or `partner[2].source[1].feed`.
    public let field: String
    /// What is wrong and what to do, in English.
    public let message: String
    /// The same in Dutch; `nil` for what only those read who look after a catalogue.
    public let dutchMessage: String?

    /// A fault.
    public init(
        file: String, line: Int?, field: String, message: String, dutchMessage: String? = nil
    ) {
        self.file = file
        self.line = line
        self.field = field
        self.message = message
        self.dutchMessage = dutchMessage
    }

    /// A fault in both languages.
    public init(file: String, line: Int?, field: String, _ text: FaultText) {
        self.init(
            file: file, line: line, field: field, message: text.english,
            dutchMessage: text.dutch)
    }

    /// What is wrong and what to do, in Dutch where that is asked for and known.
    public func message(in language: LanguageTag) -> String {
        language == .dutch ? dutchMessage ?? message : message
    }

    /// `file:line: field: message`.
    public func description(in language: LanguageTag) -> String {
        let place = line.map { "\(file):\($0)" } ?? file
        let message = message(in: language)
        return field.isEmpty ? "\(place): \(message)" : "\(place): \(field): \(message)"
    }

    /// `file:line: field: message`, in English.
    public var description: String { description(in: .english) }
}

/// All faults found in one file, or in files that belong together, so that a person mends them in one
/// go.
public struct SettingsFaults: Error, Sendable, CustomStringConvertible {
    /// The faults, file by file in the order of the file.
    public let faults: [SettingsFault]

    /// Faults found together; at least one.
    public init(_ faults: [SettingsFault]) {
        self.faults = faults.sorted {
            ($0.file, $0.line ?? 0, $0.field) < ($1.file, $1.line ?? 0, $1.field)
        }
    }

    /// One fault a line.
    public func description(in language: LanguageTag) -> String {
        faults.map { $0.description(in: language) }.joined(separator: "\n")
    }

    /// One fault a line, in English.
    public var description: String { description(in: .english) }
}
