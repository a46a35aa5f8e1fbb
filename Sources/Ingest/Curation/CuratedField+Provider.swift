import CourseModel

extension CuratedField where Record == Provider {
    /// The fields of a provider that can be corrected.
    static let all: [CuratedField<Provider>] = [
        .text("name", \.name, canBeEmpty: false),
        .richText("description", \.description),
        .value(
            "url", \.url, expected: "an address that begins with https://", read: webAddress,
            write: { $0 }),
        address,
        .list(
            "contacts", \.contacts,
            expected: "a name, a role, an e-mail address, a telephone number or a page, with “; ” "
                + "between them", read: contact, write: text),
    ]

    /// Where it is; where offerings are that name no place.
    private static let address = CuratedField(
        name: "address", shape: .single, canBeEmpty: true,
        expected: "“street, postcode town” or “town”", vocabulary: [],
        canonical: { venue($0).map { CuratedPlace.text(.venue($0)) } },
        values: { provider, _ in
            provider.location.map { [CuratedPlace.text(.venue($0))] } ?? []
        },
        put: { provider, values, _ in
            provider.location = values.first.flatMap(venue)
            return true
        })

    @Sendable private static func venue(_ text: String) -> Venue? {
        CuratedPlace.read(text)?.venue
    }

    @Sendable private static func contact(_ text: String) -> Contact? {
        var contact = Contact()
        for part in text.split(separator: ";").map({ String($0.trimmingSpaces()) })
        where !part.isEmpty {
            if let page = webAddress(part) {
                guard contact.url == nil else { return nil }
                contact.url = page
            } else if part.contains("@") {
                guard contact.email == nil, !part.contains(where: \.isWhitespace) else {
                    return nil
                }
                contact.email = part
            } else if part.first == "+" || part.first?.isNumber == true {
                guard contact.telephone == nil else { return nil }
                contact.telephone = part
            } else if contact.name == nil {
                contact.name = part
            } else {
                guard contact.role == nil else { return nil }
                contact.role = part
            }
        }
        return contact == Contact() ? nil : contact
    }

    @Sendable private static func text(_ contact: Contact) -> String {
        [contact.name, contact.role, contact.email, contact.telephone, contact.url]
            .compactMap { $0 }.joined(separator: "; ")
    }
}
