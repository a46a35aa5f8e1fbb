/// A set of chunks of courses (``IndexFormat/coursesPerChunk``), one bit each.
///
/// The index holds such a set for each cell of the map (``MapCells``): the chunks with a venue in it.
/// More hold the chunks of each flag of ``PlaceBox``. The few sets of the cells that a place
/// touches leave few chunks, before any course is looked at.
struct ChunkSet {
    /// The flags of which the index holds a set, behind those of the cells.
    private static let flags = [
        PlaceBox.needsNoTravel, PlaceBox.hasRegionOnly, PlaceBox.hasUnplaced,
    ]
    private static let cellCount = UInt64.bitWidth

    private(set) var words: [UInt64]

    /// The chunks with a venue in some of the cells or with some of the flags.
    init(of cells: UInt64, flags: UInt32, _ reader: IndexReader) throws(IndexError) {
        let size = Self.wordCount(chunks: reader.chunks.count)
        words = [UInt64](repeating: 0, count: size)
        var sets = cells
        while sets != 0 {
            try add(sets.trailingZeroBitCount, reader)
            sets &= sets - 1
        }
        for (index, flag) in Self.flags.enumerated() where flags & flag > 0 {
            try add(Self.cellCount + index, reader)
        }
    }

    private mutating func add(_ set: Int, _ reader: IndexReader) throws(IndexError) {
        let start = set * words.count
        try reader.chunkCells.check(start..<start + words.count)
        let rows = reader.chunkCells.rows + start
        for index in words.indices { words[index] |= rows[index] }
    }

    /// How many chunks are in the set.
    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Leaves out chunks.
    mutating func filter(_ isKept: (_ chunk: Int) -> Bool) {
        for index in words.indices {
            var rest = words[index]
            while rest != 0 {
                let bit = rest & (0 &- rest)
                if !isKept(index << 6 | bit.trailingZeroBitCount) { words[index] &= ~bit }
                rest &= ~bit
            }
        }
    }

    /// The numbers of their courses, as few ascending ranges as there can be.
    func courseRanges(below end: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                let chunk = index << 6 | rest.trailingZeroBitCount
                let start = chunk * IndexFormat.coursesPerChunk
                let limit = min(start + IndexFormat.coursesPerChunk, end)
                if let before = ranges.last, before.upperBound == start {
                    ranges[ranges.count - 1] = before.lowerBound..<limit
                } else {
                    ranges.append(start..<limit)
                }
                rest &= rest - 1
            }
        }
        return ranges
    }

    /// Whether a course is in a chunk of the set with these words.
    @inline(__always)
    static func contains(_ course: UInt32, in words: UnsafePointer<UInt64>) -> Bool {
        let chunk = course / UInt32(IndexFormat.coursesPerChunk)
        return words[Int(chunk >> 6)] >> UInt64(chunk & 63) & 1 > 0
    }

    // MARK: - In the file

    private static func wordCount(chunks: Int) -> Int { (chunks + 63) / 64 }

    /// How many words the index holds for so many chunks.
    static func sectionCount(chunks: Int) -> Int {
        (cellCount + flags.count) * wordCount(chunks: chunks)
    }

    /// The words of all sets, set by set.
    ///
    /// - Parameters:
    ///   - cells: The cells of each chunk.
    ///   - boxes: The box of each chunk.
    static func section(_ cells: [UInt64], _ boxes: [PlaceBox]) -> [UInt64] {
        let size = wordCount(chunks: cells.count)
        var words = [UInt64](repeating: 0, count: sectionCount(chunks: cells.count))
        for chunk in cells.indices {
            func note(_ set: Int) { words[set * size + chunk >> 6] |= 1 << UInt64(chunk & 63) }
            for cell in 0..<cellCount where cells[chunk] >> UInt64(cell) & 1 > 0 { note(cell) }
            for (index, flag) in flags.enumerated() where boxes[chunk].flags & flag > 0 {
                note(cellCount + index)
            }
        }
        return words
    }
}
