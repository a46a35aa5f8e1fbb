import CourseModel

/// XCRI-CAP's vocabularies, and what real feeds write in their place.
///
/// Feeds mix the three fields up (attendance modes hold study modes, study modes parts of the day),
/// so free text is read for all three at once.
struct XCRIModes: Hashable {
    /// Full-time, part-time.
    var study: Set<StudyMode> = []
    /// How teaching reaches the learner.
    var delivery: Set<DeliveryMode> = []
    /// In which part of the day.
    var dayParts: Set<DayPart> = []
    /// Whether the text says that it is not known.
    var isUnknown = false

    /// Whether nothing was understood.
    var isEmpty: Bool { study.isEmpty && delivery.isEmpty && dayParts.isEmpty && !isUnknown }

    /// Adds what another field says.
    mutating func merge(_ other: XCRIModes) {
        // A field mostly fills what none before it has filled.
        Self.merge(&study, other.study)
        Self.merge(&delivery, other.delivery)
        Self.merge(&dayParts, other.dayParts)
    }

    private static func merge<Mode>(_ modes: inout Set<Mode>, _ others: Set<Mode>) {
        if modes.isEmpty {
            modes = others
        } else if !others.isEmpty {
            modes.formUnion(others)
        }
    }

    /// The field that a code belongs to.
    enum Field: Hashable {
        case studyMode, attendanceMode, attendancePattern
    }

    /// Reads a field by its code, else by its text.
    init(_ field: Field, code: String?, text: String?) {
        // Our own words are in small letters, the vocabulary's labels are not.
        if let text, let first = text.utf8.first, 97...122 ~= first,
            let own = Self.own(field, text)
        {
            self = own
        } else if let code, let known = Self.coded(field, code) {
            self = known
        } else if let text {
            if text.utf8.count <= 3, let known = Self.coded(field, text) {
                self = known
            } else {
                self.init(words: text)
            }
        } else {
            self.init()
        }
    }

    private static func coded(_ field: Field, _ code: String) -> XCRIModes? {
        let table =
            switch field {
            case .studyMode: studyCodes
            case .attendanceMode: attendanceCodes
            case .attendancePattern: patternCodes
            }
        return table[code] ?? table[code.uppercased()]
    }

    /// Nothing said.
    init() {}

    private init(
        _ study: Set<StudyMode> = [], _ delivery: Set<DeliveryMode> = [],
        _ dayParts: Set<DayPart> = [], isUnknown: Bool = false
    ) {
        self.study = study
        self.delivery = delivery
        self.dayParts = dayParts
        self.isUnknown = isUnknown
    }

    /// A list of the model's own words, as our writer gives it.
    private static func own(_ field: Field, _ text: String) -> XCRIModes? {
        var result = XCRIModes()
        for part in text.split(separator: ",") {
            let word = String(part.trimmingSpaces())
            switch field {
            case .studyMode:
                guard let mode = StudyMode(rawValue: word) else { return nil }
                result.study.insert(mode)
            case .attendanceMode:
                guard let mode = DeliveryMode(rawValue: word) else { return nil }
                result.delivery.insert(mode)
            case .attendancePattern:
                guard let part = DayPart(rawValue: word) else { return nil }
                result.dayParts.insert(part)
            }
        }
        return result.isEmpty ? nil : result
    }

    /// What free text says of all three.
    init(words text: String) {
        let lower = text.lowercased()
        func says(_ phrases: String...) -> Bool { phrases.contains { lower.contains($0) } }
        self.init()
        if says("part time", "part-time", "parttime", "deeltijd") { study.insert(.partTime) }
        if says("full time", "full-time", "fulltime", "voltijd", "sandwich") {
            study.insert(.fullTime)
        }
        if says("flexib") { study.insert(.flexible) }
        if says("dual", "duaal") { study.insert(.dual) }
        if says("evening", "avond", "twilight") { dayParts.insert(.evening) }
        if says("weekend") { dayParts.insert(.weekend) }
        if says("morning", "ochtend") { dayParts.insert(.morning) }
        if says("afternoon", "middag") { dayParts.insert(.afternoon) }
        if says("daytime", "overdag", "-time day", " time day", "day release", "day/") {
            dayParts.insert(.daytime)
        }
        if says("self-study", "self study", "zelfstudie", "distance", "open learning", "afstand") {
            delivery.insert(.distance)
        }
        if says("online", "e-learning", "elearning", "webinar") { delivery.insert(.online) }
        if says("blended", "gemengd", "mixed") { delivery.insert(.blended) }
        if says("classroom", "campus", "klassikaal", "face to face", "face-to-face") {
            delivery.insert(.classroom)
        }
        if says("work-based", "work based", "werkplek", "workplace") { delivery.insert(.workplace) }
        isUnknown = ["unk", "nk", "not known", "unknown", "onbekend"].contains(lower)
    }

    private static let studyCodes: [String: XCRIModes] = [
        "NK": XCRIModes(isUnknown: true), "UNK": XCRIModes(isUnknown: true),
        "FL": XCRIModes([.flexible]), "FT": XCRIModes([.fullTime]),
        // Part of a full-time programme: less than the whole week.
        "PF": XCRIModes([.partTime]), "PT": XCRIModes([.partTime]),
    ]
    private static let attendanceCodes: [String: XCRIModes] = [
        "NK": XCRIModes(isUnknown: true), "UNK": XCRIModes(isUnknown: true),
        "CM": XCRIModes([], [.classroom]), "NC": XCRIModes([], [.classroom]),
        "DA": XCRIModes([], [.blended]), "DS": XCRIModes([], [.distance]),
        "MM": XCRIModes([], [.blended]), "ON": XCRIModes([], [.online]),
        "WB": XCRIModes([], [.workplace]),
    ]
    private static let patternCodes: [String: XCRIModes] = [
        "NK": XCRIModes(isUnknown: true), "UNK": XCRIModes(isUnknown: true),
        "DT": XCRIModes([], [], [.daytime]), "EV": XCRIModes([], [], [.evening]),
        "TW": XCRIModes([], [], [.evening]), "DR": XCRIModes([], [], [.daytime]),
        "WE": XCRIModes([], [], [.weekend]),
        // Customised: as agreed, so no part of the day is said.
        "CS": XCRIModes(isUnknown: true),
    ]
}

/// The codes that are written; the text beside them says all.
extension XCRIModes {
    static func code(_ modes: Set<StudyMode>) -> String? {
        guard modes.count == 1, let mode = modes.first else { return nil }
        switch mode {
        case .fullTime: return "FT"
        case .partTime: return "PT"
        case .flexible: return "FL"
        case .dual: return nil
        }
    }

    static func code(_ modes: Set<DeliveryMode>) -> String? {
        guard modes.count == 1, let mode = modes.first else { return modes.isEmpty ? nil : "MM" }
        switch mode {
        case .classroom: return "CM"
        case .blended: return "MM"
        case .online: return "ON"
        case .distance: return "DS"
        case .workplace: return "WB"
        }
    }

    static func code(_ parts: Set<DayPart>) -> String? {
        if parts.isEmpty { return nil }
        if parts.isSubset(of: [.morning, .afternoon, .daytime]) { return "DT" }
        if parts == [.evening] { return "EV" }
        if parts == [.weekend] { return "WE" }
        return "CS"
    }
}

/// What a `dc:type` says of the sort of learning.
enum XCRIKind {
    /// The kind that a feed's words mean; `nil` when they say nothing of it.
    static func kind(_ text: String) -> CourseKind? {
        var best: (rank: Int, kind: CourseKind)?
        for word in lowerWords(text) {
            guard let found = kinds[word], found.rank < best?.rank ?? .max else { continue }
            best = found
        }
        return best?.kind
    }

    private static let kinds: [String: (rank: Int, kind: CourseKind)] = {
        var kinds: [String: (rank: Int, kind: CourseKind)] = [:]
        for (rank, (kind, names)) in table.enumerated() {
            for name in names { kinds[name] = (rank, kind) }
        }
        return kinds
    }()

    /// The first row that fits wins: an apprenticeship ends in a diploma, not the reverse.
    private static let table: [(CourseKind, Set<String>)] = [
        (.apprenticeshipPlace, ["apprenticeship", "apprenticeships", "leerbaan", "bbl"]),
        (.internship, ["internship", "placement", "stage", "stageplaats", "traineeship"]),
        (
            .event,
            [
                "conference", "seminar", "webinar", "lecture", "event", "masterclass", "congres",
                "lezing",
            ]
        ),
        (.course, ["short", "recreational", "workshop", "cursus", "leisure"]),
        (.module, ["module", "unit", "keuzedeel"]),
        (.certificate, ["certificate", "certificaat", "award", "pgcert"]),
        (
            .diplomaProgramme,
            [
                "diploma", "degree", "bachelor", "bachelors", "master", "masters", "hnd", "hnc",
                "nvq", "ba", "bsc", "ma", "msc", "mba", "phd", "pgce", "gcse",
            ]
        ),
    ]

    /// What paper a qualification is, by its type and title.
    static func qualification(_ type: String?, title: String) -> Qualification.Kind {
        if let type, let kind = Qualification.Kind(rawValue: type.lowercased()) { return kind }
        var best: (rank: Int, kind: Qualification.Kind)?
        for word in lowerWords(type.map { $0 + " " + title } ?? title) {
            guard let found = papers[word], found.rank < best?.rank ?? .max else { continue }
            best = found
        }
        return best?.kind ?? .other
    }

    private static let papers: [String: (rank: Int, kind: Qualification.Kind)] = {
        var papers: [String: (rank: Int, kind: Qualification.Kind)] = [:]
        for name in ["certificate", "certificaat", "award"] { papers[name] = (0, .certificate) }
        for name in [
            "degree", "bachelor", "master", "ba", "bsc", "bed", "beng", "ma", "msc", "mba", "phd",
            "llb", "llm",
        ] {
            papers[name] = (1, .degree)
        }
        for name in ["diploma", "hnd", "hnc", "nvq"] { papers[name] = (2, .diploma) }
        return papers
    }()
}

/// What a start without a day says.
enum XCRIStart {
    /// The phrases that are written.
    static let rollingText = "Continuous"
    static let onRequestText = "On request"

    /// The kind of start that words mean; `nil` when they mean no more than that.
    static func start(_ text: String) -> Start? {
        let lower = text.lowercased()
        if onRequest.contains(where: lower.holds) { return .onRequest }
        if rolling.contains(where: lower.holds) { return .rolling }
        return nil
    }

    private static let rolling = [
        "continuous", "any time", "anytime", "rolling", "doorlopend", "elk moment",
        "ieder moment", "altijd", "flexible start", "flexibele start", "on demand", "roll-on",
        "direct start", "dagelijks",
    ]
    private static let onRequest = [
        "on request", "by arrangement", "to be agreed", "in overleg", "op aanvraag", "op afspraak",
        "by appointment",
    ]
}

/// Languages by the names that feeds write instead of codes.
enum XCRILanguage {
    /// The language of a code or name.
    static func tag(_ text: String) -> LanguageTag? {
        switch text {
        case "nl": return .dutch
        case "en": return .english
        default: break
        }
        if text.utf8.count == 2 { return LanguageTag(text) }
        if let code = names[text.lowercased()] { return LanguageTag(code) }
        return LanguageTag(text)
    }

    private static let names = [
        "english": "en", "engels": "en", "dutch": "nl", "nederlands": "nl", "german": "de",
        "duits": "de", "deutsch": "de", "french": "fr", "frans": "fr", "français": "fr",
        "spanish": "es", "spaans": "es", "welsh": "cy", "gaelic": "gd", "frisian": "fy",
        "fries": "fy", "italian": "it", "italiaans": "it", "arabic": "ar", "arabisch": "ar",
        "turkish": "tr", "turks": "tr", "polish": "pl", "pools": "pl", "portuguese": "pt",
    ]
}
