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
    private let shown: ShownCourses

    /// A publication of the catalogue that `index` was made of.
    ///
    /// - Parameter shown: Its courses as they are shown, which is how they are written.
    public init(index: IndexReader, today: CalendarDate, shown: ShownCourses) {
        self.index = index
        self.today = today
        self.shown = shown
    }

    /// Writes a feed, course by course.
    ///
    /// Providers come in order of id, each with its courses in order of id, so that the same
    /// catalogue gives the same bytes.
    ///
    /// - Parameters:
    ///   - since: Only courses of which anything changed after this generation, or which partners correct
    ///     otherwise since; `nil` for all. One that became a part of another is told as gone, one that
    ///     stands for others than before, or by itself again, as changed.
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
        // Offerings that left a course that stayed, by course.
        var goneOfferings: [(course: ID<Course>, offerings: [GoneOffering])] = []
        var moments = Moments(snapshot: snapshot)
        let states: Set<RecordState> = since == nil ? [.present] : Set(RecordState.allCases)
        try snapshot.forEachRecord(since: since, states: states, source: nil) { stored in
            let course = stored.record.course
            guard stored.state == .present else {
                gone.append(.course(course.id))
                return
            }
            if let wanted, wanted[course.id] == nil { return }
            // What another source gives as well stands once, as in searches.
            guard try wanted != nil || index.number(of: course.id) != nil else { return }
            coursesByProvider[course.provider, default: []].append(course.id)
        }
        var hidden: [ID<Course>: Generation] = [:]
        if let since {
            try addClusterChanges(
                after: since, from: snapshot, wanted: wanted, to: &coursesByProvider,
                hidden: &hidden)
            gone += hidden.keys.sorted().map { .course($0) }
            try addProviders(
                changedAfter: since, from: snapshot, wanted: wanted,
                holdsProviders: writer.holdsProviders, to: &coursesByProvider)
        }
        var feed = try writer.open(to: destination, context: context)
        for provider in coursesByProvider.keys.sorted() {
            if let stored = try shown.provider(provider, in: snapshot) {
                try feed.write(stored.provider)
            }
            for id in coursesByProvider[provider] ?? [] {
                guard let stored = try shown.record(id, in: snapshot) else { continue }
                let offerings = stored.record.offerings.filter {
                    keeps($0, of: stored.record.course, wanted: wanted?[id], selection)
                }
                guard let record = CourseRecord(course: stored.record.course, offerings: offerings)
                else { continue }
                try feed.write(
                    record,
                    known: CatalogueFacts(
                        changed: try moments.of(stored.changed), points: try points(of: id)))
                guard let since else { continue }
                let left = try snapshot.goneOfferings(of: id).filter { $0.generation > since }
                gone += left.map { .offering($0.offering.id) }
                if !left.isEmpty { goneOfferings.append((id, left)) }
            }
        }
        if writer.tellsRemovals {
            try tell(gone, goneOfferings, hidden, from: snapshot, &moments) {
                try feed.remove($0)
            }
        }
        let written = try feed.finish()
        for removal in gone { try removed(removal) }
        return written
    }

    /// Adds the courses that stand for others than before, or by themselves again, and those that became
    /// a part of another after a generation and are still offered by their source.
    private func addClusterChanges(
        after since: Generation, from snapshot: any CatalogueSnapshot,
        wanted: [ID<Course>: Set<ID<Offering>>]?,
        to coursesByProvider: inout [ID<Provider>: [ID<Course>]],
        hidden: inout [ID<Course>: Generation]
    ) throws {
        for (id, change, generation) in shown.ledger.changes(after: since) {
            guard let stored = try snapshot.record(id), stored.state == .present else { continue }
            let isFound = try index.number(of: id) != nil
            switch change {
            // One that was added since is unknown to whoever asks.
            case .hidden: if !isFound, stored.added <= since { hidden[id] = generation }
            case .shown:
                let provider = stored.record.course.provider
                if let wanted, wanted[id] == nil { continue }
                guard isFound, coursesByProvider[provider]?.contains(id) != true else { continue }
                coursesByProvider[provider, default: []].append(id)
                coursesByProvider[provider]?.sort()
            }
        }
    }

    /// Adds the providers of which something changed while their courses did not: by themselves,
    /// or with all their courses when a feed tells of a provider only there.
    private func addProviders(
        changedAfter since: Generation, from snapshot: any CatalogueSnapshot,
        wanted: [ID<Course>: Set<ID<Offering>>]?, holdsProviders: Bool,
        to coursesByProvider: inout [ID<Provider>: [ID<Course>]]
    ) throws {
        var changed: Set<ID<Provider>> = []
        try snapshot.forEachProvider { stored in
            if stored.changed > since { changed.insert(stored.provider.id) }
        }
        guard !changed.isEmpty else { return }
        var courses: [ID<Provider>: [ID<Course>]] = [:]
        try snapshot.forEachRecord { stored in
            let course = stored.record.course
            guard changed.contains(course.provider) else { return }
            if let wanted, wanted[course.id] == nil { return }
            guard try wanted != nil || index.number(of: course.id) != nil else { return }
            courses[course.provider, default: []].append(course.id)
        }
        for provider in changed {
            if !holdsProviders {
                coursesByProvider[provider] = courses[provider]
            } else if coursesByProvider[provider] == nil, wanted == nil || courses[provider] != nil
            {
                coursesByProvider[provider] = []
            }
        }
    }

    /// Tells the feed what is gone, in the order in which it was found.
    private func tell(
        _ gone: [Removal], _ offerings: [(course: ID<Course>, offerings: [GoneOffering])],
        _ hidden: [ID<Course>: Generation], from snapshot: any CatalogueSnapshot,
        _ moments: inout Moments,
        _ remove: (FeedRemoval) throws -> Void
    ) throws {
        for case .course(let id) in gone {
            guard let stored = try snapshot.record(id) else { continue }
            let left = try snapshot.goneOfferings(of: id).map(\.offering)
            let own = stored.record.offerings
            let known = Set(own.map(\.id))
            let all = own + left.filter { !known.contains($0.id) }
            guard let record = CourseRecord(course: stored.record.course, offerings: all) else {
                continue
            }
            try remove(
                FeedRemoval(
                    record, isWholeCourse: true,
                    at: try moments.of(hidden[id] ?? stored.changed)))
        }
        for (id, left) in offerings {
            guard let stored = try snapshot.record(id), let last = left.map(\.generation).max(),
                let record = CourseRecord(
                    course: stored.record.course, offerings: left.map(\.offering))
            else { continue }
            try remove(FeedRemoval(record, isWholeCourse: false, at: try moments.of(last)))
        }
    }

    /// When generations were made.
    private struct Moments {
        let snapshot: any CatalogueSnapshot
        private var known: [Generation: String] = [:]

        init(snapshot: any CatalogueSnapshot) { self.snapshot = snapshot }

        mutating func of(_ generation: Generation) throws -> String {
            if let moment = known[generation] { return moment }
            let run = try snapshot.run(making: generation)
            let moment = (run.map { $0.decidedAt ?? $0.startedAt } ?? Moment(secondsSince1970: 0))
                .iso
            known[generation] = moment
            return moment
        }
    }

    /// Where the index placed the offerings of a course.
    private func points(of id: ID<Course>) throws -> [ID<Offering>: [Coordinates]] {
        guard let course = try index.number(of: id) else { return [:] }
        var points: [ID<Offering>: [Coordinates]] = [:]
        for number in try index.offerings(ofCourse: course) {
            let offering = try index.stored(offering: number)
            points[offering.id] = offering.places.compactMap(\.coordinates)
        }
        return points
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
