import Testing

@testable import XMLStream

@Suite("The way back to the original bytes")
struct InputWindowTests {
    /// A window model that is too simple to be wrong: clean bytes, each with the original bytes
    /// that it brought, and what was deleted in front of it.
    struct Model {
        struct Atom {
            var clean: UInt8
            /// The original offset that this byte reports.
            var offset: Int
            /// The original offset behind what it stands for.
            var end: Int
            /// The repair that it belongs to.
            var repair: Int?
        }
        var atoms: [Atom]
        var total: Int

        func isInside(_ at: Int) -> Bool {
            at > 0 && at < atoms.count && atoms[at].repair != nil
                && atoms[at].repair == atoms[at - 1].repair
        }

        mutating func replace(_ range: Range<Int>, with bytes: [UInt8], repair: Int) {
            var low = range.lowerBound
            var high = range.upperBound
            while isInside(low) { low -= 1 }
            while isInside(high) { high += 1 }
            let all =
                atoms[low..<range.lowerBound].map(\.clean) + bytes
                + atoms[range.upperBound..<high].map(\.clean)
            let offset = self.offset(low)
            let end = low < high ? atoms[high - 1].end : offset
            atoms.replaceSubrange(
                low..<high,
                with: all.map { Atom(clean: $0, offset: offset, end: end, repair: repair) })
        }

        func offset(_ clean: Int) -> Int { clean < atoms.count ? atoms[clean].offset : total }
    }

    @Test("survives any series of repairs")
    func repairs() throws {
        for seed in 0..<400 {
            var random = Seeded(UInt64(seed))
            let text = (0..<60).map { _ in
                UInt8(ascii: "a") + UInt8.random(in: 0..<26, using: &random)
            }
            let original = [UInt8(ascii: "<")] + text.map { $0 == UInt8(ascii: "q") ? 0x0A : $0 }
            var window = try InputWindow(
                source: XMLMemorySource(original), name: "x", totalLimit: .max, chunkBytes: 16)
            while !window.isAtEnd { try window.fill() }
            var model = Model(
                atoms: original.enumerated().map { Model.Atom(clean: $1, offset: $0, end: $0 + 1) },
                total: original.count)
            for repair in 0..<8 {
                let low = Int.random(in: 0...model.atoms.count, using: &random)
                let high = Int.random(in: low...min(model.atoms.count, low + 6), using: &random)
                let bytes = [UInt8](
                    repeating: UInt8(ascii: "#"), count: Int.random(in: 0..<4, using: &random))
                if Bool.random(using: &random) {
                    _ = window.position(at: Int.random(in: 0...model.atoms.count, using: &random))
                }
                window.replace(low..<high, with: bytes)
                model.replace(low..<high, with: bytes, repair: repair)
                #expect(window.end == model.atoms.count)
                let clean = (0..<window.end).map { window[$0] }
                #expect(clean == model.atoms.map(\.clean))
                var place: [XMLPosition] = []
                var at = XMLPosition.start
                for byte in original {
                    place.append(at)
                    TextEncoding.utf8.advance(&at, over: [byte])
                }
                place.append(at)
                for clean in (0...window.end).shuffled(using: &random) {
                    let offset = model.offset(clean)
                    #expect(window.originalOffset(of: clean) == offset, "seed \(seed) at \(clean)")
                    #expect(window.position(at: clean) == place[offset], "seed \(seed) at \(clean)")
                }
                let from = Int.random(in: 0...window.end, using: &random)
                let to = Int.random(in: from...window.end, using: &random)
                if model.isInside(from) || model.isInside(to) { continue }
                let start = model.offset(from)
                let stop = from < to ? model.atoms[to - 1].end : start
                #expect(
                    window.originalBytes(from..<to) == Array(original[start..<max(start, stop)]),
                    "seed \(seed) \(from)..<\(to)")
            }
        }
    }
}
