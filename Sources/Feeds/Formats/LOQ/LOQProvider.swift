import CourseModel
import XMLStream

/// An `organisation` as provider.
enum LOQProvider {
    static func nativeID(_ id: String) -> String {
        OwnURN.parts(id, of: "provider")?.first ?? id
    }

    static func provider(
        _ node: XMLNode, location: Venue?, in input: FeedInput, _ log: inout DiagnosticLog
    ) -> Provider {
        let native = nativeID(node.attribute("id") ?? "")
        var name = LOQTexts.plain(node, "legalName")
        if name.isEmpty { name = LOQTexts.plain(node, "prefLabel") }
        if name.isEmpty { name = LOQTexts.plain(node, "altLabel") }
        if name.isEmpty { name = LocalizedText(native) }
        var provider = Provider(
            id: ID(source: input.source, native: native), nativeID: native, name: name,
            provenance: Provenance(
                source: input.source, format: LOQ.name, file: input.name,
                lastEdited: node.first("modified")?.trimmedText))
        provider.url = LOQTexts.homepage(node, &log)
        for note in node.all("additionalNote") where LOQTexts.subject(note) == nil {
            guard let literal = note.first("noteLiteral") else { continue }
            provider.description.merge(
                LOQTexts.rich(literal, &log), language: LOQTexts.language(literal))
        }
        for type in node.all("type") {
            let uri = type.attribute("uri") ?? ""
            if let accreditation = OwnURN.parts(uri, of: "accreditation")?.first {
                provider.accreditations.append(accreditation)
            } else if let code = LOQConcept.code(type) {
                provider.codes.append(code)
            }
        }
        for name in ["identifier", "registration", "eidasLegalIdentifier", "vatIdentifier"] {
            for identifier in node.all(name) {
                guard let notation = identifier.first("notation")?.trimmedText else { continue }
                let scheme =
                    identifier.first("schemeName")?.trimmedText
                    ?? (name == "identifier" ? "identifier" : name)
                let code = Code(scheme: foldedSpaces(scheme).lowercased(), code: notation)
                if !provider.codes.contains(code) { provider.codes.append(code) }
            }
        }
        provider.contacts = node.all("contactPoint").compactMap { contact($0, &log) }
        provider.location = location == Venue() ? nil : location
        return provider
    }

    private static func contact(_ node: XMLNode, _ log: inout DiagnosticLog) -> Contact? {
        var contact = Contact()
        contact.name = node.first("description").flatMap { plainLine($0.text) }
        contact.role = node.first("additionalNote")?.first("noteLiteral")
            .flatMap { plainLine($0.text) }
        contact.email = node.first("emailAddress")?.trimmedText
            .map { $0.hasPrefix("mailto:") ? String($0.dropFirst(7)) : $0 }
        if let phone = node.first("phone") {
            contact.telephone =
                phone.first("phoneNumber")?.trimmedText
                ?? nonEmpty(
                    ["countryDialing", "areaDialing", "dialNumber"]
                        .compactMap { phone.first($0)?.trimmedText }.joined(separator: " "))
        }
        contact.url = node.first("contactForm").flatMap { LOQTexts.address($0, &log) }
        return contact == Contact() ? nil : contact
    }
}

/// A concept: a code of a scheme with its labels.
enum LOQConcept {
    /// The code of a concept; one of our own names holds scheme and code, of any other the URI is
    /// the code.
    static func code(_ node: XMLNode, plainScheme: String = "concept") -> Code? {
        let uri = node.attribute("uri") ?? ""
        let label = LOQTexts.labels(node)
        if let parts = OwnURN.parts(uri, of: "code"), parts.count == 2 {
            return Code(scheme: parts[0], code: parts[1], label: label)
        }
        if let notation = node.first("notation")?.trimmedText {
            return Code(scheme: plainScheme, code: notation, label: label)
        }
        guard !uri.isEmpty || !label.isEmpty else { return nil }
        return Code(scheme: plainScheme, code: uri, label: label)
    }
}
