import CourseModel
import Feeds

/// Rules about what courses say in words.
enum TextChecks {
    /// The longest title that a list shows whole.
    static let longestTitle = 120
    /// The shortest description that says enough to match on, in characters.
    static let shortestDescription = 80

    /// Titles that a list cannot show well.
    @Sendable static func titles(_ record: CourseRecord, _ findings: inout Findings) {
        for wording in record.course.title.wordings {
            let title = wording.text
            if title.count > longestTitle {
                findings.add(
                    .warning, .titleTooLong, field: "title",
                    "The title has \(title.count) characters and is cut in lists. Keep it under "
                        + "\(longestTitle); the rest belongs in the summary.")
            }
            if isInCapitals(title) {
                findings.add(
                    .note, .titleInCapitals, field: "title",
                    "The title “\(short(title))” is in capitals, which reads slowly and is spelt "
                        + "out by screen readers. Write it as a sentence.")
            }
        }
    }

    /// Descriptions that say too little.
    @Sendable static func descriptions(_ record: CourseRecord, _ findings: inout Findings) {
        let course = record.course
        let texts = course.allTexts
        let length = texts.reduce(0) { $0 + $1.count }
        if length == 0 {
            findings.add(
                .warning, .descriptionMissing, field: "description",
                "The course has no description, so it is found by its title only. Say what one "
                    + "learns, for whom it is and what one can do afterwards.")
        } else if texts.allSatisfy({ course.title.says($0) }) {
            findings.add(
                .warning, .descriptionRepeatsTitle, field: "description",
                "The description only repeats the title. Say what one learns, for whom it is and "
                    + "what one can do afterwards.")
        } else if length < shortestDescription {
            findings.add(
                .warning, .descriptionTooShort, field: "description",
                "The description has \(length) characters, too few to match learners to it. "
                    + "Write at least \(shortestDescription).")
        }
    }

    /// Texts that were to be filled in later.
    @Sendable static func placeholders(_ record: CourseRecord, _ findings: inout Findings) {
        let course = record.course
        for text in course.title.wordings.map(\.text) where isPlaceholder(text) {
            findings.add(
                .warning, .placeholderText, field: "title",
                "The title is “\(short(text))”, a placeholder. Fill it in, or leave the course out."
            )
        }
        // A section may rightly hold one word: “none” is an answer to what is required.
        let texts =
            course.summary.wordings.map(\.text)
            + course.description.wordings.map(\.text.plainText)
        for text in texts where isPlaceholder(text) {
            findings.add(
                .warning, .placeholderText, field: "description",
                "The description is “\(short(text))”, a placeholder. Fill it in, or leave it out.")
            return
        }
    }

    /// Mark-up and wrongly decoded letters that are still there after reading.
    @Sendable static func leftovers(_ record: CourseRecord, _ findings: inout Findings) {
        let course = record.course
        let texts = [
            ("title", course.title.wordings.map(\.text)), ("description", course.allTexts),
        ]
        for (field, texts) in texts {
            if let text = texts.first(where: holdsMarkup) {
                findings.add(
                    .warning, .escapedHTML, field: field,
                    "Mark-up stands in the \(field) as text (“\(short(text))”). Escape it once, or "
                        + "write plain text.")
            }
            if let text = texts.first(where: isGarbled) {
                findings.add(
                    .warning, .garbledText, field: field,
                    "Letters of the \(field) were decoded with the wrong character set "
                        + "(“\(short(text))”). Export the feed as UTF-8.")
            }
        }
    }

    /// Lists that were packed into one word.
    @Sendable static func packedWords(_ record: CourseRecord, _ findings: inout Findings) {
        let course = record.course
        let labels =
            course.keywords.wordings.map { ("keywords", $0.text) }
            + course.skills.flatMap { $0.label.wordings.map { ("skills", $0.text) } }
            + course.subjects.flatMap { $0.label.wordings.map { ("subjects", $0.text) } }
        guard let (field, text) = labels.first(where: { isPacked($0.1) }) else { return }
        findings.add(
            .note, .packedSubjects, field: field,
            "“\(short(text))” packs several \(field) into one. Give each an element of its own, so "
                + "that each can be found.")
    }

    /// Pictures without words.
    @Sendable static func pictures(_ record: CourseRecord, _ findings: inout Findings) {
        guard let image = record.course.image,
            (image.alternative ?? "").isEmpty && (image.title ?? "").isEmpty
        else { return }
        findings.add(
            .note, .imageWithoutAlternative, field: "image",
            "The picture has no text for those who cannot see it. Describe it in a few words.")
    }

    static func isInCapitals(_ text: String) -> Bool {
        let letters = text.unicodeScalars.filter(\.properties.isAlphabetic)
        // An abbreviation or two (“VCA”, “NEN 3140”) is no shouting.
        return letters.count >= 12 && letters.allSatisfy { !$0.properties.isLowercase }
    }

    static func isPlaceholder(_ text: String) -> Bool {
        let folded = text.lowercased().trimmingSpaces().filter { $0 != "." }
        return placeholders.contains(folded) || folded.hasPrefix("lorem ipsum")
    }

    private static let placeholders: Set = [
        "test", "test test", "xxx", "xx", "x", "-", "--", "?", "???", "todo", "tbd", "tba", "nvt",
        "n/a", "volgt", "volgt nog", "volgt later", "nog in te vullen", "nader te bepalen", "ntb",
        "geen omschrijving", "omschrijving", "description", "titel", "title", "untitled", "null",
        "undefined", "leeg", "nog niet bekend",
    ]

    static func holdsMarkup(_ text: String) -> Bool {
        guard text.utf8.contains(where: { $0 == 60 || $0 == 38 }) else { return false }
        let lower = text.lowercased()
        return marks.contains { lower.contains($0) }
    }

    private static let marks = [
        "</p>", "<p>", "<br", "</li>", "<ul>", "</strong>", "<strong", "<span", "<div", "&nbsp;",
        "&amp;", "&lt;", "&quot;", "&#39;", "&euro;", "&eacute;", "&euml;",
    ]

    static func isGarbled(_ text: String) -> Bool {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return false }
        return garbage.contains { text.contains($0) }
    }

    /// What UTF-8 looks like when it was read as Windows-1252, for the signs that Dutch texts have.
    private static let garbage = [
        "\u{FFFD}", "â€™", "â€œ", "â€“", "â‚¬", "Ã©", "Ã«", "Ã¨", "Ã¯", "Ã¶", "Ã¼", "Â©", "Â®",
        "Â ",
    ]

    static func isPacked(_ text: String) -> Bool {
        let parts = text.split { $0 == "," || $0 == ";" || $0 == "|" }
        // Prose has commas too; a list of words has short parts, all of them.
        return parts.count >= 3 && parts.allSatisfy { $0.count <= 40 && !$0.contains(".") }
    }
}

/// The beginning of a text, for a message.
func short(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 60 ? line.prefix(57) + "…" : line
}

extension Course {
    /// Everything that describes the course in words, without its title.
    var allTexts: [String] {
        summary.wordings.map(\.text) + description.wordings.map(\.text.plainText)
            + sections.flatMap { $0.text.wordings.map(\.text.plainText) }
    }
}

extension LocalizedText {
    /// Whether a wording is this text but for case, spaces and signs.
    func says(_ text: String) -> Bool {
        let wanted = Self.letters(text)
        return wordings.contains { Self.letters($0.text) == wanted }
    }

    private static func letters(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
