import CourseModel

/// How EDU-DEX's codes translate to ours, and back.
///
/// Small tables; what a course says in EDU-DEX's own words is kept beside the translation
/// (``Course/statedKind``, ``Level/nationalName``, ``Qualification/title``).
enum EDUDEXVocabulary {
    /// The kinds that follow from `programType` alone.
    ///
    /// The other types say how something is taught rather than what it is; there the degree decides.
    static let kindOfType: [(type: String, kind: CourseKind)] = [
        ("mbo module", .module),
        ("internship", .internship),
        // In Dutch use: a job with a learning programme.
        ("traineeship", .apprenticeshipPlace),
        ("research", .project),
        ("conference", .event),
        ("lecture", .event),
        ("webinar", .event),
    ]

    /// What a course is.
    static func kind(programType: String?, degree: String?) -> CourseKind {
        if let fixed = kindOfType.first(where: { $0.type == programType }) { return fixed.kind }
        guard let degree, let entry = degrees.first(where: { $0.code == degree }) else {
            return .course
        }
        switch entry.kind {
        case .degree, .diploma: return .diplomaProgramme
        case .certificate:
            return degree == "mbo-certificaat"
                ? .certificate : degree == "module certificate" ? .module : .course
        case .attendance, .none, .other: return .course
        }
    }

    /// The `programType` to write for a kind, when the course does not name one.
    static func programType(for kind: CourseKind) -> String {
        switch kind {
        case .course, .certificate: "training"
        case .module: "mbo module"
        case .diplomaProgramme: "regular"
        case .apprenticeshipPlace: "traineeship"
        case .internship: "internship"
        case .project: "research"
        case .event: "conference"
        }
    }

    /// What each degree is.
    ///
    /// Codes that are not listed by hand are titles of higher education.
    static let degrees: [(code: String, kind: Qualification.Kind, language: LanguageTag?)] =
        [
            ("none", .none, nil),
            ("certificate", .certificate, nil),
            ("diploma", .diploma, nil),
            ("certificate on request", .certificate, .english),
            ("certificate of participation", .attendance, nil),
            ("testimonial", .other, .english),
            ("module certificate", .certificate, .english),
            ("mbo niveau 1", .diploma, .dutch),
            ("mbo niveau 2", .diploma, .dutch),
            ("mbo niveau 3", .diploma, .dutch),
            ("mbo niveau 4", .diploma, .dutch),
            ("mbo-verklaring", .other, .dutch),
            ("mbo-certificaat", .certificate, .dutch),
        ]
        + EDUDEXCodes.degrees.filter { code in
            ![
                "", "none", "certificate", "diploma", "certificate on request",
                "certificate of participation", "testimonial", "module certificate",
                "mbo niveau 1", "mbo niveau 2", "mbo niveau 3", "mbo niveau 4", "mbo-verklaring",
                "mbo-certificaat",
            ].contains(code)
        }.map { ($0, .degree, nil) }

    /// The qualification that a degree code stands for; `nil` for the empty code.
    static func qualification(degree code: String) -> Qualification? {
        guard !code.isEmpty else { return nil }
        guard let entry = degrees.first(where: { $0.code == code }) else {
            return Qualification(kind: .other, title: LocalizedText(code))
        }
        if entry.kind == .degree { return Qualification(kind: .degree, abbreviation: code) }
        // A title only where the code says more than the kind does.
        let title = entry.language.map { LocalizedText(code, language: $0) } ?? LocalizedText()
        return Qualification(kind: entry.kind, title: title)
    }

    /// The degree code for a qualification; empty when none fits.
    static func degree(for qualification: Qualification, level: Level?) -> String {
        let stated =
            [qualification.abbreviation].compactMap { $0 }
            + qualification.title.wordings.map(\.text)
        if let code = stated.first(where: { EDUDEXCodes.degrees.contains($0) }) { return code }
        switch qualification.kind {
        case .none: return "none"
        case .diploma: return "diploma"
        case .certificate: return "certificate"
        case .attendance: return "certificate of participation"
        case .other: return "testimonial"
        case .degree:
            switch (qualification.level ?? level)?.eqf {
            case 5: return "Ad"
            case 6: return "B"
            case 7: return "M"
            case 8: return "PhD"
            default: return "diploma"
            }
        }
    }

    /// The code for a level; `none` when no code fits.
    static func levelCode(for level: Level?) -> String {
        guard let level else { return "none" }
        if let name = level.nationalName, EDUDEXCodes.levels.contains(name) { return name }
        switch level.nlqf ?? level.eqf.flatMap({ NLQFLevel(eqf: $0) }) {
        case .one: return "mbo niveau 1"
        case .two: return "mbo niveau 2"
        case .three: return "mbo niveau 3"
        case .four: return "mbo niveau 4"
        case .fourPlus: return "vwo"
        case .five: return "associate"
        case .six: return "bachelor"
        case .seven: return "master"
        case .eight: return "PhD"
        case nil: return "none"
        }
    }

    /// What `programForm` says of full-time or beside work.
    static let studyModes: [(form: String, mode: StudyMode)] = [
        ("full-time", .fullTime), ("part-time", .partTime), ("dual", .dual),
        ("evening education", .partTime),
    ]

    /// What `programForm` says of how teaching reaches the learner.
    static let formModes: [(form: String, mode: DeliveryMode)] = [
        ("distance learning", .distance), ("e-learning", .online), ("virtual classroom", .online),
    ]

    /// What `instructionMode` says of how teaching reaches the learner; the first of a mode is the
    /// one that is written.
    static let instructionModes: [(instruction: String, mode: DeliveryMode)] = [
        ("classroom teaching", .classroom), ("blended learning", .blended),
        ("virtual classroom", .online), ("webinar", .online), ("home study", .distance),
        ("internship", .workplace), ("traineeship", .workplace),
    ]

    /// The parts of the day.
    static let dayParts: [(code: String, part: DayPart)] = [
        ("morning", .morning), ("afternoon", .afternoon), ("day", .daytime),
        ("evening", .evening), ("night", .night), ("weekend", .weekend),
    ]

    /// Where other formats' themes of texts go; what is not listed becomes `description`.
    static let subjectOfTheme: [String: String] = [
        "objective": "objectives", "learningOutcome": "competencies", "assessment": "graduation",
        "applicationProcedure": "application", "regulations": "admission",
        "engagement": "study load", "aim": "objectives",
    ]

    /// Subjects (`theme`, `targetSector`, `targetSectorSBI`, `targetProfession`) by our scheme.
    enum Scheme {
        static let theme = "edudex-theme"
        static let sector = "sbi-section"
        static let sbi = "sbi"
        static let profession = "isco-major"
        static let crebo = "crebo"
        static let croho = "croho"
        static let rio = "rio"
        static let nlqf = "nlqf"
        static let learningPath = "crebo-learning-path"
        static let uuid = "uuid"
        static let client = "edudex-client"
        static let kvk = "kvk"
    }

    /// Words that publishers put in a place to say that there is none.
    static func meansOnline(_ text: String) -> Bool {
        let lower = text.lowercased()
        func isInWord(_ character: Character) -> Bool { character.isLetter || character == "-" }
        let first = lower.drop { !isInWord($0) }.prefix(while: isInWord)
        guard !first.isEmpty else { return false }
        return onlineWords.contains(String(first)) || onlinePhrases.contains { lower.hasPrefix($0) }
    }

    private static let onlinePhrases = [
        "virtual classroom", "virtuele klas", "op afstand", "live online", "via teams", "via zoom",
    ]

    private static let onlineWords: Set<String> = [
        "online", "on-line", "virtual", "virtueel", "virtuele", "e-learning", "elearning",
        "webinar", "webbased", "internet", "thuis", "thuisstudie", "zoom", "teams",
    ]
}
