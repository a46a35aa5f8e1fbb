import CourseModel
import XMLStream

/// Reads `geoCode`, a text of no fixed form.
enum EDUDEXCoordinates {
    /// `52.03,5.17`, with or without blanks and brackets, and WKT's `POINT(5.17 52.03)`.
    static func parse(_ node: XMLNode?, _ issues: inout DiagnosticLog) -> Coordinates? {
        guard let node, let text = EDUDEXText.value(node) else { return nil }
        let numbers = text.split { !($0.isNumber || $0 == "." || $0 == "-") }
            .compactMap { Double($0) }
        guard numbers.count == 2 else {
            issues.add(
                .warning, .coordinatesUnreadable, at: node,
                "“\(text)” is no pair of coordinates; it was left out. Write 52.0312,5.1712.")
            return nil
        }
        let isWKT = text.uppercased().hasPrefix("POINT")
        return statedCoordinates(
            latitude: numbers[isWKT ? 1 : 0], longitude: numbers[isWKT ? 0 : 1], at: node,
            field: "geoCode", &issues)
    }
}
