import CourseModel
import XMLStream

/// What a first reading finds: all that the document says of its providers beside their courses.
///
/// The schema lets locations and texts of a provider stand behind its courses.
struct EducationsSurvey {
    /// The providers in the order of the document, with their locations by id.
    private(set) var providers: [EducationsProvider] = []
    /// What was doubtful in them.
    private(set) var diagnostics: [Diagnostic] = []

    /// Reads the document to its end, or to where it cannot be read any further.
    init(_ input: FeedInput) throws(FeedError) {
        var xml = try input.rewound().xmlReader(records: EducationsCom.courses.union(["event"]))
        var log = DiagnosticLog(file: input.name)
        do {
            while let event = try xml.next() {
                guard event == .startElement else { continue }
                let name = xml.localName
                if EducationsCom.providers.contains(name), xml.depth == 2 {
                    let id = xml.attribute("uniqueIdentifier") ?? xml.attribute("id")
                    providers.append(
                        EducationsProvider(
                            id: id.flatMap(nonEmpty), mainLocation: xml.attribute("mainLocation"),
                            position: SourcePosition(xml.position)))
                } else if EducationsCom.courseLists.contains(name) {
                    continue
                } else if EducationsCom.courses.contains(name) {
                    try xml.skipElement()
                } else if !providers.isEmpty, xml.depth > 2 {
                    let last = providers.count - 1
                    switch name {
                    case "location":
                        providers[last].take(location: try xml.readElement().root, &log)
                    case "field":
                        providers[last].take(field: try xml.readElement().root, &log)
                    default: break
                    }
                }
            }
        } catch {
            // The second reading comes to the same end and tells of it.
        }
        diagnostics = log.take()
    }
}

/// A provider with its locations.
struct EducationsProvider {
    /// Its id; the format gives it no name.
    let id: String?
    private let mainLocation: String?
    private let position: SourcePosition
    private(set) var locations: [String: Venue] = [:]
    private var contacts: [Contact] = []
    private var description = LocalizedRichText()

    init(id: String?, mainLocation: String?, position: SourcePosition) {
        self.id = id
        self.mainLocation = mainLocation
        self.position = position
    }

    /// Adds a location and the ways to reach it.
    mutating func take(location node: XMLNode, _ log: inout DiagnosticLog) {
        guard let id = node.statedAttribute("uniqueIdentifier") else {
            log.add(
                .warning, .missingID, at: node, field: "uniqueIdentifier",
                "A location has no uniqueIdentifier, so that no event can name it. Give it one.")
            return
        }
        var venue = Venue(
            nativeID: id, name: LocalizedText(node.statedAttribute("name") ?? ""),
            address: Self.address(node.first("visitingAddress")))
        let place = node.line("place")
        // A town and its country, or a town alone: no part of an address, and often all there is.
        if let place, venue.address.city == nil || !place.hasPrefix(venue.address.city ?? "") {
            venue.address.other.append(place)
        }
        if let point = node.first("coordinates") {
            venue.coordinates = statedCoordinates(
                latitude: point.attribute("latitude"), longitude: point.attribute("longitude"),
                at: point, field: "coordinates", &log)
        }
        locations[id] = venue
        guard let ways = node.first("contacts") else { return }
        let contact = Contact(
            name: node.statedAttribute("name"), email: ways.statedAttribute("email"),
            telephone: ways.statedAttribute("telephone"))
        if contact.email != nil || contact.telephone != nil { contacts.append(contact) }
    }

    /// Adds a text about the provider.
    mutating func take(field node: XMLNode, _ log: inout DiagnosticLog) {
        guard node.line() != nil else { return }
        let text = readText(of: node, field: node.statedAttribute("name") ?? "field", into: &log)
        description.merge(text, language: node.languageTag)
    }

    /// The provider in our words.
    func provider(_ input: FeedInput) -> Provider {
        let native = id ?? "provider"
        var provider = Provider(
            id: ID(source: input.source, native: native), nativeID: native,
            name: LocalizedText(native),
            provenance: Provenance(
                source: input.source, format: EducationsCom.name, file: input.name,
                position: position))
        provider.description = description
        provider.contacts = contacts
        provider.location = mainLocation.flatMap { locations[$0] }
        return provider
    }

    private static func address(_ node: XMLNode?) -> Address {
        guard let node else { return Address() }
        let country = node.statedAttribute("country")
        var address = Address(
            street: node.statedAttribute("street"), postcode: node.statedAttribute("zip"),
            city: node.statedAttribute("city"), country: country.flatMap(countryCode))
        if let country, address.country == nil { address.other.append(country) }
        if let careOf = node.statedAttribute("co") { address.other.append("c/o \(careOf)") }
        return address
    }
}
