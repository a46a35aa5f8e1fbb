/// Splits text into folded words, on bytes and without allocating per word.
///
/// - Words are runs of letters and digits, folded as ``WordFolding`` says. A word longer than
///   ``longestWord`` bytes is known by that many of its bytes, in texts and queries alike.
/// - `C#`, `F#`, `C++` and `.NET` keep their signs. `m.b.o.` is `mbo`; `foto's` is `foto`.
/// - `e-learning` and `NT2` are *chunks*: the joined word (`elearning`, `nt2`) stands over its parts
///   (`e`, `learning`; `nt`, `2`), so each spelling finds the others.
///
/// Each part takes one position; a joined word has the position of its first part.
public struct Tokenizer {
    /// The most bytes of a word that count.
    public static let longestWord = 64
    private static let mostParts = 4

    /// A word as it is found.
    public struct Word {
        /// The folded bytes, valid during the call only.
        public let bytes: UnsafeBufferPointer<UInt8>
        /// Where it stands: 0 for the first word of the text.
        public let position: Int
        /// How many positions it covers: more than 1 for a joined word, whose parts come next.
        public let span: Int
        /// Its bytes in the text.
        public let source: Range<Int>
    }

    private let ascii: UnsafePointer<UInt8>
    private let latin: UnsafePointer<UInt16>
    // The folded parts of the chunk at hand, one behind the other, so that the whole is the joined
    // word.
    private var chunk: [UInt8] = []
    private var ends: [Int] = []
    private var sources: [Range<Int>] = []

    /// A tokenizer; keep one for many texts.
    public init() {
        ascii = WordFolding.ascii
        latin = WordFolding.latin
        chunk.reserveCapacity(Self.longestWord * (Self.mostParts + 1))
        ends.reserveCapacity(Self.mostParts + 2)
        sources.reserveCapacity(Self.mostParts + 2)
    }

    /// Hands every word of `text` to `body`, in order.
    ///
    /// - Returns: The number of positions in the text.
    /// - Complexity: O(bytes).
    @discardableResult
    public mutating func forEachWord(in text: String, _ body: (Word) -> Void) -> Int {
        var text = text
        return text.withUTF8 { forEachWord(in: $0, body) }
    }

    /// Hands every word of valid UTF-8 to `body`, in order.
    ///
    /// - Returns: The number of positions in the text.
    @discardableResult
    public mutating func forEachWord(
        in text: UnsafeBufferPointer<UInt8>, _ body: (Word) -> Void
    ) -> Int {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longestWord) { folded in
            guard let folded = folded.baseAddress else { return 0 }
            var position = 0
            var index = 0
            while index < text.count {
                let start = index
                if text[start] < 128, ascii[Int(text[start])] == 0 {
                    index += 1
                } else if let end = readPlain(text, from: start, to: folded) {
                    body(
                        Word(
                            bytes: UnsafeBufferPointer(start: folded, count: end - start),
                            position: position, span: 1, source: start..<end))
                    position += 1
                    index = end
                } else {
                    index = readChunk(text, from: start)
                    if !ends.isEmpty { position = emit(at: position, body) }
                }
            }
            return position
        }
    }

    /// Folds a word of ASCII letters and digits that nothing is to be joined to or taken off.
    ///
    /// Nearly all words are: what ``readChunk(_:from:)`` looks for cannot begin or end here.
    ///
    /// - Returns: Where it ends; `nil` when there may be more to it.
    @inline(__always)
    private func readPlain(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int,
        to folded: UnsafeMutablePointer<UInt8>
    ) -> Int? {
        let limit = min(text.count, start &+ Self.longestWord)
        var index = start
        while index < limit {
            let byte = text[index]
            guard byte < 128 else { return nil }
            let letter = ascii[Int(byte)]
            if letter == 0 { break }
            folded[index &- start] = letter
            index &+= 1
        }
        let length = index &- start
        if index < text.count {
            switch text[index] {
            case UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "+"):
                return nil
            case UInt8(ascii: ".") where length == 1: return nil
            case UInt8(ascii: "#") where length <= 2: return nil
            case let byte where byte >= 128 || ascii[Int(byte)] != 0: return nil
            default: break
            }
        }
        let isNumbered = folded[length &- 1] <= UInt8(ascii: "9") && folded[0] > UInt8(ascii: "9")
        let mayBeNet = length == 3 && start > 0 && text[start &- 1] == UInt8(ascii: ".")
        return isNumbered || mayBeNet ? nil : index
    }

    /// Reads a word with all that belongs to it into the chunk; leaves it empty at a separator.
    ///
    /// - Returns: Where it ends, at least one byte further.
    private mutating func readChunk(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = readPart(text, from: start)
        guard let end = ends.last, end > 0 else {
            ends.removeAll(keepingCapacity: true)
            sources.removeAll(keepingCapacity: true)
            return index
        }
        if start > 0, text[start - 1] == UInt8(ascii: "."), isNet(),
            start == 1 || !isLetter(text[start - 2]) || isASPNet(text, start)
        {
            chunk.insert(UInt8(ascii: "."), at: 0)
            ends[0] += 1
        }
        index = readSigns(text, from: index)
        while index < text.count, ends.count < Self.mostParts,
            let next = hyphen(text, at: index)
        {
            let before = ends.count
            let after = readPart(text, from: next)
            guard ends.count > before, ends[before] > (ends[before - 1]) else {
                ends.removeLast(ends.count - before)
                sources.removeLast(sources.count - before)
                break
            }
            index = readSigns(text, from: after)
        }
        return index
    }

    /// Reads one run of letters and digits, appends it to the chunk, and returns where it ends;
    /// at least one byte further.
    private mutating func readPart(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let limit = (ends.last ?? 0) + Self.longestWord
        var index = start
        scan: while index < text.count {
            let byte = text[index]
            if byte < 128 {
                let folded = ascii[Int(byte)]
                if folded == 0 { break }
                if chunk.count < limit { chunk.append(folded) }
                index += 1
                continue
            }
            let (scalar, length) = decode(text, at: index)
            switch WordFolding.fold(scalar, latin: latin) {
            case .separator: break scan
            case .nothing: break
            case .latin(let pair):
                if chunk.count < limit { chunk.append(UInt8(pair & 255)) }
                if pair > 255, chunk.count < limit { chunk.append(UInt8(pair >> 8)) }
            case .other(let letters):
                if chunk.count + letters.utf8.count <= limit { chunk += letters.utf8 }
            }
            index += length
        }
        ends.append(chunk.count)
        sources.append(start..<index)
        if index == start { index += text[index] < 128 ? 1 : decode(text, at: index).1 }
        return index
    }

    /// Takes what may follow a word and belongs to it: `#`, `++`, dotted letters, `'s`.
    private mutating func readSigns(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let first = ends.count > 1 ? ends[ends.count - 2] : 0
        let length = chunk.count - first
        var index = start
        guard index < text.count, length > 0 else { return index }
        switch text[index] {
        case UInt8(ascii: "#") where length <= 2 && !isWord(text, index + 1):
            chunk.append(UInt8(ascii: "#"))
            index += 1
        case UInt8(ascii: "+")
        where index + 1 < text.count && text[index + 1] == UInt8(ascii: "+")
            && !isWord(text, index + 2):
            chunk += [UInt8(ascii: "+"), UInt8(ascii: "+")]
            index += 2
        case UInt8(ascii: ".") where length == 1 && 97...122 ~= chunk[first]:
            while index + 1 < text.count, text[index] == UInt8(ascii: "."),
                case let letter = ascii[Int(text[index + 1] & 127)], text[index + 1] < 128,
                97...122 ~= letter, !isWord(text, index + 2)
            {
                chunk.append(letter)
                index += 2
            }
        case UInt8(ascii: "'"), 0xE2, UInt8(ascii: "`"):
            let isCurly = text[index] == 0xE2
            if isCurly {
                guard index + 2 < text.count, text[index + 1] == 0x80, text[index + 2] == 0x99
                else { return index }
            }
            let after = index + (isCurly ? 3 : 1)
            if after < text.count, text[after] | 32 == UInt8(ascii: "s"), !isWord(text, after + 1) {
                index = after + 1
            }
        default: return index
        }
        ends[ends.count - 1] = chunk.count
        sources[sources.count - 1] = sources[sources.count - 1].lowerBound..<index
        return index
    }

    /// Hands the chunk to `body` and empties it; returns the next free position.
    private mutating func emit(at position: Int, _ body: (Word) -> Void) -> Int {
        if ends.count == 1, let boundary = letterDigitBoundary() {
            let source = sources[0]
            ends.insert(boundary, at: 0)
            sources[0] = source.lowerBound..<min(source.lowerBound + boundary, source.upperBound)
            sources.append(sources[0].upperBound..<source.upperBound)
        }
        let whole = sources[0].lowerBound..<sources[sources.count - 1].upperBound
        chunk.withUnsafeBufferPointer { bytes in
            if ends.count > 1, bytes.count <= Self.longestWord {
                body(Word(bytes: bytes, position: position, span: ends.count, source: whole))
            }
            var start = 0
            for (offset, end) in ends.enumerated() {
                body(
                    Word(
                        bytes: UnsafeBufferPointer(rebasing: bytes[start..<end]),
                        position: position + offset, span: 1, source: sources[offset]))
                start = end
            }
        }
        let next = position + ends.count
        chunk.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        sources.removeAll(keepingCapacity: true)
        return next
    }

    /// Where `nt2` and `mbo4` part: two or more letters, then digits to the end.
    private func letterDigitBoundary() -> Int? {
        guard let last = chunk.last, 48...57 ~= last else { return nil }
        guard let boundary = chunk.firstIndex(where: { 48...57 ~= $0 }), boundary >= 2,
            chunk[..<boundary].allSatisfy({ 97...122 ~= $0 }),
            chunk[boundary...].allSatisfy({ 48...57 ~= $0 })
        else { return nil }
        return boundary
    }

    private func isNet() -> Bool {
        chunk.count == 3 && chunk[0] == UInt8(ascii: "n") && chunk[1] == UInt8(ascii: "e")
            && chunk[2] == UInt8(ascii: "t")
    }

    /// Whether a byte is, or belongs to, a letter or digit, for all that is not ASCII.
    private func isLetter(_ byte: UInt8) -> Bool { byte >= 128 || ascii[Int(byte)] != 0 }

    private func isASPNet(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        start >= 4 && text[start - 4] | 32 == UInt8(ascii: "a")
            && text[start - 3] | 32 == UInt8(ascii: "s")
            && text[start - 2] | 32 == UInt8(ascii: "p")
    }

    /// Where the next part starts if a hyphen stands at `index` with a word right behind it.
    private func hyphen(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        var next = index
        if text[index] == UInt8(ascii: "-") {
            next += 1
        } else if text[index] == 0xE2, index + 2 < text.count, text[index + 1] == 0x80,
            text[index + 2] == 0x90 || text[index + 2] == 0x91
        {
            next += 3
        } else {
            return nil
        }
        return isWord(text, next) ? next : nil
    }

    private func isWord(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard index < text.count else { return false }
        if text[index] < 128 { return ascii[Int(text[index])] != 0 }
        switch WordFolding.fold(decode(text, at: index).0, latin: latin) {
        case .separator: return false
        case .nothing, .latin, .other: return true
        }
    }

    /// The scalar at `index`; a byte that starts none stands for a separator of length 1.
    private func decode(
        _ text: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (Unicode.Scalar, Int) {
        let byte = text[index]
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 0
        guard length > 0, index + length <= text.count else { return ("\u{FFFD}", 1) }
        var value = UInt32(byte) & (0xFF >> UInt32(length + 1))
        for offset in 1..<length { value = value << 6 | UInt32(text[index + offset] & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }
}
