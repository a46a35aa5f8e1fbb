import CourseModel

extension DiagnosticCatalogue {
    /// Faults of codes, levels and numbers.
    static let codes: [DiagnosticExplanation] = [
        .init(
            "level-unknown", nl: "Niveau niet herkend",
            "De naam van het niveau staat in geen tabel; filteren op niveau mist de cursus.",
            en: "Level not recognised",
            "The level's name is in no table, so a filter on level misses the course.",
            wrong: "gevorderd+",
            right: "mbo niveau 3"),
        .init(
            "code-unknown", nl: "Code niet in de lijst",
            "De waarde staat niet in de lijst van het formaat en is weggelaten.",
            en: "Code not in its list",
            "The value is not in the format's list and was left out.",
            wrong: "studyMode=\"avond\"",
            right: "studyMode=\"PT\""),
        .init(
            "code-malformed", nl: "Code heeft niet de vorm van zijn stelsel",
            "Zo’n code kan niet bestaan, dus ontvangers vinden er niets bij.",
            en: "Code has not the form of its scheme",
            "Such a code cannot exist, so receivers find nothing by it.",
            wrong: "crebo 2568",
            right: "crebo 25681"),
        .init(
            "number-unreadable", nl: "Getal niet te lezen",
            "De waarde is weggelaten.",
            en: "Number cannot be read",
            "The value was left out.",
            wrong: "circa dertig",
            right: "30"),
        .init(
            "boolean-unreadable", nl: "Ja of nee niet te lezen",
            "De waarde is noch waar noch onwaar en is weggelaten.",
            en: "Yes or no cannot be read",
            "The value is neither true nor false and was left out.",
            wrong: "ja hoor",
            right: "true"),
    ]
}
