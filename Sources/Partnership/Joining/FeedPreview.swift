import CourseModel
import Feeds
import HTTPClient
import Ingest
import Places
import Quality
import SearchIndex
import Storage

/// A feed as it would come into the catalogue, before anything is decided.
public struct FeedPreview: Sendable {
    /// A kind of fault and how often it was told.
    public struct Fault: Sendable {
        /// How bad it is.
        public var severity: Diagnostic.Severity
        /// Which rule.
        public var code: DiagnosticCode
        /// How often.
        public var count: Int
        /// The first one, which says what to do.
        public var example: Diagnostic
    }

    /// A course as learners would see it.
    public struct Sample: Sendable {
        /// The course.
        public var course: Course
        /// The name of who teaches it; `nil` when the feed does not say.
        public var provider: LocalizedText?
        /// The offerings that can still be taken up.
        public var offerings: [Offering]
        /// The town of each of those offerings, where the gazetteer knows it.
        public var towns: [String?]
    }

    /// What was understood of the offerings.
    public struct Understood: Hashable, Sendable {
        /// How many courses of each kind.
        public var kinds: [CourseKind: Int] = [:]
        /// How many offerings can still be taken up.
        public var ahead = 0
        /// How many are past.
        public var past = 0
        /// How many of those ahead are at a place that was found.
        public var placed = 0
        /// How many of those ahead need no travel.
        public var withoutTravel = 0
        /// How many of those ahead have a price.
        public var priced = 0
        /// How many of those ahead start on a day, at any moment or by agreement.
        public var started = 0
        /// How many courses have a level of the framework.
        public var levelled = 0
    }

    /// How many courses are shown.
    public static let sampleCount = 5

    /// What was offered, accepted and set apart, and how complete the courses are.
    public let checked: CheckedFeed
    /// What was understood.
    public let understood: Understood
    /// The faults, the worst and most frequent first.
    public let faults: [Fault]
    /// The first courses.
    public let samples: [Sample]
    /// How many documents were fetched; 0 for a feed on this machine.
    public let documents: Int
    /// What the operator should know though the feed can be used.
    public let warnings: [String]

    /// Fetches and reads a feed without taking it in.
    ///
    /// What was fetched stays in the mirror for the first sync, until ``discard(_:in:)``.
    ///
    /// - Parameter catalogue: One whose settings have the source.
    /// - Throws: ``SyncFailure``, ``NewSource/Refusal/busy(_:)``, `FeedError`, `IngestError`.
    public init(
        of source: Source, in catalogue: Catalogue, now: Moment, limits: HTTPLimits = HTTPLimits()
    ) throws {
        let workspace = catalogue.workspace
        let gazetteer = try catalogue.gazetteer()
        let currency = workspace.configuration.currency
        let check = FeedCheck(gazetteer: gazetteer, currency: currency, today: catalogue.today)
        var reader = Reader(gazetteer: gazetteer, today: catalogue.today)
        var fetched: FetchedFeed?
        let inputs: [FeedInput]
        // Held until the documents were read.
        let mirror: Mirror?
        if source.isFetched {
            mirror = try Mirror.open(source.id, of: workspace, address: source.location)
            guard let mirror else { throw NewSource.Refusal.busy(source.id) }
            let feed = try SourceFetch(
                source, of: workspace, today: catalogue.today, now: now, limits: limits
            ).fetch(into: mirror)
            try mirror.save()
            inputs = feed.inputs
            fetched = feed
        } else {
            mirror = nil
            inputs = try FeedFiles.inputs(
                at: workspace.location(of: source), source: source.id, currency: currency,
                today: catalogue.today)
        }
        checked = try withExtendedLifetime(mirror) {
            try check.run(
                inputs, of: source, seeing: { reader.see($0) }, { reader.note($0) })
        }
        documents = fetched.map { $0.fetched + $0.kept } ?? 0
        warnings = fetched?.warnings ?? []
        understood = reader.understood
        samples = reader.namedSamples
        faults = reader.faults.values.sorted { first, second in
            if first.severity != second.severity { return first.severity > second.severity }
            if first.count != second.count { return first.count > second.count }
            return first.code < second.code
        }
    }

    /// Removes what was fetched for a preview of a source that did not come into the catalogue.
    public static func discard(_ source: Source, in workspace: Workspace) {
        guard source.isFetched else { return }
        Folder.remove(Mirror.folder(of: source.id, in: workspace))
    }

    /// What is noted while the feed is read.
    private struct Reader {
        let gazetteer: Gazetteer
        let today: CalendarDate
        var faults: [DiagnosticCode: Fault] = [:]
        var understood = Understood()
        private var samples: [Sample] = []
        private var providers: [ID<Provider>: LocalizedText] = [:]

        init(gazetteer: Gazetteer, today: CalendarDate) {
            self.gazetteer = gazetteer
            self.today = today
        }

        /// A feed may tell of a provider behind its courses.
        var namedSamples: [Sample] {
            samples.map { sample in
                var sample = sample
                sample.provider = providers[sample.course.provider]
                return sample
            }
        }

        mutating func note(_ diagnostic: Diagnostic) {
            faults[
                diagnostic.code,
                default: Fault(
                    severity: diagnostic.severity, code: diagnostic.code, count: 0,
                    example: diagnostic)
            ].count += 1
        }

        mutating func see(_ item: FeedItem) {
            switch item {
            case .provider(let provider): providers[provider.id] = provider.name
            case .record(let read): see(read.record)
            case .quarantined, .withdrawn: break
            }
        }

        private mutating func see(_ record: CourseRecord) {
            let course = record.course
            understood.kinds[course.kind, default: 0] += 1
            if course.level?.eqf != nil { understood.levelled += 1 }
            let ahead = record.offerings.filter { !$0.isPast(on: today, of: course) }
            understood.past += record.offerings.count - ahead.count
            understood.ahead += ahead.count
            let isShown = samples.count < FeedPreview.sampleCount
            var towns: [String?] = []
            for offering in ahead {
                let placed = offering.places.compactMap(\.venue).map { gazetteer.place($0) }
                if placed.contains(where: { $0.coordinates != nil }) {
                    understood.placed += 1
                } else if offering.needsNoTravel(course) {
                    understood.withoutTravel += 1
                }
                if offering.price != nil { understood.priced += 1 }
                if case .unstated = offering.timing.start {} else { understood.started += 1 }
                if isShown { towns.append(placed.lazy.compactMap(\.town).first) }
            }
            if isShown {
                samples.append(
                    Sample(course: course, provider: nil, offerings: ahead, towns: towns))
            }
        }
    }
}
