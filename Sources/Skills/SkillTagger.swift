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
        // What a title qualifies is not meant without it elsewhere either.
        var qualified: Set<Int> = []
        for wording in course.title.wordings {
            _ = tags(in: wording.text, language: wording.language, field: .title) {
                qualified.insert($0)
            }
        }
        func take(_ text: String, _ language: LanguageTag?, _ field: InferredSkillTag.Field) {
            var doubted: Set<Int> = []
            var found = tags(in: text, language: language, field: field) { doubted.insert($0) }
            for place in found.indices
            where qualified.contains(found[place].skill) && !doubted.contains(found[place].skill) {
                found[place].confidence = Self.doubted(found[place].confidence)
            }
            for tag in found where !known.contains(tag.skill) {
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
        tags(in: text, language: language, field: field) { _ in }
    }

    /// - Parameter qualified: Hands out the skills of which the text says that something of another
    ///   field is meant.
    private func tags(
        in text: String, language: LanguageTag?, field: InferredSkillTag.Field,
        qualified: (Int) -> Void
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
                var confidence = Self.confidence(
                    hit, field, isWhole: hit.places.count == labels.wordCount)
                if isQualified(hit, by: labels.qualifier(of: hit, text), labels) {
                    confidence = Self.doubted(confidence)
                    qualified(hit.skill)
                }
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

    /// Whether what follows on a label says that something of another field is meant.
    ///
    /// “Eerste hulp bij dieren” is not the first aid that is given to people: animals are what other
    /// skills are about, and none that is related to first aid or shares words with it.
    private func isQualified(
        _ hit: PhraseIndex.Hit, by qualifier: [Int32], _ labels: LabelReader
    ) -> Bool {
        var isOther = false
        for stem in qualifier {
            let owners = labels.skills(withStem: stem)
            if owners.isEmpty { continue }
            if owners.contains(where: { isRelated($0, hit.skill) })
                || labels.standsBeside(stem, hit)
            {
                return false
            }
            isOther = true
        }
        return isOther
    }

    private func isRelated(_ one: Int, _ other: Int) -> Bool {
        if one == other { return true }
        let hierarchy = catalogue.hierarchy
        func isWithin(_ part: Int, _ whole: Int) -> Bool {
            hierarchy.asGroup[whole] >= 0
                && hierarchy.groups[part].contains(hierarchy.asGroup[whole])
        }
        return isWithin(one, other) || isWithin(other, one)
            || hierarchy.groups[one].contains(where: hierarchy.groups[other].contains)
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

    /// How sure a tag is that a qualifier of another field casts doubt on, as a word between two does.
    private static func doubted(_ confidence: Double) -> Double { max(0.05, confidence - 0.35) }

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

    // MARK: Qualifiers

    /// Words that bind what follows them to what stands before them.
    ///
    /// “Voor” and “for” are not among them: most often they say for whom a course is meant.
    private static let binding: Set<String> = ["aan", "bij", "van", "of", "to"]
    /// Of how many words a qualifier is looked at.
    private static let qualifierLength = 2

    /// The stems that qualify a hit in the text last read: those right after it and a word that binds
    /// them to it, without a mark between.
    func qualifier(of hit: PhraseIndex.Hit, _ text: String) -> [Int32] {
        guard let last = hit.places.last else { return [] }
        var stems: [Int32] = []
        var place = last + 1
        while place < self.stems.count, stems.count < Self.qualifierLength {
            let gap = ranges[place - 1].upperBound..<ranges[place].lowerBound
            guard gap.lowerBound <= gap.upperBound else { break }
            let words = PhraseIndex.slice(text, gap)
            guard words.allSatisfy({ $0.isLetter || $0 == " " }) else { break }
            let first = words.split(separator: " ").first.map { $0.lowercased() }
            guard stems.isEmpty ? first.map(Self.binding.contains) == true : first == nil
            else { break }
            let stem = self.stems[place]
            stems.append(stem >= 0 ? stem : labels.number(ofEndOf: self.stem(at: place, text)))
            place += 1
        }
        return stems
    }

    private func stem(at place: Int, _ text: String) -> String {
        stemmer.stem(WordFolding.fold(PhraseIndex.slice(text, ranges[place])))
    }

    /// By stem, the phrases that have it; made for the first qualifier.
    private lazy var phrases = labels.phrasesByStem

    /// The skills with a label that has a stem.
    func skills(withStem stem: Int32) -> [Int] {
        stem < 0 ? [] : phrases[Int(stem)].map { labels.skill(ofPhrase: $0) }
    }

    /// Whether a stem stands in some label with a word of a hit in the text last read.
    func standsBeside(_ stem: Int32, _ hit: PhraseIndex.Hit) -> Bool {
        let own = hit.places.map { stems[$0] }
        return stem >= 0
            && phrases[Int(stem)].contains { phrase in
                own.contains { labels.phrase(phrase, has: $0) }
            }
    }

    private func meet(_ name: UInt32) -> Int32 {
        let word = reader.names.withBytes(Int(name)) {
            String(decoding: $0.dropFirst(), as: UTF8.self)
        }
        return StopWords.contains(word) ? Self.stopWord : labels.number(of: stemmer.stem(word))
    }
}
