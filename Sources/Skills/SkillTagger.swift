import CourseModel
import Text

/// Finds the skills of course after course; one for each thread.
///
/// It remembers the words and the declared skills that it met, so that a catalogue's words are stemmed
/// and looked up once. What it finds does not depend on what it remembers.
public final class SkillTagger {
    private let catalogue: SkillsCatalogue
    private let reader: TextReader
    private var dutch: LabelReader?
    private var english: LabelReader?
    private var resolved: [DeclaredSkill: ConceptMatch?] = [:]
    private static let mostResolved = 20_000

    /// A tagger that has seen nothing yet.
    public convenience init(_ catalogue: SkillsCatalogue) {
        self.init(catalogue, reading: TextReader())
    }

    /// A tagger that shares the reading of texts with others on its thread.
    package init(_ catalogue: SkillsCatalogue, reading reader: TextReader) {
        self.catalogue = catalogue
        self.reader = reader
    }

    /// The skills of a course: declared ones resolved, others inferred from its texts.
    ///
    /// - Parameter limit: How many inferred ones at most; the surest are kept.
    public func skills(of course: Course, limit: Int = 12) -> CourseSkills {
        var result = CourseSkills(declared: [], inferred: [], unknown: [])
        var known: Set<Int> = []
        for skill in course.skills {
            guard let match = resolve(skill) else {
                result.unknown.append(skill)
                continue
            }
            if known.insert(match.number).inserted {
                result.declared.append(
                    DeclaredSkillTag(
                        skill: match.number, declared: skill, confidence: match.confidence))
            }
        }
        var best: [Int: InferredSkillTag] = [:]
        func take(_ text: String, _ language: LanguageTag?, _ field: InferredSkillTag.Field) {
            for tag in tags(in: text, language: language, field: field)
            where !known.contains(tag.skill) {
                if let other = best[tag.skill], other.confidence >= tag.confidence { continue }
                best[tag.skill] = tag
            }
        }
        for wording in course.title.wordings { take(wording.text, wording.language, .title) }
        // Formats without a place for skills (EDU-DEX, HODEX) name them among the search words.
        for wording in course.keywords.wordings { take(wording.text, wording.language, .keyword) }
        for wording in course.summary.wordings { take(wording.text, wording.language, .summary) }
        for section in course.sections {
            for wording in section.text.wordings {
                take(wording.text.plainText, wording.language, .section)
            }
        }
        for wording in course.description.wordings {
            take(wording.text.plainText, wording.language, .description)
        }
        result.inferred = Array(Self.surestFirst(best.values).prefix(limit))
        return result
    }

    /// The skills that a text speaks of, surest first, each once.
    ///
    /// - Parameter language: Of the text; `nil` when not known, then both are tried.
    public func tags(
        in text: String, language: LanguageTag? = nil,
        field: InferredSkillTag.Field = .description
    ) -> [InferredSkillTag] {
        var best: [Int: InferredSkillTag] = [:]
        for tried in language.map({ [$0] }) ?? LanguageSigns.likely(in: text) {
            guard let labels = labels(tried) else { continue }
            let hits = labels.hits(in: text, language)
            let wide = Set(hits.lazy.filter { $0.places.count > 1 }.map(\.places))
            for hit in hits {
                // A short label within a longer one that stands here in full says less than that.
                let isPartOfOther = wide.contains {
                    $0.count > hit.places.count && Set($0).isSuperset(of: hit.places)
                }
                if isPartOfOther { continue }
                let confidence = Self.confidence(
                    hit, field, isWhole: hit.places.count == labels.wordCount)
                if let other = best[hit.skill], other.confidence >= confidence { continue }
                best[hit.skill] = InferredSkillTag(
                    skill: hit.skill, words: labels.evidence(hit, text), field: field,
                    confidence: confidence)
            }
        }
        return Self.surestFirst(best.values)
    }

    private func labels(_ language: LanguageTag) -> LabelReader? {
        if let known = language == .english ? english : language == .dutch ? dutch : nil {
            return known
        }
        guard let labels = catalogue.phrases[language] else { return nil }
        let found = LabelReader(labels, language == .english ? .english : .dutch, reader)
        if language == .english { english = found }
        if language == .dutch { dutch = found }
        return found
    }

    private func resolve(_ skill: DeclaredSkill) -> ConceptMatch? {
        if let known = resolved[skill] { return known }
        let match = catalogue.resolve(skill)
        // Starting over costs less than remembering which were used last.
        if resolved.count >= Self.mostResolved { resolved.removeAll(keepingCapacity: true) }
        resolved[skill] = .some(match)
        return match
    }

    private static func confidence(
        _ hit: PhraseIndex.Hit, _ field: InferredSkillTag.Field, isWhole: Bool
    ) -> Double {
        var confidence: Double
        // A search word that is a label and nothing more was meant to be one.
        if field == .keyword, isWhole { return hit.isPreferred ? 0.93 : 0.88 }
        if hit.isSingle {
            confidence = hit.isPreferred ? 0.7 : 0.6
        } else {
            confidence = hit.isPreferred ? 0.9 : 0.85
            if !hit.inOrder { confidence -= 0.05 }
            // A word between two can change what they mean (“veilig digitaal werken” is not
            // “veilig werken”); among more words it seldom does.
            let between = Double(hit.span - hit.places.count)
            confidence -= (hit.places.count == 2 && hit.inOrder ? 0.35 : 0.1) * between
        }
        if field == .title { confidence += 0.08 }
        return max(0.05, min(confidence, 0.98))
    }

    private static func surestFirst(_ tags: some Sequence<InferredSkillTag>) -> [InferredSkillTag] {
        tags.sorted {
            if $0.confidence != $1.confidence { return $0.confidence > $1.confidence }
            return $0.skill < $1.skill
        }
    }
}

/// Looks for labels of one language in texts.
private final class LabelReader {
    private static let unmet: Int32 = -3
    private static let stopWord: Int32 = -2

    private let labels: PhraseIndex.Labels
    private let reader: TextReader
    private var stemmer: Stemmer
    /// By a word's number, the number of its stem among those of labels, or that it is a stop word.
    private var codes: [Int32] = []
    /// The words of the text at hand that carry meaning, and where they stand.
    private var stems: [Int32] = []
    private var ranges: [Range<Int>] = []

    init(_ labels: PhraseIndex.Labels, _ language: StemLanguage, _ reader: TextReader) {
        self.labels = labels
        self.reader = reader
        stemmer = Stemmer(language)
    }

    /// The labels that stand in a text.
    ///
    /// - Parameter language: What the text is said to be written in.
    func hits(in text: String, _ language: LanguageTag?) -> [PhraseIndex.Hit] {
        let space =
            switch language {
            case .some(.dutch): TextReader.dutch
            case .some(.english): TextReader.english
            default: TextReader.unknownLanguage
            }
        // Taken out of the object, which would check at every word that nobody else changes them.
        var stems: [Int32] = []
        var ranges: [Range<Int>] = []
        var codes: [Int32] = []
        swap(&stems, &self.stems)
        swap(&ranges, &self.ranges)
        swap(&codes, &self.codes)
        stems.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        var isAny = false
        reader.withWords(of: text, in: space) { words in
            var covered: UInt32 = 0
            if codes.count < reader.names.count {
                codes.append(
                    contentsOf: repeatElement(Self.unmet, count: reader.names.count - codes.count))
            }
            for word in words {
                // A joined word (`e-learning`, `NT2`) counts as one.
                guard word.position >= covered else { continue }
                if word.span > 1 { covered = word.position + word.span }
                var code = codes[Int(word.name)]
                if code == Self.unmet {
                    code = meet(word.name)
                    codes[Int(word.name)] = code
                }
                guard code != Self.stopWord else { continue }
                if code >= 0 { isAny = true }
                stems.append(code)
                ranges.append(Int(word.start)..<Int(word.end))
            }
        }
        swap(&stems, &self.stems)
        swap(&ranges, &self.ranges)
        swap(&codes, &self.codes)
        return isAny ? labels.hits(in: self.stems, self.ranges, text: text) : []
    }

    /// How many words of the text last read carry meaning.
    var wordCount: Int { stems.count }

    /// The words of a hit in the text last read, as they stand in it.
    func evidence(_ hit: PhraseIndex.Hit, _ text: String) -> String {
        guard let first = hit.places.first, let last = hit.places.last else { return "" }
        return PhraseIndex.slice(text, ranges[first].lowerBound..<ranges[last].upperBound)
    }

    private func meet(_ name: UInt32) -> Int32 {
        let word = reader.names.withBytes(Int(name)) {
            String(decoding: $0.dropFirst(), as: UTF8.self)
        }
        return StopWords.contains(word) ? Self.stopWord : labels.number(of: stemmer.stem(word))
    }
}
