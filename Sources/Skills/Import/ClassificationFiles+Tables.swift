extension ClassificationFiles {
    /// Reads tables with the content of ESCO's files: `skills.tsv`, `occupations.tsv` and
    /// `occupation-skills.tsv`, with `skills-text-en.tsv` and `occupation-descriptions.tsv` when
    /// they are there.
    ///
    /// Ids are the last part of ESCO's URIs. A column `alt_nl_vdab` is passed over: those are words
    /// of another classification, and no labels of ESCO.
    mutating func readTables() throws(SkillsError) {
        try readSkills()
        try readOccupations()
        try readNeeds()
    }

    private static func uri(_ id: String, _ kind: String) -> String {
        id.hasPrefix("http") ? id : Classification.base + kind + "/" + id
    }

    /// A table that must be there.
    private func table(_ name: String) throws(SkillsError) -> (TabTable, String) {
        guard let file = path(name) else {
            throw .unreadable(file: "\(folder)/\(name)", reason: "it is not there")
        }
        return (try TabTable(try readBytes(of: file), file: file), file)
    }

    private mutating func readSkills() throws(SkillsError) {
        let (table, file) = try table("skills.tsv")
        let id = try table.column("id", file: file)
        let kind = try table.column("type", file: file)
        let dutch = try table.column("label_nl", file: file)
        let english = try table.column("label_en", file: file)
        let alternatives = (
            dutch: table.columns.firstIndex(of: "alt_nl"),
            english: table.columns.firstIndex(of: "alt_en")
        )
        let broader = table.columns.firstIndex(of: "broader")
        for row in 0..<table.count {
            let number = table.text(row, id)
            guard !number.isEmpty else {
                throw .malformed(file: file, line: row + 2, problem: "the id is empty")
            }
            skills.change(Self.uri(number, "skill")) { concept in
                concept.isKnowledge = ["K", "knowledge"].contains(table.text(row, kind))
                concept.dutch.label = table.text(row, dutch)
                concept.english.label = table.text(row, english)
                if let column = alternatives.dutch {
                    concept.dutch.alternatives = table.list(row, column)
                }
                if let column = alternatives.english {
                    concept.english.alternatives = table.list(row, column)
                }
                concept.broader =
                    broader.map { table.list(row, $0).map(Self.broaderURI) } ?? []
            }
        }
        guard holds("skills-text-en.tsv") else { return }
        let (texts, textFile) = try self.table("skills-text-en.tsv")
        let ofSkill = try texts.column("id", file: textFile)
        let text = try texts.column("alt_and_description_en", file: textFile)
        for row in 0..<texts.count {
            if let place = skills.place(of: texts.text(row, ofSkill)) {
                skills.all[place].english.text = texts.text(row, text)
            }
        }
    }

    /// `s:` marks a skill and `g:` a group; groups of knowledge have codes of ISCED-F.
    private static func broaderURI(_ text: String) -> String {
        guard text.hasPrefix("s:") || text.hasPrefix("g:") else { return uri(text, "skill") }
        let id = String(text.dropFirst(2))
        return uri(id, id.contains("-") ? "skill" : "isced-f")
    }

    private mutating func readOccupations() throws(SkillsError) {
        let (table, file) = try table("occupations.tsv")
        let id = try table.column("id", file: file)
        let isco = table.columns.firstIndex { $0 == "isco" || $0 == "isco08" }
        let dutch = try table.column("label_nl", file: file)
        let english = try table.column("label_en", file: file)
        let alternativesDutch = try table.column("alt_nl", file: file)
        let alternativesEnglish = try table.column("alt_en", file: file)
        for row in 0..<table.count {
            occupations.change(Self.uri(table.text(row, id), "occupation")) { concept in
                concept.isco08 = isco.map { table.text(row, $0) } ?? ""
                concept.dutch.label = table.text(row, dutch)
                concept.english.label = table.text(row, english)
                concept.dutch.alternatives = table.list(row, alternativesDutch)
                concept.english.alternatives = table.list(row, alternativesEnglish)
            }
        }
        guard holds("occupation-descriptions.tsv") else { return }
        let (texts, textFile) = try self.table("occupation-descriptions.tsv")
        let ofOccupation = try texts.column("id", file: textFile)
        let textDutch = try texts.column("description_nl", file: textFile)
        let textEnglish = try texts.column("description_en", file: textFile)
        for row in 0..<texts.count {
            guard let place = occupations.place(of: texts.text(row, ofOccupation)) else { continue }
            occupations.all[place].dutch.text = texts.text(row, textDutch)
            occupations.all[place].english.text = texts.text(row, textEnglish)
        }
    }

    private mutating func readNeeds() throws(SkillsError) {
        let (table, file) = try table("occupation-skills.tsv")
        if let occupation = table.columns.firstIndex(of: "occupation_id") {
            let lists = [
                (try table.column("essential_skill_ids", file: file), true),
                (try table.column("optional_skill_ids", file: file), false),
            ]
            for row in 0..<table.count {
                let id = table.text(row, occupation)
                for (column, isEssential) in lists {
                    for skill in table.text(row, column).split(separator: " ") {
                        need(occupation: id, skill: String(skill), isEssential: isEssential)
                    }
                }
            }
            return
        }
        let occupation = try table.column("occupation", file: file)
        let skill = try table.column("skill", file: file)
        let importance = try table.column("importance", file: file)
        for row in 0..<table.count {
            need(
                occupation: table.text(row, occupation), skill: table.text(row, skill),
                isEssential: table.text(row, importance) == "essential")
        }
    }
}
