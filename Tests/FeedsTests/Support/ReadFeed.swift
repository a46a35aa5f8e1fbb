import CourseModel
import Feeds

/// All that a feed held, in memory: for tests.
struct ReadFeed {
    var summary = FeedSummary(format: "")
    /// The last that was told of each provider, in the order of the first.
    var providers: [Provider] = []
    var reads: [ReadRecord] = []
    var quarantined: [QuarantinedRecord] = []
    var withdrawn: [Withdrawal] = []

    var records: [CourseRecord] { reads.map(\.record) }
    var courses: [Course] { records.map(\.course) }
    var offerings: [Offering] { records.flatMap(\.offerings) }

    /// How often each fault was found, in the records and in the feed.
    var codes: [DiagnosticCode: Int] {
        var counts: [DiagnosticCode: Int] = [:]
        let all =
            summary.diagnostics + reads.flatMap(\.diagnostics)
            + (quarantined + reads.flatMap(\.quarantinedOfferings)).flatMap(\.reasons)
        for diagnostic in all { counts[diagnostic.code, default: 0] += 1 }
        return counts
    }

    init(_ input: FeedInput, format: String? = nil) throws {
        summary = try readFeed(input, format: format) { take($0) }
    }

    /// The documents of one feed.
    init(_ inputs: [FeedInput], format: String? = nil) throws {
        summary = try readFeed(inputs, format: format) { take($0) }
    }

    private mutating func take(_ item: FeedItem) {
        switch item {
        case .provider(let provider):
            if let index = providers.firstIndex(where: { $0.id == provider.id }) {
                providers[index] = provider
            } else {
                providers.append(provider)
            }
        case .record(let read): reads.append(read)
        case .quarantined(let record): quarantined.append(record)
        case .withdrawn(let withdrawal): withdrawn.append(withdrawal)
        }
    }

    init(path: String, source: String = "test", format: String? = nil) throws {
        try self.init(
            FeedInput(path: path, source: ID(source), today: Self.today), format: format)
    }

    init(
        xml: String, source: String = "test", currency: Currency? = nil, format: String? = nil
    ) throws {
        try self.init(
            bytes: Array(xml.utf8), source: source, currency: currency, format: format)
    }

    init(
        bytes: [UInt8], source: String = "test", currency: Currency? = nil, format: String? = nil
    ) throws {
        try self.init(
            FeedInput(
                .bytes(bytes), name: "test.xml", source: ID(source), currency: currency,
                today: Self.today), format: format)
    }

    static let today = CalendarDate(year: 2026, month: 11, day: 24)!
}
