import Testing
import XMLStream

@Suite("Random documents")
struct PropertyTests {
    @Test(
        "read as the events they were made from, with exact positions, in every encoding",
        arguments: RandomDocument.Encoding.allCases)
    func events(encoding: RandomDocument.Encoding) {
        for seed in 0..<150 {
            let document = RandomDocument(seed: UInt64(seed), encoding: encoding)
            let log = EventLog(document.bytes, records: [])
            #expect(log.error == nil, "seed \(seed)")
            #expect(log.diagnostics == [], "seed \(seed)")
            guard log.lines != document.events else { continue }
            let at = zip(log.lines, document.events).enumerated().first { $1.0 != $1.1 }
            Issue.record(
                "seed \(seed): read \(at?.element.0 ?? "nothing") for \(at?.element.1 ?? "nothing")"
            )
            return
        }
    }

    @Test(
        "read the same whatever the chunks are",
        arguments: RandomDocument.Encoding.allCases)
    func chunks(encoding: RandomDocument.Encoding) {
        for seed in 0..<20 {
            let document = RandomDocument(seed: UInt64(seed), encoding: encoding)
            let whole = EventLog(document.bytes)
            for chunk in [1, 2, 3, 7, 64, 1000] {
                let log = EventLog(document.bytes, chunkBytes: chunk)
                #expect(log == whole, "seed \(seed), chunk \(chunk)")
            }
        }
    }

    @Test(
        "give fragments whose bytes are those of the file",
        arguments: RandomDocument.Encoding.allCases)
    func fragments(encoding: RandomDocument.Encoding) {
        for seed in 0..<100 {
            let document = RandomDocument(seed: UInt64(seed), encoding: encoding)
            let log = EventLog(document.bytes, records: ["b"], chunkBytes: 64, capturing: true)
            for stretch in log.stretches {
                #expect(stretch.bytes == Array(document.bytes[stretch.range]), "seed \(seed)")
            }
        }
    }
}
