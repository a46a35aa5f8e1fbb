import CourseModel

/// A value of a settings file, with where it stands.
public struct SettingsNode: Sendable {
    /// What TOML and JSON can both say.
    public indirect enum Value: Sendable {
        /// Text.
        case string(String)
        /// A whole number.
        case integer(Int)
        /// A number with a fraction.
        case number(Double)
        /// True or false.
        case boolean(Bool)
        /// A day; JSON writes days as text.
        case date(CalendarDate)
        /// A list.
        case list([SettingsNode])
        /// A table.
        case table([String: SettingsNode])
        /// JSON's `null`, which means absent.
        case null
    }

    /// What stands there.
    public let value: Value
    /// The path from the top, such as `work.within`.
    public let path: String
    /// 1-based line, when known.
    public var line: Int? { place.line }

    let place: Place

    /// On which line something stands.
    enum Place: Sendable {
        case known(Int?)
        case at(path: String, TOMLLines)

        var line: Int? {
            switch self {
            case .known(let line): line
            case .at(let path, let lines): lines.line(of: path)
            }
        }
    }

    /// A value.
    public init(_ value: Value, path: String, line: Int?) {
        self.init(value, path: path, place: .known(line))
    }

    init(_ value: Value, path: String, place: Place) {
        self.value = value
        self.path = path
        self.place = place
    }

    /// What kind of value this is, in a person's words.
    var kind: FaultText {
        switch value {
        case .string: FaultText(nl: "tekst", en: "text")
        case .integer: FaultText(nl: "een heel getal", en: "a whole number")
        case .number: FaultText(nl: "een getal", en: "a number")
        case .boolean: FaultText(nl: "true of false", en: "true or false")
        case .date: FaultText(nl: "een datum", en: "a date")
        case .list: FaultText(nl: "een lijst", en: "a list")
        case .table: FaultText(nl: "een tabel", en: "a table")
        case .null: FaultText(nl: "null", en: "null")
        }
    }
}
