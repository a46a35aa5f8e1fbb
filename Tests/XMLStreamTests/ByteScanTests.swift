import TestSupport
import Testing

@testable import XMLStream

@Suite("Bytes looked at several at a time")
struct ByteScanTests {
    /// Texts of every length around the size of a block, of bytes that the scans tell apart.
    private static func texts() -> [[UInt8]] {
        var generator = SeededGenerator(seed: 20_261_124)
        let pieces: [[UInt8]] = [
            Array("woord".utf8), [32], [10], [13], [9], Array("é".utf8), Array("€".utf8),
            Array("😀".utf8), [0], [1], [31], [0x7F], [0x80], [0xC2], [0xFF], [0xEF, 0xBF, 0xBE],
            [0xED, 0xA0, 0x80],
        ]
        return (0..<600).map { number in
            var text = [UInt8](repeating: 97, count: number % 50)
            // Some are plain but for one piece, others a mixture.
            for _ in 0..<(number % 3 == 0 ? 1 : Int.random(in: 1...40, using: &generator)) {
                let at = text.indices.randomElement(using: &generator) ?? 0
                text.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: at)
            }
            return text
        }
    }

    @Test("line feeds and characters are counted as one by one")
    func counts() {
        for text in Self.texts() + [Array(repeating: 10, count: 10_000)] {
            text.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return }
                #expect(LineCount.lineFeeds(start, bytes.count) == text.count { $0 == 10 })
                #expect(
                    LineCount.scalars(start, bytes.count) == text.count { $0 & 0xC0 != 0x80 },
                    "\(text)")
            }
        }
    }

    @Test("text is valid up to the byte at which looking one by one stops")
    func validPrefix() {
        for text in Self.texts() {
            text.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return }
                var index = 0
                while index < bytes.count,
                    case .character(let length) = UTF8Scan.finding(
                        start + index, bytes.count - index)
                { index += length }
                #expect(UTF8Scan.validPrefix(start, bytes.count) == index, "\(text)")
            }
        }
    }
}
