import CourseModel
import Feeds
import XMLStream

/// What every format promises of any bytes: nothing is lost, what is set apart is the feed's own
/// bytes, reading again gives the same, and what is accepted can be kept and written.
///
/// What follows a line `%%%` is what every reference to another document leads to: a programme of a
/// directory, the mapping of a table.
enum FeedTrial {
    private static let mark = Array("\n%%%\n".utf8)
    private static let today = CalendarDate(year: 2026, month: 11, day: 24)!

    static func tryOut(_ bytes: [UInt8], as format: String?) throws {
        let cut = bytes.firstRange(of: mark)
        let document = Array(bytes[..<(cut?.lowerBound ?? bytes.count)])
        let other = cut.map { Array(bytes[$0.upperBound...]) }
        let input = FeedInput(
            .bytes(document), name: "fuzz", source: ID("fuzz"), today: today,
            resolver: { reference, from throws(FeedError) in
                guard let other else { return try FeedInput.refusing(reference, from) }
                return FeedInput(
                    .bytes(other), name: reference, source: from.source, today: from.today)
            })
        let account = Account(input, as: format)
        try account.check(document, other ?? [])
        let second = Account(input, as: format)
        try require(account.lines == second.lines, "the same twice")
        try account.checkWriting()
    }

    /// All that came out of a feed.
    private struct Account {
        var summary: FeedSummary?
        var providers: [Provider] = []
        var reads: [ReadRecord] = []
        var apart: [QuarantinedRecord] = []
        /// Everything in words and coded bytes, in order.
        var lines: [String] = []

        init(_ input: FeedInput, as format: String?) {
            do {
                let summary = try readFeed(input, format: format) { take($0) }
                self.summary = summary
                lines.append("\(summary)")
            } catch {
                lines.append("\(error)")
            }
        }

        private mutating func take(_ item: FeedItem) {
            switch item {
            case .provider(let provider):
                providers.append(provider)
                lines.append("\(CodedProvider(provider).bytes)")
            case .record(let read):
                reads.append(read)
                apart += read.quarantinedOfferings
                lines.append("\(CodedRecord(read.record).bytes) \(read.diagnostics)")
            case .quarantined(let record):
                apart.append(record)
                lines.append("\(record)")
            case .withdrawn(let withdrawal): lines.append("\(withdrawal)")
            }
        }

        func check(_ document: [UInt8], _ other: [UInt8]) throws {
            for record in apart {
                try require(!record.reasons.isEmpty, "a reason for \(record)")
                try require(
                    document.firstRange(of: record.original) != nil
                        || other.firstRange(of: record.original) != nil,
                    "the feed's own bytes in \(record.nativeID ?? "a record") set apart: "
                        + String(decoding: record.original, as: UTF8.self))
            }
            for read in reads {
                let record = read.record
                try require(
                    try CourseRecord(coded: CodedRecord(record).bytes) == record,
                    "\(record.course.id) is kept as it was read")
            }
            guard let summary else { return }
            try require(
                summary.addsUp,
                "offered \(summary.offered) = accepted \(summary.accepted) + quarantined "
                    + "\(summary.quarantined)")
            let accepted = RecordCount(
                courses: reads.count, offerings: reads.reduce(0) { $0 + $1.record.offerings.count })
            try require(summary.accepted == accepted, "\(summary.accepted) came, not \(accepted)")
            let quarantined = apart.reduce(into: RecordCount()) { $0 += $1.count }
            try require(
                summary.quarantined == quarantined, "\(summary.quarantined), not \(quarantined)")
            let ids = Set(reads.map(\.record.course.id))
            try require(ids.count == reads.count, "each course has an id of its own")
        }

        /// Writes what was accepted in every XML format and reads it back.
        func checkWriting() throws {
            guard !reads.isEmpty else { return }
            for format in Feeds.knownFormats {
                guard let writer = format.writer else { continue }
                let bytes = try written(by: writer)
                try require(
                    try written(by: writer) == bytes, "\(format.name): the same bytes twice")
                if bytes.first == UInt8(ascii: "<") { try checkForm(bytes, format.name) }
                let input = FeedInput(
                    .bytes(bytes), name: "written", source: ID("fuzz"), today: today)
                let back = Account(input, as: format.name)
                let what = "\(format.name) reads back what it wrote: "
                guard let summary = back.summary else {
                    throw BrokenPromise(
                        description: what + (back.lines.last ?? "")
                            + String(decoding: bytes, as: UTF8.self))
                }
                try require(
                    summary.isComplete && summary.quarantined.isZero
                        && summary.accepted.courses == reads.count,
                    what + "\(summary) of \(reads.count) courses: \(back.apart) "
                        + String(decoding: bytes, as: UTF8.self))
            }
        }

        private func written(by type: any FeedWriter.Type) throws -> [UInt8] {
            var writer = try type.init(
                to: .memory,
                context: FeedContext(title: "fuzz", generated: "2026-11-24T06:00:00Z"))
            var told: Set<ID<Provider>> = []
            let known = Dictionary(providers.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
            let order = reads.map(\.record.course.provider)
            for id in order where told.insert(id).inserted {
                if let provider = known[id] { try writer.write(provider) }
                for read in reads where read.record.course.provider == id {
                    try writer.write(read.record)
                }
            }
            return try writer.finish().bytes ?? []
        }

        /// Well-formed, with nothing that a reader has to get over.
        private func checkForm(_ bytes: [UInt8], _ format: String) throws {
            var reader = try XMLReader(bytes: bytes, name: "written")
            while let event = try reader.next() {
                if case .damage(let damage) = event {
                    throw BrokenPromise(description: "\(format): damage \(damage.message)")
                }
            }
            let faults = reader.takeDiagnostics()
            try require(faults.isEmpty, "\(format): well-formed: \(faults)")
        }
    }
}
