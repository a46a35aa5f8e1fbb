import CourseModel

/// open-Q-cat's codes and words and what they mean in ours.
///
/// Most of its `@type` numbers are published on KURSNET's site only, so their texts are read; the
/// few numbers that stand here were seen with their text in real catalogues.
enum OpenQCatWords {
    /// What stands in fields that must not be empty.
    static let fillers: Set<String> = [
        "keine angabe", "keine angaben", "k.a.", "k. a.", "-", "--", "...", ".",
    ]

    /// `COURSE_TYPE`, as the schema lists it.
    static let courseTypes: [String: String] = [
        "1": "Bildungsangebot", "2": "Studienangebot", "3": "Maßnahmeangebot AVGS",
        "4": "Angebot zur Sprachförderung", "5": "Weiterbildungsangebot",
    ]

    /// `FUNDING_TYPES_FEDERAL/@type`.
    static let federalFunding: [String: String] = [
        "2": "bildungsgutschein", "5": "weiterbildungsstipendium", "9": "transfergesellschaft",
        "12": "arbeitslosengeld-bei-weiterbildung", "13": "teilhabe-am-arbeitsleben",
    ]

    /// Where texts stand, from `SERVICE_DETAILS` on, and the theme on which they are.
    static let themes: [(theme: String, path: String)] = [
        ("student profile", "TARGET_GROUP/TARGET_GROUP_TEXT"),
        ("regulations", "TERMS_AND_CONDITIONS"),
        ("assessment", "SERVICE_MODULE/EDUCATION/DEGREE/DEGREE_DESCRIPTION"),
        ("assessment", "SERVICE_MODULE/EDUCATION/DEGREE/DEGREE_EXAM/EXAM_DESCRIPTION"),
        ("competencies", "SERVICE_MODULE/EDUCATION/DEGREE/DEGREE_ADD_QUALIFICATION"),
        ("after graduation", "SERVICE_MODULE/EDUCATION/DEGREE/DEGREE_ENTITLED"),
        ("admission", "SERVICE_MODULE/EDUCATION/CREDITS"),
        ("admission", "SERVICE_MODULE/EDUCATION/EXTENDED_INFO/ADM_RESTRICTION_DESC"),
        ("admission", "STUDY_COURSE/EDU_RESTRICTIONS/SSC_DESC"),
        ("tuition fee", "SERVICE_MODULE/EDUCATION/SUBSIDY/SUBSIDY_DESCRIPTION"),
        ("tuition fee", "SERVICE_MODULE/EDUCATION/EXTENDED_INFO/FUNDING_TYPES_REMARKS"),
        ("accessibility", "SERVICE_MODULE/EDUCATION/HANDICAP/HAND_DESCRIPTION"),
        (
            "accessibility",
            "SERVICE_MODULE/EDUCATION/EXTENDED_INFO/DIGITAL_ACCESSIBILITY_REMARKS"
        ),
        ("instruction modes", "SERVICE_MODULE/EDUCATION/EXTENDED_INFO/TEACHING_LANGUAGES_REMARKS"),
        ("course schedule", "SERVICE_MODULE/EDUCATION/EXTENDED_INFO/LECTURE_PERIOD"),
        ("characteristics", "STUDY_COURSE/STUDY_TYPE_ADD_INFO"),
    ]

    /// The sort of learning that an `EDUCATION_TYPE` means, in lower case; the first row that fits
    /// wins, since Fortbildung ends like Ausbildung.
    static func kind(_ words: String) -> CourseKind? {
        kinds.first { row in row.1.contains { words.holds($0) } }?.0
    }

    /// What paper a degree is, by the words for examination and title in lower case.
    static func qualification(_ words: [String]) -> Qualification.Kind {
        qualifications.first { row in
            row.1.contains { word in words.contains { $0.holds(word) } }
        }?.0 ?? .other
    }

    /// The level of a university's degree in the German framework DQR, which is the EQF's.
    static func level(_ degree: String) -> Level {
        let lower = degree.lowercased()
        let eqf = degreeLevels.first { lower.holds($0.0) }?.1
        return eqf.flatMap { Level(eqf: $0, nationalName: degree, basis: .derived) }
            ?? Level(derived: nil, nationalName: degree)
    }

    private static let kinds: [(CourseKind, [String])] = [
        (.module, ["teilqualifi", "modul"]), (.internship, ["praktikum"]),
        (.course, ["fortbildung", "weiterbildung", "qualifizierung"]),
        (.diplomaProgramme, ["umschulung", "ausbildung", "studi", "berufsabschluss"]),
    ]

    private static let qualifications: [(Qualification.Kind, [String])] = [
        (.degree, ["bachelor", "master", "diplom-", "magister", "promotion", "staatsexamen"]),
        (.attendance, ["teilnahme"]),
        (
            .diploma,
            ["berufsabschluss", "gesellenbrief", "meister", "fachwirt", "betriebswirt", "abitur"]
        ),
        (.certificate, ["zertifikat", "zeugnis", "bescheinigung", "prüfung"]),
    ]

    private static let degreeLevels: [(String, Int)] = [
        ("bachelor", 6), ("master", 7), ("diplom (fh)", 6), ("staatsexamen", 7),
        ("promotion", 8),
    ]
}

/// How a service is taught, as its codes and words say.
struct OpenQCatModes {
    var delivery: Set<DeliveryMode> = []
    var study: Set<StudyMode> = []
    var dayParts: Set<DayPart> = []

    /// Adds what an element says; its words are read, its number only where they say nothing.
    mutating func take(_ element: String, code: String?, words: String?) {
        let lower = words?.lowercased() ?? ""
        let before = (delivery, study, dayParts)
        for (mode, names) in Self.deliveryWords where names.contains(where: lower.holds) {
            delivery.insert(mode)
        }
        for (mode, names) in Self.studyWords where names.contains(where: lower.holds) {
            study.insert(mode)
        }
        for (part, names) in Self.dayPartWords where names.contains(where: lower.holds) {
            dayParts.insert(part)
        }
        guard before == (delivery, study, dayParts), let code else { return }
        switch (element, code) {
        case ("INSTRUCTION_FORM", "101"): delivery.insert(.classroom)
        case ("INSTRUCTION_TIME", "1"): study.insert(.fullTime)
        case ("INSTRUCTION_TIME", "2"): study.insert(.partTime)
        default: break
        }
    }

    private static let deliveryWords: [(DeliveryMode, [String])] = [
        (.classroom, ["präsenz"]), (.blended, ["blended", "hybrid", "kombiniert"]),
        (.online, ["online", "e-learning", "virtuell", "webinar", "web based", "web-based"]),
        (.distance, ["fernunterricht", "fernstudium", "fernlehrgang", "selbststudium"]),
        (.workplace, ["inhouse", "am arbeitsplatz", "im betrieb"]),
    ]

    private static let studyWords: [(StudyMode, [String])] = [
        (.fullTime, ["vollzeit"]), (.partTime, ["teilzeit", "berufsbegleitend"]),
        (.dual, ["duales", "ausbildungsintegr", "berufsintegr"]),
    ]

    private static let dayPartWords: [(DayPart, [String])] = [
        (.evening, ["abend"]), (.weekend, ["wochenend", "samstag"]),
        (.daytime, ["tagesunterricht"]),
    ]
}
