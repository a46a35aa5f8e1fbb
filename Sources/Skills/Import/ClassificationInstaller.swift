import CourseModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Puts a classification beside the skills of a workspace.
///
/// It goes into a folder of its own, `imported`, as the same three tables, with the descriptions
/// (`descriptions.tsv`), the lexicon learnt from it (`lexicon.tsv`) and what is derived from all of
/// them together (`names.index`, ``RankingFile``). The workspace's own skills
/// stay as they are; a second import takes the place of the first.
public struct ClassificationInstaller: Sendable {
    /// What was put there.
    public struct Summary: Sendable, Equatable {
        /// How many skills.
        public var skills: Int
        /// How many of them have a Dutch label.
        public var dutchSkills: Int
        /// How many occupations.
        public var occupations: Int
        /// How many of them have a Dutch label.
        public var dutchOccupations: Int
        /// How many relations between occupations and skills.
        public var needs: Int
        /// How many words of the learnt lexicon.
        public var words: Int
        /// What was left out.
        public var leftOut: Classification.LeftOut
    }

    private let classification: Classification

    /// An installer of a classification.
    public init(_ classification: Classification) { self.classification = classification }

    /// Writes the tables; what was imported before stays until they are whole and sound.
    ///
    /// - Parameter folder: The workspace's folder of skills; made when it is not there.
    /// - Throws: ``SkillsError``; then nothing has changed.
    public func install(into folder: String) throws(SkillsError) -> Summary {
        let place = folder + "/" + SkillsCatalogue.importedFolder
        let fresh = place + ".new"
        let old = place + ".old"
        try Self.make(folder)
        Self.remove(fresh)
        try Self.make(fresh)
        let lexicon = classification.learnLexicon()
        do {
            try writeTables(to: fresh, lexicon)
            // What cannot be read back, or names an id that the workspace has already, never gets
            // in.
            let catalogue = try SkillsCatalogue.load(folder: folder, imported: fresh)
            try KeptNames(computing: catalogue).write(of: catalogue)
        } catch {
            Self.remove(fresh)
            throw error
        }
        Self.remove(old)
        if access(place, F_OK) == 0, rename(place, old) != 0 { throw Self.failure(old) }
        guard rename(fresh, place) == 0 else {
            let failure = Self.failure(place)
            _ = rename(old, place)
            throw failure
        }
        Self.remove(old)
        return Summary(
            skills: classification.skills.count,
            dutchSkills: classification.skills.count { !$0.dutch.label.isEmpty },
            occupations: classification.occupations.count,
            dutchOccupations: classification.occupations.count { !$0.dutch.label.isEmpty },
            needs: classification.needs.count, words: Set(lexicon.entries.map(\.word)).count,
            leftOut: classification.leftOut)
    }

    private func writeTables(to folder: String, _ lexicon: Lexicon) throws(SkillsError) {
        try Self.write(
            folder + "/skills.tsv",
            head: ["id", "type", "label_nl", "label_en", "alt_nl", "alt_en", "broader"],
            classification.skills.lazy.map { skill in
                [
                    skill.id, skill.isKnowledge ? "knowledge" : "skill", skill.dutch.label,
                    skill.english.label, Self.list(skill.dutch.alternatives),
                    Self.list(skill.english.alternatives), Self.list(skill.broader),
                ]
            })
        try Self.write(
            folder + "/occupations.tsv",
            head: ["id", "label_nl", "label_en", "alt_nl", "alt_en", "isco08"],
            classification.occupations.lazy.map { occupation in
                [
                    occupation.id, occupation.dutch.label, occupation.english.label,
                    Self.list(occupation.dutch.alternatives),
                    Self.list(occupation.english.alternatives), occupation.isco08,
                ]
            })
        try Self.write(
            folder + "/occupation-skills.tsv", head: ["occupation", "skill", "importance"],
            classification.needs.lazy.map { need in
                [
                    classification.occupations[need.occupation].id,
                    classification.skills[need.skill].id,
                    need.isEssential ? "essential" : "optional",
                ]
            })
        try Self.write(
            folder + "/descriptions.tsv", head: ["id", "text_nl", "text_en"],
            (classification.occupations + classification.skills).lazy
                .filter { !$0.dutch.text.isEmpty || !$0.english.text.isEmpty }
                .map { [$0.id, $0.dutch.text, $0.english.text] })
        try Self.write(
            folder + "/lexicon.tsv", head: ["word", "translation", "share"],
            lexicon.entries.lazy.map { [$0.word, $0.translation.word, "\($0.translation.share)"] })
    }

    private static func list(_ texts: [String]) -> String {
        texts.map { String($0.map { $0 == "|" ? "/" : $0 }) }.joined(separator: "|")
    }

    /// Writes a table and has the system keep it.
    private static func write(
        _ file: String, head: [String], _ rows: some Sequence<[String]>
    ) throws(SkillsError) {
        guard let handle = fopen(file, "wb") else { throw failure(file) }
        var isWritten = true
        func write(_ cells: [String]) {
            // A cell is one line without tabs, whatever the publisher put in it.
            let line =
                cells.map {
                    String($0.map { $0 == "\t" || $0.isNewline ? " " : $0 })
                }.joined(separator: "\t") + "\n"
            var text = line
            text.withUTF8 { bytes in
                let written = fwrite(bytes.baseAddress, 1, bytes.count, handle)
                if written != bytes.count { isWritten = false }
            }
        }
        write(head)
        for row in rows where isWritten { write(row) }
        isWritten = isWritten && fflush(handle) == 0 && fsync(fileno(handle)) == 0
        guard fclose(handle) == 0, isWritten else { throw failure(file) }
    }

    private static func make(_ folder: String) throws(SkillsError) {
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw failure(folder) }
    }

    private static func failure(_ path: String) -> SkillsError {
        .unwritable(file: path, reason: String(cString: strerror(errno)))
    }

    /// Removes one of the folders that an import makes: it holds files and no folders.
    private static func remove(_ folder: String) {
        guard let directory = opendir(folder) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { unlink(folder + "/" + name) }
        }
        rmdir(folder)
    }
}
