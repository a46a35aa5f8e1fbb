import CourseModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// All that is derived from the labels of a catalogue with an import, and the file it is kept in.
struct KeptNames: Sendable {
    let skillNames: ExactNames
    let occupationNames: ExactNames
    let nearSkills: NearNames
    let nearOccupations: NearNames
    let triples: LabelTriples
    private let file: RankingFile?

    /// Whether what was read is not what was written; see ``RankingFile/isDamaged``.
    var isDamaged: Bool { file?.isDamaged ?? false }

    /// The name of the file, within the folder of what was imported.
    static let fileName = "names.index"

    /// Takes what stands in the file, or works it out and writes the file for the next time.
    ///
    /// - Parameter isFresh: Whether the file is to be made again whatever it holds.
    init(_ catalogue: SkillsCatalogue, isFresh: Bool = false) {
        if !isFresh, let kept = try? KeptNames(reading: catalogue) {
            self = kept
            return
        }
        self.init(computing: catalogue)
        // A workspace that cannot be written to is answered all the same, only slower.
        try? write(of: catalogue)
    }

    /// Works everything out.
    init(computing catalogue: SkillsCatalogue) {
        skillNames = ExactNames(catalogue.skillTable)
        occupationNames = ExactNames(catalogue.occupationTable)
        nearSkills = NearNames(
            skillNames, knowledge: ImportedKnowledge(catalogue, ofSkills: true))
        nearOccupations = NearNames(
            occupationNames, knowledge: ImportedKnowledge(catalogue, ofSkills: false))
        triples = LabelTriples(catalogue.skillTable)
        file = nil
    }

    private init(reading catalogue: SkillsCatalogue) throws(RankingFile.Unreadable) {
        guard let folder = catalogue.imported else { throw .missing }
        let file = try RankingFile(
            path: folder + "/" + Self.fileName, source: catalogue.source)
        var reader = RankingFile.Reader(file)
        let isInformed = try reader.number() == 1
        skillNames = try ExactNames(&reader, table: catalogue.skillTable)
        occupationNames = try ExactNames(&reader, table: catalogue.occupationTable)
        nearSkills = try NearNames(
            &reader, exact: skillNames, informed: isInformed ? .skills : .labelsOnly)
        nearOccupations = try NearNames(
            &reader, exact: occupationNames, informed: isInformed ? .occupations : .labelsOnly)
        triples = try LabelTriples(&reader)
        guard !file.isDamaged else { throw .damaged }
        self.file = file
    }

    /// Writes the file.
    ///
    /// - Throws: ``SkillsError/unwritable(file:reason:)``.
    func write(of catalogue: SkillsCatalogue) throws(SkillsError) {
        guard let folder = catalogue.imported else { return }
        var writer = RankingFile.Writer()
        let isInformed = ImportedKnowledge(catalogue, ofSkills: true) != nil
        writer.put(isInformed ? 1 : 0)
        skillNames.write(to: &writer)
        occupationNames.write(to: &writer)
        nearSkills.write(to: &writer)
        nearOccupations.write(to: &writer)
        triples.write(to: &writer)
        try writer.write(to: folder + "/" + Self.fileName, source: catalogue.source)
    }

    /// Stands for the tables that a catalogue is read from: their sizes and when they were written.
    static func source(_ folder: String, imported: String) -> UInt64 {
        var parts: [UInt64] = []
        for file in [
            folder + "/skills.tsv", folder + "/occupations.tsv", folder + "/occupation-skills.tsv",
            imported + "/skills.tsv", imported + "/occupations.tsv",
            imported + "/occupation-skills.tsv", imported + "/descriptions.tsv",
            imported + "/lexicon.tsv",
        ] {
            var status = stat()
            guard stat(file, &status) == 0 else {
                parts.append(0)
                continue
            }
            parts += [
                UInt64(status.st_size), UInt64(bitPattern: Int64(status.st_mtim.tv_sec)),
                UInt64(status.st_mtim.tv_nsec),
            ]
        }
        return parts.reduce(0xcbf2_9ce4_8422_2325) { hash, part in
            let mixed = (hash ^ part) &* 0x9e37_79b9_7f4a_7c15
            return mixed ^ (mixed >> 29)
        }
    }
}
