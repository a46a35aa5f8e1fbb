import CourseModel

/// The ids of the two competence frameworks that EDU-DEX knows.
enum EDUDEXSkill {
    private static let ecfPrefix = "urn:e-cf:"
    private static let governmentPrefix = "urn:edudex:competence-rijksoverheid:"

    /// A competence of the European e-Competence Framework, at a level of proficiency.
    static func ecf(version: String?, competence: String, proficiency: String?) -> DeclaredSkill {
        DeclaredSkill(
            id: ecfPrefix + "\(version ?? "")/\(competence)" + (proficiency.map { "/\($0)" } ?? ""))
    }

    /// A competence of Dutch national government staff.
    static func government(_ code: String) -> DeclaredSkill {
        DeclaredSkill(id: governmentPrefix + code)
    }

    /// The parts of an e-CF id, when EDU-DEX can hold them.
    static func ecfParts(
        of skill: DeclaredSkill
    ) -> (version: String, competence: String, proficiency: String)? {
        guard let id = skill.id, id.hasPrefix(ecfPrefix) else { return nil }
        let parts = id.dropFirst(ecfPrefix.count).split(
            separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, ["2.0", "3.0", "4.0"].contains(parts[0]),
            EDUDEXCodes.eCompetences.contains(String(parts[1])),
            ["e-1", "e-2", "e-3", "e-4", "e-5"].contains(parts[2])
        else { return nil }
        return (String(parts[0]), String(parts[1]), String(parts[2]))
    }

    /// The code of a government competence.
    static func governmentCode(of skill: DeclaredSkill) -> String? {
        guard let id = skill.id, id.hasPrefix(governmentPrefix) else { return nil }
        let code = String(id.dropFirst(governmentPrefix.count))
        return EDUDEXCodes.governmentCompetences.contains(code) ? code : nil
    }
}
