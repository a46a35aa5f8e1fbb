import CourseModel
import XMLStream

/// The header of a catalogue: its language, its currency, its suppliers.
struct OpenQCatHeader {
    /// The language of all texts (ISO 639-2).
    private(set) var language: LanguageTag?
    /// The currency of prices that name none.
    private(set) var currency: Currency?
    /// Who teaches.
    private(set) var suppliers: [Provider] = []

    /// The header of a document that has none.
    init() {}

    init(_ node: XMLNode, _ input: FeedInput, _ log: inout DiagnosticLog) {
        let catalog = node.first("CATALOG")
        language =
            catalog?.line("LANGUAGE").flatMap { LanguageTag($0) } ?? node.languageTag
        currency = catalog?.line("CURRENCY").flatMap { Currency($0) }
        for element in node.all("SUPPLIER") {
            suppliers.append(supplier(element, input, &log))
        }
    }

    private func supplier(
        _ node: XMLNode, _ input: FeedInput, _ log: inout DiagnosticLog
    ) -> Provider {
        let ids = node.all("SUPPLIER_ID").compactMap { element in
            element.line().map { (type: element.statedAttribute("type"), text: $0) }
        }
        let name = node.line("SUPPLIER_NAME", without: OpenQCatWords.fillers)
        let native =
            (ids.first { $0.type == "supplier_specific" } ?? ids.first)?.text ?? name ?? "supplier"
        var provider = Provider(
            id: ID(source: input.source, native: native), nativeID: native,
            name: LocalizedText(name ?? native, language: name == nil ? nil : language),
            provenance: Provenance(
                source: input.source, format: OpenQCat.name, file: input.name,
                position: SourcePosition(node.position)))
        for id in ids where id.text != native {
            provider.codes.append(Code(scheme: slug(id.type ?? "supplier-id"), code: id.text))
        }
        if let address = node.first("ADDRESS") {
            provider.url = OpenQCatPlace.url(address, &log)
            provider.location = OpenQCatPlace.venue(address, language, &log)
            provider.location?.url = nil
            if let contact = OpenQCatPlace.contact(address) {
                var contact = contact
                contact.name = nil
                if contact != Contact(url: contact.url) { provider.contacts.append(contact) }
            }
        }
        for element in node.all("CONTACT") {
            guard let contact = OpenQCatPlace.contact(element),
                !provider.contacts.contains(contact)
            else { continue }
            provider.contacts.append(contact)
        }
        provider.image = OpenQCatPlace.media(node.first("MIME_INFO"), &log).image
        for element in node.all("CERTIFICATE") {
            guard
                let text = element.line("CERT_DESCRIPTION", without: OpenQCatWords.fillers)
                    ?? element.line("CERTIFICATE_NUMBER", without: OpenQCatWords.fillers)
            else { continue }
            provider.accreditations.append(text)
        }
        return provider
    }
}
