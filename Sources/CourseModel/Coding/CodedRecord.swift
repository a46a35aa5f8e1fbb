/// A course with its offerings as bytes.
///
/// Layout: version, course, number of offerings, offerings, then the file and position that the
/// course and each offering were read at. What a feed says and where it says it are kept apart, so
/// that a record which only moved within its file is seen to be the same.
public struct CodedRecord: Hashable, Sendable {
    /// All of it, to be kept and read back.
    public let bytes: [UInt8]
    /// The bytes of the course's own fields.
    public let course: Range<Int>
    /// The bytes of each offering, in order.
    public let offerings: [Range<Int>]

    /// The version that is written.
    ///
    /// Every version ever written can be read.
    public static let version: UInt8 = 1

    /// Codes a record.
    ///
    /// - Complexity: O(bytes).
    public init(_ record: CourseRecord) {
        var writer = RecordWriter(capacity: 2048)
        writer.write(byte: Self.version)
        var start = writer.count
        record.course.write(to: &writer)
        course = start..<writer.count
        writer.write(count: record.offerings.count)
        var ranges: [Range<Int>] = []
        ranges.reserveCapacity(record.offerings.count)
        for offering in record.offerings {
            start = writer.count
            offering.write(to: &writer, within: record.course)
            ranges.append(start..<writer.count)
        }
        offerings = ranges
        writer.write(placeOf: record.course.provenance, beside: nil)
        for offering in record.offerings {
            writer.write(placeOf: offering.provenance, beside: record.course.provenance)
        }
        bytes = writer.bytes
    }
}

extension CourseRecord {
    /// Reads the bytes of a ``CodedRecord``.
    ///
    /// - Throws: ``CodingError`` for bytes that no version of the program has written.
    public init(coded bytes: [UInt8]) throws(CodingError) {
        var reader = RecordReader(bytes)
        let version = try reader.byte()
        guard version == CodedRecord.version else { throw .unknownVersion(version) }
        var course = try Course(reading: &reader)
        let count = try reader.count()
        var offerings: [Offering] = []
        offerings.reserveCapacity(min(count, 1024))
        for _ in 0..<count { offerings.append(try Offering(reading: &reader, within: course)) }
        try reader.place(into: &course.provenance, beside: nil)
        for index in offerings.indices {
            try reader.place(into: &offerings[index].provenance, beside: course.provenance)
        }
        try reader.end()
        guard let record = CourseRecord(course: course, offerings: offerings) else {
            throw reader.invalid("set of offerings")
        }
        self = record
    }
}
