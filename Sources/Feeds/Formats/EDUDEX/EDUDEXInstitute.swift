import CourseModel
import XMLStream

/// Reads an `<instituteData>` into a provider.
struct EDUDEXInstitute {
    var issues: DiagnosticLog
    private let node: XMLNode
    private let source: ID<Source>
    private let organisation: String?

    /// - Parameter organisation: The provider that the directory names.
    init(_ node: XMLNode, source: ID<Source>, file: String, organisation: String?) {
        self.node = node
        self.source = source
        issues = DiagnosticLog(file: file)
        let facts = EDUDEXFacts(node.first("instituteDataFree"))
        self.organisation =
            facts[.providerID] ?? EDUDEXText.value(node.first("orgUnitId")) ?? organisation
    }

    /// Reads the provider.
    ///
    /// - Returns: `nil` when nothing says whose data it is.
    mutating func provider() -> Provider? {
        guard let organisation else {
            issues.add(
                .error, .missingID, at: node, field: "orgUnitId",
                "The institute has no orgUnitId, so it is not known whose data this is. Add it.")
            return nil
        }
        issues.record = organisation
        var name = EDUDEXText.localized(Array(node.all("instituteName")), &issues)
        if name.isEmpty {
            issues.add(
                .warning, .elementMissing, at: node, field: "instituteName",
                "The institute has no instituteName; “\(organisation)” stands in. Add it.")
            name = LocalizedText(organisation)
        }
        var provider = Provider(
            id: ID(source: source, native: organisation), nativeID: organisation, name: name,
            provenance: Provenance(
                source: source, format: EDUDEX.name, file: issues.file,
                position: SourcePosition(node.position),
                lastEdited: EDUDEXText.value(node.first("lastEdited"))))
        provider.description = description()
        provider.url = link()
        provider.image = image()
        provider.location = location()
        provider.contacts = node.all("contactData").map { contact($0) }.filter { $0 != Contact() }
        if let kvk = EDUDEXText.value(node.first("instituteKvK")) {
            provider.codes = [Code(scheme: EDUDEXVocabulary.Scheme.kvk, code: kvk)]
        }
        for accreditation in node.all("accreditation") {
            if let text = EDUDEXText.value(accreditation),
                !provider.accreditations.contains(text)
            {
                provider.accreditations.append(text)
            }
        }
        return provider
    }

    /// The summary, as the first paragraph, and the description.
    private mutating func description() -> LocalizedRichText {
        let summaries = EDUDEXText.localizedRich(
            html: [], plain: Array(node.all("instituteSummaryText")), &issues)
        let whole = EDUDEXText.localizedRich(
            html: [], plain: Array(node.all("instituteDescriptionText")), &issues)
        var wordings = summaries.wordings
        for wording in whole.wordings {
            guard let index = wordings.firstIndex(where: { $0.language == wording.language })
            else {
                wordings.append(wording)
                continue
            }
            if wording.text.plainText.hasPrefix(wordings[index].text.plainText) {
                wordings[index] = wording
            } else {
                wordings[index].text.blocks += wording.text.blocks
            }
        }
        return LocalizedRichText(wordings)
    }

    private mutating func link() -> String? {
        let links = Array(node.all("webLink"))
        guard
            let link = links.first(where: { $0.language?.hasPrefix("nl") == true }) ?? links.first,
            let text = EDUDEXText.value(link)
        else { return nil }
        return url(link, text)
    }

    private mutating func image() -> Image? {
        let media = Array(node.all("media"))
        func first(_ type: String) -> XMLNode? {
            media.first { EDUDEXText.value($0.first("type")) == type }
        }
        guard let media = first("logo") ?? first("image"),
            let text = EDUDEXText.value(media.first("url")), let url = url(media, text)
        else { return nil }
        return Image(
            url: url, title: EDUDEXText.localized(Array(media.all("title")), &issues).text())
    }

    private mutating func url(_ node: XMLNode, _ text: String) -> String? {
        if let url = cleanURL(text) { return url }
        issues.add(
            .warning, .badURL, at: node,
            "“\(text)” is no http(s) address; it was left out. Write it in full, with https://.")
        return nil
    }

    private mutating func contact(_ node: XMLNode) -> Contact {
        Contact(
            name: EDUDEXText.line(node.first("contactName"), &issues),
            role: EDUDEXText.line(node.first("role"), &issues),
            email: EDUDEXText.value(node.first("email")),
            telephone: EDUDEXText.value(node.first("telephone")))
    }

    /// The first place that can be visited; a postal address when there is no other.
    private mutating func location() -> Venue? {
        let places = Array(node.all("instituteLocation"))
        func has(_ place: XMLNode, _ type: String) -> XMLNode? {
            place.all("address").first { EDUDEXText.value($0.first("addressType")) == type }
        }
        let place = places.first { has($0, "visitation") != nil } ?? places.first
        guard let place else { return nil }
        let address = has(place, "visitation") ?? place.first("address")
        let street = EDUDEXText.line(address?.first("street"), &issues)
        let number = EDUDEXText.line(address?.first("house_number"), &issues)
        let parts = [street, number].compactMap { $0 }
        let id = EDUDEXText.value(place.first("id"))
        let venue = Venue(
            nativeID: id.flatMap { $0.hasPrefix("{") && $0.hasSuffix("}") ? nil : $0 },
            name: EDUDEXText.localized(Array(place.all("name")), &issues),
            address: Address(
                street: parts.isEmpty ? nil : parts.joined(separator: " "),
                postcode: EDUDEXText.value(address?.first("zipcode")),
                city: EDUDEXText.line(address?.first("city"), &issues),
                country: EDUDEXText.value(address?.first("country"))?.uppercased()),
            coordinates: EDUDEXCoordinates.parse(address?.first("geoCode"), &issues))
        return venue == Venue() ? nil : venue
    }
}
