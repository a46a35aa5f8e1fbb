import CourseModel
import XMLStream

/// Reads `geoCode`, a text of no fixed form.
enum EDUDEXCoordinates {
    /// `52.03,5.17`, with or without blanks, brackets and the words of WKT.
    static func parse(_ node: XMLNode?, _ issues: inout DiagnosticLog) -> Coordinates? {
        guard let node, let text = EDUDEXText.value(node) else { return nil }
        let numbers = text.split { !($0.isNumber || $0 == "." || $0 == "-") }
            .compactMap { Double($0) }
        if numbers.count == 2 {
            let isSwapped = text.uppercased().hasPrefix("POINT") || numbers[0] < numbers[1]
            // No place in Europe's Dutch-speaking part lies further east than north.
            if isSwapped, (3...8).contains(numbers[0]), (50...54).contains(numbers[1]) {
                if !text.uppercased().hasPrefix("POINT") {
                    issues.add(
                        .note, .coordinatesSwapped, at: node,
                        "“\(text)” has the longitude first; latitude comes first.")
                }
                return Coordinates(latitude: numbers[1], longitude: numbers[0])
            }
            if let point = Coordinates(latitude: numbers[0], longitude: numbers[1]) {
                return point
            }
        }
        issues.add(
            .note, .coordinatesUnreadable, at: node,
            "“\(text)” is no pair of coordinates; it was left out. Write 52.0312,5.1712.")
        return nil
    }
}
