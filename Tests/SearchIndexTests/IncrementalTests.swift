import CourseModel
import Glibc
import Testing

@testable import SearchIndex

@Suite("An index made with an older one is the index made anew")
struct IncrementalTests {
    @Test("byte for byte, generation after generation", arguments: UInt64(1)...4)
    func same(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var catalogue = Draw.documents(120, seed: seed).map { (document: $0, version: UInt64(0)) }
        let older = try ScratchFolder()
        _ = try build(catalogue, in: older.index, generation: 0, reusing: nil)
        for generation in 1...6 {
            // Some courses change, go and come, and now and then most of them do.
            let share = generation == 4 ? 0.8 : 0.1
            catalogue.removeAll { _ in random.chance(share / 2) }
            let drawn = Draw.documents(120, seed: seed &* 100 &+ UInt64(generation))
            for index in catalogue.indices where random.chance(share) {
                let id = catalogue[index].document.record.course.id
                guard let other = drawn.first(where: { $0.record.course.id == id }) else {
                    continue
                }
                catalogue[index] = (other, UInt64(generation))
            }
            let known = Set(catalogue.map(\.document.record.course.id))
            for document in drawn where !known.contains(document.record.course.id) {
                if random.chance(0.3) { catalogue.append((document, UInt64(generation))) }
            }
            let fresh = try ScratchFolder()
            #expect(
                try build(catalogue, in: fresh.index, generation: generation, reusing: nil) == 0)
            let next = try ScratchFolder()
            let reused = try build(
                catalogue, in: next.index, generation: generation, reusing: older.index)
            #expect(reused > 0)
            #expect(try next.bytes() == fresh.bytes())
            // The next one builds on that.
            rename(older.index, older.path + "/old\(generation)")
            rename(next.index, older.index)
        }
    }

    @Test("whoever analyses a course, and in whatever order they are done")
    func threads() throws {
        let documents = Draw.documents(90, seed: 3)
        let one = try ScratchFolder()
        _ = try one.index(documents)
        let other = try ScratchFolder()
        var builder = try IndexBuilder(folder: other.index, generation: 1)
        let analyzers = try (0..<3).map { _ in try builder.analyzers.make() }
        let places = documents.map { builder.reserve($0.record.course.id) }
        for index in documents.indices.reversed() {
            builder.put(try analyzers[index % 3].analyse(documents[index]), at: places[index])
        }
        _ = try builder.finish()
        #expect(try other.bytes() == one.bytes())
    }

    @Test("what was made with other settings is not used")
    func fingerprint() throws {
        let catalogue = Draw.documents(20, seed: 7).map { (document: $0, version: UInt64(0)) }
        let older = try ScratchFolder()
        _ = try build(catalogue, in: older.index, generation: 1, reusing: nil)
        let next = try ScratchFolder()
        #expect(
            try build(
                catalogue, in: next.index, generation: 2, reusing: older.index, fingerprint: 5) == 0
        )
        let last = try ScratchFolder()
        #expect(
            try build(catalogue, in: last.index, generation: 2, reusing: next.index) == 0)
    }

    @Test("a damaged analysis is noticed, and a damaged list of them not used")
    func damage() throws {
        let catalogue = Draw.documents(20, seed: 9).map { (document: $0, version: UInt64(0)) }
        let older = try ScratchFolder()
        _ = try build(catalogue, in: older.index, generation: 1, reusing: nil)
        let next = try ScratchFolder()
        try flip(older.index + "/courses.0", at: 100)
        #expect(throws: IndexError.self) {
            try build(catalogue, in: next.index, generation: 2, reusing: older.index)
        }
        try flip(older.index + "/courses", at: 100)
        #expect(try build(catalogue, in: next.index, generation: 2, reusing: older.index) == 0)
    }

    /// Builds an index; returns how many courses were taken over.
    private func build(
        _ catalogue: [(document: IndexDocument, version: UInt64)], in folder: String,
        generation: Int, reusing older: String?, fingerprint: UInt64 = 0
    ) throws -> Int {
        var builder = try IndexBuilder(
            folder: folder, generation: generation, reusing: older, fingerprint: fingerprint)
        let analyzer = try builder.analyzers.make()
        var reused = 0
        for (document, version) in catalogue {
            let id = document.record.course.id
            if builder.reuse(id, content: { version &+ UInt64($0) }) {
                reused += 1
            } else {
                builder.add(try analyzer.analyse(document, content: version &+ 3, group: 3))
            }
        }
        _ = try builder.finish()
        return reused
    }

    private func flip(_ path: String, at offset: Int) throws {
        let file = try #require(fopen(path, "r+"))
        defer { fclose(file) }
        fseek(file, offset, SEEK_SET)
        let byte = fgetc(file)
        fseek(file, offset, SEEK_SET)
        fputc(byte ^ 1, file)
    }
}
