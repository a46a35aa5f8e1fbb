import CourseModel

extension CuratedField where Record == Course {
    /// The skills, by id; what partners take away is not found in the text either.
    static var skillsName: String { "skills" }
    /// The partners who own the course beside the one whose feed gives it; not a field of the feed.
    static var ownersName: String { "owners" }

    /// The fields of a course that can be corrected.
    static let all: [CuratedField<Course>] = [
        .text("title", \.title, canBeEmpty: false),
        .text("summary", \.summary),
        .richText("description", \.description),
        .richText("prerequisites", \.prerequisites),
        .word("kind", \.kind),
        .value(
            "level", \.level, expected: "a level of the NLQF: 1 to 8, or 4+",
            read: { NLQFLevel(rawValue: $0).map { Level(stated: $0) } },
            write: { $0.nlqf?.rawValue ?? $0.nationalName ?? $0.eqf.map { "EQF \($0)" } ?? "" }),
        .value(
            "hours", \.studyLoad.hours, expected: "hours of work in all, above 0",
            read: positive, write: { $0.text(minimumPlaces: 0) }),
        .value(
            "duration", \.duration, expected: "a number and a unit, such as “12 week” or “1 year”",
            read: duration, write: { "\($0.value.text(minimumPlaces: 0)) \($0.unit.rawValue)" }),
        .words("audiences", \.audiences),
        .words("modes", \.modes),
        .words("study-modes", \.studyModes),
        .list(
            "languages", \.languages, expected: "a language code, such as nl",
            read: { LanguageTag($0).map { LanguageShare($0) } }, write: { $0.language.code }),
        .list(
            "funding", \.funding, expected: "the name of a scheme, such as bbl",
            read: { nonEmpty($0).map { FundingScheme($0) } }, write: { $0.name }),
        .list(
            "subjects", \.subjects, expected: "scheme:code, such as isced-f:0821",
            read: subject, write: { "\($0.scheme):\($0.code)" }),
        keywords,
        .value(
            "url", \.url, expected: "an address that begins with https://", read: webAddress,
            write: { $0 }),
        .list(
            skillsName, \.skills, expected: "the id or name of a skill",
            read: { nonEmpty($0).map { DeclaredSkill(id: $0) } },
            write: { $0.id ?? $0.label.text() ?? "" }),
        CuratedField(
            name: ownersName, shape: .list, canBeEmpty: true,
            expected: "the id of a partner of catalog.toml", vocabulary: [], canonical: nonEmpty,
            values: { _, _ in [] }, put: { _, _, _ in true }),
    ]

    private static let keywords = CuratedField(
        name: "keywords", shape: .list, canBeEmpty: true, expected: "a word", vocabulary: [],
        canonical: nonEmpty,
        values: { course, _ in course.keywords.wordings.map(\.text) },
        put: { course, values, _ in
            let known = course.keywords.wordings
            course.keywords = LocalizedText(
                values.map { value in
                    known.first { $0.text == value }
                        ?? LocalizedText.Wording(language: nil, text: value)
                })
            return true
        })

    @Sendable private static func positive(_ text: String) -> FixedDecimal? {
        FixedDecimal(text).flatMap { $0 > .zero ? $0 : nil }
    }

    @Sendable private static func duration(_ text: String) -> CourseDuration? {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let value = FixedDecimal(parts[0]) else { return nil }
        let unit = parts[1].hasSuffix("s") ? parts[1].dropLast() : parts[1]
        return CourseDuration.Unit(rawValue: String(unit)).flatMap { CourseDuration(value, $0) }
    }

    @Sendable private static func subject(_ text: String) -> Code? {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        return Code(scheme: parts[0].lowercased(), code: String(parts[1]))
    }
}
