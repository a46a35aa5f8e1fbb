import CourseModel
import XMLStream

/// The organisation that is responsible for a formation; LHEO repeats it in each.
enum LHEOProvider {
    /// The provider of a formation; one of its own name where the formation names nobody.
    static func provider(
        of formation: XMLNode, _ input: FeedInput, _ log: inout DiagnosticLog
    ) -> Provider {
        guard let node = formation.first("organisme-formation-responsable") else {
            log.add(
                .warning, .providerUnknown, at: formation, field: "organisme-formation-responsable",
                "The formation names no organisation; the feed was taken as its provider. "
                    + "Add an organisme-formation-responsable.")
            return Provider(
                id: ID(source: input.source, native: "lheo"), nativeID: "lheo",
                name: LocalizedText(input.source.value),
                provenance: Provenance(
                    source: input.source, format: LHEO.name, file: input.name))
        }
        let siret = node.first("SIRET-organisme-formation")?.line("SIRET").flatMap(number)
        let activity = node.line("numero-activite").flatMap(number)
        let name =
            node.line("nom-organisme", without: LHEOWords.fillers)
            ?? node.line("raison-sociale", without: LHEOWords.fillers)
        let native = siret ?? node.statedAttribute("numero") ?? activity ?? name ?? "lheo"
        var provider = Provider(
            id: ID(source: input.source, native: native), nativeID: native,
            name: LocalizedText(name ?? native),
            provenance: Provenance(
                source: input.source, format: LHEO.name, file: input.name,
                position: SourcePosition(node.position)))
        for (scheme, code) in [
            ("siret", siret), ("numero-activite", activity),
            (
                "uai",
                node.first("code-UAI-organisme-formation")?.line(
                    "code-UAI", without: LHEOWords.noCodes)
            ),
        ] {
            guard let code, code != native else { continue }
            provider.codes.append(Code(scheme: scheme, code: code))
        }
        if let legal = node.line("raison-sociale", without: LHEOWords.fillers), legal != name {
            provider.codes.append(
                Code(scheme: "raison-sociale", code: "", label: LocalizedText(legal)))
        }
        if let text = node.first("renseignements-specifiques"),
            text.isStated(without: LHEOWords.fillers)
        {
            provider.description.append(
                LocalizedRichText.Wording(
                    language: text.languageTag,
                    text: readText(of: text, field: text.localName, into: &log)))
        }
        if let details = node.first("coordonnees-organisme") {
            provider.location = LHEOPlace.venue(details, &log)
            provider.url = LHEOPlace.url(details.descendants("web").first, &log)
            provider.location?.url = nil
            if let contact = LHEOPlace.contact(details, role: nil) {
                provider.contacts.append(contact)
            }
        }
        for holder in node.all("contact-organisme") {
            guard let contact = LHEOPlace.contact(holder, role: nil),
                !provider.contacts.contains(contact)
            else { continue }
            provider.contacts.append(contact)
        }
        return provider
    }

    /// A register's number, unless it only fills the field (99999999999).
    private static func number(_ text: String) -> String? {
        let digits = text.filter { $0 != " " }
        return Set(digits).count > 1 ? digits : nil
    }
}
