import Storage
import Text

/// The words of a text in lower case without accents, in order, with one space between them.
///
/// They stand in one run of bytes, so that several words in a row are hashed where they are.
struct FoldedWords {
    private var bytes: [UInt8] = []
    private var places: [Range<Int>] = []

    /// No words.
    init() {}

    /// The letters and digits of a text, word by word.
    init(_ text: String) {
        let folded = WordFolding.fold(text)
        bytes.reserveCapacity(folded.utf8.count + 1)
        guard folded.utf8.allSatisfy({ $0 < 128 }) else {
            // Beyond ASCII it takes a look at the properties of each character.
            for word in folded.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
                let start = bytes.count
                bytes.append(contentsOf: word.utf8)
                end(from: start)
            }
            return
        }
        var start = 0
        for byte in folded.utf8 {
            if 97...122 ~= byte || 48...57 ~= byte {
                bytes.append(byte)
            } else if bytes.count > start {
                end(from: start)
                start = bytes.count
            }
        }
        if bytes.count > start { end(from: start) }
    }

    private mutating func end(from start: Int) {
        places.append(start..<bytes.count)
        bytes.append(32)
    }

    /// How many words there are.
    var count: Int { places.count }

    /// The words one by one.
    var strings: [String] { places.map { String(decoding: bytes[$0], as: UTF8.self) } }

    /// The hashes of all runs of so many words among the first ones, in order.
    ///
    /// - Parameter limit: How many words are looked at.
    func hashes(ofRuns length: Int, first limit: Int = .max) -> [UInt64] {
        let last = min(limit, places.count) - length
        guard last >= 0 else { return [] }
        return (0...last).map { start in
            let run = places[start].lowerBound..<places[start + length - 1].upperBound
            return ContentHash(of: bytes, in: run).value
        }
    }
}
