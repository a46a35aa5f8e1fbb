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
            .labelLetters: (3.44, -0.53),
            .labelWords: (3.51, 0.35),
            .conceptLetters: (3.69, 0.17),
            .conceptWords: (-2.32, -1.85),
            .preferredLetters: (2.52, -1.21),
            .text: (-0.15, 1.3),
            .otherLetters: (-3.63, 1.2),
            .otherLabels: (0, 1.46),
            .otherText: (1.55, -1.08),
            .otherWords: (0.19, 0.23),
            .group: (1.28, 0.43),
            .otherGroup: (0.47, -0.51),
            .related: (-12.39, 0.59),
            .otherRelated: (-0.15, 1.38),
        ], groupPenalty: 3.57, isLogarithmic: true, least: -.infinity)

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
        ], groupPenalty: 3.57, isLogarithmic: true, least: -.infinity)

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
        ], groupPenalty: 3.57, isLogarithmic: true, least: -.infinity)
}
