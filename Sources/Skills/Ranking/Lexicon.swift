/// Which words of one language stand for which of another, learnt from texts that say the same in
/// both (a classification's labels and descriptions).
///
/// The words are stems. What is learnt is IBM's model 1 (Brown et al. 1993, "The mathematics of
/// statistical machine translation", section 4.2): every word of one text may stand for every word
/// of the other, and counting which do so most often in all texts together, again and again, tells
/// them apart. It is the same on every run.
public struct Lexicon: Sendable, Equatable {
    /// A word of the other language.
    public struct Translation: Hashable, Sendable {
        /// The word, as a stem.
        public var word: String
        /// How often it is what is meant, 0...1.
        public var share: Float
    }

    private var byWord: [String: [Translation]] = [:]

    /// What an unknown word counts: names and loans are often the same in both languages.
    static let unknownShare: Float = 0.7

    /// A lexicon of what is known already.
    public init(_ entries: some Sequence<(word: String, translation: Translation)> = []) {
        for (word, translation) in entries { byWord[word, default: []].append(translation) }
    }

    /// Whether nothing is known.
    public var isEmpty: Bool { byWord.isEmpty }

    /// All entries, by word, likeliest translation first.
    public var entries: [(word: String, translation: Translation)] {
        byWord.keys.sorted().flatMap { word in
            (byWord[word] ?? []).map { (word, $0) }
        }
    }
}

extension Lexicon {
    /// Learns a lexicon from pairs of texts.
    struct Learner {
        private var words: [String: Int32] = [:]
        private var otherWords: [String: Int32] = [:]
        private var pairs: [(words: [Int32], others: [Int32], weight: Float)] = []

        private static let rounds = 6
        /// Keeps words that were seen once from being sure of what they stand for.
        private static let doubt: Float = 0.3
        private static let leastShare: Float = 0.03
        private static let mostTranslations = 8

        /// Takes up two texts that say the same, as stems; `weight` says how much they count.
        mutating func add(_ words: [String], _ others: [String], weight: Float) {
            guard !words.isEmpty, !others.isEmpty else { return }
            pairs.append(
                (
                    words.map { Self.number($0, in: &self.words) },
                    others.map { Self.number($0, in: &otherWords) }, weight
                ))
        }

        private static func number(_ word: String, in numbers: inout [String: Int32]) -> Int32 {
            if let known = numbers[word] { return known }
            let number = Int32(numbers.count)
            numbers[word] = number
            return number
        }

        /// The lexicon that explains the pairs best.
        func finish() -> Lexicon {
            // Which words stand together in a pair, each such couple once.
            var couples: [UInt64: Int32] = [:]
            var coupleOf: [Int32] = []
            for pair in pairs {
                for other in pair.others {
                    for word in pair.words {
                        let key =
                            UInt64(UInt32(bitPattern: word)) << 32
                            | UInt64(UInt32(bitPattern: other))
                        let next = Int32(couples.count)
                        coupleOf.append(couples[key, default: next])
                        if coupleOf.last == next { couples[key] = next }
                    }
                }
            }
            var shares = [Float](repeating: 1, count: couples.count)
            let wordOf = Self.words(of: couples)
            for _ in 0..<Self.rounds { improve(&shares, coupleOf, wordOf) }
            return lexicon(shares, couples)
        }

        private static func words(of couples: [UInt64: Int32]) -> [Int32] {
            var words = [Int32](repeating: 0, count: couples.count)
            for (key, couple) in couples {
                words[Int(couple)] = Int32(truncatingIfNeeded: key >> 32)
            }
            return words
        }

        private func improve(_ shares: inout [Float], _ coupleOf: [Int32], _ wordOf: [Int32]) {
            var counts = [Float](repeating: 0, count: shares.count)
            var at = 0
            for pair in pairs {
                for _ in pair.others {
                    let end = at + pair.words.count
                    var sum: Float = 0
                    for index in at..<end { sum += shares[Int(coupleOf[index])] }
                    if sum > 0 {
                        let factor = pair.weight / sum
                        for index in at..<end {
                            let couple = Int(coupleOf[index])
                            counts[couple] += shares[couple] * factor
                        }
                    }
                    at = end
                }
            }
            var sums = [Float](repeating: Self.doubt, count: words.count)
            for (couple, count) in counts.enumerated() { sums[Int(wordOf[couple])] += count }
            for couple in shares.indices {
                shares[couple] = counts[couple] / sums[Int(wordOf[couple])]
            }
        }

        private func lexicon(_ shares: [Float], _ couples: [UInt64: Int32]) -> Lexicon {
            var names = [String](repeating: "", count: words.count)
            for (name, number) in words { names[Int(number)] = name }
            var otherNames = [String](repeating: "", count: otherWords.count)
            for (name, number) in otherWords { otherNames[Int(number)] = name }
            var lexicon = Lexicon()
            for (key, couple) in couples where shares[Int(couple)] >= Self.leastShare {
                lexicon.byWord[names[Int(key >> 32)], default: []].append(
                    Translation(
                        word: otherNames[Int(key & 0xFFFF_FFFF)], share: shares[Int(couple)]))
            }
            lexicon.byWord = lexicon.byWord.mapValues { translations in
                Array(
                    translations.sorted {
                        $0.share != $1.share ? $0.share > $1.share : $0.word < $1.word
                    }.prefix(Self.mostTranslations))
            }
            return lexicon
        }
    }
}
