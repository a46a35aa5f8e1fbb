import CourseModel
import XMLStream

/// Names, addresses and ways to reach someone: `coordonnees` and `adresse`.
enum LHEOPlace {
    /// The venue that a `lieu-de-formation` or `coordonnees-organisme` describes.
    static func venue(_ holder: XMLNode, _ log: inout DiagnosticLog) -> Venue? {
        let details = holder.first("coordonnees") ?? holder
        guard let element = details.first("adresse") else { return nil }
        var venue = Venue(address: address(element), coordinates: nil)
        let lines = details.all("ligne").compactMap { $0.line(without: LHEOWords.fillers) }
        let name =
            lines.first ?? element.line("denomination", without: LHEOWords.fillers)
            ?? details.line("nom", without: LHEOWords.fillers)
        if let name { venue.name = LocalizedText(name) }
        venue.address.other += lines.dropFirst()
        venue.nativeID = holder.descendants("code-UAI").first?.line(without: LHEOWords.noCodes)
        if let point = element.first("geolocalisation") {
            venue.coordinates = statedCoordinates(
                latitude: point.line("latitude"), longitude: point.line("longitude"), at: point,
                field: "geolocalisation", &log)
        }
        venue.url = url(details.first("web"), &log)
        return venue == Venue() ? nil : venue
    }

    /// The last line is the street; those before it say where it is more closely.
    private static func address(_ element: XMLNode) -> Address {
        var lines = element.all("ligne").compactMap { $0.line(without: LHEOWords.fillers) }
        var address = Address(
            street: lines.popLast(),
            postcode: element.line("codepostal", without: LHEOWords.noCodes),
            city: element.line("ville", without: LHEOWords.fillers))
        address.other = lines
        address.country = element.line("pays", without: LHEOWords.fillers).flatMap(countryCode)
        return address
    }

    /// The person or desk that a contact element describes.
    static func contact(_ holder: XMLNode, role: String?) -> Contact? {
        let details = holder.first("coordonnees") ?? holder
        var contact = Contact()
        let names = ["civilite", "prenom", "nom"].compactMap {
            details.line($0, without: LHEOWords.fillers)
        }
        contact.name = names.isEmpty ? nil : names.joined(separator: " ")
        for element in ["telfixe", "portable"] where contact.telephone == nil {
            contact.telephone = details.first(element)?.line(
                "numtel", without: LHEOWords.fillers)
        }
        contact.email = details.line("courriel", without: LHEOWords.fillers)
        contact.url = details.first("web")?.line("urlweb").flatMap(webAddress)
        guard contact != Contact() else { return nil }
        contact.role = role ?? holder.line("type-contact").flatMap { LHEOWords.contactRoles[$0] }
        return contact
    }

    /// The organisation that teaches an action, when that is not the one responsible.
    static func trainer(_ holder: XMLNode) -> Contact? {
        var contact =
            holder.first("contact-formateur").flatMap { Self.contact($0, role: nil) }
            ?? Contact()
        let name = holder.line("raison-sociale-formateur", without: LHEOWords.fillers)
        contact.name = [name, contact.name].compactMap { $0 }.joined(separator: ", ")
        guard contact.name?.isEmpty == false else { return nil }
        contact.role = "organisme formateur"
        return contact
    }

    /// The first address of an element that holds `urlweb`.
    static func url(_ holder: XMLNode?, _ log: inout DiagnosticLog) -> String? {
        for element in holder?.all("urlweb").map({ $0 }) ?? [] {
            guard let text = element.line(without: LHEOWords.fillers) else { continue }
            if let url = webAddress(text) { return url }
            return cleaned(text, element, "urlweb", &log)
        }
        return nil
    }
}
