import CourseModel

extension DiagnosticCatalogue {
    /// Faults of what is not said and matching needs.
    static let gaps: [DiagnosticExplanation] = [
        .init(
            "offering-missing", nl: "Geen uitvoering",
            "De cursus zegt niet wanneer en waar, dus niemand kan eraan beginnen.",
            en: "No offering",
            "The course says neither when nor where, so nobody can start it.",
            wrong: "<course>… (no run)",
            right: "<course>… <run>2027-09-06, Houten"),
        .init(
            "start-missing", nl: "Geen begin",
            "Wie een startmaand kiest, ziet de uitvoering niet.",
            en: "No start",
            "Who chooses a month to start does not see the offering.",
            wrong: "(no start)",
            right: "2027-09-06, or: at any moment"),
        .init(
            "level-missing", nl: "Geen niveau",
            "De cursus wordt niet getoond bij een niveau, en kan te licht of te zwaar zijn.",
            en: "No level",
            "The course is not shown for any level, and may be too easy or too hard.",
            wrong: "(no level)",
            right: "NLQF 4, or: mbo niveau 4"),
        .init(
            "skills-missing", nl: "Geen vaardigheden, trefwoorden of onderwerpen",
            "Alleen de lopende tekst telt bij het koppelen aan lerenden.",
            en: "No skills, keywords or subjects",
            "Only the running text counts when learners are matched.",
            wrong: "(none)",
            right: "<skill>bomen snoeien</skill>"),
        .init(
            "instruction-language-missing", nl: "Geen voertaal",
            "Wie geen Nederlands spreekt, kan niet kiezen.",
            en: "No language of instruction",
            "Who does not speak the language cannot choose.",
            wrong: "(none)",
            right: "nl"),
        .init(
            "mode-missing", nl: "Geen lesvorm",
            "Klassikaal of online maakt voor velen uit of zij kunnen.",
            en: "No mode of teaching",
            "Classroom or online decides for many whether they can.",
            wrong: "(none)",
            right: "classroom"),
        .init(
            "duration-missing", nl: "Geen duur of studielast",
            "Niemand kan plannen zonder te weten hoeveel tijd het kost.",
            en: "No duration or study load",
            "Nobody can plan without knowing how much time it takes.",
            wrong: "(none)",
            right: "P10W, 80 hours"),
    ]
}
