import CourseModel
import XMLStream

/// Writes a provider as an `<instituteData>`.
struct EDUDEXInstituteElement {
    /// The provider, reduced.
    let provider: Provider
    let context: FeedContext
    let editor: String

    /// Writes the element with its namespace.
    func write(to xml: inout XMLWriter) throws(XMLWriteError) {
        let native = String(provider.id.native)
        let organisation = EDUDEXProgrammeElement.organisation(for: native)
        try xml.startElement("instituteData")
        try xml.attribute("xmlns", EDUDEX.Namespace.institute)
        try xml.element("editor", editor)
        try xml.element("format", "EDU-DEX 1.0")
        try xml.element("generator", context.generator)
        try xml.element("orgUnitId", organisation)
        try xml.element(
            "lastEdited",
            EDUDEXDateTime.valid(provider.provenance.lastEdited) ?? context.generated)
        for accreditation in provider.accreditations {
            try xml.element("accreditation", accreditation)
        }
        for contact in provider.contacts {
            try xml.startElement("contactData")
            try xml.element("contactName", contact.name ?? "")
            try xml.element("email", contact.email ?? "")
            try xml.element("role", contact.role ?? "")
            if let telephone = contact.telephone { try xml.element("telephone", telephone) }
            try xml.endElement()
        }
        for wording in provider.description.wordings {
            try xml.element(
                "instituteDescriptionText", EDUDEXHeld.plainForm(wording.text),
                ("xml:lang", wording.language?.code ?? "nl"))
        }
        if let kvk = provider.codes.first { try xml.element("instituteKvK", kvk.code) }
        if let venue = provider.location { try writeLocation(venue, &xml) }
        try EDUDEXTextElements.lines(provider.name, "instituteName", to: &xml)
        if let image = provider.image {
            try xml.startElement("media")
            if let title = image.title { try xml.element("title", title, ("xml:lang", "nl")) }
            try xml.element("type", "logo")
            try xml.element("url", image.url)
            try xml.endElement()
        }
        if let url = provider.url { try xml.element("webLink", url, ("xml:lang", "nl")) }
        if organisation != native {
            var facts = EDUDEXFacts()
            facts.add(.providerID, native)
            try EDUDEXFactsElement.write(facts, in: "instituteDataFree", to: &xml)
        }
        try xml.endElement()
    }

    private func writeLocation(
        _ venue: Venue, _ xml: inout XMLWriter
    ) throws(XMLWriteError) {
        try xml.startElement("instituteLocation")
        try xml.element("id", venue.nativeID ?? "{visit}")
        if !venue.address.isEmpty {
            let (street, number) = Self.parts(of: venue.address.street ?? "")
            try xml.startElement("address")
            try xml.element("addressType", "visitation")
            try xml.element("city", venue.address.city ?? "")
            try xml.element("country", (venue.address.country ?? "nl").lowercased())
            if let point = venue.coordinates {
                try xml.element("geoCode", EDUDEXHeld.geoCode(point))
            }
            try xml.element("house_number", number)
            try xml.element("street", street)
            try xml.element("zipcode", venue.address.postcode ?? "")
            try xml.endElement()
        }
        try EDUDEXTextElements.lines(venue.name, "name", to: &xml)
        try xml.endElement()
    }

    /// A street and its number: the number is the first word with a digit in front, behind a word.
    static func parts(of line: String) -> (street: String, number: String) {
        let words = line.split(separator: " ")
        guard
            let index = words.indices.dropFirst().first(where: {
                words[$0].first?.isNumber == true
            })
        else { return (line, "") }
        return (
            words[..<index].joined(separator: " "), words[index...].joined(separator: " ")
        )
    }
}
