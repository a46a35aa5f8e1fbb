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

    /// Something that left the catalogue since an earlier publication.
    public enum Removal: Hashable, Sendable {
        /// A course with its offerings.
        case course(ID<Course>)
        /// An offering of a course that stayed.
        case offering(ID<Offering>)
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
    /// - Parameters:
    ///   - since: Only courses of which anything changed after this generation; `nil` for all.
    ///   - removed: Called for what left the catalogue after `since`, whatever the selection: what
    ///     is gone can no longer be searched. What is merely over is not among it.
    /// - Throws: ``FeedError`` when it cannot be written, ``StoreError`` when it cannot be read.
    public func write(
        _ selection: Selection, since: Generation? = nil, from snapshot: any CatalogueSnapshot,
        as writer: any FeedWriter.Type, to destination: FeedDestination, context: FeedContext,
        removed: (Removal) throws -> Void = { _ in }
    ) throws -> WrittenFeed {
        let wanted = try wantedOfferings(selection)
        var coursesByProvider: [ID<Provider>: [ID<Course>]] = [:]
        var gone: [Removal] = []
        let states: Set<RecordState> = since == nil ? [.present] : Set(RecordState.allCases)
        try snapshot.forEachRecord(since: since, states: states, source: nil) { stored in
            let course = stored.record.course
            guard stored.state == .present else {
                gone.append(.course(course.id))
                return
            }
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
                guard let since else { continue }
                for offering in try snapshot.goneOfferings(of: id)
                where offering.generation > since {
                    gone.append(.offering(offering.offering.id))
                }
            }
        }
        let written = try feed.finish()
        for removal in gone { try removed(removal) }
        return written
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

extension CatalogueSnapshot {
    /// The last state of the catalogue before a day.
    ///
    /// - Complexity: O(generations since).
    public func lastGeneration(before day: CalendarDate) throws -> Generation {
        let moment = Moment(day)
        var number = generation.number
        while number > 0 {
            // A run that was held made its generation when a person let it in.
            if let run = try run(making: Generation(number)),
                (run.decidedAt ?? run.startedAt) < moment
            {
                break
            }
            number -= 1
        }
        return Generation(number)
    }
}
