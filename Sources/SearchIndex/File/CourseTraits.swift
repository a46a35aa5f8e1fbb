/// A course's level and kind in a byte, so that those of a whole chunk of courses share a cache line.
///
/// The level is in the lower four bits, as ``CourseRow/level``; the kind in the upper, as
/// ``CourseRow/kind``.
struct CourseTraits: RawRepresentable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ row: CourseRow) { rawValue = row.level & 15 | row.kind << 4 }

    var level: UInt8 { rawValue & 15 }
    var kind: UInt8 { rawValue >> 4 }
}
