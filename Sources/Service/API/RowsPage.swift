import Answers
import CourseModel
import Hummingbird

/// Something with, beside its own members, where it stands in the whole.
struct Page<Content: Encodable>: Encodable {
    var content: Content
    /// The generation that it is answered from.
    var generation: Int
    /// The cursor of what comes next; `null` at the end.
    var next: String?

    private enum CodingKeys: CodingKey { case generation, next }

    func encode(to encoder: any Encoder) throws {
        try content.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(generation, forKey: .generation)
        try container.encode(Nullable(next), forKey: .next)
    }
}

extension Call {
    /// Rows in the form that was asked for.
    ///
    /// - Parameters:
    ///   - json: The JSON form of the whole answer.
    ///   - line: The JSON form of one row, for lines of JSON.
    func respond(
        _ rows: [ResultRow], json: () throws -> some Encodable,
        line: (Int) throws -> any Encodable
    ) throws -> Response {
        switch type {
        case .ndjson:
            var text = ""
            for index in rows.indices { text += try JSONOutput.line(line(index)) + "\n" }
            return .text(text, as: type)
        case .csv:
            return .text(
                ([CSVOutput.heading] + rows.map(CSVOutput.cells)).map(CSVOutput.line).joined(),
                as: type)
        case .geoJSON: return .text(try GeoJSONOutput.text(rows), as: type)
        case .calendar: return .text(CalendarOutput.text(rows, made: today).text, as: type)
        default: return try .json(try json())
        }
    }
}

extension MediaType {
    /// The forms of a list of offerings.
    static let rows: [MediaType] = [.json, .ndjson, .csv, .geoJSON, .calendar]
}
