import CourseModel

/// Bytes made smaller for the disk, quickly: LZ4's block format around a length.
///
/// Feeds and records shrink to a third at several hundred megabytes a second, which costs less than
/// writing the rest. Bytes can be packed behind others that the reader will have at hand; what is
/// said there is then only referred to. Layout: the unpacked length as LEB128; then 0 and the bytes as they are, or 1
/// and one LZ4 block (<https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md>).
public enum PackedBytes {
    /// Packs bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - prefix: Bytes that are known when they are unpacked; only its last 64 KiB help.
    public static func pack(_ bytes: [UInt8], after prefix: [UInt8] = []) -> [UInt8] {
        var header = RecordWriter(capacity: 12)
        header.write(count: bytes.count)
        let headerCount = header.count + 1
        let bound = bytes.count + bytes.count / 255 + 16
        let start = min(prefix.count, window)
        let joined = start == 0 ? bytes : prefix.suffix(start) + bytes
        let packed = [UInt8](unsafeUninitializedCapacity: headerCount + bound) { out, count in
            for (index, byte) in header.bytes.enumerated() { out[index] = byte }
            out[headerCount - 1] = 1
            guard let base = out.baseAddress else { return }
            count =
                headerCount
                + joined.withUnsafeBufferPointer { input in
                    compress(input, from: start, to: base + headerCount)
                }
        }
        guard packed.count >= headerCount + bytes.count else { return packed }
        return header.bytes + [0] + bytes
    }

    /// Unpacks what ``pack(_:after:)`` made, with the same prefix.
    ///
    /// - Throws: ``CodingError`` for bytes that were not made by it; never reads or writes outside.
    public static func unpack(
        _ packed: [UInt8], after prefix: [UInt8] = []
    ) throws(CodingError) -> [UInt8] {
        var reader = RecordReader(packed)
        let length = try reader.unsigned()
        let form = try reader.byte()
        // LZ4 cannot make more than 255 bytes of one.
        guard length <= UInt64(packed.count) * 255 + 16 else { throw reader.invalid("length") }
        let start = reader.offset
        switch form {
        case 0:
            guard packed.count - start == Int(length) else { throw reader.invalid("length") }
            return Array(packed[start...])
        case 1:
            var isWhole = false
            let known = min(prefix.count, window)
            let total = known + Int(length)
            let bytes = [UInt8](unsafeUninitializedCapacity: total) { out, count in
                for (index, byte) in prefix.suffix(known).enumerated() { out[index] = byte }
                let room = UnsafeMutableBufferPointer(rebasing: out[..<total])
                isWhole = packed.withUnsafeBufferPointer { input in
                    decompress(
                        UnsafeBufferPointer(rebasing: input[start...]), to: room, from: known)
                }
                // Uninitialised bytes are trivial, and the array is dropped when not whole.
                count = isWhole ? total : 0
            }
            guard isWhole else { throw reader.invalid("packed block") }
            return known == 0 ? bytes : Array(bytes[known...])
        default: throw reader.invalid("form of packing")
        }
    }

    private static let hashBits: UInt32 = 12
    private static let minimumMatch = 4
    // How far back a match may lie.
    private static let window = 0xFFFF
    // The format's rules for the end of a block: the last five bytes are literals, and no match
    // starts within the last twelve.
    private static let lastLiterals = 5
    private static let matchMargin = 12

    /// Compresses into memory that has room for the worst case; returns how many bytes it took.
    private static func compress(
        _ input: UnsafeBufferPointer<UInt8>, from start: Int,
        to output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var out = output
        guard let source = input.baseAddress, input.count - start > matchMargin else {
            emitLast(input, from: start, to: &out)
            return out - output
        }
        let raw = UnsafeRawPointer(source)
        let limit = input.count - matchMargin
        var anchor = start
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1 << Int(hashBits)) { table in
            table.initialize(repeating: -1)
            var at = 0
            while at < start {
                let word = raw.loadUnaligned(fromByteOffset: at, as: UInt32.self)
                table[slot(of: word)] = Int32(truncatingIfNeeded: at)
                at += 2
            }
            at = start
            var misses = 0
            while at < limit {
                let word = raw.loadUnaligned(fromByteOffset: at, as: UInt32.self)
                let slot = slot(of: word)
                var match = Int(table[slot])
                table[slot] = Int32(truncatingIfNeeded: at)
                guard match >= 0, at - match <= window,
                    raw.loadUnaligned(fromByteOffset: match, as: UInt32.self) == word
                else {
                    // Text without repetition is passed over ever faster.
                    misses += 1
                    at += 1 + misses >> 6
                    continue
                }
                misses = 0
                while at > anchor, match > 0, source[at - 1] == source[match - 1] {
                    at -= 1
                    match -= 1
                }
                let length = matchLength(
                    raw, at + minimumMatch, match + minimumMatch, end: input.count - lastLiterals)
                emit(
                    source, literals: anchor..<at, distance: at - match, length: length, to: &out)
                at += minimumMatch + length
                anchor = at
            }
        }
        emitLast(input, from: anchor, to: &out)
        return out - output
    }

    private static func slot(of word: UInt32) -> Int {
        Int((word &* 2_654_435_761) >> (32 - hashBits))
    }

    private static func matchLength(
        _ raw: UnsafeRawPointer, _ first: Int, _ second: Int, end: Int
    ) -> Int {
        var length = 0
        while first + length + 8 <= end {
            let difference =
                raw.loadUnaligned(fromByteOffset: first + length, as: UInt64.self)
                ^ raw.loadUnaligned(fromByteOffset: second + length, as: UInt64.self)
            if difference != 0 {
                return length + UInt64(littleEndian: difference).trailingZeroBitCount / 8
            }
            length += 8
        }
        while first + length < end,
            raw.load(fromByteOffset: first + length, as: UInt8.self)
                == raw.load(fromByteOffset: second + length, as: UInt8.self)
        {
            length += 1
        }
        return length
    }

    private static func emit(
        _ source: UnsafePointer<UInt8>, literals: Range<Int>, distance: Int, length: Int,
        to out: inout UnsafeMutablePointer<UInt8>
    ) {
        let token = out
        out += 1
        emitLength(literals.count, to: &out)
        out.update(from: source + literals.lowerBound, count: literals.count)
        out += literals.count
        out[0] = UInt8(truncatingIfNeeded: distance)
        out[1] = UInt8(truncatingIfNeeded: distance >> 8)
        out += 2
        emitLength(length, to: &out)
        token.pointee = UInt8(min(literals.count, 15) << 4 | min(length, 15))
    }

    private static func emitLast(
        _ input: UnsafeBufferPointer<UInt8>, from anchor: Int,
        to out: inout UnsafeMutablePointer<UInt8>
    ) {
        let count = input.count - anchor
        out.pointee = UInt8(min(count, 15) << 4)
        out += 1
        emitLength(count, to: &out)
        if let source = input.baseAddress { out.update(from: source + anchor, count: count) }
        out += count
    }

    private static func emitLength(_ length: Int, to out: inout UnsafeMutablePointer<UInt8>) {
        guard length >= 15 else { return }
        var rest = length - 15
        while rest >= 255 {
            out.pointee = 255
            out += 1
            rest -= 255
        }
        out.pointee = UInt8(rest)
        out += 1
    }

    /// Whether the block was well-formed and filled the output exactly.
    private static func decompress(
        _ input: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>,
        from start: Int
    ) -> Bool {
        var at = 0
        var written = start
        func length(_ start: Int) -> Int? {
            var length = start
            guard start == 15 else { return length }
            while at < input.count {
                let byte = Int(input[at])
                at += 1
                length += byte
                if byte < 255 { return length }
            }
            return nil
        }
        while at < input.count {
            let token = Int(input[at])
            at += 1
            guard let literals = length(token >> 4), literals <= input.count - at,
                literals <= output.count - written
            else { return false }
            if literals > 0, let from = input.baseAddress, let to = output.baseAddress {
                (to + written).update(from: from + at, count: literals)
            }
            at += literals
            written += literals
            if at == input.count { return written == output.count }
            guard input.count - at >= 2 else { return false }
            let distance = Int(input[at]) | Int(input[at + 1]) << 8
            at += 2
            guard let extra = length(token & 15), distance > 0, distance <= written,
                extra + minimumMatch <= output.count - written,
                let base = output.baseAddress
            else { return false }
            let count = extra + minimumMatch
            if distance >= count {
                (base + written).update(from: base + written - distance, count: count)
            } else {
                // A match that overlaps itself repeats; it has to be copied byte by byte.
                for index in written..<written + count {
                    base[index] = base[index - distance]
                }
            }
            written += count
        }
        return false
    }
}
