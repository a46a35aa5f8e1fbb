import CourseModel
import Testing

@testable import SearchIndex

@Suite("Answers are those of a look at every offering")
struct ExactnessTests {
    @Test("totals, counts, order, pages and relaxations agree", arguments: UInt64(1)...12)
    func agrees(seed: UInt64) throws {
        let documents = Draw.documents(30 + Int(seed) * 15, seed: seed)
        let folder = try ScratchFolder()
        let reader = try folder.index(documents)
        let numbers = try reader.numbersByID()
        let scan = BruteForce(documents)
        var random = SeededGenerator(seed: seed &* 7919)
        for _ in 0..<25 {
            let query = Draw.query(&random)
            let results = try reader.search(query)
            let expected = scan.answer(query, numbers: numbers)
            #expect(BruteForce.Answer(results, reader) == expected, "\(query)")
        }
    }

    @Test("every page of a query together is the whole answer, once")
    func pages() throws {
        let folder = try ScratchFolder()
        let reader = try folder.index(Draw.documents(150, seed: 99))
        for sort in Query.Sort.allCases {
            var query = Query(today: Draw.today)
            query.sort = sort
            query.near = .init(center: Coordinates(latitude: 52.03, longitude: 5.17)!)
            query.limit = 1000
            let whole = try reader.search(query).hits
            query.limit = 7
            var paged: [Hit] = []
            while paged.count < whole.count {
                query.offset = paged.count
                let page = try reader.search(query).hits
                #expect(!page.isEmpty)
                paged += page
            }
            #expect(paged == whole)
            query.offset = whole.count
            #expect(try reader.search(query).hits.isEmpty)
        }
    }

    @Test("the order in which courses arrive does not tell")
    func order() throws {
        let documents = Draw.documents(80, seed: 5)
        let one = try ScratchFolder()
        let other = try ScratchFolder()
        _ = try one.index(documents)
        _ = try other.index(documents.reversed())
        #expect(try one.bytes() == other.bytes())
    }

    @Test("little memory gives the same index as much")
    func spills() throws {
        let documents = Draw.documents(120, seed: 6)
        var options = IndexOptions()
        let one = try ScratchFolder()
        _ = try one.index(documents, options)
        options.memory = 1
        let other = try ScratchFolder()
        _ = try other.index(documents, options)
        #expect(try one.bytes() == other.bytes())
    }

    @Test("matches come with the same scores as results")
    func matches() throws {
        let folder = try ScratchFolder()
        let reader = try folder.index(Draw.documents(100, seed: 8))
        var query = Query("cursus", today: Draw.today)
        query.limit = 10_000
        let results = try reader.search(query)
        var found: [Int: Float] = [:]
        try reader.forEachMatch(of: query) { found[$0.offering] = $0.score }
        #expect(found.count == results.total)
        #expect(results.hits.allSatisfy { found[$0.offering] == $0.score })
    }
}

extension BruteForce.Answer {
    init(_ results: SearchResults, _ reader: IndexReader) {
        total = results.total
        totalCourses = results.totalCourses
        needingNoTravel = results.needingNoTravel
        hits = results.hits.map {
            "\($0.offering) \($0.score) \($0.metres.map { String($0) } ?? "-") \($0.offeringsOfCourse)"
        }
        for facet in results.facets {
            for value in facet.values {
                facets["\(facet.kind.rawValue)=\(value.value)", default: 0] += value.count
            }
        }
        for relaxation in results.relaxations {
            relaxations["\(relaxation.condition)"] = relaxation.total
        }
    }
}
