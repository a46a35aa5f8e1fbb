#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Texts as weighted terms, found by their terms.
struct TermIndex: Sendable {
    /// How a text's terms are weighed.
    enum Weighting: Sendable {
        /// TF-IDF vectors of length 1: how alike two texts are.
        case cosine
        /// Okapi BM25 (k1 1.2, b 0.5), as a share of the query's weight: how much of what is asked
        /// for a text speaks of.
        case share
    }

    private let weighting: Weighting
    private let termNumbers: FlatNumbers
    private let weights: FlatArray<Float>
    /// Per term, where its postings start.
    private let starts: FlatArray<UInt32>
    private let texts: FlatArray<UInt32>
    private let values: FlatArray<Float>
    /// How many texts there are.
    let count: Int

    /// Collects the terms of texts, one text after another.
    struct Builder {
        private var termNumbers: [UInt64: Int32] = [:]
        private var frequencies: [UInt32] = []
        /// (text, term, how often), in order of text.
        private var occurrences: [(term: Int32, count: UInt16)] = []
        private var ends: [UInt32] = []

        /// Takes up the next text.
        mutating func add(_ terms: [UInt64]) {
            let sorted = terms.sorted()
            var index = 0
            while index < sorted.count {
                var next = index + 1
                while next < sorted.count, sorted[next] == sorted[index] { next += 1 }
                let number: Int32
                if let known = termNumbers[sorted[index]] {
                    number = known
                } else {
                    number = Int32(frequencies.count)
                    termNumbers[sorted[index]] = number
                    frequencies.append(0)
                }
                frequencies[Int(number)] += 1
                occurrences.append((number, UInt16(clamping: next - index)))
                index = next
            }
            ends.append(UInt32(occurrences.count))
        }

        /// The index of the texts taken up.
        func finish(_ weighting: Weighting = .cosine) -> TermIndex {
            let count = Float(ends.count)
            let weights = frequencies.map { frequency in
                switch weighting {
                case .cosine: log((1 + count) / (1 + Float(frequency))) + 1
                case .share: log(1 + (count - Float(frequency) + 0.5) / (Float(frequency) + 0.5))
                }
            }
            var starts = [UInt32](repeating: 0, count: frequencies.count + 1)
            for (term, frequency) in frequencies.enumerated() {
                starts[term + 1] = starts[term] + frequency
            }
            var next = starts
            var texts = [UInt32](repeating: 0, count: occurrences.count)
            var values = [Float](repeating: 0, count: occurrences.count)
            let allWords = occurrences.reduce(Float(0)) { $0 + Float($1.count) }
            let usualLength = max(1, allWords / max(1, count))
            var begin = 0
            for (text, end) in ends.enumerated() {
                let range = begin..<Int(end)
                begin = Int(end)
                let scale = Self.scale(occurrences[range], weights, weighting, usualLength)
                for occurrence in occurrences[range] {
                    let term = Int(occurrence.term)
                    let at = Int(next[term])
                    next[term] += 1
                    texts[at] = UInt32(text)
                    let times = Float(occurrence.count)
                    values[at] =
                        switch weighting {
                        case .cosine: times * weights[term] / scale
                        case .share: times * 2.2 / (times + scale)
                        }
                }
            }
            return TermIndex(
                weighting: weighting, termNumbers: FlatNumbers(termNumbers),
                weights: FlatArray(weights), starts: FlatArray(starts), texts: FlatArray(texts),
                values: FlatArray(values), count: ends.count)
        }

        /// The length of a text's vector, or what BM25 makes of the length of a text.
        private static func scale(
            _ occurrences: ArraySlice<(term: Int32, count: UInt16)>, _ weights: [Float],
            _ weighting: Weighting, _ usualLength: Float
        ) -> Float {
            switch weighting {
            case .cosine:
                var squares: Float = 0
                for occurrence in occurrences {
                    let value = Float(occurrence.count) * weights[Int(occurrence.term)]
                    squares += value * value
                }
                return max(squares.squareRoot(), .leastNormalMagnitude)
            case .share:
                let length = occurrences.reduce(Float(0)) { $0 + Float($1.count) }
                return 1.2 * (0.5 + 0.5 * length / usualLength)
            }
        }
    }

    /// How well each text of the index fits a query, 0 when they share no term.
    ///
    /// - Parameter query: Terms, each once, with how often they are asked for.
    func scores(_ query: [WeightedTerm]) -> [Float] {
        var scores = [Float](repeating: 0, count: count)
        // A term that no text has still makes the query longer: its weight is that of a term that
        // stands in none.
        let unknownWeight = log(1 + Float(count)) + 1
        var length: Float = 0
        for term in query {
            let weight = termNumbers[term.hash].map { weights[$0] } ?? unknownWeight
            switch weighting {
            case .cosine: length += (term.count * weight) * (term.count * weight)
            case .share: length += term.count * weight
            }
        }
        guard length > 0 else { return scores }
        if weighting == .cosine { length = length.squareRoot() }
        for term in query {
            guard let number = termNumbers[term.hash] else { continue }
            let value = term.count * weights[number] / length
            let (start, end) = (Int(starts[number]), Int(starts[number + 1]))
            let range = start..<max(start, end)
            texts.withElements(range) { texts in
                values.withElements(range) { values in
                    scores.withUnsafeMutableBufferPointer { scores in
                        // A file that was checked may still have been written by others.
                        for (text, part) in zip(texts, values) where text < scores.count {
                            scores[Int(text)] += value * part
                        }
                    }
                }
            }
        }
        return scores
    }
}

extension TermIndex {
    func write(to file: inout RankingFile.Writer) {
        file.put(weighting == .cosine ? 0 : 1)
        file.put(count)
        termNumbers.write(to: &file)
        file.put(weights)
        file.put(starts)
        file.put(texts)
        file.put(values)
    }

    init(_ file: inout RankingFile.Reader) throws(RankingFile.Unreadable) {
        weighting = try file.number() == 0 ? .cosine : .share
        count = try file.number()
        termNumbers = try FlatNumbers(&file)
        weights = try file.array()
        starts = try file.array()
        texts = try file.array()
        values = try file.array()
        guard count >= 0, starts.count == weights.count + 1, texts.count == values.count else {
            throw .damaged
        }
    }
}

/// A term of a query and how often it is asked for.
struct WeightedTerm: Sendable {
    var hash: UInt64
    var count: Float

    /// The terms of a query, each once, in order.
    static func counted(_ terms: [UInt64]) -> [WeightedTerm] {
        counted(terms.map { WeightedTerm(hash: $0, count: 1) })
    }

    /// The same with the counts of equal terms added up.
    static func counted(_ terms: [WeightedTerm]) -> [WeightedTerm] {
        var counts: [WeightedTerm] = []
        // Equal terms are added up in the order given, so that the sum is the same every time.
        for (_, term) in terms.enumerated().sorted(by: {
            $0.element.hash != $1.element.hash
                ? $0.element.hash < $1.element.hash : $0.offset < $1.offset
        }) {
            if counts.last?.hash == term.hash {
                counts[counts.count - 1].count += term.count
            } else {
                counts.append(term)
            }
        }
        return counts
    }
}

/// FNV-1a of a word, the same on every run.
func termHash(_ text: String) -> UInt64 { termHash(text.utf8) }

/// The same of a word's UTF-8.
func termHash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
}
