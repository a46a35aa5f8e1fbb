#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Texts as TF-IDF vectors of length 1, found by their terms.
struct TermIndex: Sendable {
    private let termNumbers: [UInt64: Int32]
    private let weights: [Float]
    /// Per term, where its postings start.
    private let starts: [UInt32]
    private let texts: [UInt32]
    private let values: [Float]

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
        func finish() -> TermIndex {
            let count = Float(ends.count)
            let weights = frequencies.map { log((1 + count) / (1 + Float($0))) + 1 }
            var starts = [UInt32](repeating: 0, count: frequencies.count + 1)
            for (term, frequency) in frequencies.enumerated() {
                starts[term + 1] = starts[term] + frequency
            }
            var next = starts
            var texts = [UInt32](repeating: 0, count: occurrences.count)
            var values = [Float](repeating: 0, count: occurrences.count)
            var begin = 0
            for (text, end) in ends.enumerated() {
                let range = begin..<Int(end)
                begin = Int(end)
                var squares: Float = 0
                for index in range {
                    let value =
                        Float(occurrences[index].count) * weights[Int(occurrences[index].term)]
                    squares += value * value
                }
                guard squares > 0 else { continue }
                let length = squares.squareRoot()
                for index in range {
                    let term = Int(occurrences[index].term)
                    let at = Int(next[term])
                    next[term] += 1
                    texts[at] = UInt32(text)
                    values[at] = Float(occurrences[index].count) * weights[term] / length
                }
            }
            return TermIndex(
                termNumbers: termNumbers, weights: weights, starts: starts, texts: texts,
                values: values)
        }
    }

    /// Adds `share` times the cosine between a text of these terms and every text of the index.
    func score(_ terms: [UInt64], share: Float, into scores: inout [Float]) {
        var counts: [(term: UInt64, count: Int)] = []
        for term in terms.sorted() {
            if counts.last?.term == term {
                counts[counts.count - 1].count += 1
            } else {
                counts.append((term, 1))
            }
        }
        // A term that no text has still makes the query longer: its weight is that of a term that
        // stands in none.
        let unknownWeight = log(1 + Float(texts.isEmpty ? 0 : scores.count)) + 1
        var squares: Float = 0
        for (term, count) in counts {
            let weight = termNumbers[term].map { weights[Int($0)] } ?? unknownWeight
            squares += (Float(count) * weight) * (Float(count) * weight)
        }
        guard squares > 0 else { return }
        let length = squares.squareRoot()
        for (term, count) in counts {
            guard let number = termNumbers[term].map(Int.init) else { continue }
            let value = share * Float(count) * weights[number] / length
            for at in Int(starts[number])..<Int(starts[number + 1]) {
                scores[Int(texts[at])] += value * values[at]
            }
        }
    }
}
