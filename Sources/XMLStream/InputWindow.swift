import Glibc

/// The stretch of the document that is in memory, as clean UTF-8, with the way back to the
/// original bytes.
///
/// "Clean" is what the parser gets: decoded to UTF-8, without bytes that XML forbids, and with
/// repairs made. Clean offsets count from the start of that text and never go back. Most
/// documents are clean already; then one segment says that both offsets run in step, and no byte
/// is held twice.
struct InputWindow: ~Copyable {
    /// A stretch of clean text: either it is the original, decoded, or it stands for other bytes.
    private struct Segment {
        /// Where the stretch starts, as a clean offset.
        var clean: Int
        /// Where it starts in the original.
        var original: Int
        /// The original bytes, when they are not just the clean text in the document's encoding.
        var replaced: [UInt8]?
    }

    /// Something that the decoder met.
    struct Note {
        var code: XMLDiagnostic.Code
        var message: String
        var offset: Int
        var count: Int
    }

    private var storage: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var head = 0
    private var tail = 0
    /// Bytes behind `tail` that begin a character whose end has not been read.
    private var carried = 0

    /// The clean offset of the first byte that is still held.
    private(set) var start = 0
    private var startPosition: XMLPosition
    private var known: (offset: Int, position: XMLPosition)
    private var segments: [Segment] { didSet { counted = nil } }
    /// The place whose original offset was looked up last.
    private var counted: CountedOffset?

    private(set) var encoding: TextEncoding
    /// A declared single-byte encoding that no byte beyond ASCII has confirmed or denied yet.
    private var undecided: SingleByteTable?
    private var declaredName: String

    private var source: any XMLByteSource
    private var staged: [UInt8]
    private var stagedOffset = 0
    private var sourceEnded = false
    private let chunkBytes: Int
    private let totalLimit: Int
    private let name: String

    /// The original bytes decoded so far.
    private(set) var originalEnd: Int
    /// All bytes have been decoded.
    private(set) var isAtEnd = false
    /// What the decoder met since they were last taken.
    var notes: [Note] = []

    init(
        source: any XMLByteSource, name: String, totalLimit: Int, chunkBytes: Int
    ) throws(XMLError) {
        var source = source
        let opening = try Opening(source: &source, name: name)
        self.source = source
        self.name = name
        self.totalLimit = totalLimit
        self.chunkBytes = chunkBytes
        staged = opening.bytes
        stagedOffset = opening.skipped
        encoding = opening.encoding
        undecided = opening.undecided
        declaredName = opening.declaredName
        notes = opening.notes
        originalEnd = opening.skipped
        startPosition = opening.position
        known = (0, opening.position)
        segments = [Segment(clean: 0, original: opening.skipped, replaced: nil)]
        capacity = 4 * chunkBytes + 1024
        storage = .allocate(capacity: capacity)
    }

    deinit { storage.deallocate() }

    /// The clean offset behind the last byte held.
    var end: Int { start + tail - head }

    /// The bytes from a clean offset on; valid until the window changes.
    func pointer(at offset: Int) -> UnsafePointer<UInt8> {
        UnsafePointer(storage + head + (offset - start))
    }

    /// One byte, which must be held.
    subscript(offset: Int) -> UInt8 { storage[head + (offset - start)] }

    // MARK: Reading

    /// Decodes the next chunk.
    mutating func fill() throws(XMLError) {
        guard !isAtEnd else { return }
        guard originalEnd <= totalLimit else {
            throw .documentTooLarge(limit: totalLimit, file: name)
        }
        reserve(chunkBytes + 8)
        if undecided == nil, case .utf8 = encoding {
            let count = try read(into: storage + tail + carried, chunkBytes)
            acceptUTF8(carried + count, isLast: count == 0)
        } else {
            try transcode()
        }
    }

    private mutating func read(
        into target: UnsafeMutablePointer<UInt8>, _ wanted: Int
    ) throws(XMLError) -> Int {
        let waiting = staged.count - stagedOffset
        if waiting > 0 {
            let count = min(waiting, wanted)
            staged.withUnsafeBufferPointer { bytes in
                target.update(from: bytes.baseAddress! + stagedOffset, count: count)
            }
            stagedOffset += count
            if stagedOffset == staged.count {
                staged = []
                stagedOffset = 0
            }
            return count
        }
        guard !sourceEnded else { return 0 }
        let buffer = UnsafeMutableRawBufferPointer(start: target, count: wanted)
        let count = try source.read(into: buffer)
        if count == 0 { sourceEnded = true }
        return count
    }

    /// Takes `count` bytes that lie behind `tail` as UTF-8.
    private mutating func acceptUTF8(_ count: Int, isLast: Bool) {
        let valid = UTF8Scan.validPrefix(storage + tail, count)
        growPlain(valid)
        carried = count - valid
        if carried == 0 {
            isAtEnd = isLast
            return
        }
        if !isLast, UTF8Scan.finding(storage + tail, carried) == .incomplete { return }
        // Something is wrong in this chunk: the rest of it goes piece by piece.
        let rest = Array(UnsafeBufferPointer(start: storage + tail, count: carried))
        carried = 0
        let left = rest.withUnsafeBufferPointer { bytes in
            repairUTF8(bytes.baseAddress!, bytes.count, isLast: isLast)
        }
        if left > 0 {
            reserve(left)
            for i in 0..<left { storage[tail + i] = rest[rest.count - left + i] }
            carried = left
        }
        isAtEnd = isLast
    }

    /// Appends bytes that are UTF-8 for the greater part; returns how many at the end wait for
    /// more.
    private mutating func repairUTF8(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, isLast: Bool
    ) -> Int {
        var i = 0
        while i < count {
            let valid = UTF8Scan.validPrefix(bytes + i, count - i)
            if valid > 0 {
                appendPlain(bytes + i, valid)
                i += valid
                if i == count { break }
            }
            switch UTF8Scan.finding(bytes + i, count - i) {
            case .character(let length):
                appendPlain(bytes + i, length)
                i += length
            case .incomplete where !isLast:
                return count - i
            case .forbidden(let length):
                var end = i + length
                while end < count, bytes[end] == bytes[i], length == 1 { end += 1 }
                replaceForbidden(Array(UnsafeBufferPointer(start: bytes + i, count: end - i)))
                i = end
            case .surrogatePair:
                let high = UInt32(bytes[i + 1] & 0x0F) << 6 | UInt32(bytes[i + 2] & 0x3F)
                let low = UInt32(bytes[i + 4] & 0x0F) << 6 | UInt32(bytes[i + 5] & 0x3F)
                note(
                    .encodingMisdeclared,
                    "a character in CESU-8, not UTF-8; read as what it means")
                replace(
                    Array(UnsafeBufferPointer(start: bytes + i, count: 6)),
                    with: 0x10000 + (high << 10) + low)
                i += 6
            case .incomplete, .invalid:
                let byte = bytes[i]
                let scalar = SingleByteTable.windows1252.scalars[Int(byte)]
                let isLoneSurrogate =
                    byte == 0xED && i + 2 < count && bytes[i + 1] >= 0xA0
                    && bytes[i + 2] & 0xC0 == 0x80
                if isLoneSurrogate || scalar == 0xFFFF {
                    let length = isLoneSurrogate ? 3 : 1
                    note(.invalidByte, "bytes that mean nothing in UTF-8; read as U+FFFD")
                    replace(
                        Array(UnsafeBufferPointer(start: bytes + i, count: length)), with: 0xFFFD)
                    i += length
                } else {
                    note(
                        .encodingMisdeclared,
                        "a byte that is not \(declaredName); read as Windows-1252")
                    replace([byte], with: UInt32(scalar))
                    i += 1
                }
            }
        }
        return 0
    }

    /// Decodes a chunk of an encoding that is not UTF-8.
    private mutating func transcode() throws(XMLError) {
        var raw: [UInt8] = []
        if carried > 0 {
            raw.append(contentsOf: UnsafeBufferPointer(start: storage + tail, count: carried))
        }
        carried = 0
        let wanted = chunkBytes
        var failure: XMLError?
        let fresh = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            do throws(XMLError) {
                count = try read(into: buffer.baseAddress!, wanted)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        let isLast = fresh.isEmpty
        raw.append(contentsOf: fresh)
        if let table = undecided {
            if !raw.contains(where: { $0 >= 0x80 }) {
                decodeSingleByte(raw, table)
                isAtEnd = isLast
                return
            }
            try decide(table, raw)
            if case .utf8 = encoding {
                reserve(raw.count + 8)
                for (i, byte) in raw.enumerated() { storage[tail + i] = byte }
                acceptUTF8(raw.count, isLast: isLast)
                return
            }
        }
        switch encoding {
        case .singleByte(let table):
            decodeSingleByte(raw, table)
        case .utf16(let bigEndian):
            let left = decodeUTF16(raw, bigEndian: bigEndian, isLast: isLast)
            reserve(4)
            for i in 0..<left { storage[tail + i] = raw[raw.count - left + i] }
            carried = left
        case .utf8:
            preconditionFailure("UTF-8 is not transcoded")
        }
        isAtEnd = isLast
    }

    /// The first bytes beyond ASCII tell whether a document in a declared single-byte encoding is
    /// in truth UTF-8: in real text of such an encoding they hardly ever form UTF-8 sequences.
    private mutating func decide(_ table: SingleByteTable, _ raw: [UInt8]) throws(XMLError) {
        undecided = nil
        encoding = .singleByte(table)
        // Look ahead, so that the decision does not hang on where a chunk happens to end.
        while staged.count - stagedOffset < 4096, !sourceEnded {
            var more = [UInt8](repeating: 0, count: 4096)
            var failure: XMLError?
            let count = more.withUnsafeMutableBytes { buffer in
                do throws(XMLError) {
                    return try source.read(into: buffer)
                } catch {
                    failure = error
                    return 0
                }
            }
            if let failure { throw failure }
            if count == 0 { sourceEnded = true }
            staged.append(contentsOf: more.prefix(count))
        }
        let sample = raw + staged[stagedOffset...].prefix(4096)
        let isUTF8 = sample.withUnsafeBufferPointer { bytes in
            var i = 0
            while i < bytes.count {
                if bytes[i] < 0x80 {
                    i += 1
                    continue
                }
                switch UTF8Scan.finding(bytes.baseAddress! + i, bytes.count - i) {
                case .character(let length): i += length
                case .incomplete: return true
                case .forbidden, .surrogatePair, .invalid: return false
                }
            }
            return true
        }
        if isUTF8 {
            encoding = .utf8
            let offset = raw.firstIndex { $0 >= 0x80 } ?? 0
            notes.append(
                Note(
                    code: .encodingMisdeclared,
                    message: "declared as \(declaredName), but the bytes are UTF-8; read as UTF-8",
                    offset: end + offset, count: 1))
        }
    }

    private mutating func decodeSingleByte(_ raw: [UInt8], _ table: SingleByteTable) {
        var i = 0
        raw.withUnsafeBufferPointer { bytes in
            while i < bytes.count {
                // A run of bytes that need no repair.
                var run = i
                reserve(3 * (bytes.count - i))
                var position = tail
                while run < bytes.count {
                    let byte = bytes[run]
                    let scalar = table.scalars[Int(byte)]
                    if byte < 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 { break }
                    if scalar == 0xFFFF || (table.isLatin1 && byte >= 0x80 && byte < 0xA0) { break }
                    position += Self.encode(UInt32(scalar), storage + position)
                    run += 1
                }
                if run > i {
                    beginPlain()
                    originalEnd += run - i
                    tail = position
                    i = run
                    continue
                }
                let byte = bytes[i]
                let scalar = table.scalars[Int(byte)]
                if byte < 0x20 {
                    var end = i + 1
                    while end < bytes.count, bytes[end] == byte { end += 1 }
                    replaceForbidden(Array(bytes[i..<end]))
                    i = end
                } else if scalar == 0xFFFF {
                    note(
                        .invalidByte, "a byte that means nothing in \(declaredName); read as U+FFFD"
                    )
                    replace([byte], with: 0xFFFD)
                    i += 1
                } else {
                    note(
                        .encodingMisdeclared,
                        "a byte that is a control character in \(declaredName); read as "
                            + "Windows-1252")
                    replace([byte], with: UInt32(scalar))
                    i += 1
                }
            }
        }
    }

    /// Returns how many bytes at the end wait for more.
    private mutating func decodeUTF16(_ raw: [UInt8], bigEndian: Bool, isLast: Bool) -> Int {
        func unit(_ i: Int) -> UInt32 {
            bigEndian
                ? UInt32(raw[i]) << 8 | UInt32(raw[i + 1])
                : UInt32(raw[i + 1]) << 8 | UInt32(raw[i])
        }
        var i = 0
        while i < raw.count {
            guard i + 1 < raw.count else {
                if !isLast { return 1 }
                note(.invalidByte, "half a character at the end; read as U+FFFD")
                replace([raw[i]], with: 0xFFFD)
                return 0
            }
            let first = unit(i)
            var scalar = first
            var length = 2
            if first >= 0xD800 && first < 0xDC00 {
                guard i + 3 < raw.count || isLast else { return raw.count - i }
                if i + 3 < raw.count, unit(i + 2) >= 0xDC00, unit(i + 2) < 0xE000 {
                    scalar = 0x10000 + ((first - 0xD800) << 10) + (unit(i + 2) - 0xDC00)
                    length = 4
                }
            }
            let original = raw[i..<i + length]
            if scalar >= 0xD800 && scalar < 0xE000 {
                note(.invalidByte, "half a surrogate pair; read as U+FFFD")
                replace(Array(original), with: 0xFFFD)
            } else if scalar < 0x20 && scalar != 0x0A && scalar != 0x0D && scalar != 0x09
                || scalar == 0xFFFE || scalar == 0xFFFF
            {
                noteForbidden(scalar, 1)
                replace(Array(original), with: scalar < 0x20 ? 0x20 : 0xFFFD)
            } else {
                reserve(4)
                beginPlain()
                tail += Self.encode(scalar, storage + tail)
                originalEnd += length
            }
            i += length
        }
        return 0
    }

    // MARK: Appending

    private mutating func note(
        _ code: XMLDiagnostic.Code, _ message: String, count: Int = 1
    ) {
        notes.append(Note(code: code, message: message, offset: end, count: count))
    }

    private mutating func noteForbidden(_ scalar: UInt32, _ count: Int) {
        if scalar == 0 {
            note(.nulByte, "a NUL byte; read as a blank", count: count)
        } else {
            let digits = String(scalar, radix: 16, uppercase: true)
            let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            note(
                .controlCharacter,
                "the character \(name), which XML forbids; read as "
                    + (scalar < 0x20 ? "a blank" : "U+FFFD"), count: count)
        }
    }

    /// Puts blanks where controls stood (they separate words in text pasted from word
    /// processors), U+FFFD for the two forbidden characters beyond them.
    private mutating func replaceForbidden(_ original: [UInt8]) {
        if original[0] == 0xEF {
            noteForbidden(original[2] == 0xBE ? 0xFFFE : 0xFFFF, 1)
            replace(original, with: 0xFFFD)
            return
        }
        noteForbidden(UInt32(original[0]), original.count)
        reserve(original.count)
        segments.append(Segment(clean: end, original: originalEnd, replaced: original))
        (storage + tail).update(repeating: 0x20, count: original.count)
        tail += original.count
        originalEnd += original.count
    }

    private mutating func replace(_ original: [UInt8], with scalar: UInt32) {
        reserve(4)
        segments.append(Segment(clean: end, original: originalEnd, replaced: original))
        tail += Self.encode(scalar, storage + tail)
        originalEnd += original.count
    }

    private mutating func beginPlain() {
        if segments[segments.count - 1].replaced != nil {
            segments.append(Segment(clean: end, original: originalEnd, replaced: nil))
        }
    }

    /// Takes bytes that already lie behind `tail`.
    private mutating func growPlain(_ count: Int) {
        guard count > 0 else { return }
        beginPlain()
        tail += count
        originalEnd += count
    }

    private mutating func appendPlain(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        reserve(count)
        (storage + tail).update(from: bytes, count: count)
        growPlain(count)
    }

    private static func encode(_ scalar: UInt32, _ target: UnsafeMutablePointer<UInt8>) -> Int {
        if scalar < 0x80 {
            target[0] = UInt8(scalar)
            return 1
        }
        if scalar < 0x800 {
            target[0] = UInt8(0xC0 | scalar >> 6)
            target[1] = UInt8(0x80 | scalar & 0x3F)
            return 2
        }
        if scalar < 0x10000 {
            target[0] = UInt8(0xE0 | scalar >> 12)
            target[1] = UInt8(0x80 | scalar >> 6 & 0x3F)
            target[2] = UInt8(0x80 | scalar & 0x3F)
            return 3
        }
        target[0] = UInt8(0xF0 | scalar >> 18)
        target[1] = UInt8(0x80 | scalar >> 12 & 0x3F)
        target[2] = UInt8(0x80 | scalar >> 6 & 0x3F)
        target[3] = UInt8(0x80 | scalar & 0x3F)
        return 4
    }

    /// Makes room behind the held bytes (and the carried ones).
    private mutating func reserve(_ count: Int) {
        let held = tail - head + carried
        if tail + carried + count <= capacity { return }
        if held + count <= capacity, head > capacity / 2 {
            storage.update(from: storage + head, count: held)
        } else {
            capacity = max(2 * capacity, held + count)
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            larger.update(from: storage + head, count: held)
            storage.deallocate()
            storage = larger
        }
        tail -= head
        head = 0
    }

    // MARK: Forgetting and repairing

    /// Lets go of the bytes before a clean offset.
    mutating func forget(before offset: Int) {
        guard offset > start else { return }
        startPosition = position(at: offset)
        let index = segment(at: offset)
        let original = originalOffset(of: offset)
        if index > 0 { segments.removeFirst(index) }
        if segments[0].replaced == nil {
            segments[0] = Segment(clean: offset, original: original, replaced: nil)
        }
        head += offset - start
        start = offset
        known = (offset, startPosition)
    }

    /// Makes repairs, which stand in order and do not overlap, in one pass over what is held.
    mutating func replace(_ edits: [FaultyText.Edit]) {
        var rest = edits[...]
        while let last = rest.last {
            // From the end on, so that the offsets of those before stay as they are.
            let apart = rest.reversed().prefix { isApart($0) }.count
            if apart > 1 {
                replaceApart(rest.suffix(apart))
                rest.removeLast(apart)
            } else {
                replace(last.range, with: Array(last.replacement.utf8))
                rest.removeLast()
            }
        }
    }

    /// Whether a repair has nothing to do with other repairs, nor with what is held first.
    private func isApart(_ edit: FaultyText.Edit) -> Bool {
        !edit.range.isEmpty && edit.range.lowerBound > start
            && repair(around: edit.range.lowerBound) == nil
            && repair(around: edit.range.upperBound) == nil
    }

    private mutating func replaceApart(_ edits: ArraySlice<FaultyText.Edit>) {
        var repaired: [Segment] = []
        repaired.reserveCapacity(segments.count + 2 * edits.count)
        var taken = 0
        var shift = 0
        var counted: CountedOffset?
        func keep(_ segment: Segment, _ repaired: inout [Segment]) {
            var moved = segment
            moved.clean += shift
            repaired.append(moved)
        }
        let growth = edits.reduce(0) { $0 + max(0, $1.replacement.utf8.count - $1.range.count) }
        let held = tail - head + carried
        let size = max(capacity, held + growth)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        var filled = 0
        var copied = start
        func copy(_ from: Int, _ count: Int, _ filled: inout Int) {
            (larger + filled).update(from: storage + head + (from - start), count: count)
            filled += count
        }
        for (index, edit) in zip(edits.indices, edits) {
            let range = edit.range
            let first = segment(at: range.lowerBound)
            let original = originalOffset(of: range.lowerBound, from: &counted)
            let bytes = originalBytes(range)
            // What lies before; text deleted at the lower bound belongs there.
            while taken < first {
                keep(segments[taken], &repaired)
                taken += 1
            }
            if taken == first, segments[first].clean < range.lowerBound || isDeletion(first) {
                keep(segments[first], &repaired)
            }
            repaired.append(
                Segment(clean: range.lowerBound + shift, original: original, replaced: bytes))
            taken = max(taken, first)
            while taken < segments.count, segments[taken].clean < range.upperBound { taken += 1 }
            shift += edit.replacement.utf8.count - range.count
            // The rest of the decoded text that the stretch ends in, unless it is repaired next.
            let last = segment(at: range.upperBound)
            let isFollowed =
                index + 1 < edits.endIndex
                && edits[index + 1].range.lowerBound == range.upperBound
            if segments[last].clean < range.upperBound, segments[last].replaced == nil,
                !isFollowed
            {
                repaired.append(
                    Segment(
                        clean: range.upperBound + shift, original: original + bytes.count,
                        replaced: nil))
            }

            copy(copied, range.lowerBound - copied, &filled)
            for byte in edit.replacement.utf8 {
                larger[filled] = byte
                filled += 1
            }
            copied = range.upperBound
        }
        while taken < segments.count {
            keep(segments[taken], &repaired)
            taken += 1
        }
        copy(copied, end + carried - copied, &filled)
        segments = repaired
        storage.deallocate()
        storage = larger
        capacity = size
        head = 0
        tail = filled - carried
        if let first = edits.first, known.offset >= first.range.lowerBound {
            known = (start, startPosition)
        }
    }

    /// Puts other bytes in the place of a stretch of clean text, as a repair.
    ///
    /// A repair is never cut: a stretch that begins or ends inside an earlier one takes it in
    /// whole, so that all of it then stands for the bytes of both.
    mutating func replace(_ stretch: Range<Int>, with replacement: [UInt8]) {
        var range = stretch
        var bytes = replacement
        if let repair = repair(around: range.lowerBound) {
            bytes = (repair.lowerBound..<range.lowerBound).map { self[$0] } + bytes
            range = repair.lowerBound..<range.upperBound
        }
        if let repair = repair(around: stretch.upperBound) {
            bytes += (stretch.upperBound..<repair.upperBound).map { self[$0] }
            range = range.lowerBound..<repair.upperBound
        }
        let original = originalBytes(range)
        let originalStart = originalOffset(of: range.lowerBound)
        let originalStop = originalStart + original.count
        let shift = bytes.count - range.count
        var deleted = startPosition
        if bytes.isEmpty, range.lowerBound == start {
            encoding.advance(&deleted, over: original)
        }

        // What lies before; text deleted at the lower bound belongs there.
        let first = segment(at: range.lowerBound)
        var repaired = Array(segments[..<first])
        if segments[first].clean < range.lowerBound || isDeletion(first) {
            repaired.append(segments[first])
        }
        repaired.append(
            Segment(clean: range.lowerBound, original: originalStart, replaced: original))
        // The rest of the decoded text that the stretch ends in, and what lies behind. Text deleted
        // at the upper bound lies behind; when nothing is replaced, it lies before.
        let last = segment(at: range.upperBound)
        if segments[last].clean < range.upperBound, segments[last].replaced == nil {
            repaired.append(
                Segment(clean: range.upperBound + shift, original: originalStop, replaced: nil))
        }
        let following = range.isEmpty ? max(first, last) : first
        for index in following..<segments.count where segments[index].clean >= range.upperBound {
            if range.isEmpty, isDeletion(index), segments[index].clean == range.upperBound {
                continue
            }
            var moved = segments[index]
            moved.clean += shift
            repaired.append(moved)
            if bytes.isEmpty, moved.clean == start, range.lowerBound == start, isDeletion(index) {
                // The first place held is behind all that was deleted there.
                encoding.advance(&deleted, over: moved.replaced ?? [])
            }
        }
        segments = repaired

        if shift > 0 { reserve(shift) }
        let at = head + (range.lowerBound - start)
        let behind = tail + carried - (at + range.count)
        memmove(storage + at + bytes.count, storage + at + range.count, behind)
        for (i, byte) in bytes.enumerated() { storage[at + i] = byte }
        tail += shift
        startPosition = deleted
        if known.offset >= range.lowerBound { known = (start, startPosition) }
    }

    // MARK: The way back

    /// The last segment that starts at or before an offset.
    private func segment(at offset: Int) -> Int {
        var low = 0
        var high = segments.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if segments[middle].clean <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The repair inside which an offset lies.
    private func repair(around offset: Int) -> Range<Int>? {
        let index = segment(at: offset)
        guard segments[index].replaced != nil, segments[index].clean < offset else { return nil }
        let next = index + 1 < segments.count ? segments[index + 1].clean : end
        return offset < next ? segments[index].clean..<next : nil
    }

    /// Whether a segment stands for original bytes of which nothing is left.
    private func isDeletion(_ index: Int) -> Bool {
        guard segments[index].replaced != nil else { return false }
        let next = index + 1 < segments.count ? segments[index + 1].clean : end
        return next == segments[index].clean
    }

    /// Whether a stretch is, byte for byte, what the document holds.
    func isOriginal(_ range: Range<Int>) -> Bool {
        guard case .utf8 = encoding else { return false }
        let index = segment(at: range.lowerBound)
        guard segments[index].replaced == nil else { return false }
        return index + 1 == segments.count || segments[index + 1].clean >= range.upperBound
    }

    /// The offset in the original bytes of a clean offset; of repaired text, its start.
    func originalOffset(of offset: Int) -> Int {
        let found = segments[segment(at: offset)]
        guard found.replaced == nil else { return found.original }
        if case .utf8 = encoding { return found.original + offset - found.clean }
        let from = max(found.clean, start)
        let counted = Self.count(pointer(at: from), offset - from)
        return found.original
            + encoding.byteCount(scalars: counted.scalars, supplementary: counted.supplementary)
    }

    /// A place that was looked up, to count on from.
    struct CountedOffset {
        fileprivate var segment: Int
        fileprivate var clean: Int
        fileprivate var original: Int
    }

    /// The same, counting on from the place looked up before, when that lies before this one.
    ///
    /// In encodings other than UTF-8 every character has to be counted; places that come in order
    /// then cost the text once instead of once each.
    func originalOffset(of offset: Int, from last: inout CountedOffset?) -> Int {
        let index = segment(at: offset)
        let found = segments[index]
        guard found.replaced == nil else { return found.original }
        if case .utf8 = encoding { return found.original + offset - found.clean }
        var from = max(found.clean, start)
        var base = found.original
        if let last, last.segment == index, from <= last.clean, last.clean <= offset {
            (from, base) = (last.clean, last.original)
        }
        let counted = Self.count(pointer(at: from), offset - from)
        let original =
            base
            + encoding.byteCount(scalars: counted.scalars, supplementary: counted.supplementary)
        last = CountedOffset(segment: index, clean: offset, original: original)
        return original
    }

    /// The same, counting on from the place that was asked for last.
    mutating func nextOriginalOffset(of offset: Int) -> Int {
        var last = counted
        defer { counted = last }
        return originalOffset(of: offset, from: &last)
    }

    private static func count(
        _ bytes: UnsafePointer<UInt8>, _ length: Int
    ) -> (scalars: Int, supplementary: Int) {
        var scalars = 0
        var supplementary = 0
        for i in 0..<length {
            if bytes[i] & 0xC0 != 0x80 { scalars += 1 }
            if bytes[i] >= 0xF0 { supplementary += 1 }
        }
        return (scalars, supplementary)
    }

    /// The document's own bytes for a stretch of clean text.
    func originalBytes(_ range: Range<Int>) -> [UInt8] {
        if isOriginal(range) {
            return Array(
                UnsafeBufferPointer(start: pointer(at: range.lowerBound), count: range.count))
        }
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        for index in segment(at: range.lowerBound)..<segments.count {
            let found = segments[index]
            let next = index + 1 < segments.count ? segments[index + 1].clean : end
            if found.clean > range.upperBound { break }
            if let replaced = found.replaced {
                // A repair counts where it starts, a deletion only between what is left.
                let counts =
                    found.clean < range.upperBound
                    && (isDeletion(index)
                        ? found.clean > range.lowerBound : found.clean >= range.lowerBound)
                if counts { result.append(contentsOf: replaced) }
                continue
            }
            let from = max(found.clean, range.lowerBound)
            let to = min(next, range.upperBound)
            guard from < to else { continue }
            encodeBack(UnsafeBufferPointer(start: pointer(at: from), count: to - from), &result)
        }
        return result
    }

    private func encodeBack(_ text: UnsafeBufferPointer<UInt8>, _ result: inout [UInt8]) {
        switch encoding {
        case .utf8:
            result.append(contentsOf: text)
        case .singleByte(let table):
            for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
                result.append(
                    scalar.value < 0x80 ? UInt8(scalar.value) : table.byte(of: scalar.value))
            }
        case .utf16(let bigEndian):
            for unit in String(decoding: text, as: UTF8.self).utf16 {
                let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
                result.append(contentsOf: bigEndian ? pair : pair.reversed())
            }
        }
    }

    /// The position in the original of a clean offset.
    mutating func position(at offset: Int) -> XMLPosition {
        if offset < known.offset { known = (start, startPosition) }
        var position = known.position
        var from = known.offset
        var index = segment(at: from)
        // An insertion at the same place comes first.
        while from < offset || index + 1 < segments.count && segments[index + 1].clean <= offset {
            let found = segments[index]
            let next = index + 1 < segments.count ? segments[index + 1].clean : end
            if let replaced = found.replaced {
                if next > offset { break }
                if found.clean >= from { advance(&position, over: replaced) }
            } else {
                let to = min(next, offset)
                advance(&position, overClean: from, to)
            }
            if next > offset { break }
            from = next
            index += 1
            if index == segments.count { break }
        }
        // Inside repaired text every place is its start.
        if segments[segment(at: offset)].replaced == nil { known = (offset, position) }
        return position
    }

    private func advance(_ position: inout XMLPosition, overClean from: Int, _ to: Int) {
        guard to > from else { return }
        let bytes = pointer(at: from)
        let length = to - from
        let lines = LineCount.lineFeeds(bytes, length)
        var lineStart = 0
        if lines > 0 {
            position.line += lines
            position.column = 1
            lineStart = LineCount.lastLineFeed(bytes, length) + 1
        }
        position.column += LineCount.scalars(bytes + lineStart, length - lineStart)
        if case .utf8 = encoding {
            position.byteOffset += length
        } else {
            let counted = Self.count(bytes, length)
            position.byteOffset += encoding.byteCount(
                scalars: counted.scalars, supplementary: counted.supplementary)
        }
    }

    /// Walks over original bytes.
    private func advance(_ position: inout XMLPosition, over original: [UInt8]) {
        encoding.advance(&position, over: original)
    }
}

extension TextEncoding {
    /// Moves a position over original bytes in this encoding.
    func advance(_ position: inout XMLPosition, over original: some Collection<UInt8>) {
        position.byteOffset += original.count
        func step(_ isLineFeed: Bool) {
            if isLineFeed {
                position.line += 1
                position.column = 1
            } else {
                position.column += 1
            }
        }
        switch self {
        case .singleByte:
            for byte in original { step(byte == 0x0A) }
        case .utf8:
            // A continuation byte belongs to the character before it; a stray one that stands
            // alone is a character.
            var pending = 0
            for byte in original {
                if byte & 0xC0 == 0x80, pending > 0 {
                    pending -= 1
                    continue
                }
                pending = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0
                step(byte == 0x0A)
            }
        case .utf16(let bigEndian):
            var first: UInt8?
            var follows = false
            for byte in original {
                guard let start = first else {
                    first = byte
                    continue
                }
                first = nil
                let unit =
                    bigEndian
                    ? UInt16(start) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(start)
                // The second half of a pair is no character of its own.
                if !(follows && unit >= 0xDC00 && unit < 0xE000) { step(unit == 0x0A) }
                follows = unit >= 0xD800 && unit < 0xDC00
            }
        }
    }
}
