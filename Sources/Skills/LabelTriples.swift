import CourseModel

/// The letter pairs and triples of skills' labels, and which skills have each.
struct LabelTriples: Sendable {
    /// One language: which skills have a triple, and how many each skill has.
    private struct Language: Sendable {
        let language: LanguageTag
        let skills: FlatIndex<Int32>
        let counts: FlatArray<UInt16>
    }

    private let languages: [Language]

    init(_ table: ConceptTable) {
        languages = [LanguageTag.dutch, .english].map { language in
            var skills: [UInt64: [Int32]] = [:]
            var counts: [UInt16] = []
            for row in 0..<table.count {
                let triples = Self.triples(table.label(row, in: language), language)
                counts.append(UInt16(clamping: triples.count))
                for triple in triples { skills[UInt64(triple), default: []].append(Int32(row)) }
            }
            return Language(
                language: language, skills: FlatIndex(skills), counts: FlatArray(counts))
        }
    }

    /// The skills of which a label shares at least so much with that of a skill (Dice), in either
    /// language.
    func skills(like skill: Int, in table: ConceptTable, atLeast share: Double) -> Set<Int> {
        var alike: Set<Int> = []
        for one in languages {
            let own = Self.triples(table.label(skill, in: one.language), one.language)
            var common = [UInt16](repeating: 0, count: table.count)
            for triple in own {
                for other in one.skills[UInt64(triple)] ?? [] { common[Int(other)] &+= 1 }
            }
            one.counts.withElements { counts in
                for (other, count) in counts.enumerated() where common[other] > 0 {
                    let dice = 2 * Double(common[other]) / Double(own.count + Int(count))
                    if dice >= share { alike.insert(other) }
                }
            }
        }
        return alike
    }

    /// The pairs and triples of letters within the words of a text that carry meaning.
    static func triples(_ text: String, _ language: LanguageTag) -> Set<UInt32> {
        var triples: Set<UInt32> = []
        for word in splitWords(of: text, language: language) where !word.isStopword {
            let bytes = [32] + Array(word.folded.utf8) + [32]
            guard bytes.count >= 3 else { continue }
            for start in 0...(bytes.count - 3) {
                triples.insert(
                    UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8
                        | UInt32(bytes[start + 2]))
            }
        }
        return triples
    }

    func write(to file: inout RankingFile.Writer) {
        for one in languages {
            one.skills.write(to: &file)
            file.put(one.counts)
        }
    }

    init(_ file: inout RankingFile.Reader) throws(RankingFile.Unreadable) {
        var languages: [Language] = []
        for language in [LanguageTag.dutch, .english] {
            languages.append(
                Language(
                    language: language, skills: try FlatIndex(&file), counts: try file.array()))
        }
        self.languages = languages
    }
}
