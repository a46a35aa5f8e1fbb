import CourseModel
import Glibc
import SQLiteStorage
import Storage
import TestSupport
import Testing

@Suite("SQLite: what goes wrong is named, and the catalogue stays whole", .serialized)
struct SQLiteFailureTests {
    let folder: Scratch
    var path: String { folder.folder + "/store.sqlite" }

    init() throws { folder = try Scratch() }

    // MARK: - Crashes and other processes

    /// The feed that everything in the store is from, or `nil` when the store is empty.
    func feedInStore() throws -> Int? {
        let store = try SQLiteStore(path: path)
        #expect(try store.verify() == [])
        var feeds: Set<Int> = []
        var count = 0
        try store.snapshot { snapshot in
            try snapshot.forEachRecord { stored in
                let title = stored.record.course.title.text() ?? ""
                feeds.insert(Int(title.split(separator: " ").last ?? "") ?? -1)
                count += 1
            }
        }
        #expect(count == 0 || count == 40)
        #expect(feeds.count <= 1, "two feeds are mixed: \(feeds)")
        return feeds.first
    }

    @Test(
        "D01 a process that is killed at any moment leaves the last whole feed",
        .enabled(if: Victim.path != nil, "StoreVictim was not built"))
    func killed() throws {
        var random = SeededGenerator(seed: 11)
        var acknowledged = 0
        for _ in 0..<25 {
            let victim = try Victim([path, "school", "10000", "40"])
            usleep(UInt32.random(in: 1_000...150_000, using: &random))
            victim.kill()
            let (lines, status) = victim.wait()
            #expect(status == -1)
            if let last = lines.last?.split(separator: " ").first.flatMap({ Int($0) }) {
                #expect(last > acknowledged)
                acknowledged = last
            }
            let found = try feedInStore() ?? 0
            // The feed after the last one that was printed may have been committed, too.
            #expect(found == acknowledged || found == acknowledged + 1)
            acknowledged = found
        }
        #expect(acknowledged > 0)
    }

    @Test(
        "D02 two processes that ingest at once wait for each other",
        .enabled(if: Victim.path != nil, "StoreVictim was not built"))
    func twoWriters() throws {
        let victims = try ["a", "b", "c"].map { try Victim([path, $0, "8", "30", "5"]) }
        let results = victims.map { $0.wait() }
        for (lines, status) in results {
            #expect(status == 0, "\(lines)")
            #expect(lines.filter { $0 != "waiting" }.count == 8)
        }
        let store = try SQLiteStore(path: path)
        #expect(try store.generation == Generation(24))
        #expect(try store.presentIDs().count == 90)
        #expect(try store.verify() == [])
    }

    @Test(
        "D03 whoever does not want to wait is told who is busy; readers are not kept waiting",
        .enabled(if: Victim.path != nil, "StoreVictim was not built"))
    func busy() throws {
        let store = try SQLiteStore(path: path, options: SQLiteStore.Options(busyTimeout: 0))
        try store.ingest(DrawnFeed(2))
        let victim = try Victim([path, "slow", "1", "30", "1500"])
        usleep(700_000)
        #expect(throws: StoreError.busy(path: path, seconds: 0)) {
            try store.ingest(DrawnFeed(3), on: 1)
        }
        #expect(try store.presentIDs().count == 2)
        #expect(victim.wait().status == 0)
        #expect(try store.ingest(DrawnFeed(3), on: 1).verdict == .published)
    }

    @Test("D04 a reader sees one generation while another is written")
    func isolation() throws {
        let store = try SQLiteStore(path: path)
        try store.ingest(DrawnFeed(3))
        let counts = try store.snapshot { snapshot in
            var before = 0
            try snapshot.forEachRecord { _ in before += 1 }
            try SQLiteStore(path: path).ingest(DrawnFeed(30), on: 1)
            var after = 0
            try snapshot.forEachRecord { _ in after += 1 }
            return [before, after]
        }
        #expect(counts == [3, 3])
        #expect(try store.presentIDs().count == 30)
    }

    // MARK: - The disk

    @Test(
        "D05 a full disk is named, and nothing is changed",
        .enabled(if: geteuid() == 0, "mounting a small disk needs root"))
    func fullDisk() throws {
        let disk = folder.folder + "/disk"
        mkdir(disk, 0o755)
        try #require(shell("mount -t tmpfs -o size=1m tmpfs \(disk)"))
        defer { _ = shell("umount -l \(disk)") }
        let store = try SQLiteStore(path: disk + "/store.sqlite")
        try store.ingest(DrawnFeed(10))
        let before = try store.contents()
        #expect(throws: StoreError.full(path: disk + "/store.sqlite")) {
            try store.ingest(DrawnFeed(3_000), on: 1)
        }
        #expect(try store.contents() == before)
        #expect(try store.ingest(DrawnFeed(11), on: 1).verdict == .published)
        #expect(try store.verify() == [])
    }

    @Test(
        "D06 a file that may not grow is named, too",
        .enabled(if: Victim.path != nil, "StoreVictim was not built"))
    func sizeLimit() throws {
        let (lines, status) = try Victim([path, "school", "50", "4000"], fileLimitKiB: 2048).wait()
        #expect(status == 73, "\(lines)")
        #expect(lines.last == StoreError.full(path: path).description)
        #expect(try SQLiteStore(path: path).verify() == [])
    }

    @Test(
        "D07 a store on a read-only disk is read, and not written",
        .enabled(if: geteuid() == 0, "mounting a disk needs root"))
    func readOnlyDisk() throws {
        let disk = folder.folder + "/disk"
        mkdir(disk, 0o755)
        try #require(shell("mount -t tmpfs -o size=4m tmpfs \(disk)"))
        defer { _ = shell("umount -l \(disk)") }
        let path = disk + "/store.sqlite"
        let writer = try SQLiteStore(path: path)
        try writer.ingest(DrawnFeed(3))
        try writer.close()
        try #require(shell("mount -o remount,ro \(disk)"))
        let store = try SQLiteStore(path: path)
        #expect(try store.presentIDs().count == 3)
        #expect(throws: StoreError.readOnly(path: path)) { try store.ingest(DrawnFeed(4), on: 1) }
        #expect(throws: StoreError.readOnly(path: disk + "/new.sqlite")) {
            try SQLiteStore(path: disk + "/new.sqlite")
        }
    }

    @Test(
        "D08 a read-only folder is read, and not written",
        .enabled(if: geteuid() != 0, "root may write everywhere"))
    func readOnlyFolder() throws {
        let writer = try SQLiteStore(path: path)
        try writer.ingest(DrawnFeed(3))
        try writer.close()
        chmod(folder.folder, 0o555)
        defer { chmod(folder.folder, 0o755) }
        let store = try SQLiteStore(path: path)
        #expect(try store.presentIDs().count == 3)
        #expect(throws: StoreError.readOnly(path: path)) { try store.ingest(DrawnFeed(4), on: 1) }
    }

    // MARK: - Files that are no stores, or no longer

    func write(_ bytes: [UInt8], to path: String) throws {
        let file = try #require(fopen(path, "w"))
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    func read(_ path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 22)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }

    @Test("D09 what is no store is refused and left untouched")
    func foreignFiles() throws {
        try write(Array("<catalog/>, and more than sixteen bytes".utf8), to: path)
        #expect(throws: StoreError.notAStore(path: path)) { try SQLiteStore(path: path) }
        #expect(try read(path) == Array("<catalog/>, and more than sixteen bytes".utf8))

        let other = folder.folder + "/other.sqlite"
        try #require(shell("sqlite3 \(other) 'CREATE TABLE t (x); INSERT INTO t VALUES (1)'"))
        let before = try read(other)
        #expect(throws: StoreError.notAStore(path: other)) { try SQLiteStore(path: other) }
        #expect(try read(other) == before)

        #expect(throws: StoreError.notAStore(path: folder.folder)) {
            try SQLiteStore(path: folder.folder)
        }
        let absent = folder.folder + "/absent.sqlite"
        #expect(throws: StoreError.missing(path: absent)) {
            try SQLiteStore(path: absent, options: SQLiteStore.Options(isWritable: false))
        }
        #expect(access(absent, F_OK) != 0)
        let nowhere = folder.folder + "/no/folder/store.sqlite"
        #expect(throws: StoreError.self) { try SQLiteStore(path: nowhere) }
    }

    @Test("D10 a store of a newer version is refused")
    func newer() throws {
        let store = try SQLiteStore(path: path)
        try store.ingest(DrawnFeed(1))
        try store.close()
        try #require(shell("sqlite3 \(path) 'PRAGMA user_version = 99'"))
        #expect(throws: StoreError.newer(path: path, found: 99, supported: 1)) {
            try SQLiteStore(path: path)
        }
    }

    @Test("D11 damage is found: by reading where it is, by verify everywhere", arguments: 0..<12)
    func damaged(seed: Int) throws {
        let store = try SQLiteStore(path: path)
        try store.ingest(DrawnFeed(200))
        try store.close()
        var bytes = try read(path)
        var random = SeededGenerator(seed: UInt64(seed))
        // A page of the middle is lost, as a bad sector loses it.
        let page = Int.random(in: 1..<(bytes.count / 16_384), using: &random)
        for index in page * 16_384..<(page + 1) * 16_384 {
            bytes[index] = UInt8.random(in: 0...255, using: &random)
        }
        try write(bytes, to: path)
        do {
            let faults = try SQLiteStore(path: path).verify()
            #expect(!faults.isEmpty, "page \(page) is noise, and nobody noticed")
        } catch let error as StoreError {
            switch error {
            case .damaged(let where_, _): #expect(where_ == path)
            case .damagedRecord, .notAStore: break
            default: Issue.record("\(error)")
            }
        }
    }

    @Test("D12 errors say where and what to do, and nothing of the data")
    func words() {
        let errors: [StoreError] = [
            .busy(path: "p", seconds: 3), .readOnly(path: "p"), .full(path: "p"),
            .damaged(path: "p", reason: "r"), .notAStore(path: "p"),
            .newer(path: "p", found: 2, supported: 1), .missing(path: "p"),
        ]
        for error in errors { #expect(error.description.hasPrefix("p: ")) }
    }

    // MARK: - Memory

    @Test("D13 memory does not grow with the feed")
    func memory() throws {
        let store = try SQLiteStore(
            path: path, options: SQLiteStore.Options(cacheKiB: 4_096))
        func peak() -> Int {
            var usage = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return usage.ru_maxrss / 1024
        }
        func ingest(_ count: Int, source: String) throws {
            let feed = DrawnFeed(1, source: source)
            let original = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
            _ = try store.ingest(
                source: Source(id: feed.source, location: "x"), run: runInfo()
            ) { transaction in
                for number in 0..<count {
                    let record = DrawnFeed(number: number, source: source).records[0]
                    try transaction.record(record, original: original)
                }
                try transaction.finish(
                    FeedClosing(offered: RecordCount(courses: count, offerings: count)))
            }
        }
        try ingest(200, source: "small")
        let before = peak()
        try ingest(4_000, source: "large")
        #expect(peak() - before < 60, "80 MB of originals should not be held in memory")
    }
}

extension DrawnFeed {
    /// One course with a number of its own.
    init(number: Int, source: String) {
        self.init(0, source: source)
        courses = [("C\(number)", "Cursus \(number)", [day(100)])]
    }
}
