import CourseModel
import Feeds
import TestSupport
import Testing

/// What every writable format promises, asked of one format on drawn catalogues.
struct RoundTrip {
    let format: any FeedFormat.Type
    let writer: any RoundTripWriter.Type

    init(_ format: any FeedFormat.Type) throws {
        self.format = format
        let writer: (any FeedWriter.Type)? = format.writer
        self.writer = try #require(writer as? any RoundTripWriter.Type)
    }

    func written(providers: [Provider], records: [CourseRecord]) throws -> [UInt8] {
        var own = try writer.init(
            to: .memory,
            context: FeedContext(
                title: "Drawn & written", generated: "2026-11-24T06:00:00Z", language: .english))
        for provider in providers { try own.write(provider) }
        for record in records { try own.write(record) }
        let result = try own.finish()
        #expect(result.byteCount == result.bytes?.count)
        return result.bytes ?? []
    }

    func written(_ catalogue: DrawnCatalogue) throws -> [UInt8] {
        try written(providers: catalogue.providers, records: catalogue.records)
    }

    /// Reading back what was written is the catalogue, as far as the format holds it.
    func check(seed: UInt64) throws {
        let drawn = DrawnCatalogue(seed: seed, format: format.name)
        let read = try ReadFeed(bytes: written(drawn), source: "drawn")
        #expect(read.summary.format == format.name)
        #expect(read.summary.addsUp)
        #expect(read.summary.isComplete)
        #expect(read.records.count == drawn.records.count)
        let byID = Dictionary(read.records.map { ($0.course.id, $0) }, uniquingKeysWith: { $1 })
        for expected in drawn.records {
            guard let actual = byID[expected.course.id] else {
                Issue.record("\(expected.course.id) is missing")
                continue
            }
            compare(writer.reduced(expected), actual)
        }
        for expected in drawn.providers {
            let reduced = writer.reduced(expected)
            guard let actual = read.providers.first(where: { $0.id == expected.id }) else {
                Issue.record("\(expected.id) is missing")
                continue
            }
            for (left, right) in zip(fields(reduced), fields(actual)) {
                #expect(left.1 == right.1, "provider.\(left.0)")
            }
        }
    }

    /// Reading back what was written of a feed is the feed, as far as the format holds it.
    ///
    /// - Returns: What was written.
    func check(providers: [Provider], records: [CourseRecord], of name: String) throws -> [UInt8] {
        let bytes = try written(providers: providers, records: records)
        // Names of courses are those of the source; the feed's source is the one that is read.
        guard let source = records.first?.course.provenance.source else { return bytes }
        let read = try ReadFeed(bytes: bytes, source: source.value)
        #expect(read.summary.addsUp && read.summary.isComplete, "\(name)")
        #expect(read.summary.quarantined.isZero, "\(name)")
        // Ids are made of what a feed calls its records; two providers may call theirs the same,
        // and a feed without room for the difference gets a suffix when it is read.
        func plain(_ native: String) -> Substring { native.split(separator: "~")[0] }
        let kept = records.map { writer.reduced($0) }
        #expect(
            read.records.map { plain($0.course.nativeID) }
                == kept.map { plain($0.course.nativeID) },
            "\(name)")
        for (expected, actual) in zip(kept, read.records) {
            compare(
                expected, actual, in: name,
                without: ["id", "provider", "course", "nativeID", "provenance.lastEdited"])
        }
        return bytes
    }

    /// Reading says nothing serious against what was written.
    func checkSilence(seed: UInt64) throws {
        let read = try ReadFeed(bytes: written(DrawnCatalogue(seed: seed)), source: "drawn")
        let serious = read.reads.flatMap(\.diagnostics).filter { $0.severity > .note }
        #expect(serious.isEmpty, "\(serious.first?.message ?? "")")
        #expect(read.summary.diagnostics.isEmpty, "\(read.summary.diagnostics)")
        #expect(read.quarantined.isEmpty)
    }

    /// The same input gives the same bytes, and so does what was read back.
    func checkStability(seed: UInt64) throws {
        let drawn = DrawnCatalogue(seed: seed)
        let first = try written(drawn)
        #expect(try written(drawn) == first)
        let read = try ReadFeed(bytes: first, source: "drawn")
        let second = try written(providers: read.providers, records: read.records)
        let difference = zip(lines(first), lines(second)).first { $0 != $1 }
        #expect(difference == nil, "\(String(describing: difference))")
        #expect(first.count == second.count)
    }

    /// Reducing twice is reducing once.
    func checkIdempotence(seed: UInt64) {
        let drawn = DrawnCatalogue(seed: seed)
        for record in drawn.records {
            let once = writer.reduced(record)
            compare(once, writer.reduced(once))
        }
        for provider in drawn.providers {
            let once = writer.reduced(provider)
            #expect(writer.reduced(once) == once)
        }
    }

    /// Every field that reducing changes is listed as dropped, and every listed one is changed.
    func checkDroppedFields(seeds: ClosedRange<UInt64>) {
        let listed = Set(writer.droppedFields.map(\.path))
        #expect(listed.count == writer.droppedFields.count)
        var changed: Set<String> = []
        for seed in seeds {
            let drawn = DrawnCatalogue(seed: seed, providers: 16, courses: 3)
            for record in drawn.records {
                let reduced = writer.reduced(record)
                changed.formUnion(difference(record.course, reduced.course, "course"))
                let own = Dictionary(uniqueKeysWithValues: reduced.offerings.map { ($0.id, $0) })
                for offering in record.offerings {
                    guard let other = own[offering.id] else {
                        changed.insert("offering")
                        continue
                    }
                    changed.formUnion(difference(offering, other, "offering"))
                }
            }
            for provider in drawn.providers {
                changed.formUnion(difference(provider, writer.reduced(provider), "provider"))
            }
        }
        let fields = Set(listed.map(field))
        #expect(changed.subtracting(fields).isEmpty, "lost but not listed")
        // What is lost of a part of a field need not be drawn.
        let whole = listed.filter { $0.split(separator: ".").count <= 2 }
        #expect(whole.subtracting(changed).isEmpty, "listed but not lost")
    }

    /// `offering.price` of `offering.price.costs`.
    private func field(_ path: String) -> String {
        path.split(separator: ".").prefix(2).joined(separator: ".")
    }

    private func difference(_ one: Any, _ other: Any, _ kind: String) -> Set<String> {
        var names: Set<String> = []
        for (left, right) in zip(fields(one), fields(other)) where left.1 != right.1 {

            names.insert(field("\(kind).\(left.0)"))
        }
        return names
    }

    /// Compares field by field, so that a failure names the field.
    private func compare(
        _ expected: CourseRecord, _ actual: CourseRecord, in name: String = "",
        without left: Set<String> = []
    ) {
        let place = name.isEmpty ? "" : " of \(expected.course.id) in \(name)"
        for (one, other) in zip(fields(expected.course), fields(actual.course))
        where !left.contains(one.0) {
            #expect(one.1 == other.1, "course.\(one.0)\(place)")
        }
        #expect(
            expected.offerings.map(\.nativeID) == actual.offerings.map(\.nativeID),
            "offerings\(place)")
        for (own, read) in zip(expected.offerings, actual.offerings) {
            for (one, other) in zip(fields(own), fields(read)) where !left.contains(one.0) {
                #expect(one.1 == other.1, "offering.\(one.0)\(place)")
            }
        }
    }

    private func lines(_ bytes: [UInt8]) -> [Substring] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    private func fields(_ value: Any) -> [(String, String)] {
        Mirror(reflecting: value).children.map { child in
            if let provenance = child.value as? Provenance {
                return ("provenance.lastEdited", provenance.lastEdited ?? "")
            }
            let text =
                (child.value as? any Listable).map { $0.sortedDescription } ?? "\(child.value)"
            return (child.label ?? "", text)
        }
    }
}

/// Sets print in any order.
private protocol Listable {
    var sortedDescription: String { get }
}

extension Set: Listable {
    fileprivate var sortedDescription: String {
        map { "\($0)" }.sorted().joined(separator: ", ")
    }
}
