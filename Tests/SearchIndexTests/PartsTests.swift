import CourseModel
import Testing

@testable import SearchIndex

@Suite("The parts that the index is made of")
struct PartsTests {
    @Test("a posting list gives back what went in, walked or searched", arguments: UInt64(0)..<30)
    func postings(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let share = [0.9, 0.5, 0.1, 0.01, 0.001][Int(seed % 5)]
        let range: UInt32 = share < 0.01 ? 3_000_000 : 20_000
        var courses: [UInt32] = []
        var course: UInt32 = seed % 2 == 0 ? 0 : 17
        while course < range {
            courses.append(course)
            let gap = max(1, Int(1 / share))
            course += UInt32(Int.random(in: 1...(2 * gap), using: &random))
        }
        let codes = courses.map { _ in UInt8.random(in: 1...255, using: &random) }
        var bytes: [UInt8] = []
        PostingList.append(courses, codes, to: &bytes)
        bytes += [UInt8](repeating: 0, count: 8)
        bytes.withUnsafeBytes { list in
            guard let start = list.baseAddress else { return }
            var cursor = PostingCursor(list: start, count: courses.count)
            for (course, code) in zip(courses, codes) {
                #expect(cursor.course == course)
                #expect(cursor.code == code)
                #expect(cursor.maxCode >= code)
                cursor.advance()
            }
            #expect(cursor.course == PostingCursor.end)
            cursor = PostingCursor(list: start, count: courses.count)
            var target: UInt32 = 0
            while target < range + 10 {
                cursor.seek(target)
                let place = courses.firstIndex { $0 >= target }
                #expect(cursor.course == place.map { courses[$0] } ?? PostingCursor.end)
                if let place { #expect(cursor.code == codes[place]) }
                target += UInt32.random(in: 1...max(2, range / 50), using: &random)
            }
            cursor.seek(PostingCursor.end)
            #expect(cursor.course == PostingCursor.end)
        }
    }

    @Test("neighbours on the Hilbert curve are neighbours on the map")
    func hilbert() {
        // Every cell of a small square of the grid, in the order of the curve.
        let height: Int32 = 27_466
        let width: Int32 = 54_932
        var cells: [(position: UInt32, x: Int32, y: Int32)] = []
        for x in Int32(0)..<32 {
            for y in Int32(0)..<32 {
                let position = HilbertCurve.position(
                    latitude: y * height + height / 2, longitude: x * width + width / 2)
                cells.append((position, x, y))
            }
        }
        cells.sort { $0.position < $1.position }
        for (one, next) in zip(cells, cells.dropFirst()) where next.position == one.position + 1 {
            #expect(abs(one.x - next.x) + abs(one.y - next.y) == 1)
        }
        #expect(Set(cells.map(\.position)).count == cells.count)
    }

    @Test("a place in a box has its cell among those of the box")
    func mapCells() {
        var random = SeededGenerator(seed: 12)
        for _ in 0..<3000 {
            var box = PlaceBox()
            let south = Int32.random(in: -850_000_000...850_000_000, using: &random)
            let west = Int32.random(in: -1_750_000_000...1_750_000_000, using: &random)
            let size = Int32.random(
                in: 0...[100, 3_000_000, 40_000_000][Int(west & 1)], using: &random)
            box.include(south, west)
            box.include(south + size, west + size)
            let latitude = Int32.random(in: south...south + size, using: &random)
            let longitude = Int32.random(in: west...west + size, using: &random)
            #expect(MapCells.cells(box) & MapCells.cell(latitude, longitude) != 0)
        }
        #expect(MapCells.cells(PlaceBox()) == 0)
    }

    @Test("boxes with a place in common share a tile, and tiles far apart are told apart")
    func tileBoxes() {
        var random = SeededGenerator(seed: 13)
        var apart = 0
        for _ in 0..<3000 {
            let latitude = Int32.random(in: -850_000_000...850_000_000, using: &random)
            let longitude = Int32.random(in: -1_750_000_000...1_750_000_000, using: &random)
            func box(_ size: Int32) -> PlaceBox {
                var box = PlaceBox()
                box.include(
                    latitude - Int32.random(in: 0...size, using: &random),
                    longitude - Int32.random(in: 0...size, using: &random))
                box.include(
                    latitude + Int32.random(in: 0...size, using: &random),
                    longitude + Int32.random(in: 0...size, using: &random))
                return box
            }
            let size: Int32 = [0, 100_000, 3_000_000, 40_000_000].randomElement(using: &random)!
            let (one, other) = (TileBox(box(size)), TileBox(box(2_000_000)))
            #expect(one.overlaps(other) && other.overlaps(one))
            // Ten kilometres and more to the north, where no box of the first two sizes reaches.
            var away = PlaceBox()
            away.include(latitude + 1_000_000, longitude)
            if size < 200_000, !one.overlaps(TileBox(away)) { apart += 1 }
            #expect(TileBox.everywhere.overlaps(one) && one.overlaps(.everywhere))
        }
        #expect(apart > 1000)
        #expect(TileBox(PlaceBox()) == .everywhere)
    }

    @Test("sets of cells are sorted by their first cell, then by their second, and so on")
    func cellOrder() {
        func set(_ cells: Int...) -> UInt64 { cells.reduce(0) { $0 | 1 << UInt64($1) } }
        let sets = [
            set(0), set(0, 1), set(0, 1, 63), set(0, 2), set(1), set(1, 2, 3), set(1, 63),
            set(62), set(63),
        ]
        let orders = sets.map(MapCells.order(of:))
        #expect(zip(orders, orders.dropFirst()).allSatisfy { $0 < $1 }, "\(orders)")
        #expect(MapCells.order(of: .max) < 1 << 60)
    }

    @Test("chunks are found by the cells of their venues and by their flags, and read as ranges")
    func chunkSets() throws {
        let scratch = try ScratchFolder()
        let places = [(52.03, 5.17), (51.98, 5.91), (53.21, 6.56), (50.85, 5.69)]
        var builder = try IndexBuilder(folder: scratch.index, generation: 1)
        // In each place, and nowhere, as many courses as fill two chunks and a part of a third.
        for (place, point) in (places.map(Optional.init) + [nil]).enumerated() {
            for number in 0..<150 {
                let course = try #require(
                    Course(
                        id: ID("s:\(place)-\(number)"), nativeID: "\(place)-\(number)",
                        provider: ID("p"), kind: .course, title: LocalizedText("Les"),
                        provenance: Provenance(source: ID("s"), format: "test", file: "f")))
                var offering = Offering(
                    id: ID(course: course.id, native: "1"), nativeID: "1", course: course.id,
                    timing: .unstated, provenance: course.provenance)
                if point == nil { offering.modes = [.online] }
                let venue = point.flatMap { Coordinates(latitude: $0.0, longitude: $0.1) }
                try builder.add(
                    IndexDocument(
                        record: try #require(CourseRecord(course: course, offerings: [offering])),
                        providerName: "P",
                        venues: venue.map { [[IndexedVenue(coordinates: $0, label: "")]] } ?? []))
            }
        }
        _ = try builder.finish()
        let reader = try IndexReader(folder: scratch.index)
        #expect(reader.chunks.count == 12)

        var all = try ChunkSet(of: .max, flags: PlaceBox.needsNoTravel, reader)
        #expect(all.count == 12)
        #expect(all.courseRanges(below: reader.courseCount) == [0..<750])
        all.filter { $0 % 4 == 1 }
        #expect(all.courseRanges(below: 750) == [64..<128, 320..<384, 576..<640])
        #expect(
            all.words.withUnsafeBufferPointer { words in
                words.baseAddress.map {
                    ChunkSet.contains(64, in: $0) && !ChunkSet.contains(63, in: $0)
                        && ChunkSet.contains(639, in: $0) && !ChunkSet.contains(640, in: $0)
                } ?? false
            })

        let online = try ChunkSet(of: 0, flags: PlaceBox.needsNoTravel, reader)
        #expect(online.courseRanges(below: 750) == [576..<750])
        for (latitude, longitude) in places {
            let fixedPoint = (Int32(latitude * 1e7), Int32(longitude * 1e7))
            let near = try ChunkSet(
                of: MapCells.cell(fixedPoint.0, fixedPoint.1), flags: 0, reader)
            // 150 courses lie in three chunks, or four when they begin within one.
            #expect((3...4).contains(near.count))
        }
    }

    @Test("XXH64 is that of its specification")
    func hash() {
        func sum(_ text: String) -> UInt64 { Array(text.utf8).withUnsafeBytes { checksum($0) } }
        #expect(sum("") == 0xEF46_DB37_51D8_E999)
        #expect(sum("a") == 0xD24E_C4F1_A98C_6E5B)
        #expect(sum("abc") == 0x44BC_2CF5_AD77_0999)
        #expect(
            sum("The quick brown fox jumps over the lazy dog") == 0x0B24_2D36_1FDA_71BC)
    }

    @Test("spelling finds the same words as a full matrix")
    func spelling() throws {
        let folder = try ScratchFolder()
        let reader = try folder.index(Draw.documents(60, seed: 2))
        let forms = try (0..<reader.forms.count).map { try reader.forms.string($0) }
        for word in ["hovenir", "lasen", "tuin", "verzorgign", "corsus", "boomverzogring", "xx"] {
            for most in 1...2 {
                var found: [String: Int] = [:]
                try Spelling.forEachNeighbour(of: Array(word.utf8), within: most, in: reader.forms)
                {
                    found[forms[$0]] = $1
                }
                var expected: [String: Int] = [:]
                for form in forms {
                    let edits = Self.edits(Array(word.utf8), Array(form.utf8))
                    if edits <= most { expected[form] = edits }
                }
                #expect(found == expected)
            }
        }
    }

    private static func edits(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var rows = [Array(0...other.count)]
        for i in stride(from: 1, through: one.count, by: 1) {
            var row = [i]
            for j in stride(from: 1, through: other.count, by: 1) {
                var cost = min(
                    rows[i - 1][j] + 1, row[j - 1] + 1,
                    rows[i - 1][j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1))
                if i > 1, j > 1, one[i - 1] == other[j - 2], one[i - 2] == other[j - 1] {
                    cost = min(cost, rows[i - 2][j - 2] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }

    @Test("what is shown is what was added")
    func stored() throws {
        let folder = try ScratchFolder()
        let documents = Draw.documents(40, seed: 11)
        let reader = try folder.index(documents)
        for document in documents {
            let course = document.record.course
            let number = try #require(try reader.number(of: course.id))
            let stored = try reader.stored(course: number)
            #expect(stored.id == course.id)
            #expect(stored.title == course.title.text())
            #expect(stored.provider == course.provider)
            #expect(stored.providerName == document.providerName)
            #expect(stored.partner == document.partner)
            #expect(stored.kind == course.kind)
            #expect(stored.level == LevelCode(course.level))
            #expect(try reader.offerings(ofCourse: number).count == document.record.offerings.count)
            for (index, offering) in document.record.offerings.enumerated() {
                let own = try #require(try reader.number(of: offering.id, ofCourse: number))
                let shown = try reader.stored(offering: own)
                #expect(shown.id == offering.id)
                #expect(shown.start == offering.timing.start)
                #expect(shown.end == offering.timing.end)
                #expect(shown.price == offering.price?.total)
                #expect(shown.includesVAT == offering.price?.includesVAT)
                #expect(shown.status == offering.status)
                #expect(
                    shown.places.map(\.label).sorted()
                        == document.venues[index].map(\.label).sorted())
                #expect(try reader.course(ofOffering: own) == number)
            }
            let skills = try reader.skills(ofCourse: number)
            #expect(
                try Set(skills.map { try reader.skillID($0.skill) })
                    == Set(document.skills.map(\.id)))
        }
        #expect(try reader.number(of: ID<Course>("bron:nergens")) == nil)
        for id in ["s1", "s2"] {
            let number = try #require(try reader.skillNumber(id))
            var courses = 0
            try reader.forEachCourse(withSkill: number) { _, weight in
                courses += 1
                #expect(weight > 0 && weight <= 1)
            }
            #expect(courses == documents.count { $0.skills.contains { $0.id == id } })
        }
    }

    @Test("many threads get the same answers from one reader")
    func threads() async throws {
        let folder = try ScratchFolder()
        let reader = try folder.index(Draw.documents(100, seed: 21))
        var random = SeededGenerator(seed: 22)
        let queries = (0..<40).map { _ in Draw.query(&random) }
        let fresh = try IndexReader(folder: folder.index)
        let answers = try queries.map { BruteForce.Answer(try reader.search($0), reader) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try queries.map { BruteForce.Answer(try fresh.search($0), fresh) } == answers
                }
            }
            for try await same in group { #expect(same) }
        }
    }

    @Test("an index of nothing answers nothing")
    func empty() throws {
        let reader = try ScratchFolder().index([])
        var query = Query("boom", today: Draw.today)
        query.facets = Set(FacetKind.allCases)
        query.near = .init(
            center: Coordinates(latitude: 52, longitude: 5)!, metres: 10_000)
        let results = try reader.search(query)
        #expect(results.total == 0 && results.hits.isEmpty)
        try reader.verify()
    }

    @Test(
        "the quick distance never says in or out where the exact one differs", arguments: 0..<6)
    func distances(round: Int) throws {
        let reader = try ScratchFolder().index(Draw.documents(1, seed: 1))
        var random = SeededGenerator(seed: UInt64(round))
        for _ in 0..<400 {
            let center = Coordinates(
                latitude: Double.random(in: -72...72, using: &random),
                longitude: Double.random(in: -180...180, using: &random))!
            let metres = [500, 15_000, 99_000, 250_000, 3_000_000][round % 5]
            var query = Query(today: Draw.today)
            query.near = .init(center: center, metres: Double(metres))
            let place = try PlaceTest(query, reader)
            for _ in 0..<20 {
                // Points around the rim, where it matters.
                let angle = Double.random(in: 0..<6.28, using: &random)
                let reach =
                    Double(metres) * Double.random(in: 0.99...1.01, using: &random) / 111_195
                let latitude = center.latitude + reach * sine(angle)
                let longitude =
                    center.longitude + reach * cosine(angle) / cosine(center.latitude * .pi / 180)
                guard let point = Coordinates(latitude: latitude, longitude: longitude) else {
                    continue
                }
                let (south, east) = fixed(point)
                let exact = IndexReader.point(south, east)
                    .map { center.distance(to: $0) <= Double(metres) }
                #expect((place.failures(south, east, 0) == 0) == exact)
            }
        }
    }
}
