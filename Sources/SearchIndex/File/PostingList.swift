/// How a posting list is written.
///
/// ```
/// list   = { base:u32 offset:u32 } * blocks, block*      blocks = ceil(courses / 64)
/// block  = shape:u8 maxCode:u8 count-1:u8 codeBits:u8 places codes
/// places = shape < 32:  size:u8 high low         course - base in Elias and Fano's code:
///                       high: bit (course - base) >> shape + n is set for the nth, `size` bytes,
///                       none for a block of one; low: the lower `shape` bits of each, whole bytes
///          shape >= 128: a bitmap of course - base, (shape - 127) * 8 bytes
/// codes  = maxCode - code in `codeBits` bits each, little-endian bit order, whole bytes
/// ```
/// `base` is the block's first course and `offset` counts from the start of the list. Bits are in
/// little-endian order. Either form of a block takes little more than gaps would and is searched without
/// decoding it (Vigna, "Quasi-succinct indices", 2013). A code is how well the term fits the course,
/// 1...255 (``Ranking``).
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
            let words = Int(span) / 64 + 1
            let lowBits = lowBits(span: span, count: range.count)
            let highSize =
                range.count == 1 ? 0 : (Int(span >> UInt32(lowBits)) + range.count + 7) / 8
            let packed = 1 + highSize + (lowBits * range.count + 7) / 8
            let isBitmap = range.count > 1 && words <= 128 && words * 8 <= packed
            out.append(isBitmap ? UInt8(127 + words) : UInt8(lowBits))
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
                out.append(UInt8(highSize))
                let high = out.count
                out.append(contentsOf: repeatElement(0, count: highSize))
                for (index, course) in courses[range].enumerated() where highSize > 0 {
                    let bit = Int((course - base) >> UInt32(lowBits)) + index
                    out[high + bit >> 3] |= 1 << UInt8(bit & 7)
                }
                let mask: UInt32 = 1 << UInt32(lowBits) - 1
                pack(courses[range].lazy.map { ($0 - base) & mask }, lowBits, &out)
            }
            pack(codes[range].lazy.map { UInt32(maxCode - $0) }, codeBits, &out)
        }
    }

    /// How many bits of a block's places stand by themselves: those that differ all the time.
    private static func lowBits(span: UInt32, count: Int) -> Int {
        let gap = span / UInt32(count)
        return gap == 0 ? 0 : UInt32.bitWidth - 1 - gap.leadingZeroBitCount
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
    /// Of a block in Elias and Fano's code: how many bits are low ones, where these stand, and the bit
    /// of the course at hand among the high ones.
    private var bits = 0
    private var lows: UnsafeRawPointer
    private var high = 0
    /// The words of a bitmap; 0 for the other form.
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
        lows = list
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
            places = start + 5
            lows = places + Int((start + 4).load(as: UInt8.self))
            high = 0
        }
        index = 0
        course = base
    }

    /// The course of the high bit and index at hand.
    @inline(__always)
    private func value() -> UInt32 {
        let bit = index &* bits
        let low = lows.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self) &>> UInt64(bit & 7)
        return UInt32(truncatingIfNeeded: high &- index) &<< UInt32(bits)
            | UInt32(truncatingIfNeeded: low) & (1 &<< UInt32(bits) &- 1)
    }

    /// Moves to the high bit that is set at or behind `bit`; there must be one.
    @inline(__always)
    private mutating func findHigh(from bit: Int) {
        var bit = bit
        while true {
            let word =
                places.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
                &>> UInt64(bit & 7)
            if word != 0 {
                high = bit &+ word.trailingZeroBitCount
                return
            }
            bit = (bit | 7) &+ 57
        }
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
                findHigh(from: high &+ 1)
                course = base &+ value()
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
        guard index &+ 1 < countInBlock else {
            enterNextBlock()
            return
        }
        var bit = high &+ 1
        // Each clear bit stands for the next larger high part.
        var toPass = Int(relative &>> UInt32(bits)) &- (high &- index)
        index &+= 1
        if toPass > 0 {
            index &-= 1
            bit = high
            while true {
                let clear =
                    ~(places.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
                    &>> UInt64(bit & 7)) & (1 &<< 56 &- 1)
                let count = clear.nonzeroBitCount
                if count >= toPass {
                    bit &+= Self.place(ofBit: toPass &- 1, in: clear) &+ 1
                    break
                }
                toPass &-= count
                bit &+= 56
                // No clear bits are needed behind the last course of the block.
                if bit >= (lows - places) &* 8 {
                    enterNextBlock()
                    return
                }
            }
            index = bit &- Int(relative &>> UInt32(bits))
        }
        while index < countInBlock {
            findHigh(from: bit)
            let value = value()
            if value >= relative {
                course = base &+ value
                return
            }
            index &+= 1
            bit = high &+ 1
        }
        enterNextBlock()
    }

    /// Where the set bit of a rank, from 0, stands in a word that has as many.
    @inline(__always)
    private static func place(ofBit rank: Int, in word: UInt64) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        var sums = word &- (word &>> 1 & 0x5555_5555_5555_5555)
        sums = (sums & 0x3333_3333_3333_3333) &+ (sums &>> 2 & 0x3333_3333_3333_3333)
        sums = ((sums &+ sums &>> 4) & 0x0F0F_0F0F_0F0F_0F0F) &* ones
        // The bytes that end before the bit.
        let passed = ((UInt64(rank) &* ones | tops) &- sums) & tops
        let shift = UInt64(passed.nonzeroBitCount &* 8)
        let before = Int((sums &<< 8) &>> shift & 255)
        var byte = word &>> shift & 255
        for _ in 0..<rank &- before { byte &= byte &- 1 }
        return Int(shift) &+ byte.trailingZeroBitCount
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
            codes = lows + (bits &* countInBlock &+ 7) &>> 3
        }
        let bit = rank &* codeBits
        let below = codes.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt16.self)
        let mask: UInt16 = 1 &<< UInt16(codeBits) &- 1
        return maxCode &- UInt8(truncatingIfNeeded: below &>> UInt16(bit & 7) & mask)
    }
}
