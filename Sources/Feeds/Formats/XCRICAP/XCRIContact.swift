import CourseModel
import XMLStream

/// People and desks, which XCRI-CAP has no element for: a `dc:contributor` with an address in it.
enum XCRIContact {
    /// Reads `Name (role)` with an `mlo:location` in it.
    static func contributor(_ node: XMLNode) -> Contact? {
        guard let location = node.first("location") else { return nil }
        var contact = Contact()
        var text = ""
        for child in node.contents where !child.isElement { text += child.text }
        var name = foldedSpaces(text)
        if name.hasSuffix(")"), let open = name.lastIndex(of: "(") {
            contact.role = nonEmpty(String(name[name.index(after: open)...].dropLast()))
            name = foldedSpaces(String(name[..<open]))
        }
        contact.name = nonEmpty(name)
        for child in location.children {
            guard let text = child.trimmedText else { continue }
            switch XCRIName(child) {
            case .phone: contact.telephone = text
            case .email: contact.email = text
            case .url: contact.url = cleanURL(text)
            default: break
            }
        }
        return contact == Contact() ? nil : contact
    }
}
