import CourseModel

/// What has to be known of a record to tell what changed, without reading the record itself.
public struct RecordDigest: Hashable, Sendable {
    /// What has to be known of an offering.
    public struct Item: Hashable, Sendable {
        /// Its id; without the course's id in front where that is there (`#native`).
        public var key: String
        /// The hash of what the feed says of it.
        public var content: ContentHash
        /// The day it is about: its start, else its end; `nil` when it has neither, so that it is
        /// always still to come.
        public var day: CalendarDate?

        /// What has to be known of an offering.
        public init(key: String, content: ContentHash, day: CalendarDate?) {
            self.key = key
            self.content = content
            self.day = day
        }

        /// Whether it had started, or was over, on a day.
        public func isPast(on today: CalendarDate) -> Bool {
            guard let day else { return false }
            return day <= today
        }
    }

    /// The hash of the course's own fields.
    public var content: ContentHash
    /// The hash of the title, by which a course that was renumbered is known again.
    public var title: ContentHash
    /// The last day the course may be shown.
    public var expires: CalendarDate?
    /// The offerings, as ordered in the feed.
    public var items: [Item]

    /// What has to be known of a coded record.
    public init(of record: CourseRecord, coded: CodedRecord) {
        content = ContentHash(of: coded.bytes, in: coded.course)
        title = ContentHash(of: Array((record.course.title.text() ?? "").utf8))
        expires = record.course.expires
        items = []
        items.reserveCapacity(record.offerings.count)
        for (offering, range) in zip(record.offerings, coded.offerings) {
            items.append(
                Item(
                    key: Self.key(of: offering.id, in: record.course.id),
                    content: ContentHash(of: coded.bytes, in: range),
                    day: offering.timing.start.date ?? offering.timing.end))
        }
    }

    /// The key of an offering within its course.
    public static func key(of offering: ID<Offering>, in course: ID<Course>) -> String {
        // Byte for byte: strings compare by what they show, and `é` has two spellings.
        let all = offering.value.utf8
        guard all.starts(with: course.value.utf8) else { return offering.value }
        let rest = all.dropFirst(course.value.utf8.count)
        guard rest.first == UInt8(ascii: "#") else { return offering.value }
        return String(Substring(rest))
    }

    /// The id of the offering with a key.
    public static func offering(_ key: String, in course: ID<Course>) -> ID<Offering> {
        key.utf8.first == UInt8(ascii: "#") ? ID(course.value + key) : ID(key)
    }

    /// Whether there is nothing left to come of the course: it has run out, or all its offerings
    /// have started.
    ///
    /// A course without offerings is still to come.
    public func isPast(on today: CalendarDate) -> Bool {
        if let expires, expires < today { return true }
        return !items.isEmpty && items.allSatisfy { $0.isPast(on: today) }
    }

    /// The digest as bytes.
    public var bytes: [UInt8] {
        var writer = RecordWriter(capacity: 24 + items.count * 32)
        writer.write(byte: 1)
        writer.write(fixed: content.value)
        writer.write(fixed: title.value)
        writer.write(expires.map { Int($0.daysSince1970) })
        writer.write(count: items.count)
        for item in items {
            writer.write(item.key)
            writer.write(fixed: item.content.value)
            writer.write(item.day.map { Int($0.daysSince1970) })
        }
        return writer.bytes
    }

    /// Reads ``bytes``.
    public init(coded bytes: [UInt8]) throws(CodingError) {
        var reader = RecordReader(bytes)
        let version = try reader.byte()
        guard version == 1 else { throw .unknownVersion(version) }
        content = ContentHash(try reader.fixed())
        title = ContentHash(try reader.fixed())
        expires = try reader.optionalDate()
        items = []
        for _ in 0..<(try reader.count()) {
            let key = try reader.string()
            let content = ContentHash(try reader.fixed())
            items.append(Item(key: key, content: content, day: try reader.optionalDate()))
        }
        try reader.end()
    }
}

extension RecordReader {
    mutating func optionalDate() throws(CodingError) -> CalendarDate? {
        guard let days = try optionalInt() else { return nil }
        guard let exact = Int32(exactly: days) else { throw invalid("date") }
        return CalendarDate(daysSince1970: exact)
    }
}
