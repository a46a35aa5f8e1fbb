import CourseModel
import XMLStream

/// The point that two texts name, in decimal degrees.
///
/// Zero, zero is a form that was never filled in. What is no number or not on earth is left out with
/// a diagnostic; a swapped pair is put right.
func statedCoordinates(
    latitude: String?, longitude: String?, at node: XMLNode?, field: String,
    _ log: inout DiagnosticLog
) -> Coordinates? {
    guard let first = latitude.flatMap(nonEmpty), let second = longitude.flatMap(nonEmpty) else {
        return nil
    }
    guard let lat = degrees(first), let long = degrees(second) else {
        log.add(
            .warning, .coordinatesUnreadable, at: node, field: field,
            "The coordinates are \(quoted(first)) and \(quoted(second)), no numbers; they were "
                + "left out. Give decimal degrees, WGS 84.")
        return nil
    }
    return statedCoordinates(latitude: lat, longitude: long, at: node, field: field, &log)
}

/// The point that two numbers name; see ``statedCoordinates(latitude:longitude:at:field:_:)``.
func statedCoordinates(
    latitude lat: Double, longitude long: Double, at node: XMLNode?, field: String,
    _ log: inout DiagnosticLog
) -> Coordinates? {
    guard lat != 0 || long != 0 else { return nil }
    if abs(lat) < 15, (49...61).contains(long) {
        log.add(
            .warning, .coordinatesSwapped, at: node, field: field,
            "Latitude \(lat) and longitude \(long) were swapped, since only the other order lies "
                + "in Western Europe. Give the latitude as latitude.")
        return Coordinates(latitude: long, longitude: lat)
    }
    if let point = Coordinates(latitude: lat, longitude: long) { return point }
    log.add(
        .warning, .coordinatesUnreadable, at: node, field: field,
        "Latitude \(lat) and longitude \(long) are not on earth; they were left out. "
            + "Give decimal degrees, WGS 84.")
    return nil
}

/// Degrees with a point or a comma before the decimals.
private func degrees(_ text: String) -> Double? {
    Double(String(text.map { $0 == "," ? "." : $0 }))
}
