/// How a text and a concept are compared.
///
/// Letters are sequences of two to four letters within words, which see through misspellings and
/// endings; words are stems with the parts of Dutch compounds; translated words come through a
/// ``Lexicon``.
enum RankingView: Int, CaseIterable, Sendable {
    /// Letters of the text against those of each label; the best label counts.
    case labelLetters
    /// Words against those of each label; the best label counts.
    case labelWords
    /// Letters against those of all labels together.
    case conceptLetters
    /// Words against those of all labels together.
    case conceptWords
    /// Letters against those of the preferred label.
    case preferredLetters
    /// Words against all labels and what is said about the concept.
    case text
    /// Letters against labels in the other language, for words that both share.
    case otherLetters
    /// Translated words against labels in the other language; the best label counts.
    case otherLabels
    /// Translated words against all that is said in the other language.
    case otherText
    /// Translated words against the same, as vectors.
    case otherWords
    /// Words against all labels of all concepts of a group.
    case group
    /// Translated words against all that is said about a group in the other language.
    case otherGroup
    /// Words against what the concept is related to.
    case related
    /// Translated words against what the concept is related to.
    case otherRelated
    /// Letters of the first word, which in a Dutch job title says what someone is; the best label
    /// counts.
    case headLetters
    /// Endings of the first word (`metrobestuurder` ends as `bestuurder` does); the best label counts.
    case headEndings
    /// Letters of the other words, which say in what; the best label counts.
    case restLetters
}

/// How much each view of a concept counts.
///
/// Few numbers, chosen by maximum likelihood on the public halves of the evaluation sets and checked
/// by cross-validation (`Skills.docc`); no judgement of a set is kept in them.
struct RankingWeights: Sendable {
    /// For each view: what its score counts, and what its score counts as a share of the best one
    /// that any concept has.
    let views: [RankingView: (score: Float, share: Float)]
    /// Taken off a group of concepts.
    let groupPenalty: Float
    /// Whether sums are logarithms of odds, so that what a concept has of all of them is how likely
    /// it is; otherwise they are 0...1 by themselves.
    let isLogarithmic: Bool
    /// Below this nothing is left but chance.
    let least: Float
    /// What orders the concepts that come first by the weights, when that is known better.
    var trees: RankingTrees?
    /// Folded words of a text that are passed over where others are left: they frame what is asked
    /// for and say nothing of it.
    var framing: Set<String> = []
    /// The power of a share of likelihood that says how often it is right: several concepts may be
    /// meant at once, so that each share by itself is too low.
    var doubt: Float = 1

    /// For labels of which nothing else is known.
    static let labelsOnly = RankingWeights(
        views: [
            .labelLetters: (0.53, 0), .labelWords: (0.22, 0), .conceptLetters: (0.22, 0),
            .preferredLetters: (0.03, 0),
        ],
        groupPenalty: 0.1, isLogarithmic: false, least: 0.04)

    /// For job titles in Dutch, with what ESCO knows of occupations.
    static let occupations = RankingWeights(
        views: [
            .labelLetters: (3.6, -1.75),
            .labelWords: (1.22, 2.01),
            .conceptLetters: (2.5, 1.01),
            .conceptWords: (-2.63, -2.36),
            .preferredLetters: (2.84, -1.53),
            .text: (0.95, 0.81),
            .otherLetters: (-4.26, 1.29),
            .otherLabels: (0.25, 1.5),
            .otherText: (1.06, -0.31),
            .otherWords: (1.11, -0.13),
            .group: (1.08, 0.63),
            .otherGroup: (0.27, -0.54),
            .related: (-11.9, 0.5),
            .otherRelated: (-0.2, 1.4),
            .headLetters: (1.26, 0.39),
            .headEndings: (0.03, -0.27),
            .restLetters: (1.14, -0.53),
        ], groupPenalty: 4.13, isLogarithmic: true, least: -.infinity, trees: .occupations,
        doubt: 0.9)

    /// For statements of skills in Dutch, with what ESCO knows of skills.
    static let skills = RankingWeights(
        views: [
            .labelLetters: (1.23, 0.36),
            .labelWords: (3.49, 0.14),
            .conceptLetters: (1.23, 0.36),
            .conceptWords: (-1.94, -0.79),
            .preferredLetters: (1.23, 0.36),
            .otherLetters: (4.43, -0.51),
            .otherLabels: (0.69, -1.07),
            .otherText: (1.03, 0.62),
            .otherWords: (-1.16, 1.27),
            .group: (-0.18, 0.21),
            .otherGroup: (0.82, 0.74),
            .related: (-0.38, 1.65),
            .otherRelated: (-0.05, 1.3),
        ], groupPenalty: 3.57, isLogarithmic: true, least: -.infinity, doubt: 0.55)

    /// For texts in English, such as sentences of vacancies.
    static let englishTexts = RankingWeights(
        views: [
            .labelLetters: (1.05, 0.51),
            .labelWords: (4.51, 6.05),
            .conceptLetters: (1.05, 0.51),
            .conceptWords: (-7.72, -3.28),
            .preferredLetters: (1.05, 0.51),
            .text: (3.2, 0.29),
            .group: (-0.77, 1.01),
            .related: (0.56, 0.96),
        ], groupPenalty: 3.57, isLogarithmic: true, least: -.infinity, framing: framingEnglish,
        doubt: 0.5)

    /// What vacancies say around the skills that they ask for (“you have strong experience with …”).
    private static let framingEnglish: Set<String> = [
        "ability", "able", "advantage", "candidate", "candidates", "description", "excellent",
        "expect", "expected", "expects", "experience", "experienced", "experiences", "good",
        "great", "join", "knowledge", "looking", "mindset", "must", "natural", "organisation",
        "organisations", "organization", "organizations", "person", "plus", "position",
        "positions", "requirement", "requirements", "responsibilities", "responsibility", "role",
        "roles", "seek", "seeking", "seeks", "strong", "understanding",
    ]
}
