import CourseModel

/// The concepts of a corpus with their labels.
struct EvaluationCorpus: Sendable {
    private(set) var concepts: [String] = []
    private var labels: [[(id: String, text: String)]] = []
    private var texts: [String] = []
    /// Of its labels, by the small words in them.
    private(set) var language: LanguageTag = .english

    init(_ file: String) throws(SkillsError) {
        var lines = try TextLineReader(file)
        var number = 1
        var known: [String: Int] = [:]
        var dutch = 0
        var english = 0
        _ = try lines.next()
        while let line = try lines.next() {
            number += 1
            if line.isEmpty { continue }
            let fields = line.split(separator: 9, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count >= 3, !fields[0].isEmpty, !fields[1].isEmpty else {
                throw .malformed(
                    file: file, line: number,
                    problem: "there are no three fields, id, concept and label")
            }
            let place = known[fields[1]] ?? concepts.count
            if place == concepts.count {
                known[fields[1]] = place
                concepts.append(fields[1])
                labels.append([])
                texts.append("")
            }
            labels[place].append((fields[0], fields[2]))
            if fields.count > 3 { texts[place] += fields[3] }
            let signs = LanguageSigns.count(in: String(fields[2]))
            dutch += signs.dutch
            english += signs.english
        }
        language = dutch > english ? .dutch : .english
    }

    /// The id of the line of a concept's label.
    func id(_ concept: Int, label: Int) -> String { labels[concept][label].id }

    /// What ranks these concepts for texts in a language.
    func ranker(for asked: LanguageTag, _ classification: Classification?) -> ConceptRanker {
        var ranked = concepts.indices.map { place in
            RankedConcept(
                labels: labels[place].map(\.text), text: texts[place],
                isGroup: Classification.isGroup(concepts[place]))
        }
        guard let classification else {
            return ConceptRanker(
                concepts: ranked, language: asked,
                weights: texts.contains { !$0.isEmpty } ? .englishTexts : .labelsOnly)
        }
        let sources = RankingSources(classification)
        var related: [RelatedConcept] = []
        var areSkills = 0
        var areOccupations = 0
        var places: [String: Int] = [:]
        for place in ranked.indices {
            places[Classification.key(concepts[place])] = place
            switch sources.add(
                to: &ranked[place], id: concepts[place], language: asked,
                replacingLabels: asked != language)
            {
            case .skill: areSkills += 1
            case .occupation: areOccupations += 1
            case nil: break
            }
        }
        related = sources.related(
            to: places, language: asked, areSkills: areSkills >= areOccupations)
        let kind: RankingWeights =
            asked == .english ? .englishTexts : areSkills > areOccupations ? .skills : .occupations
        return ConceptRanker(
            concepts: ranked, related: related, language: asked,
            lexicon: asked == .dutch ? classification.learnLexicon() : nil, weights: kind)
    }
}
