/// EDU-DEX's closed code lists, as far as this reader and writer use them.
///
/// A code outside its list is read as it stands with a diagnostic, and is never written.
enum EDUDEXCodes {
    /// `programType`.
    static let programTypes: [String] = [
        "regular", "coaching", "conference", "educational", "exam", "internship", "research",
        "self study", "traineeship", "training", "virtual classroom", "webinar", "workshop",
        "document", "lecture", "master class", "mbo module",
    ]

    /// `programForm`.
    static let programForms: [String] = [
        "dual", "full-time", "part-time", "evening education", "distance learning", "e-learning",
        "virtual classroom",
    ]

    /// `instructionMode`.
    static let instructionModes: [String] = [
        "active learning", "blended learning", "case study", "classroom teaching", "coaching",
        "colloquium", "computer exercise", "computer modeling", "design project", "excursion",
        "exhibition", "gaming", "group assignment", "group discussion", "home study",
        "individual assignment", "individual guidance", "integration module", "internship",
        "laboratory work", "lecture", "literature study", "management game", "research",
        "research project", "research proposal", "roleplay", "oral presentation", "portfolio",
        "poster presentation", "practicum", "project", "self evaluation", "self study", "seminar",
        "simulation", "thesis", "tutorial", "traineeship", "training", "virtual classroom",
        "webinar", "working group", "workshop",
    ]

    /// `programLevel` and `requiredLevel`.
    static let levels: [String] = [
        "none", "propedeuse", "associate", "bachelor", "master", "post-hbo", "academic bachelor",
        "academic master", "PhD", "post-academic", "mavo", "havo", "vwo", "vbo", "vmbo",
        "vmbo/mavo", "lbo", "mbo", "hbo", "wo", "mbo niveau 1", "mbo niveau 2", "mbo niveau 3",
        "mbo niveau 4", "mbo+",
    ]

    /// `degree`; the empty code says nothing.
    static let degrees: [String] = [
        "", "none", "certificate", "diploma", "certificate on request",
        "certificate of participation", "testimonial", "module certificate", "B", "M", "Ad",
        "Ad BA", "Ad Eng", "Ad Ec", "Ad Com", "mbo niveau 1", "mbo niveau 2", "mbo niveau 3",
        "mbo niveau 4", "mbo-verklaring", "mbo-certificaat", "B ANP", "B AS", "BBA", "B BE",
        "B Com", "B CMD", "BComn", "BDA", "BDes", "B Ec", "B Ed", "B Eng", "B ES", "BFA", "BFT",
        "B Health", "B HRM", "BHS", "B ICT", "BJ", "BMA", "B Midwifery", "B MO", "BN", "B PM",
        "B SW", "B Sports", "BPA", "BPM", "BTA", "BTh", "B Water Management", "MArch", "MFA",
        "M ANP", "M Health", "Mped", "M PA", "M Des", "M Eng", "M Urb", "M Ed", "MN", "M Mus",
        "BA", "BA/BSc", "BSc", "LLB", "Ing.", "Ir.", "Mr.", "AAG", "E.Ma", "EMFC", "MA", "MA/MSc",
        "MBA", "MBI", "MBV", "MCC", "MEd", "MiF", "MIM", "MFP", "MHA", "MHOB", "MLA", "MM", "MMM",
        "MRM", "MCPM", "MOS", "MMO", "MSM", "MME", "EMITA", "EMAS", "MII", "MPhil", "MPD", "MPM",
        "MPH", "MRE", "MSc", "LLM", "LLM/MSc", "PhD", "DBA", "PDEng",
    ]

    /// `subjectText/subject`.
    static let subjects: [String] = [
        "student profile", "characteristics", "curriculum", "instruction modes", "1st year",
        "2nd year", "3rd year", "4th year", "accreditation", "additional costs",
        "after graduation", "admission", "application", "base courses", "contact", "enrollment",
        "commercial partners", "competencies", "course schedule", "draw selection", "education",
        "graduation", "internship", "job perspective", "library", "matching", "numerus fixus",
        "objectives", "program guide", "program start", "related programs", "scheduled hours",
        "short program", "study abroad", "study advise", "study load", "teachers", "tuition fee",
        "student testimonial", "teacher testimonial", "alumnus testimonial", "description",
    ]

    /// `theme`.
    static let themes: [String] = [
        "automation and it", "human resources", "secretarial and office work",
        "personal effectiveness", "sales", "care and personal care", "health and safety",
        "communication", "procurement and logistics", "marketing",
        "manufacturing engineering and construction", "sports and vitality", "law",
        "hobbies and leisure", "finance", "management", "training and education",
        "quality and project management", "languages", "internet and media",
        "property and real estate", "change management", "personal development", "leadership",
        "entrepreneurship", "coaching", "government and non-profit",
        "tourism, recreation and hospitality",
    ]

    /// `costType`.
    static let costTypes: [String] = [
        "certificate", "cost of living", "examination", "excursions", "housing", "insurance",
        "location", "lunch", "dinner", "registration fee", "study material", "tuition fee",
        "visa/permit", "coaching", "accommodation", "second accommodation",
        "single payment discount",
    ]

    /// `credits/@system`.
    static let creditSystems: [String] = [
        "ECTS", "KRT", "CE", "PE", "CCV", "VYN",
    ]

    /// `creboRegistration/learningPath`.
    static let learningPaths: [String] = [
        "BBL", "BOL", "EX", "ODT", "OVO",
    ]

    /// `startDateDetermination`.
    static let startDeterminations: [String] = [
        "fixed starting date", "agreed starting date", "direct start",
    ]

    /// `programRun/status`.
    static let runStates: [String] = [
        "application opened", "application closed", "canceled",
    ]

    /// `clientId/@clientOffer`.
    static let clientOffers: [String] = [
        "discount", "incompany program", "customized program",
    ]

    /// `targetSector`: sections A…U of the SBI 2008.
    static let sectors: [String] = [
        "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R",
        "S", "T", "U",
    ]

    /// `targetProfession`: major groups 0…9 of ISCO-08.
    static let professions: [String] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
    ]

    /// `eCompetence` of the e-CF.
    static let eCompetences: [String] = [
        "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "B1", "B2", "B3", "B4", "B5",
        "B6", "C1", "C2", "C3", "C4", "C5", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9",
        "D10", "D11", "D12", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9",
    ]

    /// `competenceRijksoverheid`.
    static let governmentCompetences: [String] = [
        "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C12", "C13", "C14",
        "C15", "C16", "C17", "C18", "C19", "C20", "C21", "C22", "C23", "C24", "C25", "C26", "C27",
        "C28", "C29", "C30", "C31", "C32", "C33", "C34", "C35", "C36", "C37", "C38", "2", "3",
        "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "15", "16", "17", "18", "19", "20",
        "21", "22", "23", "25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "37",
        "38", "39", "40", "41", "42", "1", "14", "24", "36",
    ]

    /// `instituteData/accreditation`.
    static let instituteAccreditations: [String] = [
        "Cedeo", "NVAO", "ISO 9001", "ISO 9001-2008", "ISO 9001-2015", "ISO 27001", "NRTO", "VOI",
        "CRKBO", "Blik op Werk", "grafimedia", "vvt", "anko", "fcb-jeugd", "bouwendned", "ca-ict",
        "colland", "zorgopleidingen", "cumela", "doorzaam", "dutchdata", "ecm",
        "fcb-verpakkingen", "fedecom", "handelgroeit", "kasgroeit", "cbm-interieurbouw", "hibin",
        "kn-slagers", "onderhoud-nl", "lof", "nbpo", "nvkl", "energienetwerken", "geo",
        "kabel-telecom", "plb", "post-koeriers", "drinkwater", "ooc", "oom", "provoet",
        "romazo-esso", "transport-logistiek", "sol", "adiona", "bakkracht", "nevi-examens",
        "kunsteducatie", "svh-horeca", "vaco", "mitt", "wijtechniek", "B Corp",
    ]

    /// `instituteLocation/address/country`.
    static let instituteCountries: [String] = [
        "eu", "ae", "af", "am", "au", "ar", "at", "al", "ba", "be", "bf", "bj", "bh", "bi", "bo",
        "br", "bs", "bt", "ca", "cg", "ch", "ci", "cl", "cn", "co", "cr", "cu", "cv", "cz", "de",
        "dk", "ec", "eg", "er", "es", "et", "fi", "fr", "gb", "ge", "gh", "gr", "gt", "gw", "hk",
        "hn", "hu", "id", "ie", "il", "in", "ir", "is", "it", "jo", "jp", "ke", "kh", "kr", "kv",
        "lk", "lt", "lu", "lv", "md", "mk", "ml", "mn", "mt", "mx", "my", "mz", "na", "ni", "ng",
        "nl", "no", "np", "nz", "ro", "pe", "ph", "pk", "pl", "ps", "pt", "ru", "rw", "sa", "sd",
        "se", "sg", "sk", "sn", "si", "sr", "sv", "sy", "th", "tr", "tw", "tz", "ug", "uk", "us",
        "vn", "ye", "za", "zm", "zw",
    ]
}

extension EDUDEXCodes {
    /// The lists that the table of elements names.
    static let lists: [String: Set<String>] = [
        "programTypes": Set(programTypes), "programForms": Set(programForms),
        "instructionModes": Set(instructionModes), "levels": Set(levels),
        "degrees": Set(degrees), "subjects": Set(subjects), "themes": Set(themes),
        "costTypes": Set(costTypes), "learningPaths": Set(learningPaths),
        "startDeterminations": Set(startDeterminations), "runStates": Set(runStates),
        "sectors": Set(sectors), "professions": Set(professions),
        "eCompetences": Set(eCompetences), "governmentCompetences": Set(governmentCompetences),
    ]
}
