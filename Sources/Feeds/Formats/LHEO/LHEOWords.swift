import CourseModel

/// LHEO's lists (`dict-…` of its grammar) and what they mean in our words.
enum LHEOWords {
    /// What stands in fields that must not be empty.
    static let fillers: Set<String> = [
        "-", "--", ".", "x", "nc", "n/a", "non communiqué", "non renseigné", "néant",
    ]

    /// What stands for a code that there is none of.
    static let noCodes: Set<String> = ["-", "-1", "0", "00000", "x", "nc"]

    /// `dict-niveaux` 0 and 1: not told, none in particular.
    static let noLevels: Set<String> = ["0", "1"]

    /// `dict-niveaux` with its level in the EQF.
    ///
    /// 11 to 18 are those of the French framework, which are the EQF's (referencing of 2021). The
    /// older ones follow decree 2019-14, article 2: V is 3, IV is 4, III is 5, II is 6; I became 7
    /// or 8, so it stands for neither.
    static let levels: [String: (name: String, eqf: Int?)] = [
        "2": ("niveau VI", nil), "3": ("niveau V bis", nil), "4": ("niveau V", 3),
        "5": ("niveau IV", 4), "6": ("niveau III", 5), "7": ("niveau II", 6),
        "8": ("niveau I", nil), "11": ("Niveau 1", 1), "12": ("Niveau 2", 2), "13": ("Niveau 3", 3),
        "14": ("Niveau 4", 4), "15": ("Niveau 5", 5), "16": ("Niveau 6", 6), "17": ("Niveau 7", 7),
        "18": ("Niveau 8", 8),
    ]

    /// `dict-AIS`; 1 is a code that is no longer used.
    static let generalObjectives: [String: String] = [
        "2": "Perfectionnement, élargissement des compétences", "4": "Création d'entreprise",
        "5": "Remise à niveau, maîtrise des savoirs de base, initiation", "6": "Certification",
        "7": "Professionnalisation", "8": "Préparation à la qualification",
        "9": "(Re)mobilisation, aide à l'élaboration de projet professionnel",
    ]

    /// The registers that a `certification` names.
    static let registers: [(element: String, scheme: String)] = [
        ("code-RNCP", "rncp"), ("code-RS", "rs"), ("code-CERTIFINFO", "certifinfo"),
        ("code-CPF", "cpf"),
    ]

    /// `dict-modalites-enseignement`.
    static let deliveryModes: [String: DeliveryMode] = [
        "0": .classroom, "1": .blended, "2": .distance,
    ]

    /// `dict-etat-recrutement`: open, closed, suspended.
    static let statuses: [String: OfferingStatus] = ["1": .open, "2": .closed, "3": .closed]

    /// `dict-financeurs`, where it names more than “other” or the learner.
    static let funders: [String: FundingScheme] = [
        "2": "conseil-regional", "3": "fse", "4": "pole-emploi", "5": "entreprise", "6": "acse",
        "7": "agefiph", "8": "conseil-departemental", "9": "commune", "11": "etat-emploi",
        "12": "etat-education", "13": "etat", "14": "fonds-europeens",
        "15": "collectivite-territoriale", "16": "opco", "17": "transition-pro", "18": "ladom",
        "19": "etat-interieur", "20": "ofii",
    ]

    /// `dict-type-contact`.
    static let contactRoles: [String: String] = [
        "1": "Référent handicap", "2": "Référent mobilité internationale",
        "3": "Référent pédagogique", "4": "Accueil", "5": "Direction", "6": "Référent qualité",
        "7": "Référent entreprise", "8": "Référent commercial", "9": "Gestionnaire financier",
        "10": "Direction Déléguée aux Formations Professionnelles et Technologiques",
        "11": "Communication", "12": "Référent FOAD", "13": "Référent VAE",
        "14": "Référent Apprentissage",
    ]

    /// Texts of an action and the themes on which they are.
    static let actionThemes: [(element: String, theme: String)] = [
        ("rythme-formation", "scheduled hours"), ("info-public-vise", "student profile"),
        ("modalites-alternance", "internship"), ("modalites-recrutement", "admission"),
        ("infos-perimetre-recrutement", "admission"),
        ("modalites-pedagogiques", "instruction modes"),
        ("detail-conditions-prise-en-charge", "tuition fee"),
        ("frais-restants", "additional costs"), ("hebergement", "accommodation"),
        ("restauration", "catering"), ("transport", "transport"),
        ("acces-handicapes", "accessibility"),
    ]

    /// Units of time in French.
    static let durationUnits: [String: CourseDuration.Unit] = [
        "heure": .hour, "heures": .hour, "h": .hour, "jour": .day, "jours": .day,
        "semaine": .week, "semaines": .week, "mois": .month, "an": .year, "ans": .year,
        "année": .year, "années": .year,
    ]

    /// What a rhythm says of the share of the week, in lower case.
    static func studyModes(_ rhythm: String) -> Set<StudyMode> {
        var modes: Set<StudyMode> = []
        for (mode, phrases) in rhythmModes where phrases.contains(where: rhythm.holds) {
            modes.insert(mode)
        }
        return modes
    }

    /// What a rhythm says of the part of the day, in lower case.
    static func dayParts(_ rhythm: String) -> Set<DayPart> {
        var parts: Set<DayPart> = []
        for (part, phrases) in rhythmDayParts where phrases.contains(where: rhythm.holds) {
            parts.insert(part)
        }
        return parts
    }

    /// Whether the words on alternation name a contract of work and learning.
    static func namesContract(_ text: String) -> Bool {
        let lower = text.lowercased()
        if lower.hasPrefix("sans") || lower.hasPrefix("aucun") { return false }
        return lower.holds("contrat") || lower.holds("apprentissage")
    }

    private static let rhythmModes: [(StudyMode, [String])] = [
        (.fullTime, ["temps plein", "plein temps", "temps complet"]),
        (.partTime, ["temps partiel", "cours du soir", "en soirée"]),
        (.flexible, ["à la carte", "à votre rythme"]),
    ]

    private static let rhythmDayParts: [(DayPart, [String])] = [
        (.evening, ["soir"]), (.weekend, ["week-end", "weekend", "samedi", "dimanche"]),
        (.daytime, ["en journée", "cours de jour"]), (.morning, ["matin"]),
        (.afternoon, ["après-midi"]),
    ]
}
