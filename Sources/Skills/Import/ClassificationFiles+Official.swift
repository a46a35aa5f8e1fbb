import CourseModel

extension ClassificationFiles {
    /// Reads the CSV files of ESCO's download (classification 1.1 and 1.2).
    ///
    /// Columns are found by name, so that those a release adds change nothing. Alternative labels
    /// stand in one field, one a line.
    mutating func readOfficial() throws(SkillsError) {
        for language in [LanguageTag.dutch, .english] {
            let suffix = language == .dutch ? "nl" : "en"
            try readConcepts("skills_\(suffix).csv", language, areSkills: true)
            try readConcepts("occupations_\(suffix).csv", language, areSkills: false)
        }
        guard !occupations.all.isEmpty else {
            throw .unreadable(
                file: folder + "/occupations_nl.csv",
                reason: "neither it nor occupations_en.csv is there; unpack the whole download")
        }
        // The relations are the same in the download of any language.
        try readNeeds(try official("occupationSkillRelations"))
        try readBroader(try official("broaderRelationsSkillPillar"), areSkills: true)
        if let file = firstOfficial("broaderRelationsOccPillar") {
            try readBroader(file, areSkills: false)
        }
    }

    private func firstOfficial(_ name: String) -> String? {
        ["_nl.csv", "_en.csv", ".csv"].lazy.compactMap { path(name + $0) }.first
    }

    private func official(_ name: String) throws(SkillsError) -> String {
        guard let file = firstOfficial(name) else {
            throw .unreadable(
                file: "\(folder)/\(name)_nl.csv",
                reason: "neither it nor \(name)_en.csv is there; unpack the whole download")
        }
        return file
    }

    private mutating func readConcepts(
        _ name: String, _ language: LanguageTag, areSkills: Bool
    ) throws(SkillsError) {
        guard let file = path(name) else { return }
        var table = try CommaTable(try readBytes(of: file), file: file)
        let id = try table.column("conceptUri")
        let label = try table.column("preferredLabel")
        let alternatives = try table.column("altLabels")
        let text = table.firstColumn("description")
        let status = table.firstColumn("status")
        let kind = areSkills ? try table.column("skillType") : nil
        let isco = areSkills ? nil : try table.column("iscoGroup")
        while let (row, line) = try table.next() {
            if let status, !row[status].isEmpty, row[status] != "released" {
                leftOut.obsolete += 1
                continue
            }
            guard row[id].hasPrefix("http") else {
                throw .malformed(
                    file: file, line: line, problem: "the conceptUri “\(row[id])” is no URI")
            }
            let wording = Classification.Wording(
                label: row[label],
                alternatives: row[alternatives].split(whereSeparator: \.isNewline)
                    .map(String.init),
                text: text.map { row[$0] } ?? "")
            func change(_ concept: inout Classification.Concept) {
                if language == .dutch { concept.dutch = wording } else { concept.english = wording }
                if let kind { concept.isKnowledge = row[kind] == "knowledge" }
                if let isco { concept.isco08 = row[isco] }
            }
            if areSkills {
                skills.change(row[id], change)
            } else {
                occupations.change(row[id], change)
            }
        }
    }

    private mutating func readNeeds(_ file: String) throws(SkillsError) {
        var table = try CommaTable(try readBytes(of: file), file: file)
        let occupation = try table.column("occupationUri")
        let kind = try table.column("relationType")
        let skill = try table.column("skillUri")
        while let (row, line) = try table.next() {
            guard row[kind] == "essential" || row[kind] == "optional" else {
                throw .malformed(
                    file: file, line: line,
                    problem: "the relationType “\(row[kind])” is neither essential nor optional")
            }
            need(
                occupation: row[occupation], skill: row[skill],
                isEssential: row[kind] == "essential")
        }
    }

    private mutating func readBroader(_ file: String, areSkills: Bool) throws(SkillsError) {
        var table = try CommaTable(try readBytes(of: file), file: file)
        let id = try table.column("conceptUri")
        let broader = try table.column("broaderUri")
        while let (row, _) = try table.next() {
            // Groups are part of groups too; what counts here is what skills and occupations are
            // part of.
            let place = areSkills ? skills.place(of: row[id]) : occupations.place(of: row[id])
            guard let place, !row[broader].isEmpty else { continue }
            if areSkills {
                skills.all[place].broader.append(row[broader])
            } else {
                occupations.all[place].broader.append(row[broader])
            }
        }
    }
}
