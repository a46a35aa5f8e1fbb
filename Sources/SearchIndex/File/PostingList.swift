/// How a posting list is written.
///
/// ```
/// list   = { base:u32 offset:u32 } * blocks, block*      blocks = ceil(courses / 64)
/// block  = shape:u8 maxCode:u8 count-1:u8 codeBits:u8 places codes
/// places = shape < 32:  course - base in `shape` bits each, little-endian bit order, whole bytes
///          shape >= 128: a bitmap of course - base, (shape - 127) * 8 bytes
/// codes  = maxCode - code in `codeBits` bits each, little-endian bit order, whole bytes
/// ```
/// `base` is the block's first course and `offset` counts from the start of the list. Fixed widths
/// and bitmaps cost a few bits more than gaps but can be searched without decoding. A code is how
/// well the term fits the course, 1...255 (``Ranking``).
enum PostingList {
    static let blockSize = 64

    /// Appends the list of these courses, ascending and distinct, to `out`.
    static func append(_ courses: [UInt32], _ codes: [UInt8], to out: inout [UInt8]) {
        let start = out.count
        let blocks = (courses.count + blockSize - 1) / blockSize
        out.append(contentsOf: repeatElement(0, count: blocks * 8))
        for block in 0..<blocks {
            let range = block * blockSize..<min((block + 1) * blockSize, courses.count)
            let base = courses[range.lowerBound]
            put(base, &out, start + block * 8)
            put(UInt32(out.count - start), &out, start + block * 8 + 4)
            let span = courses[range.upperBound - 1] - base
            let bits = UInt32.bitWidth - span.leadingZeroBitCount
            let words = Int(span) / 64 + 1
            let packed = (bits * range.count + 7) / 8
            let isBitmap = words <= 128 && words * 8 <= packed
            out.append(isBitmap ? UInt8(127 + words) : UInt8(bits))
            let maxCode = codes[range].max() ?? 0
            let codeBits = 8 - (maxCode - (codes[range].min() ?? 0)).leadingZeroBitCount
            out.append(maxCode)
            out.append(UInt8(range.count - 1))
            out.append(UInt8(codeBits))
            if isBitmap {
                let places = out.count
                out.append(contentsOf: repeatElement(0, count: words * 8))
                for course in courses[range] {
                    out[places + Int((course - base) >> 3)] |= 1 << UInt8((course - base) & 7)
                }
            } else {
                pack(courses[range].lazy.map { $0 - base }, bits, &out)
            }
            pack(codes[range].lazy.map { UInt32(maxCode - $0) }, codeBits, &out)
        }
    }

    /// Appends numbers of a fixed width, up to the next whole byte.
    private static func pack(
        _ values: some Collection<UInt32>, _ bits: Int, _ out: inout [UInt8]
    ) {
        guard bits > 0 else { return }
        var pending: UInt64 = 0
        var count = 0
        for value in values {
            pending |= UInt64(value) << UInt64(count)
            count += bits
            while count >= 8 {
                out.append(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                count -= 8
            }
        }
        if count > 0 { out.append(UInt8(truncatingIfNeeded: pending)) }
    }

    private static func put(_ value: UInt32, _ out: inout [UInt8], _ at: Int) {
        for byte in 0..<4 { out[at + byte] = UInt8(truncatingIfNeeded: value >> UInt32(byte * 8)) }
    }
}

/// A place in a posting list that moves forward.
///
/// Points into the mapped file or a list made for the query; whoever makes it keeps those alive.
/// Eight readable bytes must follow the list.
struct PostingCursor {
    /// What ``course`` is behind the last one.
    static var end: UInt32 { UInt32.max }

    let count: Int
    private let list: UnsafeRawPointer
    private let blockCount: Int
    /// The course that the cursor stands on; ``end`` behind the last.
    private(set) var course: UInt32 = 0
    private var block = 0
    private var base: UInt32 = 0
    private var nextBase: UInt32 = 0
    private var places: UnsafeRawPointer
    private var bits = 0
    private var words = 0
    private var countInBlock = 0
    private var index = 0
    private var codeBits = 0
    /// The highest code in the block that the cursor stands in.
    private(set) var maxCode: UInt8 = 0

    /// A cursor on the first of `count` courses; `count` is at least 1.
    init(list: UnsafeRawPointer, count: Int) {
        self.list = list
        self.count = count
        blockCount = (count + PostingList.blockSize - 1) / PostingList.blockSize
        places = list
        load(0)
    }

    @inline(__always)
    private func base(of block: Int) -> UInt32 {
        list.loadUnaligned(fromByteOffset: block * 8, as: UInt32.self)
    }

    @inline(__always)
    private mutating func load(_ block: Int) {
        self.block = block
        base = base(of: block)
        nextBase = block + 1 < blockCount ? base(of: block + 1) : Self.end
        let offset = Int(list.loadUnaligned(fromByteOffset: block * 8 + 4, as: UInt32.self))
        let start = list + offset
        let shape = Int(start.load(as: UInt8.self))
        maxCode = (start + 1).load(as: UInt8.self)
        countInBlock = Int((start + 2).load(as: UInt8.self)) + 1
        codeBits = Int((start + 3).load(as: UInt8.self))
        places = start + 4
        if shape >= 128 {
            words = shape - 127
            bits = 0
        } else {
            words = 0
            bits = shape
        }
        index = 0
        course = base
    }

    @inline(__always)
    private func value(_ index: Int) -> UInt32 {
        let bit = index &* bits
        let word = places.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
        return UInt32(truncatingIfNeeded: word &>> UInt64(bit & 7)) & (1 &<< UInt32(bits) &- 1)
    }

    @inline(__always)
    private func word(_ index: Int) -> UInt64 {
        places.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
    }

    @inline(__always)
    private mutating func enterNextBlock() {
        if block + 1 < blockCount {
            load(block + 1)
        } else {
            course = Self.end
        }
    }

    /// Moves to the next course.
    @inline(__always)
    mutating func advance() {
        if words == 0 {
            index &+= 1
            if index < countInBlock {
                course = base &+ value(index)
            } else {
                enterNextBlock()
            }
        } else {
            seekInBitmap(course &- base &+ 1)
        }
    }

    /// Moves to the first course that is not before `target`.
    ///
    /// - Complexity: O(log distance).
    @inline(__always)
    mutating func seek(_ target: UInt32) {
        if target <= course { return }
        if target >= nextBase { skipBlocks(target) }
        if target <= course { return }
        if words == 0 {
            seekInPacked(target &- base)
        } else {
            seekInBitmap(target &- base)
        }
    }

    /// Enters the last block whose base is not beyond `target`.
    private mutating func skipBlocks(_ target: UInt32) {
        guard target != Self.end else {
            course = Self.end
            return
        }
        var low = block + 1
        var step = 1
        while low + step < blockCount, base(of: low + step) <= target {
            low += step
            step *= 2
        }
        var high = min(low + step, blockCount)
        while low + 1 < high {
            let middle = (low + high) / 2
            if base(of: middle) <= target { low = middle } else { high = middle }
        }
        load(low)
    }

    @inline(__always)
    private mutating func seekInPacked(_ relative: UInt32) {
        var low = index
        var length = countInBlock &- index
        while length > 0 {
            let half = length &>> 1
            if value(low &+ half) < relative {
                low = low &+ half &+ 1
                length = length &- half &- 1
            } else {
                length = half
            }
        }
        index = low
        if low < countInBlock {
            course = base &+ value(low)
        } else {
            enterNextBlock()
        }
    }

    @inline(__always)
    private mutating func seekInBitmap(_ relative: UInt32) {
        var position = Int(relative &>> 6)
        guard position < words else {
            enterNextBlock()
            return
        }
        var rest = word(position) & (UInt64.max &<< UInt64(relative & 63))
        while rest == 0 {
            position &+= 1
            guard position < words else {
                enterNextBlock()
                return
            }
            rest = word(position)
        }
        course = base &+ UInt32(position &<< 6 &+ rest.trailingZeroBitCount)
    }

    /// How well the term fits ``course``.
    @inline(__always)
    var code: UInt8 {
        var rank = index
        var codes = places
        if words > 0 {
            let relative = Int(course &- base)
            rank = 0
            for index in 0..<relative &>> 6 { rank &+= word(index).nonzeroBitCount }
            let last = word(relative &>> 6) & (1 &<< UInt64(relative & 63) &- 1)
            rank &+= last.nonzeroBitCount
            codes += words &* 8
        } else {
            codes += (bits &* countInBlock &+ 7) &>> 3
        }
        let bit = rank &* codeBits
        let below = codes.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt16.self)
        let mask: UInt16 = 1 &<< UInt16(codeBits) &- 1
        return maxCode &- UInt8(truncatingIfNeeded: below &>> UInt16(bit & 7) & mask)
    }
}
