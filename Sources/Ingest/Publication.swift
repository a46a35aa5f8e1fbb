import CourseModel
import Feeds
import SearchIndex
import Storage

/// Writes the catalogue, or what a query finds of it, as a feed.
public struct Publication {
    /// Which offerings of a course to write.
    public enum Selection {
        /// What the query finds, with its courses.
        case matching(Query)
        /// Every course that is offered; its offerings that are past only when `includingPast`.
        case everything(includingPast: Bool)
    }

    private let index: IndexReader
    private let today: CalendarDate

    /// A publication of the catalogue that `index` was made of.
    public init(index: IndexReader, today: CalendarDate) {
        self.index = index
        self.today = today
    }

    /// Writes a feed, course by course.
    ///
    /// Providers come in order of id, each with its courses in order of id, so that the same
    /// catalogue gives the same bytes.
    ///
    /// - Throws: ``FeedError`` when it cannot be written, ``StoreError`` when it cannot be read.
    public func write(
        _ selection: Selection, from snapshot: any CatalogueSnapshot,
        as writer: any FeedWriter.Type, to destination: FeedDestination, context: FeedContext
    ) throws -> WrittenFeed {
        let wanted = try wantedOfferings(selection)
        var coursesByProvider: [ID<Provider>: [ID<Course>]] = [:]
        try snapshot.forEachRecord { stored in
            let course = stored.record.course
            if let wanted, wanted[course.id] == nil { return }
            coursesByProvider[course.provider, default: []].append(course.id)
        }
        var feed = try writer.init(to: destination, context: context)
        for provider in coursesByProvider.keys.sorted() {
            if let stored = try snapshot.provider(provider) { try feed.write(stored.provider) }
            for id in coursesByProvider[provider] ?? [] {
                guard let stored = try snapshot.record(id) else { continue }
                let offerings = stored.record.offerings.filter {
                    keeps($0, of: stored.record.course, wanted: wanted?[id], selection)
                }
                guard let record = CourseRecord(course: stored.record.course, offerings: offerings)
                else { continue }
                try feed.write(record)
            }
        }
        return try feed.finish()
    }

    /// The offerings that a query finds, by course; `nil` for all.
    private func wantedOfferings(
        _ selection: Selection
    ) throws -> [ID<Course>: Set<ID<Offering>>]? {
        guard case .matching(var query) = selection else { return nil }
        query.limit = Int.max
        query.offset = 0
        query.facets = []
        query.relaxesUpTo = nil
        var wanted: [ID<Course>: Set<ID<Offering>>] = [:]
        for hit in try index.search(query).hits {
            let course = try index.stored(course: hit.course).id
            wanted[course, default: []].insert(try index.stored(offering: hit.offering).id)
        }
        return wanted
    }

    private func keeps(
        _ offering: Offering, of course: Course, wanted: Set<ID<Offering>>?,
        _ selection: Selection
    ) -> Bool {
        if let wanted { return wanted.contains(offering.id) }
        guard case .everything(let includingPast) = selection, !includingPast else { return true }
        return !offering.isPast(on: today, of: course)
    }
}
