import CourseModel

extension DiagnosticCatalogue {
    /// Faults of modules that partners offer together.
    static let joint: [DiagnosticExplanation] = [
        .init(
            "joint-part-missing", nl: "Onderdeel van gezamenlijke module ontbreekt",
            "De module wordt pas weer aangeboden als elk onderdeel er is.",
            en: "Part of a joint module is missing",
            "The module is offered again once each of its parts is.",
            wrong: "parts = [\"school:A\", \"school:GONE\"]",
            right: "parts = [\"school:A\", \"school:B\"]"),
        .init(
            "joint-dates-clash", nl: "Onderdelen vallen samen",
            "Niemand kan twee onderdelen tegelijk volgen, of het tweede voor het eerste.",
            en: "Parts clash",
            "Nobody can take two parts at the same time, or the second before the first.",
            wrong: "parts = [\"a:1#march\", \"b:2#february\"]",
            right: "parts = [\"a:1#march\", \"b:2#may\"]"),
        .init(
            "joint-owner-unknown", nl: "Eigenaar is geen partner",
            "Een gezamenlijke module is van partners die in catalog.toml staan.",
            en: "Owner is no partner",
            "A joint module belongs to partners that stand in catalog.toml.",
            wrong: "owners = [\"schol\"]", right: "owners = [\"school\"]"),
        .init(
            "joint-files-faulty", nl: "Bestanden van gezamenlijke modules bevatten fouten",
            "Zolang er fouten in staan, blijft wat al werd aangeboden zoals het was.",
            en: "Files of joint modules have faults",
            "While they have faults, what was offered stays as it was.",
            wrong: "part = [\"a:1\"]", right: "parts = [\"a:1\", \"b:2\"]"),
    ]
}
