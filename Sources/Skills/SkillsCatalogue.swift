import CourseModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The skills and occupations of a classification, and which occupation asks for which skill.
///
/// It is read from a folder with three tab-separated files whose first line names the columns:
/// - `skills.tsv`: `id`, `type` (`skill` or `knowledge`), `label_nl`, `label_en`, `alt_nl`,
///   `alt_en` (separated by `|`), `broader` (ids, separated by `|`);
/// - `occupations.tsv`: `id`, `label_nl`, `label_en`, `alt_nl`, `alt_en`, `isco08`, `broader`
///   (the last two columns may be left out);
/// - `occupation-skills.tsv`: `occupation`, `skill`, `importance` (`essential` or `optional`).
///
/// Skills and occupations have numbers, 0..<count in the order of their files, which are what
/// indexes and scores work with; a number means something in one catalogue only.
public struct SkillsCatalogue: Sendable {
    let skillTable: ConceptTable
    let occupationTable: ConceptTable
    /// Per occupation, where its needs start in ``needs``; one more than there are occupations.
    private let needStarts: [UInt32]
    private let allNeeds: [SkillNeed]
    /// The folder of what was imported beside the workspace's own skills, if anything was.
    let imported: String?
    /// Stands for the files that it was read from, when an import is among them.
    let source: UInt64
    /// What is derived from the labels, made when first asked for.
    let derived: Derived

    /// How many skills there are.
    public var skillCount: Int { skillTable.count }
    /// How many occupations there are.
    public var occupationCount: Int { occupationTable.count }

    /// Loads the three files of a folder, and those that were imported beside them
    /// (``ClassificationInstaller``).
    ///
    /// - Throws: ``SkillsError`` that names the file and the line.
    public static func load(folder: String) throws(SkillsError) -> SkillsCatalogue {
        // An import that is stopped between two renames leaves what was there before as `.old`.
        let imported = [importedFolder, importedFolder + ".old"].map { folder + "/" + $0 }
            .first { access($0, F_OK) == 0 }
        return try load(folder: folder, imported: imported)
    }

    static func load(
        folder: String, imported: String?
    ) throws(SkillsError) -> SkillsCatalogue {
        func table(_ name: String) throws(SkillsError) -> (bytes: [UInt8], file: String) {
            let own = folder + "/" + name
            guard let imported else { return (try readBytes(of: own), own) }
            let file = imported + "/" + name
            let added = try readBytes(of: file)
            guard access(own, F_OK) == 0 else { return (added, file) }
            return (
                try TabTable.joined(try readBytes(of: own), file: own, added, file: file), own
            )
        }
        // Before they are read: files that change meanwhile count as changed.
        let source = imported.map { KeptNames.source(folder, imported: $0) } ?? 0
        let skills = try table("skills.tsv")
        let occupations = try table("occupations.tsv")
        let needs = try table("occupation-skills.tsv")
        return try SkillsCatalogue(
            skills: skills.bytes, occupations: occupations.bytes, needs: needs.bytes,
            files: (skills.file, occupations.file, needs.file), imported: imported, source: source)
    }

    /// Reads the contents of the three files.
    ///
    /// - Parameters:
    ///   - files: What the files are called in errors.
    ///   - imported: The folder with what else an import learnt of them.
    ///   - source: Stands for the files that they were read from.
    /// - Throws: ``SkillsError/malformed(file:line:problem:)``.
    public init(
        skills: [UInt8], occupations: [UInt8], needs: [UInt8],
        files: (skills: String, occupations: String, needs: String) = (
            "skills.tsv", "occupations.tsv", "occupation-skills.tsv"
        ), imported: String? = nil, source: UInt64 = 0
    ) throws(SkillsError) {
        self.imported = imported
        self.source = source
        skillTable = try ConceptTable(skills, file: files.skills, extra: "type")
        occupationTable = try ConceptTable(occupations, file: files.occupations, extra: "isco08")
        for row in 0..<skillTable.count {
            let kind = skillTable.extra(row)
            guard Skill.Kind(rawValue: kind) != nil else {
                throw .malformed(
                    file: files.skills, line: row + 2,
                    problem: "the type “\(kind)” is neither skill nor knowledge")
            }
        }
        (needStarts, allNeeds) = try Self.readNeeds(
            needs, file: files.needs, skills: skillTable, occupations: occupationTable)
        derived = Derived()
    }

    /// Whether both are one catalogue, read once, so that numbers of the one are those of the other.
    public func isIdentical(to other: SkillsCatalogue) -> Bool { derived === other.derived }

    /// A catalogue without skills, for a workspace that has none.
    public static let empty: SkillsCatalogue = {
        let head = "id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tisco08\tbroader\n"
        guard
            let empty = try? SkillsCatalogue(
                skills: Array(head.utf8), occupations: Array(head.utf8),
                needs: Array("occupation\tskill\timportance\n".utf8))
        else { preconditionFailure("the empty tables are well formed") }
        return empty
    }()

    /// A skill by its number.
    public func skill(_ number: Int) -> Skill {
        let names = skillTable.names(number)
        return Skill(
            id: ID(skillTable.id(number)),
            kind: Skill.Kind(rawValue: skillTable.extra(number)) ?? .skill,
            label: names.label, alternativeLabels: names.alternatives,
            broader: skillTable.broader(number))
    }

    /// An occupation by its number.
    public func occupation(_ number: Int) -> Occupation {
        let names = occupationTable.names(number)
        let isco = occupationTable.extra(number)
        return Occupation(
            id: ID(occupationTable.id(number)), label: names.label,
            alternativeLabels: names.alternatives, isco08: isco.isEmpty ? nil : isco,
            broader: occupationTable.broader(number))
    }

    /// The number of a skill, when it is in the catalogue; the last part of an ESCO URI will do.
    public func number(of skill: ID<Skill>) -> Int? {
        skillTable.number(of: skill.value)
            ?? skillTable.number(of: Classification.base + "skill/" + skill.value)
    }

    /// The number of an occupation, when it is in the catalogue; the last part of an ESCO URI will
    /// do.
    public func number(of occupation: ID<Occupation>) -> Int? {
        occupationTable.number(of: occupation.value)
            ?? occupationTable.number(of: Classification.base + "occupation/" + occupation.value)
    }

    /// The id of a skill.
    public func skillID(_ number: Int) -> ID<Skill> { ID(skillTable.id(number)) }

    /// The id of an occupation.
    public func occupationID(_ number: Int) -> ID<Occupation> { ID(occupationTable.id(number)) }

    /// What a skill is called: in `language`, else in the other one.
    public func skillLabel(_ number: Int, in language: LanguageTag) -> String {
        skillTable.label(number, in: language)
    }

    /// What an occupation is called: in `language`, else in the other one.
    public func occupationLabel(_ number: Int, in language: LanguageTag) -> String {
        occupationTable.label(number, in: language)
    }

    /// What an occupation asks for, essential first, then by skill number.
    public func needs(ofOccupation number: Int) -> ArraySlice<SkillNeed> {
        allNeeds[Int(needStarts[number])..<Int(needStarts[number + 1])]
    }

    private static func readNeeds(
        _ bytes: [UInt8], file: String, skills: ConceptTable, occupations: ConceptTable
    ) throws(SkillsError) -> ([UInt32], [SkillNeed]) {
        let table = try TabTable(bytes, file: file)
        let occupationColumn = try table.column("occupation", file: file)
        let skillColumn = try table.column("skill", file: file)
        let importanceColumn = try table.column("importance", file: file)
        var rows: [(occupation: Int, need: SkillNeed)] = []
        rows.reserveCapacity(table.count)
        func isWord(_ range: Range<Int>, _ word: StaticString) -> Bool {
            table.bytes.withUnsafeBytes { bytes in
                range.count == word.utf8CodeUnitCount
                    && memcmp(
                        bytes.baseAddress! + range.lowerBound, word.utf8Start, range.count) == 0
            }
        }
        func number(_ row: Int, _ column: Int, in concepts: ConceptTable) -> Int? {
            let range = table.range(row, column)
            guard !range.isEmpty else { return nil }
            return table.bytes.withUnsafeBytes {
                concepts.number(of: UnsafeRawBufferPointer(rebasing: $0[range]))
            }
        }
        for row in 0..<table.count {
            func fail(_ column: Int, _ what: String) -> SkillsError {
                .malformed(
                    file: file, line: row + 2,
                    problem: "the \(what) “\(table.text(row, column))” is not known")
            }
            guard let occupation = number(row, occupationColumn, in: occupations)
            else { throw fail(occupationColumn, "occupation") }
            guard let skill = number(row, skillColumn, in: skills)
            else { throw fail(skillColumn, "skill") }
            let word = table.range(row, importanceColumn)
            let importance: SkillNeed.Importance
            if isWord(word, "essential") {
                importance = .essential
            } else if isWord(word, "optional") {
                importance = .optional
            } else {
                throw fail(importanceColumn, "importance")
            }
            rows.append((occupation, SkillNeed(skill: skill, importance: importance)))
        }
        rows.sort {
            if $0.occupation != $1.occupation { return $0.occupation < $1.occupation }
            if $0.need.importance != $1.need.importance {
                return $0.need.importance == .essential
            }
            return $0.need.skill < $1.need.skill
        }
        var starts = [UInt32](repeating: 0, count: occupations.count + 1)
        for row in rows { starts[row.occupation + 1] += 1 }
        for index in 0..<occupations.count { starts[index + 1] += starts[index] }
        return (starts, rows.map(\.need))
    }
}
