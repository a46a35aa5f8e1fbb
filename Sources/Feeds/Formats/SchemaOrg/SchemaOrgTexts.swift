import CourseModel

/// Texts that may hold HTML, as schema.org's descriptions do in practice.
enum SchemaOrgTexts {
    static func rich(
        _ node: JSONNode?, _ language: LanguageTag?, field: String, _ log: inout DiagnosticLog
    ) -> LocalizedRichText {
        var result = LocalizedRichText()
        for element in node?.elements ?? [] {
            guard let (text, language) = element.languageText(language) else { continue }
            let reading = readHTML(text)
            if !reading.removed.isEmpty {
                log.add(
                    .note, .removedMarkup, place: element.position, field: field,
                    "\(field) holds mark-up that is not shown "
                        + "(\(reading.removed.joined(separator: ", "))); its text was kept where "
                        + "it has any. Use paragraphs, lists and links only.")
            }
            result.merge(reading.text, language: language)
        }
        return result
    }

    static func url(
        _ node: JSONNode?, field: String, _ log: inout DiagnosticLog
    ) -> String? {
        guard let node = node?.elements.first, let text = node.address else { return nil }
        if let url = cleanURL(text) { return url }
        log.add(
            .warning, .badURL, place: node.position, field: field,
            "\(field) is \(quoted(text)), no http or https address; it was left out. "
                + "Give the whole address.")
        return nil
    }

    static func image(_ node: JSONNode?, _ log: inout DiagnosticLog) -> Image? {
        guard let node = node?.elements.first, let text = node.address, !text.isEmpty,
            let url = url(node, field: "image", &log)
        else { return nil }
        return Image(
            url: url, alternative: node["caption"]?.localized(nil).text(),
            title: node["name"]?.localized(nil).text())
    }

    static func date(
        _ node: JSONNode?, field: String, _ log: inout DiagnosticLog
    ) -> CalendarDate? {
        guard let node = node?.elements.first, let text = node.text else { return nil }
        if let date = parseDate(text)?.date { return date }
        log.add(
            .warning, .dateUnreadable, place: node.position, field: field,
            "\(field) is \(quoted(text)), no date; it was left out. Write it as 2027-02-01.")
        return nil
    }

    static func languages(
        _ node: JSONNode?, _ log: inout DiagnosticLog
    ) -> [LanguageShare] {
        var result: [LanguageShare] = []
        for element in node?.elements ?? [] {
            guard let text = element.text ?? element.first("alternateName", "name")?.text else {
                continue
            }
            for part in text.split(separator: ",") {
                guard let tag = XCRILanguage.tag(String(part.trimmingSpaces())) else {
                    log.add(
                        .note, .badLanguage, place: element.position, field: "inLanguage",
                        "inLanguage \(quoted(text)) is no language code; it was left out. "
                            + "Use a code such as nl.")
                    continue
                }
                if !result.contains(where: { $0.language == tag }) {
                    result.append(LanguageShare(tag))
                }
            }
        }
        return result
    }
}

/// How a course is taught, in the words of `courseMode` and in the model's own.
struct SchemaOrgModes {
    var delivery: Set<DeliveryMode> = []
    var study: Set<StudyMode> = []
    var dayParts: Set<DayPart> = []

    mutating func take(_ node: JSONNode, _ log: inout DiagnosticLog) {
        for element in node.elements {
            guard let text = element.text ?? element["name"]?.text, !take(word: text) else {
                continue
            }
            log.add(
                .note, .codeUnknown, place: element.position, field: "courseMode",
                "courseMode \(quoted(text)) is in no vocabulary; it was left out. "
                    + "Use words such as online, onsite or blended.")
        }
    }

    /// Takes a word or phrase; returns whether it said anything.
    mutating func take(word text: String) -> Bool {
        if let known = DeliveryMode(rawValue: text) {
            delivery.insert(known)
        } else if let known = StudyMode(rawValue: text) {
            study.insert(known)
        } else if let known = DayPart(rawValue: text) {
            dayParts.insert(known)
        } else if let known = Self.words[JSONNode.localName(text).lowercased()] {
            delivery.insert(known)
        } else if !Self.meetingWords.contains(text.lowercased()) {
            let read = XCRIModes(words: text)
            delivery.formUnion(read.delivery)
            study.formUnion(read.study)
            dayParts.formUnion(read.dayParts)
            return !read.isEmpty
        }
        return true
    }

    /// They say whether learners meet, not how teaching reaches them.
    private static let meetingWords: Set<String> = ["synchronous", "asynchronous"]

    private static let words: [String: DeliveryMode] = [
        "onlineeventattendancemode": .online, "offlineeventattendancemode": .classroom,
        "mixedeventattendancemode": .blended, "onsite": .classroom, "on-site": .classroom,
        "in-person": .classroom, "in person": .classroom, "hybrid": .blended,
        "virtual": .online, "remote": .online, "mooc": .online,
    ]

    static func words(
        _ delivery: Set<DeliveryMode>, _ study: Set<StudyMode>, _ parts: Set<DayPart>
    ) -> [String] {
        DeliveryMode.allCases.filter { delivery.contains($0) }.map(\.rawValue)
            + StudyMode.allCases.filter { study.contains($0) }.map(\.rawValue)
            + DayPart.allCases.filter { parts.contains($0) }.map(\.rawValue)
    }
}
