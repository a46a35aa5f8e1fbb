/// Makes the index of each view.
struct RankingIndexes {
    let concepts: [RankedConcept]
    let related: [RelatedConcept]
    let labelOwners: [Int32]
    let words: RankingWords
    private let groups: (numbers: [[Int32]], members: [[Int]])

    init(
        concepts: [RankedConcept], related: [RelatedConcept], labelOwners: [Int32],
        words: RankingWords
    ) {
        self.concepts = concepts
        self.related = related
        self.labelOwners = labelOwners
        self.words = words
        var known: [String: Int32] = [:]
        var members: [[Int]] = []
        let numbers = concepts.enumerated().map { number, concept in
            var own: [Int32] = []
            for name in concept.groups {
                let group = known[name] ?? Int32(members.count)
                if known.updateValue(group, forKey: name) == nil { members.append([]) }
                members[Int(group)].append(number)
                own.append(group)
            }
            return own
        }
        groups = (numbers, members)
    }

    /// The index of a view and whom its texts speak for; `nil` when nothing is known for it.
    func index(_ view: RankingView) -> (TermIndex, UnitOwners)? {
        switch view {
        case .labelLetters:
            return (
                index(.cosine, concepts.lazy.flatMap(\.labels)) { words.letters($0) },
                .labels(FlatArray(labelOwners))
            )
        case .labelWords:
            return (
                index(.cosine, concepts.lazy.flatMap(\.labels)) { words.words($0) },
                .labels(FlatArray(labelOwners))
            )
        case .conceptLetters:
            return (
                index(.cosine, concepts) { $0.labels.flatMap { words.letters($0) } }, .concepts
            )
        case .conceptWords:
            return (index(.share, concepts) { $0.labels.flatMap { words.words($0) } }, .concepts)
        case .preferredLetters:
            return (index(.cosine, concepts) { words.letters($0.labels.first ?? "") }, .concepts)
        case .text:
            guard concepts.contains(where: { !$0.text.isEmpty }) else { return nil }
            return (
                index(.share, concepts) {
                    $0.labels.flatMap { words.words($0) } + words.words($0.text)
                }, .concepts
            )
        case .otherLetters, .otherLabels, .otherText, .otherWords: return otherIndex(view)
        case .group, .otherGroup: return groupIndex(view)
        case .related, .otherRelated: return relatedIndex(view)
        case .headLetters, .headEndings, .restLetters:
            return (
                index(.cosine, concepts.lazy.flatMap(\.labels)) { label in
                    let title = words.title(label)
                    return switch view {
                    case .headLetters: title.headLetters
                    case .headEndings: title.headEndings
                    default: title.restLetters
                    }
                }, .labels(FlatArray(labelOwners))
            )
        }
    }

    private func otherIndex(_ view: RankingView) -> (TermIndex, UnitOwners)? {
        guard words.canTranslate, concepts.contains(where: { !$0.otherLabels.isEmpty })
        else { return nil }
        switch view {
        case .otherLetters:
            return (
                index(.cosine, concepts) {
                    ($0.otherLabels + [$0.otherText]).flatMap { words.letters($0, isOther: true) }
                }, .concepts
            )
        case .otherLabels:
            let owners = concepts.enumerated().flatMap { number, concept in
                repeatElement(Int32(number), count: concept.otherLabels.count)
            }
            return (
                index(.cosine, concepts.lazy.flatMap(\.otherLabels)) { words.otherWords($0) },
                .labels(FlatArray(owners))
            )
        default:
            return (
                index(view == .otherText ? .share : .cosine, concepts) {
                    ($0.otherLabels + [$0.otherText]).flatMap { words.otherWords($0) }
                }, .concepts
            )
        }
    }

    private func groupIndex(_ view: RankingView) -> (TermIndex, UnitOwners)? {
        guard !groups.members.isEmpty, view == .group || words.canTranslate else { return nil }
        let index = index(.share, groups.members) { members in
            members.flatMap { number in
                let concept = concepts[number]
                return view == .group
                    ? concept.labels.flatMap { words.words($0) }
                    : (concept.otherLabels + [concept.otherText]).flatMap { words.otherWords($0) }
            }
        }
        return (index, .groups(FlatLists(groups.numbers)))
    }

    private func relatedIndex(_ view: RankingView) -> (TermIndex, UnitOwners)? {
        guard !related.isEmpty, view == .related || words.canTranslate else { return nil }
        let index = index(.share, related) {
            view == .related ? words.words($0.text) : words.otherWords($0.otherText)
        }
        return (index, .related(RelatedLinks(related, conceptCount: concepts.count)))
    }

    private func index<Text>(
        _ weighting: TermIndex.Weighting, _ texts: some Sequence<Text>,
        terms: (Text) -> [UInt64]
    ) -> TermIndex {
        var builder = TermIndex.Builder()
        for text in texts { builder.add(terms(text)) }
        return builder.finish(weighting)
    }
}
