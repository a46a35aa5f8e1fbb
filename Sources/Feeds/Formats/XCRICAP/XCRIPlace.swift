import CourseModel
import XMLStream

/// Where something is: `mlo:location`, or the address elements that XCRI-CAP 1.1 puts directly into
/// provider and venue.
struct XCRIPlace {
    var address = Address()
    var contact = Contact()
    private var latitude: Double?
    private var longitude: Double?
    private(set) var coordinates: Coordinates?

    /// Takes an element of an address.
    ///
    /// - Returns: Whether it was one.
    mutating func take(_ node: XMLNode, _ name: XCRIName, _ log: inout DiagnosticLog) -> Bool {
        switch name {
        case .street: address.street = node.foldedText ?? address.street
        case .town: address.city = node.foldedText ?? address.city
        case .postcode: address.postcode = node.foldedText ?? address.postcode
        case .address: takeLine(node, &log)
        case .latitude: takeCoordinate(node, isLatitude: true, &log)
        case .longitude: takeCoordinate(node, isLatitude: false, &log)
        case .phone: contact.telephone = node.foldedText ?? contact.telephone
        case .email: takeEmail(node)
        case .fax: break
        case .location: takeAll(of: node, &log)
        default: return false
        }
        return true
    }

    /// Takes what is in an `mlo:location`.
    mutating func takeAll(of location: XMLNode, _ log: inout DiagnosticLog) {
        for child in location.children {
            guard let name = XCRIName(child) else { continue }
            if name == .url {
                contact.url = child.trimmedText.flatMap(cleanURL) ?? contact.url
            } else {
                _ = take(child, name, &log)
            }
        }
    }

    /// Puts latitude and longitude together once both are read.
    mutating func finish(_ node: XMLNode, _ log: inout DiagnosticLog) {
        guard coordinates == nil, let lat = latitude, let long = longitude else { return }
        coordinates = statedCoordinates(
            latitude: lat, longitude: long, at: node, field: "address", &log)
    }

    private mutating func takeLine(_ node: XMLNode, _ log: inout DiagnosticLog) {
        switch XCRICodes.typeName(node.attribute("type")) {
        case "lat":
            takeCoordinate(node, isLatitude: true, &log)
            return
        case "long", "lon":
            takeCoordinate(node, isLatitude: false, &log)
            return
        default: break
        }
        guard let text = node.trimmedText else { return }
        guard text.utf8.contains(where: { $0 == 10 || $0 == 13 }) else {
            takeLine(foldedSpaces(text))
            return
        }
        for line in text.utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
            takeLine(foldedSpaces(String(decoding: line, as: UTF8.self)))
        }
    }

    private mutating func takeLine(_ folded: String) {
        if folded.isEmpty { return }
        if folded.hasPrefix("geo:"), let point = Self.geoURI(folded) {
            coordinates = point
        } else if address.country == nil, folded.utf8.count == 2,
            folded.utf8.allSatisfy({ 65...90 ~= $0 })
        {
            address.country = folded
        } else {
            address.other.append(folded)
        }
    }

    private mutating func takeCoordinate(
        _ node: XMLNode, isLatitude: Bool, _ log: inout DiagnosticLog
    ) {
        guard let text = node.trimmedText else { return }
        guard
            let value = Double(
                text.utf8.contains(44) ? text.map { $0 == "," ? "." : $0 }.text : text)
        else {
            log.add(
                .warning, .coordinatesUnreadable, at: node, field: "address",
                "A coordinate is \(quoted(text)), no number; it was left out. "
                    + "Give decimal degrees, WGS 84.")
            return
        }
        if isLatitude { latitude = value } else { longitude = value }
    }

    private mutating func takeEmail(_ node: XMLNode) {
        guard let text = node.foldedText else { return }
        if !text.utf8.contains(64), let url = cleanURL(text) {
            contact.url = contact.url ?? url
        } else {
            contact.email = text
        }
    }

    /// `geo:52.0346,5.1682` (RFC 5870), the form in which we write coordinates.
    static func geoURI(_ text: String) -> Coordinates? {
        let parts = text.dropFirst(4).prefix { $0 != ";" && $0 != "?" }.split(separator: ",")
        guard parts.count >= 2, let lat = Double(parts[0]), let long = Double(parts[1]) else {
            return nil
        }
        return Coordinates(latitude: lat, longitude: long)
    }
}

extension [Character] {
    fileprivate var text: String { String(self) }
}

/// The country that a postcode gives away by its form.
enum PostcodeCountry {
    /// GB for `KY1 1EX`, NL for `3992 AB`; `nil` for all other forms.
    static func of(_ postcode: String) -> String? {
        if let dutch = DutchPostcode(postcode), dutch.letters != nil { return "NL" }
        return isBritish(postcode) ? "GB" : nil
    }

    /// Two letters at most, a digit, a digit or letter at most; then a digit and two letters.
    private static func isBritish(_ postcode: String) -> Bool {
        let bytes = postcode.utf8.filter { $0 != 32 }.map { 97...122 ~= $0 ? $0 - 32 : $0 }
        guard (5...7).contains(bytes.count) else { return false }
        func isLetter(_ byte: UInt8) -> Bool { 65...90 ~= byte }
        func isDigit(_ byte: UInt8) -> Bool { 48...57 ~= byte }
        let inward = bytes.suffix(3)
        guard let digit = inward.first, isDigit(digit), inward.dropFirst().allSatisfy(isLetter)
        else { return false }
        let outward = bytes.dropLast(3)
        let letters = outward.prefix(while: isLetter).count
        let rest = outward.dropFirst(letters)
        guard (1...2).contains(letters), let first = rest.first, isDigit(first) else {
            return false
        }
        return rest.count == 1 || rest.count == 2 && (isDigit(rest.last!) || isLetter(rest.last!))
    }
}
