import CourseModel
import Settings

/// A profile that is being written, answer by answer, in the words of its author.
///
/// It keeps what was said ("+3 months", "mbo 3", "dinsdagavond") rather than what it means today, so
/// that the file still says it tomorrow.
public struct ProfileDraft: Hashable, Sendable {
    /// An answer.
    public enum Answer: Hashable, Sendable {
        /// One text, written in quotes.
        case text(String)
        /// Several texts.
        case list([String])
        /// A number as it was written.
        case number(String)

        /// An amount of euro as people type it: `€ 1.500`, `1500,50`.
        ///
        /// What is no amount stays as it is, to be refused when the profile is made.
        public static func euros(_ text: String) -> Answer { .text(FieldWords.euros(text)) }
    }

    /// The tables in the order in which they are written; the top stands first.
    private static let tables = [
        "", "occupation", "skills", "level", "home", "work", "future-work", "time", "needs",
        "money",
        "preferences", "team",
    ]

    private var answers: [(table: String, field: String, answer: Answer)] = []

    /// A draft that says nothing.
    public init() {}

    /// Two drafts are the same when they are written the same.
    public static func == (first: ProfileDraft, second: ProfileDraft) -> Bool {
        first.toml == second.toml
    }

    /// Hashes what is written.
    public func hash(into hasher: inout Hasher) { hasher.combine(toml) }

    /// Sets a field, such as `home.place`; the last answer counts, and `nil` takes it back.
    public subscript(path: String) -> Answer? {
        get { index(of: path).map { answers[$0].answer } }
        set {
            if let index = index(of: path) { answers.remove(at: index) }
            guard let newValue else { return }
            let (table, field) = Self.parts(path)
            answers.append((table, field, newValue))
        }
    }

    /// The profile as TOML, in the order of the documentation.
    public var toml: String {
        var text = ""
        for table in Self.tables {
            let fields = answers.filter { $0.table == table }
            guard !fields.isEmpty else { continue }
            if !table.isEmpty { text += (text.isEmpty ? "" : "\n") + "[\(table)]\n" }
            for (_, field, answer) in fields { text += "\(field) = \(Self.written(answer))\n" }
        }
        return text
    }

    /// The profile that the draft makes.
    ///
    /// - Throws: ``SettingsFaults``: what is wrong with an answer, as when its file is read.
    public func profile(
        file: String, today: CalendarDate, schemes: [FundingScheme] = []
    ) throws(SettingsFaults) -> Profile {
        try Profile.read(toml, file: file, today: today, schemes: schemes)
    }

    private func index(of path: String) -> Int? {
        let (table, field) = Self.parts(path)
        return answers.firstIndex { $0.table == table && $0.field == field }
    }

    private static func parts(_ path: String) -> (table: String, field: String) {
        let parts = path.split(separator: ".").map(String.init)
        precondition(
            parts.count == 1 || parts.count == 2 && tables.contains(parts[0]),
            "a field stands at the top or in a table of a profile")
        return parts.count == 2 ? (parts[0], parts[1]) : ("", path)
    }

    private static func written(_ answer: Answer) -> String {
        switch answer {
        case .text(let text): quoted(text)
        case .list(let texts): "[" + texts.map(quoted).joined(separator: ", ") + "]"
        case .number(let text): text
        }
    }

    /// A basic string of TOML 1.0: what cannot stand in it is escaped.
    private static func quoted(_ text: String) -> String {
        var written = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": written += "\\\""
            case "\\": written += "\\\\"
            case "\n": written += "\\n"
            case "\t": written += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written + "\""
    }
}
