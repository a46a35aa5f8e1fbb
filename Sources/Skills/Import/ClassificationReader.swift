import CourseModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Classification {
    /// Reads a classification from a folder.
    ///
    /// The folder holds either ESCO's official CSV files, as its download gives them (in Dutch, in
    /// English, or both), or tables of the same content (`skills.tsv`, `occupations.tsv`, … plain or
    /// compressed with gzip).
    ///
    /// - Throws: ``SkillsError/unreadable(file:reason:)`` when there is no such folder or a file of
    ///   it is missing, ``SkillsError/malformed(file:line:problem:)`` when one has another form.
    public static func read(folder: String) throws(SkillsError) -> Classification {
        var files = ClassificationFiles(folder: folder)
        if files.holds("skills_en.csv") || files.holds("skills_nl.csv") {
            try files.readOfficial()
        } else if files.holds("skills.tsv") {
            try files.readTables()
        } else {
            throw .unreadable(
                file: folder,
                reason: access(folder, F_OK) == 0
                    ? "it holds neither skills_nl.csv or skills_en.csv, as ESCO’s download does, "
                        + "nor skills.tsv"
                    : String(cString: strerror(errno)))
        }
        return files.finish()
    }
}

/// What has been read of a classification so far.
struct ClassificationFiles {
    let folder: String
    var skills = Concepts()
    var occupations = Concepts()
    private var needs: [(occupation: String, skill: String, isEssential: Bool)] = []
    var leftOut = Classification.LeftOut()

    /// Concepts in the order of their file, found by their URI.
    struct Concepts {
        var all: [Classification.Concept] = []
        private var places: [String: Int] = [:]

        func place(of id: String) -> Int? { places[Classification.key(id)] }

        /// Changes a concept, taking it up when it is new.
        mutating func change(_ id: String, _ body: (inout Classification.Concept) -> Void) {
            let key = Classification.key(id)
            let place = places[key] ?? all.count
            if place == all.count {
                places[key] = place
                all.append(Classification.Concept(id: id))
            }
            body(&all[place])
        }
    }

    init(folder: String) { self.folder = folder }

    /// The path of a file of the folder, plain or compressed.
    func path(_ name: String) -> String? {
        [name, name + ".gz"].map { folder + "/" + $0 }.first { access($0, F_OK) == 0 }
    }

    func holds(_ name: String) -> Bool { path(name) != nil }

    mutating func need(occupation: String, skill: String, isEssential: Bool) {
        needs.append((occupation, skill, isEssential))
    }

    /// The classification, without what cannot be named or related.
    func finish() -> Classification {
        var result = Classification()
        result.leftOut = leftOut
        func named(_ concepts: [Classification.Concept]) -> [Classification.Concept] {
            concepts.filter { !$0.dutch.label.isEmpty || !$0.english.label.isEmpty }
        }
        result.skills = named(skills.all)
        result.occupations = named(occupations.all)
        result.leftOut.unnamed =
            skills.all.count + occupations.all.count - result.skills.count
            - result.occupations.count
        let skillPlaces = Self.places(result.skills)
        let occupationPlaces = Self.places(result.occupations)
        var seen: Set<Int> = []
        for need in needs {
            guard let occupation = occupationPlaces[Classification.key(need.occupation)],
                let skill = skillPlaces[Classification.key(need.skill)]
            else {
                result.leftOut.unrelated += 1
                continue
            }
            // A relation that stands there twice counts once, as essential when either says so.
            guard seen.insert(occupation * result.skills.count + skill).inserted else { continue }
            result.needs.append(
                Classification.Need(
                    occupation: occupation, skill: skill, isEssential: need.isEssential))
        }
        return result
    }

    private static func places(_ concepts: [Classification.Concept]) -> [String: Int] {
        var places: [String: Int] = [:]
        for (place, concept) in concepts.enumerated() {
            places[Classification.key(concept.id)] = place
        }
        return places
    }
}
