import CourseModel
import Feeds

/// Rows as comma-separated values (RFC 4180), with a heading.
public enum CSVOutput {
    /// The names of the columns.
    public static let heading = [
        "course", "offering", "title", "provider", "kind", "level", "start", "end", "modes",
        "place",
        "lat", "lon", "distance_km", "travel_minutes", "price", "currency", "includes_vat",
        "status",
        "url", "score",
    ]

    /// A row's cells, in the order of ``heading``.
    public static func cells(_ row: ResultRow) -> [String] {
        let json = row.json
        return [
            json.course, json.offering, json.title, json.provider, json.kind,
            json.level.value.map(String.init) ?? "", json.start.value ?? "", json.end.value ?? "",
            json.modes.joined(separator: " "), json.place, json.lat.value.map { "\($0)" } ?? "",
            json.lon.value.map { "\($0)" } ?? "", json.distanceKm.value.map { "\($0)" } ?? "",
            json.travelMinutes.value.map(String.init) ?? "", json.price.value?.amount ?? "",
            json.price.value?.currency ?? "",
            (json.price.value?.includesVAT.value).map { $0.map { "\($0)" } ?? "" } ?? "",
            json.status, json.url.value ?? "", "\(json.score)",
        ]
    }

    /// One line with its line end.
    public static func line(_ cells: [String]) -> String {
        cells.map(quoted).joined(separator: ",") + "\r\n"
    }

    /// A cell that a spreadsheet takes as text: what starts like a formula gets an apostrophe before
    /// it, since feeds are not trusted.
    private static func quoted(_ cell: String) -> String {
        let cell = SpreadsheetText.written(cell)
        guard cell.contains(where: { ",\"\n\r\r\n".contains($0) }) else { return cell }
        return "\""
            + cell.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
