import Testing

@testable import XMLStream

@Suite("Documents broken at random")
struct MutationTests {
    private static let pieces = [
        "<", ">", "&", "\"", "'", "</course>", "<course>", "<![CDATA[", "]]>", "<!--", "-->", "--",
        "&nbsp;", "&#0;", "\u{0}", "</", "/>", "<?xml version='1.0'?>", "&b;", "é", "<a b=c d>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<?x", "?>", "</b>", "<b>", " xmlns:p=''", "p:", "\r\n",
        "&#xD800;", "a=\"1\" a=\"2\"",
    ].map { Array($0.utf8) }

    private func mutated(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1..<6, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1:
                let end = min(bytes.count, at + Int.random(in: 1..<30, using: &random))
                bytes.removeSubrange(at..<end)
            case 2:
                let end = min(bytes.count, at + Int.random(in: 1..<200, using: &random))
                bytes.insert(contentsOf: Array(bytes[at..<end]), at: at)
            default:
                bytes.insert(
                    contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: at)
            }
        }
        return bytes
    }

    @Test("end, in order, with exact bytes of every record that was read or lost")
    func mutations() {
        for seed in 0..<1_500 {
            var random = Seeded(UInt64(seed))
            let encoding = RandomDocument.Encoding.allCases.randomElement(using: &random) ?? .utf8
            let document = RandomDocument(seed: UInt64(seed % 50), encoding: encoding)
            let bytes = mutated(document.bytes, &random)
            let chunk = [1, 3, 17, 100, 32_768].randomElement(using: &random) ?? 1
            let log = EventLog(
                bytes, records: ["course", "b"], chunkBytes: chunk, capturing: true,
                eventLimit: 20_000)
            #expect(log.error != "too many events", "seed \(seed)")
            var end = 0
            for stretch in log.stretches {
                #expect(stretch.range.lowerBound >= end, "seed \(seed)")
                #expect(stretch.bytes == Array(bytes[stretch.range]), "seed \(seed)")
                end = stretch.range.upperBound
            }
        }
    }
}
