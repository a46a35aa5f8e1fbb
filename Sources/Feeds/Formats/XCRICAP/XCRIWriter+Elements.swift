import CourseModel
import XMLStream

/// The small pieces that all parts of the document are made of.
extension XCRIWriter {
    func start(_ name: String) throws { try xml.startElement(name) }
    func end() throws { try xml.endElement() }
    func attribute(_ name: String, _ value: String) throws { try xml.attribute(name, value) }

    /// Puts what follows on a line of its own.
    ///
    /// The XML writer does not indent, since white space
    /// between the inline elements of a text would become part of it.
    func line(_ depth: Int) throws { try xml.lineBreak(depth: depth) }

    /// An element with text, in the line.
    func element(_ name: String, _ text: String, language: LanguageTag? = nil) throws {
        try start(name)
        if let language { try attribute("xml:lang", language.code) }
        try xml.text(text)
        try end()
    }

    /// An element with text on a line of its own.
    func lineElement(
        _ name: String, _ text: String, _ depth: Int, language: LanguageTag? = nil
    ) throws {
        try line(depth)
        try element(name, text, language: language)
    }

    /// One element a language.
    func texts(_ name: String, _ text: LocalizedText, _ depth: Int) throws {
        for wording in text.wordings {
            try lineElement(name, wording.text, depth, language: wording.language)
        }
    }

    /// One element a language, with a div where the text needs one.
    func richTexts(_ name: String, _ text: LocalizedRichText, _ depth: Int) throws {
        for wording in text.wordings {
            try richText(name, wording.text, depth, language: wording.language)
        }
    }

    /// A text that may have structure.
    ///
    /// A single plain paragraph is written as plain text, unless it holds characters that look like
    /// mark-up: readers, ours included, take escaped HTML for HTML.
    func richText(
        _ name: String, _ text: RichText, _ depth: Int, language: LanguageTag?,
        type: String? = nil, theme: String? = nil, heading: String? = nil
    ) throws {
        try line(depth)
        try start(name)
        if let language { try attribute("xml:lang", language.code) }
        if let type { try attribute("xsi:type", type) }
        if theme == nil, heading == nil, let plain = Self.plain(text) {
            try xml.text(plain)
        } else {
            try start("xhtml:div")
            if let theme {
                try attribute("class", "section")
                try attribute("title", theme)
            }
            if let heading { try element("xhtml:h2", heading) }
            for block in text.blocks { try self.block(block) }
            try end()
        }
        try end()
    }

    private static func plain(_ text: RichText) -> String? {
        guard text.blocks.count == 1, case .paragraph(let spans) = text.blocks[0],
            spans.count == 1, spans[0].style == .plain, spans[0].link == nil,
            !holdsMarkup(spans[0].text), !holdsLines(spans[0].text)
        else { return nil }
        return spans[0].text
    }

    private func block(_ block: RichText.Block) throws {
        switch block {
        case .paragraph(let spans):
            try start("xhtml:p")
            try self.spans(spans)
            try end()
        case .heading(let spans):
            try start("xhtml:h3")
            try self.spans(spans)
            try end()
        case .list(let ordered, let items):
            try start(ordered ? "xhtml:ol" : "xhtml:ul")
            for item in items {
                try start("xhtml:li")
                try spans(item)
                try end()
            }
            try end()
        }
    }

    private func spans(_ spans: [RichText.Span]) throws {
        for span in spans {
            let link = span.link.flatMap(cleanURL)
            if let link {
                try start("xhtml:a")
                try attribute("href", link)
            }
            switch span.style {
            case .plain: break
            case .emphasis: try start("xhtml:em")
            case .strong: try start("xhtml:strong")
            }
            if holdsLines(span.text) {
                try lines(span.text)
            } else {
                try xml.text(span.text)
            }
            if span.style != .plain { try end() }
            if link != nil { try end() }
        }
    }

    private func lines(_ text: String) throws {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if index > 0 {
                try start("xhtml:br")
                try end()
            }
            try xml.text(String(line))
        }
    }

    // MARK: Common elements

    /// The record's own identifier first, then its other names.
    func identifiers(_ own: String, _ codes: [Code], _ depth: Int) throws {
        try lineElement("dc:identifier", own, depth)
        for code in codes {
            try lineElement("dc:identifier", XCRIIdentity.text(code), depth)
        }
    }

    func lastEdited(_ provenance: Provenance, _ depth: Int) throws {
        if let edited = provenance.lastEdited { try lineElement("dcterms:modified", edited, depth) }
    }

    func image(_ image: Image?, _ depth: Int) throws {
        guard let image, let source = cleanURL(image.url) else { return }
        try line(depth)
        try start("image")
        try attribute("src", source)
        if let title = image.title { try attribute("title", title) }
        if let alternative = image.alternative { try attribute("alt", alternative) }
        try end()
    }

    /// People and desks: the name as text, the ways to reach them as an `mlo:location`.
    func contributors(_ contacts: [Contact], _ depth: Int) throws {
        for contact in contacts where contact != Contact() {
            try line(depth)
            try start("dc:contributor")
            try xml.text(
                [contact.name, contact.role.map { "(\($0))" }].compactMap { $0 }
                    .joined(separator: " "))
            try locationElement(Address(), nil, contact, depth: nil)
            try end()
        }
    }

    /// An `mlo:location`, unless there is nothing to say.
    func location(
        _ address: Address, _ coordinates: Coordinates?, _ contact: Contact, _ depth: Int
    ) throws {
        guard !address.isEmpty || coordinates != nil || contact != Contact() else { return }
        try line(depth)
        try locationElement(address, coordinates, contact, depth: depth)
    }

    private func locationElement(
        _ address: Address, _ coordinates: Coordinates?, _ contact: Contact, depth: Int?
    ) throws {
        func part(_ name: String, _ text: String?) throws {
            guard let text else { return }
            if let depth { try line(depth + 1) }
            try element(name, text)
        }
        try start("mlo:location")
        try part("mlo:street", address.street)
        try part("mlo:town", address.city)
        try part("mlo:postcode", address.postcode)
        for other in address.other { try part("mlo:address", other) }
        try part("mlo:address", address.country)
        if let coordinates {
            try part("mlo:address", "geo:\(coordinates.latitude),\(coordinates.longitude)")
        }
        try part("mlo:phone", contact.telephone)
        try part("mlo:email", contact.email)
        try part("mlo:url", contact.url)
        if let depth { try line(depth) }
        try end()
    }

    /// The sections that stand among the descriptions.
    func describingSections(_ sections: [TextSection], _ depth: Int) throws {
        for section in sections where XCRITheme.rank(section.theme) == 0 {
            let type = XCRITheme.typeOfTheme[section.theme]
            try self.section(
                section, "dc:description", depth, type: type.map { "xcriTerms:" + $0 },
                theme: type == nil ? section.theme : nil)
        }
    }

    /// The sections that have elements of their own.
    func elementSections(
        _ sections: [TextSection], prerequisites: LocalizedRichText, required: [Level],
        _ depth: Int
    ) throws {
        // Most records have nothing of this.
        guard !sections.isEmpty || !required.isEmpty || !prerequisites.isEmpty else { return }
        for (theme, name, isMLO) in XCRITheme.elements {
            if theme == "regulations" {
                for level in required {
                    try lineElement(
                        "mlo:prerequisite", XCRILevel.requiredPrefix + levelText(level), depth)
                }
                try richTexts("mlo:prerequisite", prerequisites, depth)
            }
            for section in sections where section.theme == theme {
                try self.section(section, isMLO ? "mlo:" + name : name, depth)
            }
        }
    }

    private func section(
        _ section: TextSection, _ name: String, _ depth: Int, type: String? = nil,
        theme: String? = nil
    ) throws {
        for wording in section.text.wordings {
            let heading = section.heading.wordings.first { $0.language == wording.language }
            try richText(
                name, wording.text, depth, language: wording.language, type: type, theme: theme,
                heading: heading?.text)
        }
    }
}
