import CourseModel
import XMLStream

/// Addresses, people and files of open-Q-cat.
enum OpenQCatPlace {
    /// The venue that an address describes; open-Q-cat has no coordinates.
    static func venue(
        _ node: XMLNode, _ language: LanguageTag?, _ log: inout DiagnosticLog
    ) -> Venue? {
        func text(_ name: String) -> String? { node.line(name, without: OpenQCatWords.fillers) }
        var venue = Venue()
        let names = ["NAME", "NAME2", "NAME3"].compactMap(text)
        if !names.isEmpty {
            venue.name = LocalizedText(names.joined(separator: ", "))
        }
        venue.address = Address(
            street: text("STREET"), postcode: text("ZIP") ?? text("ZIPBOX"), city: text("CITY"))
        venue.address.country =
            (text("COUNTRY_CODED") ?? text("COUNTRY")).flatMap(countryCode)
        for name in ["DISTRICT", "ADDRESS_REMARKS"] {
            if let line = text(name) { venue.address.other.append(line) }
        }
        venue.url = url(node, &log)
        return venue == Venue() ? nil : venue
    }

    /// The person, desk or office that a `CONTACT` or address describes.
    static func contact(_ node: XMLNode) -> Contact? {
        func text(_ name: String) -> String? { node.line(name, without: OpenQCatWords.fillers) }
        let names = ["ACADEMIC_TITLE", "FIRST_NAME", "NAME_PREFIX", "LAST_NAME"].compactMap(text)
        var contact = Contact(
            name: names.isEmpty ? nil : names.joined(separator: " "),
            email: node.first("EMAILS")?.line("EMAIL") ?? text("EMAIL"),
            telephone: text("PHONE") ?? text("MOBILE"),
            url: text("URL").flatMap(webAddress))
        guard contact != Contact() else { return nil }
        contact.role = text("CONTACT_ROLE") ?? text("JOB_TITLE")
        return contact
    }

    /// The page of an address.
    static func url(_ node: XMLNode, _ log: inout DiagnosticLog) -> String? {
        guard let element = node.first("URL"),
            let text = element.line(without: OpenQCatWords.fillers)
        else { return nil }
        return webAddress(text) ?? cleaned(text, element, "URL", &log)
    }

    /// The first page and the first picture of files.
    static func media(
        _ node: XMLNode?, _ log: inout DiagnosticLog
    ) -> (url: String?, image: Image?) {
        var page: String?
        var image: Image?
        for element in node?.all("MIME_ELEMENT").map({ $0 }) ?? [] {
            guard let source = element.first("MIME_SOURCE"), let text = source.line() else {
                continue
            }
            // A source may be a file's name below MIME_ROOT, which is sent beside the catalogue.
            guard let url = webAddress(text) else { continue }
            let type = element.line("MIME_TYPE")?.lowercased() ?? ""
            if type.hasPrefix("image") {
                image =
                    image
                    ?? Image(
                        url: url, alternative: element.line("MIME_ALT"),
                        title: element.line("MIME_DESCR"))
            } else {
                page = page ?? url
            }
        }
        return (page, image)
    }
}
