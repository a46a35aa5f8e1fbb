import CourseModel
import XMLStream

/// A `location`, as the venue that it is.
enum LOQPlace {
    static func venue(_ node: XMLNode, _ log: inout DiagnosticLog) -> Venue {
        let id = node.attribute("id") ?? ""
        var venue = Venue(name: LOQTexts.plain(node, "geographicName"))
        if let own = OwnURN.parts(id, of: "venue") {
            venue.nativeID = own.first.flatMap { $0.isEmpty ? nil : $0 }
        } else {
            venue.nativeID = nonEmpty(id)
        }
        if let address = node.first("address") { venue.address = self.address(address) }
        if let geometry = node.first("geometry") {
            venue.coordinates = coordinates(geometry, &log)
        }
        return venue
    }

    /// An `address`: a text and a country.
    static func address(_ node: XMLNode) -> Address {
        let country = node.first("countryCode")?.attribute("uri")
            .flatMap { ISOCodes.country(LOQCodes.tail($0)) }
        let note = node.first("fullAddress")
        if let parts = LOQAddress.parts(note.flatMap(LOQTexts.subject), country: country) {
            return parts
        }
        let text = note?.first("noteLiteral")?.trimmedText
        return text.map { LOQAddress.read($0, country: country) } ?? Address(country: country)
    }

    private static func coordinates(
        _ node: XMLNode, _ log: inout DiagnosticLog
    ) -> Coordinates? {
        guard let north = node.first("latitude")?.trimmedText,
            let east = node.first("longitude")?.trimmedText
        else { return nil }
        if let latitude = Double(north), let longitude = Double(east),
            let point = Coordinates(latitude: latitude, longitude: longitude)
        {
            return point
        }
        log.add(
            .warning, .coordinatesUnreadable, at: node, field: "geometry",
            "The coordinates \(quoted(north)), \(quoted(east)) are no place on earth; they were "
                + "left out. Write degrees such as 52.03 and 5.17.")
        return nil
    }
}
