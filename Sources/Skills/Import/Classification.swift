import CourseModel

/// A classification of occupations and skills as its publisher gives it: ESCO, read from its
/// official CSV files or from tables of the same content.
///
/// It is what an import takes in and what rankings learn from; ``SkillsCatalogue`` is what answers.
public struct Classification: Sendable {
    /// What a concept is called and what is said about it in one language.
    public struct Wording: Sendable, Equatable {
        /// Its preferred label; empty when the language has none.
        public var label = ""
        /// What else it is called.
        public var alternatives: [String] = []
        /// What is said about it.
        public var text = ""

        /// All labels, the preferred one first.
        public var labels: [String] {
            (label.isEmpty ? [] : [label]) + alternatives.filter { $0 != label }
        }
    }

    /// A skill, an occupation or a group of them.
    public struct Concept: Sendable, Equatable {
        /// Its URI.
        public var id: String
        /// Whether a skill is one of knowledge; `false` for others.
        public var isKnowledge = false
        /// In Dutch.
        public var dutch = Wording()
        /// In English.
        public var english = Wording()
        /// The URIs of what it is part of.
        public var broader: [String] = []
        /// Of an occupation, its unit group of ISCO-08, four digits.
        public var isco08 = ""

        /// In a language.
        public func wording(_ language: LanguageTag) -> Wording {
            language == .english ? english : dutch
        }
    }

    /// That an occupation asks for a skill.
    public struct Need: Sendable, Equatable {
        /// The occupation's place in ``Classification/occupations``.
        public var occupation: Int
        /// The skill's place in ``Classification/skills``.
        public var skill: Int
        /// Whether everyone with the occupation has it.
        public var isEssential: Bool
    }

    /// The skills, in the order of their file.
    public internal(set) var skills: [Concept] = []
    /// The occupations, in the order of their file.
    public internal(set) var occupations: [Concept] = []
    /// Which occupation asks for which skill.
    public internal(set) var needs: [Need] = []
    /// What was not taken in, and how often.
    public internal(set) var leftOut = LeftOut()

    /// What an import did not take in.
    public struct LeftOut: Sendable, Equatable {
        /// Concepts that the publisher has withdrawn.
        public var obsolete = 0
        /// Concepts without a label in Dutch or English.
        public var unnamed = 0
        /// Relations with a concept that is not there.
        public var unrelated = 0
    }

    /// What ESCO's URIs begin with.
    static let base = "http://data.europa.eu/esco/"

    /// The part of a URI that is its own: ESCO's ids are unique by it.
    static func key(_ id: String) -> String {
        id.lastIndex(of: "/").map { String(id[id.index(after: $0)...]) } ?? id
    }
}

extension Classification {
    /// A lexicon from Dutch to English, learnt from the labels and descriptions that stand in both.
    public func learnLexicon() -> Lexicon {
        let words = RankingWords(
            texts: (occupations + skills).lazy.flatMap { $0.dutch.labels + [$0.dutch.text] },
            language: .dutch, lexicon: nil)
        var learner = Lexicon.Learner()
        for concept in occupations + skills {
            func add(_ dutch: [String], _ english: [String], weight: Float) {
                let stems = dutch.flatMap { words.stems($0) }
                let others = english.flatMap { words.otherStems($0) }
                learner.add(stems, others, weight: weight)
            }
            if !concept.dutch.label.isEmpty {
                add([concept.dutch.label], [concept.english.label], weight: 3)
            }
            if !concept.dutch.alternatives.isEmpty {
                // All labels together, each word once: none is the translation of another one.
                learner.add(
                    Self.distinct(concept.dutch.labels.flatMap { words.stems($0) }),
                    Self.distinct(concept.english.labels.flatMap { words.otherStems($0) }),
                    weight: 2)
            }
            if !concept.dutch.text.isEmpty {
                add([concept.dutch.text], [concept.english.text], weight: 1)
            }
        }
        return learner.finish()
    }

    private static func distinct(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }
    }
}
