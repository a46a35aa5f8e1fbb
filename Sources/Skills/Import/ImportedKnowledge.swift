import CourseModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension SkillsCatalogue {
    /// The folder, within that of the workspace's skills, of what was imported.
    static let importedFolder = "imported"

    /// What is said about a skill or occupation, when an import said anything.
    public func description(of id: String) throws(SkillsError) -> LocalizedText {
        var text = LocalizedText()
        guard let imported else { return text }
        let file = imported + "/descriptions.tsv"
        let table = try TabTable(try readBytes(of: file), file: file)
        let column = try table.column("id", file: file)
        let key = Classification.key(id)
        for row in 0..<table.count where Classification.key(table.text(row, column)) == key {
            for (name, language) in [("text_nl", LanguageTag.dutch), ("text_en", .english)] {
                let said = table.text(row, try table.column(name, file: file))
                if !said.isEmpty { text.append(said, language: language) }
            }
        }
        return text
    }

    /// The lexicon learnt at the import; `nil` when nothing was imported.
    ///
    /// - Throws: ``SkillsError`` when the file is missing or damaged.
    func lexicon() throws(SkillsError) -> Lexicon? {
        guard let imported else { return nil }
        let file = imported + "/lexicon.tsv"
        let table = try TabTable(try readBytes(of: file), file: file)
        let word = try table.column("word", file: file)
        let translation = try table.column("translation", file: file)
        let share = try table.column("share", file: file)
        var entries: [(word: String, translation: Lexicon.Translation)] = []
        entries.reserveCapacity(table.count)
        for row in 0..<table.count {
            guard let value = Float(table.text(row, share)), (0...1).contains(value) else {
                throw .malformed(
                    file: file, line: row + 2,
                    problem: "the share “\(table.text(row, share))” is no number from 0 to 1; "
                        + "import the classification again")
            }
            entries.append(
                (
                    table.text(row, word),
                    Lexicon.Translation(word: table.text(row, translation), share: value)
                ))
        }
        return Lexicon(entries)
    }
}

/// What an import knows of the skills or occupations of a catalogue beyond their labels.
struct ImportedKnowledge {
    private let catalogue: SkillsCatalogue
    private let areSkills: Bool
    private let lexicon: Lexicon
    private let descriptions: [String: (dutch: String, english: String)]

    /// `nil` when nothing was imported, or what was cannot be read any more: then labels are all
    /// there is.
    init?(_ catalogue: SkillsCatalogue, ofSkills areSkills: Bool) {
        guard let lexicon = try? catalogue.lexicon(), let folder = catalogue.imported,
            let bytes = try? readBytes(of: folder + "/descriptions.tsv"),
            let table = try? TabTable(bytes, file: "descriptions.tsv"), table.columns.count == 3
        else { return nil }
        self.catalogue = catalogue
        self.areSkills = areSkills
        self.lexicon = lexicon
        var descriptions: [String: (dutch: String, english: String)] = [:]
        descriptions.reserveCapacity(table.count)
        for row in 0..<table.count {
            descriptions[table.text(row, 0)] = (table.text(row, 1), table.text(row, 2))
        }
        self.descriptions = descriptions
    }

    /// What ranks concepts for Dutch texts.
    ///
    /// - Parameter rows: The rows of the concepts, which have these labels.
    func ranker(dutchLabels: [[String]], rows: [Int]) -> ConceptRanker {
        let table = areSkills ? catalogue.skillTable : catalogue.occupationTable
        var places = [Int](repeating: -1, count: table.count)
        let concepts = rows.indices.map { place in
            let row = rows[place]
            places[row] = place
            let english = table.allNames(row).filter { $0.language == .english }.map(\.text)
            let description = descriptions[table.id(row)]
            let isco = areSkills ? "" : table.extra(row)
            return RankedConcept(
                labels: dutchLabels[place], text: description?.dutch ?? "", otherLabels: english,
                otherText: description?.english ?? "",
                groups: areSkills ? table.broader(row) : isco.isEmpty ? [] : [isco])
        }
        return ConceptRanker(
            concepts: concepts, related: related(places), language: .dutch, lexicon: lexicon,
            weights: areSkills ? .skills : .occupations)
    }

    /// What the concepts are related to; see ``RankingSources/related(to:language:areSkills:)``.
    private func related(_ places: [Int]) -> [RelatedConcept] {
        let others = areSkills ? catalogue.occupationTable : catalogue.skillTable
        let own = areSkills ? catalogue.skillTable : catalogue.occupationTable
        var links = [[(concept: Int, strength: Float)]](repeating: [], count: others.count)
        var kin = [[Int]](repeating: [], count: others.count)
        for occupation in 0..<catalogue.occupationCount {
            for need in catalogue.needs(ofOccupation: occupation) {
                let (from, to) =
                    areSkills ? (occupation, need.skill) : (need.skill, occupation)
                kin[from].append(to)
                if places[to] >= 0 {
                    links[from].append((places[to], need.importance == .essential ? 1 : 0.5))
                }
            }
        }
        return (0..<others.count).map { row in
            let names = others.allNames(row).filter { $0.language == .dutch }.map(\.text)
            let description = descriptions[others.id(row)]?.dutch ?? ""
            let english = kin[row].map { kin in
                own.label(kin, in: .english) + " "
                    + (descriptions[own.id(kin)]?.english.prefix(200) ?? "")
            }
            return RelatedConcept(
                text: (names + [description]).joined(separator: "\n"),
                otherText: english.joined(separator: "\n"), links: links[row])
        }
    }
}
