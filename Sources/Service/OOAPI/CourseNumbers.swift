import Feeds
import SearchIndex
import Synchronization

/// The courses of an index by their OOAPI ids, gathered when they are first asked for.
final class CourseNumbers: Sendable {
    private struct Entry {
        var hash: UInt64
        var number: UInt32
    }

    private let entries = Mutex<[Entry]?>(nil)

    /// The course with an OOAPI id; `nil` when there is none.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    func number(of id: String, in index: IndexReader) throws -> Int? {
        let entries = try entries.withLock { known in
            if let known { return known }
            let made = try (0..<index.courseCount).map { number in
                Entry(
                    hash: StableHash.of(try Self.id(number, index)), number: UInt32(number))
            }.sorted { ($0.hash, $0.number) < ($1.hash, $1.number) }
            known = made
            return made
        }
        let hash = StableHash.of(id)
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        while low < entries.count, entries[low].hash == hash {
            let number = Int(entries[low].number)
            if try Self.id(number, index) == id { return number }
            low += 1
        }
        return nil
    }

    private static func id(_ number: Int, _ index: IndexReader) throws -> String {
        OOAPIObjects.courseID(try index.stored(course: number).id)
    }
}
