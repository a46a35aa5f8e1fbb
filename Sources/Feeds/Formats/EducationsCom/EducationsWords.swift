import CourseModel
import XMLStream

/// The format's words and what they mean in ours.
enum EducationsWords {
    /// What an event is bound to.
    enum EventType {
        case location, area, distance
    }

    /// The local part of `xsi:type`.
    static func typeName(_ node: XMLNode) -> String? {
        node.statedAttribute("type").map { text in
            text.split(separator: ":").last.map(String.init) ?? text
        }
    }

    /// What an event is bound to, by its type.
    static func eventType(_ event: XMLNode) -> EventType? {
        switch typeName(event) {
        case "LocationEvent": .location
        case "AreaEvent": .area
        case "DistanceEvent": .distance
        default: nil
        }
    }

    /// How teaching reaches the learner, by the words of a `deliveryMethod`; any text may stand
    /// there.
    static func deliveryMode(_ text: String?) -> DeliveryMode? {
        guard let lower = text?.lowercased() else { return nil }
        return methods.first { row in row.1.contains { lower.holds($0) } }?.0
    }

    /// The sort of learning that a `courseType` means.
    static func kind(_ type: String?) -> CourseKind? {
        guard let type else { return nil }
        if type.lowercased().holds("program") { return .diplomaProgramme }
        return XCRIKind.kind(type)
    }

    /// Default fields and the themes on which they are.
    static let themes: [String: String] = [
        "qualification": "admission", "degree": "graduation", "continuing": "after graduation",
        "detailedCost": "tuition fee", "applicationDeadline": "application",
        "platform": "instruction modes",
    ]

    /// Units of a specific duration; a semester is counted as six months, a lesson has no length.
    static let units: [String: CourseDuration.Unit] = [
        "hours": .hour, "days": .day, "weeks": .week, "months": .month, "years": .year,
    ]

    /// The names of months, for a start in a month of every year.
    static let months: [Int: String] = [
        1: "January", 2: "February", 3: "March", 4: "April", 5: "May", 6: "June", 7: "July",
        8: "August", 9: "September", 10: "October", 11: "November", 12: "December",
    ]

    /// A language by its name in the schema's list, or by a code.
    static func language(_ name: String) -> LanguageTag? {
        if let code = languages[name.lowercased()] { return LanguageTag(code) }
        return name.utf8.count <= 3 ? LanguageTag(name) : nil
    }

    private static let methods: [(DeliveryMode, [String])] = [
        (.blended, ["blended", "hybrid", "mixed"]),
        (.workplace, ["in-house", "in house", "inhouse", "in-company", "on-site", "corporate"]),
        (.online, ["online", "e-learning", "elearning", "webinar", "virtual"]),
        (.distance, ["distance", "self study", "self-study"]),
        (.classroom, ["open class", "classroom", "campus", "open course"]),
    ]

    /// The list of `language.xsd`; ISO 639-1 where there is such a code, else 639-3.
    private static let languages: [String: String] = [
        "afrikaans": "af", "arabic": "ar", "balinese": "ban", "basque": "eu", "buginese": "bug",
        "bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs",
        "danish": "da", "dutch": "nl", "english": "en", "estonian": "et", "filipino": "fil",
        "finnish": "fi", "french": "fr", "frisian": "fy", "georgian": "ka", "german": "de",
        "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id",
        "italian": "it", "japanese": "ja", "javanese": "jv", "khmer": "km", "korean": "ko",
        "latin": "la", "latvian": "lv", "norwegian": "no", "persian": "fa", "polish": "pl",
        "portuguese": "pt", "romanian": "ro", "russian": "ru", "sami": "se", "sanskrit": "sa",
        "serbian": "sr", "slovakian": "sk", "slovenian": "sl", "somali": "so", "spanish": "es",
        "sundanese": "su", "swedish": "sv", "tamil": "ta", "thai": "th", "tibetan": "bo",
        "turkish": "tr", "urdu": "ur", "vietnamese": "vi",
    ]
}
