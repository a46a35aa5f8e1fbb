import Text

/// A name reduced to what people agree on: letters and digits without case, accents, apostrophes,
/// hyphens or spaces.
///
/// `'s-Gravenhage`, `s Gravenhage` and `’s‑GRAVENHAGE` fold alike. So do `IJsselstein` and
/// `Ysselstein` (ij and y are one letter here), `St. Willebrord` and `Sint Willebrord`.
struct FoldedName {
    /// The letters of all words, without spaces between them.
    private(set) var key: [UInt8] = []
    /// Where each word ends in ``key``.
    private(set) var ends: [Int] = []

    init(_ text: some StringProtocol) {
        var text = String(text)
        text.withUTF8 { append($0) }
    }

    init(bytes: ArraySlice<UInt8>) { fold(bytes) }

    /// Holds this name from now on, in the memory of the last one.
    mutating func fold(_ bytes: ArraySlice<UInt8>) {
        key.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        bytes.withUnsafeBufferPointer { append($0) }
    }

    /// How many words there are.
    var count: Int { ends.count }

    /// The letters of some of the words.
    func key(_ words: Range<Int>) -> ArraySlice<UInt8> {
        let start = words.lowerBound == 0 ? 0 : ends[words.lowerBound - 1]
        let end = words.isEmpty ? start : ends[words.upperBound - 1]
        return key[start..<end]
    }

    /// One word as text.
    func word(_ index: Int) -> String { String(decoding: key(index..<index + 1), as: UTF8.self) }

    /// The name without its first words.
    func dropFirst(_ words: Int) -> FoldedName {
        var rest = self
        let cut = words == 0 ? 0 : ends[words - 1]
        rest.key.removeFirst(cut)
        rest.ends = ends.dropFirst(words).map { $0 - cut }
        return rest
    }

    /// The name without its last words.
    func dropLast(_ words: Int) -> FoldedName {
        var rest = self
        rest.ends.removeLast(words)
        rest.key.removeLast(key.count - (rest.ends.last ?? 0))
        return rest
    }

    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        key.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            switch byte {
            case 97...122, 48...57: append(letter: byte)
            case 65...90: append(letter: byte + 32)
            case 39, 96: break  // ' and ` join what stands around them
            case 38:  // &
                endWord()
                append(letter: 101)
                append(letter: 110)
                endWord()
            case 0..<128: endWord()
            default:
                let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
                var scalar = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
                let end = min(index + length - 1, text.count)
                while index < end {
                    scalar = scalar << 6 | UInt32(text[index] & 0x3F)
                    index += 1
                }
                append(scalar: scalar)
            }
        }
        endWord()
    }

    private mutating func append(letter: UInt8) {
        if letter == 106, let last = key.last, last == 105, key.count > (ends.last ?? 0) {
            key[key.count - 1] = 121
        } else {
            key.append(letter)
        }
    }

    private mutating func append(scalar value: UInt32) {
        guard let scalar = Unicode.Scalar(value) else { return endWord() }
        switch value {
        case 0xB4, 0x2018, 0x2019, 0x2032, 0x02BC: return  // apostrophes
        default: break
        }
        switch WordFolding.fold(scalar) {
        case .separator: endWord()
        case .nothing: break
        case .latin(let pair):
            append(letter: UInt8(pair & 255))
            if pair > 255 { append(letter: UInt8(pair >> 8)) }
        case .other(let letters): key.append(contentsOf: Array(letters.utf8))
        }
    }

    private mutating func endWord() {
        let start = ends.last ?? 0
        guard key.count > start else { return }
        if key.count == start + 2, key[start] == 115, key[start + 1] == 116 {
            key.replaceSubrange(start..., with: [115, 105, 110, 116])
        }
        ends.append(key.count)
    }
}

/// FNV-1a over 64 bits, ending in a mix so that all bits count.
///
/// The index keeps no keys, only their hashes: with some ten thousand names, the chance that an
/// unknown name hits a known one's hash is below 1 in 10¹⁵.
func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    value ^= value >> 32
    return value
}
