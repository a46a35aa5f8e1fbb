import CourseModel
import Storage
import TestSupport
import Testing

@testable import CourseModel

@Suite("Records are bytes and come back from them")
struct CodingTests {
    @Test("every drawn record is read back as it was written", arguments: 0..<400)
    func roundTrip(seed: Int) throws {
        var drawn = RandomRecords(seed: UInt64(seed))
        let record = drawn.record(seed)
        let coded = CodedRecord(record)
        let back = try CourseRecord(coded: coded.bytes)
        #expect(back == record)
        #expect(CodedRecord(back) == coded, "equal records have equal bytes")
        let provider = drawn.provider("P\(seed)")
        #expect(try Provider(coded: CodedProvider(provider).bytes) == provider)
        let diagnostics = drawn.list { $0.diagnostic() }
        #expect(
            try CodedDiagnostics.diagnostics(in: CodedDiagnostics.bytes(of: diagnostics))
                == diagnostics)
    }

    @Test("a record that only moved within its feed says the same")
    func moved() {
        var drawn = RandomRecords(seed: 7)
        let record = drawn.record(1)
        var course = record.course
        course.provenance.file = "elsewhere.xml"
        course.provenance.position = SourcePosition(line: 9, column: 9, byteOffset: 999)
        let moved = CourseRecord(course: course, offerings: record.offerings)
        #expect(moved != nil && moved != record)
        guard let moved else { return }
        let digest = RecordDigest(of: record, coded: CodedRecord(record))
        #expect(RecordDigest(of: moved, coded: CodedRecord(moved)) == digest)
        #expect(CodedRecord(moved).bytes != CodedRecord(record).bytes)
    }

    @Test("bytes that end early are an error at every length")
    func truncated() {
        var drawn = RandomRecords(seed: 3)
        let bytes = CodedRecord(drawn.record(1)).bytes
        let accepted = (0..<bytes.count).filter { length in
            (try? CourseRecord(coded: Array(bytes[..<length]))) != nil
        }
        #expect(accepted == [])
        #expect(throws: CodingError.trailingBytes(offset: bytes.count)) {
            try CourseRecord(coded: bytes + [0])
        }
    }

    @Test("an unknown version is named")
    func unknownVersion() {
        #expect(throws: CodingError.unknownVersion(9)) { try CourseRecord(coded: [9, 0]) }
        #expect(throws: CodingError.unknownVersion(9)) { try Provider(coded: [9]) }
        #expect(throws: CodingError.unknownVersion(9)) {
            try CodedDiagnostics.diagnostics(in: [9])
        }
    }

    @Test("damaged bytes end in an error or in a record, never in a crash", arguments: 0..<40)
    func damaged(seed: Int) {
        var drawn = RandomRecords(seed: UInt64(seed))
        let bytes = CodedRecord(drawn.record(1)).bytes
        for _ in 0..<200 {
            var copy = bytes
            for _ in 0..<Int.random(in: 1...4, using: &drawn.random) {
                let at = Int.random(in: 0..<copy.count, using: &drawn.random)
                copy[at] = UInt8.random(in: 0...255, using: &drawn.random)
            }
            _ = try? CourseRecord(coded: copy)
        }
    }

    @Test("every word of a closed vocabulary has a code")
    func words() {
        func check<Word: CodedWord & CaseIterable>(_ type: Word.Type) {
            #expect(Set(Word.order) == Set(Word.allCases))
            #expect(Word.order.count == Word.allCases.count)
        }
        check(CourseKind.self)
        check(Audience.self)
        check(DeliveryMode.self)
        check(StudyMode.self)
        check(DayPart.self)
        check(OfferingStatus.self)
        check(NLQFLevel.self)
        check(Qualification.Kind.self)
        check(CourseDuration.Unit.self)
        check(Cost.Period.self)
        check(Weekday.self)
        check(Diagnostic.Severity.self)
    }

    @Test("a field that the model gains must be coded: this many are")
    func fields() {
        var drawn = RandomRecords(seed: 1)
        let course = drawn.course(1)
        func count(_ value: Any) -> Int { Mirror(reflecting: value).children.count }
        let hint: Comment = "the model has changed: code the field, then change the number here"
        #expect(count(course) == 31, hint)
        #expect(count(drawn.offering(1, of: course)) == 27, hint)
        #expect(count(drawn.provider("P")) == 11, hint)
        #expect(count(drawn.provenance()) == 5, hint)
        #expect(count(drawn.price()) == 4, hint)
        #expect(count(Cost(kind: "", amount: drawn.money())) == 14, hint)
        #expect(count(drawn.venue()) == 5, hint)
        #expect(count(Address()) == 5, hint)
        #expect(count(drawn.qualification()) == 8, hint)
        #expect(count(drawn.level()) == 4, hint)
        #expect(count(drawn.duration()) == 3, hint)
        #expect(count(StudyLoad()) == 4, hint)
        #expect(count(Session()) == 6, hint)
        #expect(count(Timing.unstated) == 3, hint)
        #expect(count(drawn.contact()) == 5, hint)
        #expect(count(drawn.image()) == 3, hint)
        #expect(count(drawn.diagnostic()) == 7, hint)
        #expect(count(drawn.code()) == 3, hint)
        #expect(count(drawn.section()) == 3, hint)
    }
}

@Suite("Bytes are packed and unpacked")
struct PackedBytesTests {
    @Test("what is packed comes back", arguments: 0..<200)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let alphabet = UInt8.random(in: 0...255, using: &random)
        let count = seed < 40 ? seed : Int.random(in: 0...80_000, using: &random)
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...alphabet, using: &random) }
        #expect(try PackedBytes.unpack(PackedBytes.pack(bytes)) == bytes)
    }

    @Test("bytes are packed behind others that are known", arguments: 0..<60)
    func prefixed(seed: Int) throws {
        var drawn = RandomRecords(seed: UInt64(seed))
        let prefix = CodedRecord(drawn.record(1)).bytes
        let filler = [UInt8](repeating: 7, count: seed * 2_000)
        let bytes = [1, 2, 3] + prefix.dropFirst(seed).prefix(seed * 40) + [4, 5]
        let packed = PackedBytes.pack(bytes, after: filler + prefix)
        #expect(try PackedBytes.unpack(packed, after: filler + prefix) == bytes)
        if seed == 30 { #expect(packed.count < bytes.count / 4) }
    }

    @Test("repetition takes little room, and noise hardly more than itself")
    func sizes() throws {
        let text = Array(
            String(repeating: "<course><title>Snoeien</title></course>\n", count: 400).utf8)
        let packed = PackedBytes.pack(text)
        #expect(packed.count < text.count / 50)
        #expect(try PackedBytes.unpack(packed) == text)
        let zeros = [UInt8](repeating: 0, count: 1_000_000)
        #expect(try PackedBytes.unpack(PackedBytes.pack(zeros)) == zeros)
        var random = SeededGenerator(seed: 1)
        let noise = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(PackedBytes.pack(noise).count <= noise.count + 4)
    }

    @Test("damaged bytes end in an error or in other bytes, never in a crash", arguments: 0..<20)
    func damaged(seed: Int) {
        var drawn = RandomRecords(seed: UInt64(seed))
        let packed = PackedBytes.pack(CodedRecord(drawn.record(1)).bytes)
        for _ in 0..<300 {
            var copy = packed
            let at = Int.random(in: 0..<copy.count, using: &drawn.random)
            copy[at] = UInt8.random(in: 0...255, using: &drawn.random)
            _ = try? PackedBytes.unpack(copy)
            _ = try? PackedBytes.unpack(Array(packed[..<at]))
        }
    }
}

@Suite("Fingerprints")
struct FingerprintTests {
    @Test("do not depend on the pieces that bytes come in", arguments: 0..<50)
    func pieces(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let bytes = (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) }
        var hasher = FingerprintHasher()
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = min(rest.count, Int.random(in: 0...33, using: &random))
            hasher.update(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        #expect(hasher.finish() == Fingerprint(of: bytes))
    }

    @Test("differ for every length of the same byte and for every bit")
    func differ() {
        var seen: Set<Fingerprint> = []
        for count in 0..<300 { seen.insert(Fingerprint(of: [UInt8](repeating: 0, count: count))) }
        #expect(seen.count == 300)
        for bit in 0..<800 {
            var bytes = [UInt8](repeating: 0, count: 100)
            bytes[bit / 8] |= 1 << UInt8(bit % 8)
            seen.insert(Fingerprint(of: bytes))
        }
        #expect(seen.count == 1100)
    }
}
