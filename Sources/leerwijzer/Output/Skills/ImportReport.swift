import Answers
import Skills

/// What `skills import` answers: how much came in, and what was left out.
struct ImportReport: Encodable {
    struct LeftOut: Encodable {
        var obsolete: Int
        var unnamed: Int
        var unrelated: Int
    }

    var skills: Int
    var dutchSkills: Int
    var occupations: Int
    var dutchOccupations: Int
    var needs: Int
    var words: Int
    var leftOut: LeftOut

    init(_ summary: ClassificationInstaller.Summary) {
        skills = summary.skills
        dutchSkills = summary.dutchSkills
        occupations = summary.occupations
        dutchOccupations = summary.dutchOccupations
        needs = summary.needs
        words = summary.words
        leftOut = LeftOut(
            obsolete: summary.leftOut.obsolete, unnamed: summary.leftOut.unnamed,
            unrelated: summary.leftOut.unrelated)
    }

    func print(as format: TableOrJSON, in language: AnswerLanguage) throws {
        if format == .json { return try Console.print(try JSONOutput.line(self)) }
        var lines = [
            language(
                nl: "\(skills) vaardigheden (\(dutchSkills) met een Nederlandse naam), "
                    + "\(occupations) beroepen (\(dutchOccupations) met een Nederlandse naam), "
                    + "\(needs) keer dat een beroep een vaardigheid vraagt",
                en: "\(skills) skills (\(dutchSkills) with a Dutch name), \(occupations) "
                    + "occupations (\(dutchOccupations) with a Dutch name), \(needs) times that an "
                    + "occupation asks for a skill"),
            language(
                nl: "\(words) Nederlandse woorden geleerd met hun Engelse",
                en: "learnt \(words) Dutch words with their English ones"),
        ]
        let left = [
            (
                leftOut.obsolete,
                language(nl: "vervallen begrippen", en: "concepts that are obsolete")
            ),
            (
                leftOut.unnamed,
                language(
                    nl: "begrippen zonder Nederlandse of Engelse naam",
                    en: "concepts without a Dutch or English name")
            ),
            (
                leftOut.unrelated,
                language(
                    nl: "relaties met een begrip dat er niet is",
                    en: "relations with a concept that is not there")
            ),
        ].filter { $0.0 > 0 }
        if !left.isEmpty {
            lines.append(
                language(nl: "weggelaten: ", en: "left out: ")
                    + left.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
        }
        for line in lines { try Console.print(line) }
    }
}
