import CourseModel
import Glibc
import Testing

@testable import SearchIndex

@Suite("A damaged or missing index is noticed, never trusted")
struct DamageTests {
    @Test("a folder without an index says so")
    func missing() {
        #expect(throws: IndexError.missing(path: "/nowhere/1/index")) {
            try IndexReader(folder: "/nowhere/1")
        }
    }

    @Test("a file of any shorter length is damaged")
    func truncated() throws {
        let folder = try ScratchFolder()
        _ = try folder.index(Draw.documents(20, seed: 1))
        let bytes = try folder.bytes()
        for length in [0, 1, 7, 100, 4095, 4096, 5000, bytes.count / 2, bytes.count - 1] {
            try folder.write(Array(bytes[..<length]))
            #expect(throws: IndexError.damaged(path: folder.file, section: "header")) {
                try IndexReader(folder: folder.index)
            }
        }
    }

    @Test("a file that is cut short while it is mapped is damaged, and ends no process")
    func cutShort() throws {
        let folder = try ScratchFolder()
        _ = try folder.index(Draw.documents(400, seed: 1))
        let bytes = try folder.bytes()
        for length in [0, 4_096, bytes.count / 2] {
            try folder.write(bytes)
            let reader = try IndexReader(folder: folder.index)
            #expect(truncate(folder.file, off_t(length)) == 0)
            #expect(throws: IndexError.self) { try reader.verify() }
        }
    }

    @Test("another version of the format asks for a new index")
    func version() throws {
        let folder = try ScratchFolder()
        _ = try folder.index(Draw.documents(5, seed: 1))
        var bytes = try folder.bytes()
        bytes[8] = 99
        try folder.write(bytes)
        #expect(throws: IndexError.self) { try IndexReader(folder: folder.index) }
        do {
            _ = try IndexReader(folder: folder.index)
        } catch let error {
            guard case .otherVersion(_, 99, _) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test("a flipped bit anywhere is found by verify, and no query crashes or answers from it")
    func flippedBits() throws {
        let folder = try ScratchFolder()
        _ = try folder.index(Draw.documents(60, seed: 3))
        let bytes = try folder.bytes()
        var random = SeededGenerator(seed: 4)
        let queries = (0..<15).map { _ in Draw.query(&random) }
        let reader = try IndexReader(folder: folder.index)
        let answers = try queries.map { BruteForce.Answer(try reader.search($0), reader) }
        for _ in 0..<60 {
            var damaged = bytes
            let place = Int.random(in: 0..<bytes.count, using: &random)
            damaged[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            try folder.write(damaged)
            #expect(throws: IndexError.self, "byte \(place)") {
                try IndexReader(folder: folder.index).verify()
            }
            guard let reader = try? IndexReader(folder: folder.index) else { continue }
            for (query, answer) in zip(queries, answers) {
                guard let results = try? reader.search(query) else { continue }
                #expect(BruteForce.Answer(results, reader) == answer)
            }
        }
    }

    @Test("an index that is replaced while it is read keeps answering as it was")
    func replaced() throws {
        let folder = try ScratchFolder()
        let old = try folder.index(Draw.documents(30, seed: 5))
        let query = Query(today: Draw.today)
        let before = try old.search(query).total
        let new = try folder.index(Draw.documents(90, seed: 6))
        #expect(try old.search(query).total == before)
        #expect(try new.search(query).total != before)
        try old.verify()
    }

    @Test("nothing is left behind by a build that is given up")
    func abandoned() throws {
        let folder = try ScratchFolder()
        do {
            var builder = try IndexBuilder(folder: folder.index, generation: 1)
            try builder.add(Draw.documents(1, seed: 1)[0])
        }
        #expect(access(folder.index, F_OK) != 0)
        #expect(rmdir(folder.path) == 0)
        mkdir(folder.path, 0o755)
    }

    @Test("a folder that cannot be written to is named")
    func unwritable() {
        #expect(throws: IndexError.self) {
            _ = try IndexBuilder(folder: "/proc/nowhere/1", generation: 1)
        }
    }
}
