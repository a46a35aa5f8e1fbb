import CourseModel
import Feeds
import Ingest
import TestSupport

/// A feed, and a copy of part of it in another format as another party passes it on, with courses that
/// are easily taken for those of the feed.
struct LabelledSet {
    /// What to compare.
    var sketches: [CourseSketch] = []
    /// By course of the copy: the course of the feed that it is; `nil` for one that is none of them.
    var truth: [ID<Course>: ID<Course>?] = [:]
    /// For the list of mistakes.
    var titles: [ID<Course>: String] = [:]

    private static let today = CalendarDate(year: 2016, month: 1, day: 1)!

    /// Makes a set.
    ///
    /// - Throws: ``FeedError``; ``Unequal`` when the copy is not read back as it was written.
    init(feed path: String, as format: String, seed: UInt64) throws {
        var perturbation = Perturbation(seed: seed)
        let (records, providers) = try Self.read(
            FeedInput(
                path: path, source: ID("direct"), today: Self.today))
        for record in records { add(record, providers[record.course.provider]) }

        let source = ID<Source>("copy")
        guard let writer = try Feeds.format(named: format).writer else { throw Unequal(format) }
        var copies: [ID<Provider>: Provider] = [:]
        for (id, provider) in providers.sorted(by: { $0.key < $1.key }) {
            copies[id] = perturbation.provider(provider, in: source)
        }
        var written: [(record: CourseRecord, truth: ID<Course>?)] = []
        for (number, record) in records.enumerated() {
            guard let provider = copies[record.course.provider], perturbation.chance(0.75) else {
                continue
            }
            // Some are only there as something that looks like them.
            let isSibling = perturbation.chance(0.12)
            let copy =
                isSibling
                ? perturbation.sibling(
                    of: record, number: number, provider: provider, in: source)
                : perturbation.copy(of: record, number: number, provider: provider, in: source)
            if let copy { written.append((copy, isSibling ? nil : record.course.id)) }
        }
        written.sort {
            ($0.record.course.provider, $0.record.course.id)
                < ($1.record.course.provider, $1.record.course.id)
        }
        var feed = try writer.open(
            to: .memory, context: FeedContext(title: "Copy", generated: "2016-01-01T00:00:00Z"))
        var told: Set<ID<Provider>> = []
        for (record, _) in written {
            if told.insert(record.course.provider).inserted,
                let provider = copies.values.first(where: { $0.id == record.course.provider })
            {
                try feed.write(provider)
            }
            try feed.write(record)
        }
        let bytes = try feed.finish().bytes ?? []
        let (read, owners) = try Self.read(
            FeedInput(.bytes(bytes), name: "copy", source: source, today: Self.today),
            format: format)
        guard read.count == written.count else {
            throw Unequal("\(format): \(written.count) written, \(read.count) read")
        }
        for (record, entry) in zip(read, written) {
            add(record, owners[record.course.provider])
            truth[record.course.id] = .some(entry.truth)
        }
    }

    /// The copy is not what was written.
    struct Unequal: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    private mutating func add(_ record: CourseRecord, _ provider: Provider?) {
        sketches.append(CourseSketch(record, provider: provider))
        titles[record.course.id] = record.course.title.text() ?? ""
    }

    private static func read(
        _ input: FeedInput, format: String? = nil
    ) throws -> ([CourseRecord], [ID<Provider>: Provider]) {
        var records: [CourseRecord] = []
        var providers: [ID<Provider>: Provider] = [:]
        _ = try readFeed(input, format: format) { item in
            switch item {
            case .provider(let provider): providers[provider.id] = provider
            case .record(let read): records.append(read.record)
            case .quarantined, .withdrawn: break
            }
        }
        return (records, providers)
    }
}
