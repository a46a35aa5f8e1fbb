import CourseModel

/// OOAPI's texts: lists of a language and a value, in limited Markdown where they are long.
enum OOAPITexts {
    private static func wordings(_ node: JSONNode?) -> [(text: String, language: LanguageTag?)] {
        (node?.elements ?? []).compactMap { element in
            if let text = element.lines { return (text, nil) }
            guard let text = element["value"]?.lines else { return nil }
            return (text, element["language"]?.text.flatMap { LanguageTag($0) })
        }
    }

    static func plain(_ node: JSONNode?) -> LocalizedText {
        var result = LocalizedText()
        for (text, language) in wordings(node) {
            if let line = plainLine(text) { result.append(line, language: language) }
        }
        return result
    }

    static func rich(
        _ node: JSONNode?, field: String, _ log: inout DiagnosticLog
    ) -> LocalizedRichText {
        var result = LocalizedRichText()
        for (text, language) in wordings(node) {
            let (read, removed) = MarkdownReader.read(text)
            if !removed.isEmpty {
                log.add(
                    .note, .removedMarkup, place: node?.position, field: field,
                    "\(field) holds mark-up that is not shown (\(removed.joined(separator: ", "))); "
                        + "its text was kept where it has any. Use Markdown.")
            }
            result.merge(read, language: language)
        }
        return result
    }

    static func url(_ node: JSONNode?, field: String, _ log: inout DiagnosticLog) -> String? {
        guard let node, let text = node.text else { return nil }
        if let url = cleanURL(text) { return url }
        log.add(
            .warning, .badURL, place: node.position, field: field,
            "\(field) is \(quoted(text)), no http or https address; it was left out. "
                + "Give the whole address.")
        return nil
    }

    static func date(
        _ node: JSONNode?, field: String, _ log: inout DiagnosticLog
    ) -> CalendarDate? {
        guard let node, let text = node.text else { return nil }
        if let date = parseDate(text)?.date { return date }
        log.add(
            .warning, .dateUnreadable, place: node.position, field: field,
            "\(field) is \(quoted(text)), no date; it was left out. Write it as 2027-02-01.")
        return nil
    }

    static func modes(_ node: JSONNode?, _ log: inout DiagnosticLog) -> Set<DeliveryMode> {
        var modes: Set<DeliveryMode> = []
        for element in node?.elements ?? [] {
            guard let text = element.text else { continue }
            if let mode = OOAPICodes.modes[text] {
                modes.insert(mode)
            } else {
                log.add(
                    .note, .codeUnknown, place: element.position, field: "modeOfDelivery",
                    "modeOfDelivery \(quoted(text)) is not in the list; it was left out. "
                        + "Use one of the list, such as hybrid.")
            }
        }
        return modes
    }

    static func languages(_ node: JSONNode, _ log: inout DiagnosticLog) -> [LanguageShare] {
        var result: [LanguageShare] = []
        for element in (node["teachingLanguage"] ?? node["teachingLanguages"])?.elements ?? [] {
            guard let text = element.text, text != "und" else { continue }
            guard let tag = ISOCodes.language(text) else {
                log.add(
                    .note, .badLanguage, place: element.position, field: "teachingLanguage",
                    "teachingLanguage \(quoted(text)) is no language code; it was left out. "
                        + "Use ISO 639-2, such as nld.")
                continue
            }
            if !result.contains(where: { $0.language == tag }) { result.append(LanguageShare(tag)) }
        }
        return result
    }

    /// What a receiver-specific object says.
    static func consumer(_ node: JSONNode, _ key: String) -> JSONNode? {
        (node["consumers"] ?? node["consumer"])?.elements.first { $0["consumerKey"]?.text == key }
    }

    /// The codes beside the primary one.
    static func codes(_ node: JSONNode?) -> [Code] {
        (node?.elements ?? []).compactMap { element in
            guard let code = element["code"]?.text else { return nil }
            return Code(
                scheme: OOAPICodes.scheme(element["codeType"]?.text ?? "identifier"), code: code)
        }
    }

    static func venue(_ node: JSONNode, _ log: inout DiagnosticLog) -> Venue? {
        let street = [node["street"]?.text, node["streetNumber"]?.text].compactMap { $0 }
        var venue = Venue(
            name: plain(node["additional"]),
            address: Address(
                street: street.isEmpty ? nil : street.joined(separator: " "),
                postcode: node["postalCode"]?.text.map(spaced), city: node["city"]?.text,
                country: node["countryCode"]?.text.flatMap { ISOCodes.country($0) }))
        if let geo = node["geolocation"] {
            if let latitude = geo["latitude"]?.double, let longitude = geo["longitude"]?.double,
                let point = Coordinates(latitude: latitude, longitude: longitude)
            {
                venue.coordinates = point
            } else {
                log.add(
                    .warning, .coordinatesUnreadable, place: geo.position, field: "geolocation",
                    "The coordinates are no place on earth; they were left out. "
                        + "Write degrees such as 52.03 and 5.17.")
            }
        }
        return venue == Venue() ? nil : venue
    }

    /// `1441 XX` of `1441XX`, as everywhere else in the model.
    private static func spaced(_ postcode: String) -> String {
        DutchPostcode(postcode).map { $0.description } ?? postcode
    }
}
