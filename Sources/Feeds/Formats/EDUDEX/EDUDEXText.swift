import CourseModel
import XMLStream

/// Reads the texts of EDU-DEX's elements.
enum EDUDEXText {
    /// A text in its languages, on one line each.
    static func localized(_ nodes: [XMLNode], _ issues: inout DiagnosticLog) -> LocalizedText {
        var text = LocalizedText()
        for node in nodes {
            text.append(line(node, &issues) ?? "", language: language(of: node, &issues))
        }
        return text
    }

    /// A rich text in its languages; of `html` and `plain` in one language, the HTML is taken.
    static func localizedRich(
        html: [XMLNode], plain: [XMLNode], _ issues: inout DiagnosticLog
    ) -> LocalizedRichText {
        var rich: [LocalizedRichText.Wording] = []
        for node in html {
            let language = language(of: node, &issues)
            rich.append(.init(language: language, text: self.rich(node, isHTML: true, &issues)))
        }
        rich.removeAll { $0.text.isEmpty }
        var text = LocalizedRichText()
        // In the order of the plain texts, which are the ones that EDU-DEX requires.
        for node in plain {
            let language = language(of: node, &issues)
            let own = self.rich(node, isHTML: false, &issues)
            let better = rich.filter { $0.language == language }
            if better.isEmpty { text.append(.init(language: language, text: own)) }
            for wording in better { text.append(wording) }
        }
        for wording in rich { text.append(wording) }
        return text
    }

    /// A text on one line; `nil` when there is none.
    static func line(_ node: XMLNode?, _ issues: inout DiagnosticLog) -> String? {
        guard let node else { return nil }
        var text = mended(node, &issues)
        if text.utf8.contains(where: { $0 == 60 || $0 == 38 }) {
            let reading = readHTML(text)
            if reading.hadTags { reportHTML(node, reading, &issues) }
            text = reading.text.plainText
        }
        text = foldedSpaces(text)
        return text.isEmpty ? nil : text
    }

    /// A value that is a code, an id or a number: trimmed, and nothing else done to it.
    static func value(_ node: XMLNode?) -> String? { node?.trimmedText }

    private static func rich(
        _ node: XMLNode, isHTML: Bool, _ issues: inout DiagnosticLog
    ) -> RichText {
        let reading = readHTML(mended(node, &issues))
        if !isHTML, reading.hadTags { reportHTML(node, reading, &issues) }
        if isHTML, !reading.removed.isEmpty {
            issues.add(
                .note, .removedMarkup, at: node,
                "Left out of the HTML: \(reading.removed.joined(separator: ", ")).")
        }
        return reading.text
    }

    private static func reportHTML(
        _ node: XMLNode, _ reading: HTMLReading, _ issues: inout DiagnosticLog
    ) {
        let out = reading.removed.isEmpty ? "" : " (\(reading.removed.joined(separator: ", ")))"
        issues.add(
            .warning, .htmlInText, at: node,
            "<\(node.localName)> is for plain text but holds HTML\(out); its tags were taken out. "
                + "Write HTML in the Html element of the same name.")
    }

    /// The language an element names.
    static func language(of node: XMLNode, _ issues: inout DiagnosticLog) -> LanguageTag? {
        guard let stated = node.language, !stated.isEmpty else { return nil }
        if let tag = LanguageTag(stated) { return tag }
        issues.add(
            .warning, .badLanguage, at: node, field: "\(node.localName)/@xml:lang",
            "“\(stated)” is no language code; the text is kept without a language. Write nl or en.")
        return nil
    }

    /// The text of an element, with its mark-up when there are elements in it, and with letters
    /// that were decoded wrongly before they came here set right.
    private static func mended(_ node: XMLNode, _ issues: inout DiagnosticLog) -> String {
        let text = node.hasElementChildren ? inner(node) : node.text
        if text.utf8.contains(0xEF), text.unicodeScalars.contains("\u{FFFD}") {
            issues.add(
                .warning, .garbledText, at: node,
                "Letters of <\(node.localName)> were lost before they came into the feed and stand "
                    + "there as “\u{FFFD}”. Export the feed as UTF-8.")
        }
        guard let better = ungarbled(text) else { return text }
        issues.add(
            .note, .garbledText, at: node,
            "Letters of <\(node.localName)> were decoded with the wrong character set before they "
                + "came into the feed (“\(sample(text))”); they were set right here. Export the "
                + "feed as UTF-8.")
        return better
    }

    private static func inner(_ node: XMLNode) -> String {
        let outer = node.outerXML
        guard let start = outer.firstIndex(of: ">"), let end = outer.lastIndex(of: "<"),
            start < end
        else { return node.text }
        return String(outer[outer.index(after: start)..<end])
    }

    private static func sample(_ text: String) -> Substring {
        let place = text.unicodeScalars.firstIndex { $0 == "Ã" || $0 == "Â" || $0 == "â" }
        guard let place else { return text.prefix(20) }
        return text[place...].prefix(12)
    }

    /// UTF-8 that was read as Windows-1252 (`Ã©` for `é`), read again as UTF-8.
    ///
    /// - Returns: `nil` when there is none; only whole sequences are changed.
    static func ungarbled(_ text: String) -> String? {
        // Ã and Â are C3 83 and C3 82 in UTF-8, â is C3 A2: most texts end here.
        var last: UInt8 = 0
        var isSuspect = false
        for byte in text.utf8 {
            if last == 0xC3, byte == 0x83 || byte == 0x82 || byte == 0xA2 {
                isSuspect = true
                break
            }
            last = byte
        }
        guard isSuspect else { return nil }
        let scalars = Array(text.unicodeScalars)
        var out = String.UnicodeScalarView()
        var changed = false
        var index = 0
        while index < scalars.count {
            if let length = sequenceLength(scalars[index]), index + length <= scalars.count {
                let bytes = scalars[index..<index + length].compactMap(windows1252)
                if bytes.count == length, bytes.dropFirst().allSatisfy({ 0x80...0xBF ~= $0 }),
                    let decoded = String(validating: bytes, as: UTF8.self)
                {
                    out.append(contentsOf: decoded.unicodeScalars)
                    changed = true
                    index += length
                    continue
                }
            }
            out.append(scalars[index])
            index += 1
        }
        return changed ? String(out) : nil
    }

    private static func sequenceLength(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }

    /// The byte of a character in Windows-1252.
    private static func windows1252(_ scalar: Unicode.Scalar) -> UInt8? {
        if scalar.value <= 0xFF { return UInt8(scalar.value) }
        return high1252[scalar].map { $0 }
    }

    /// The characters of Windows-1252 that Latin-1 does not have.
    private static let high1252: [Unicode.Scalar: UInt8] = [
        "€": 0x80, "‚": 0x82, "ƒ": 0x83, "„": 0x84, "…": 0x85, "†": 0x86, "‡": 0x87, "ˆ": 0x88,
        "‰": 0x89, "Š": 0x8A, "‹": 0x8B, "Œ": 0x8C, "Ž": 0x8E, "‘": 0x91, "’": 0x92, "“": 0x93,
        "”": 0x94, "•": 0x95, "–": 0x96, "—": 0x97, "˜": 0x98, "™": 0x99, "š": 0x9A, "›": 0x9B,
        "œ": 0x9C, "ž": 0x9E, "Ÿ": 0x9F,
    ]
}
