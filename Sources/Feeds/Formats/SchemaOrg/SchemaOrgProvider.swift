import CourseModel

/// An `Organization`, or its name, as provider.
enum SchemaOrgProvider {
    static func provider(
        _ node: JSONNode, _ language: LanguageTag?, input: FeedInput, _ log: inout DiagnosticLog
    ) -> Provider {
        let stated =
            node.nodeID ?? node["identifier"]?.elements.first?.text
            ?? node["url"]?.elements.first?.text ?? node.text
            ?? node["name"]?.localized(nil).text() ?? "unstated"
        let native = OwnURN.parts(stated, of: "provider")?.first ?? stated
        var name = node.text.map { LocalizedText($0, language: language) }
        name = node.first("name", "legalName")?.localized(language) ?? name
        var provider = Provider(
            id: ID(source: input.source, native: native), nativeID: native,
            name: name.flatMap { $0.isEmpty ? nil : $0 } ?? LocalizedText(native),
            provenance: Provenance(
                source: input.source, format: SchemaOrg.name, file: input.name,
                lastEdited: node["dateModified"]?.text))
        provider.description = SchemaOrgTexts.rich(
            node["description"], language, field: "description", &log)
        provider.url = SchemaOrgTexts.url(node["url"], field: "url", &log)
        provider.image = SchemaOrgTexts.image(node.first("logo", "image"), &log)
        var place = Venue()
        if let location = node["location"]?.elements.first, location.isObject {
            place = SchemaOrgPlace.venue(location, language, &log)
        }
        if let address = node["address"]?.elements.first {
            place.address = SchemaOrgPlace.address(address)
        }
        provider.location = place == Venue() ? nil : place
        provider.contacts = node["contactPoint"]?.elements.compactMap { contact($0, &log) } ?? []
        let own = Contact(
            email: node["email"]?.elements.first?.text.map(withoutScheme),
            telephone: node["telephone"]?.elements.first?.text)
        if own != Contact() { provider.contacts.insert(own, at: 0) }
        for identifier in node["identifier"]?.elements ?? [] {
            guard let code = SchemaOrgIdentifier.code(identifier, language), code.code != stated
            else { continue }
            provider.codes.append(code)
        }
        for credential in node.first("hasCredential", "hasCertification")?.elements ?? [] {
            if let name = credential.localized(nil).text() { provider.accreditations.append(name) }
        }
        return provider
    }

    private static func contact(_ node: JSONNode, _ log: inout DiagnosticLog) -> Contact? {
        let contact = Contact(
            name: node["name"]?.localized(nil).text(),
            role: node["contactType"]?.localized(nil).text(),
            email: node["email"]?.text.map(withoutScheme), telephone: node["telephone"]?.text,
            url: SchemaOrgTexts.url(node["url"], field: "url", &log))
        return contact == Contact() ? nil : contact
    }

    private static func withoutScheme(_ text: String) -> String {
        text.hasPrefix("mailto:") ? String(text.dropFirst(7)) : text
    }
}

/// A `Place` as venue.
enum SchemaOrgPlace {
    static func place(
        _ node: JSONNode, _ language: LanguageTag?, _ log: inout DiagnosticLog
    ) -> TeachingPlace? {
        if node.types.contains("VirtualLocation") { return .online }
        if let text = node.text {
            switch text.lowercased() {
            case "online", "virtual", "webinar": return .online
            case "workplace", "werkplek": return .workplace
            default: return .venue(Venue(name: LocalizedText(text, language: language)))
            }
        }
        let venue = self.venue(node, language, &log)
        if venue == Venue(name: LocalizedText("Online")) { return .online }
        if venue == Venue(name: LocalizedText("Workplace")) { return .workplace }
        return venue == Venue() ? nil : .venue(venue)
    }

    static func venue(
        _ node: JSONNode, _ language: LanguageTag?, _ log: inout DiagnosticLog
    ) -> Venue {
        if node.types.contains("PostalAddress") { return Venue(address: address(node)) }
        var venue = Venue(
            nativeID: node["identifier"]?.elements.first?.text ?? node.nodeID,
            name: node["name"]?.localized(language) ?? LocalizedText())
        if let address = node["address"]?.elements.first {
            venue.address = self.address(address)
        }
        venue.url = SchemaOrgTexts.url(node["url"], field: "url", &log)
        let geo = node["geo"]?.elements.first ?? node
        if let north = geo["latitude"], let east = geo["longitude"] {
            if let latitude = north.double, let longitude = east.double,
                let point = Coordinates(latitude: latitude, longitude: longitude)
            {
                venue.coordinates = point
            } else {
                log.add(
                    .warning, .coordinatesUnreadable, place: geo.position, field: "geo",
                    "The coordinates are no place on earth; they were left out. "
                        + "Write degrees such as 52.03 and 5.17.")
            }
        }
        return venue
    }

    static func address(_ node: JSONNode) -> Address {
        if let text = node.text { return LOQAddress.read(text, country: nil) }
        var address = Address(
            street: node["streetAddress"]?.elements.first?.text,
            postcode: node["postalCode"]?.text, city: node["addressLocality"]?.text,
            other: node["extendedAddress"]?.elements.compactMap(\.text) ?? [])
        if let country = node["addressCountry"],
            let text = country.text ?? country["name"]?.text
        {
            address.country = ISOCodes.country(text) ?? countryNames[text.lowercased()]
        }
        return address
    }

    /// Names of countries that stand where a code should.
    private static let countryNames = [
        "nederland": "NL", "netherlands": "NL", "the netherlands": "NL", "belgië": "BE",
        "belgium": "BE", "duitsland": "DE", "germany": "DE", "deutschland": "DE",
        "united kingdom": "GB", "sweden": "SE", "france": "FR", "frankrijk": "FR", "ireland": "IE",
    ]
}
