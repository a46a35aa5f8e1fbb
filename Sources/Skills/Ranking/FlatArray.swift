/// Numbers in memory of their own or in a mapped file, read alike.
///
/// `@unchecked Sendable`: what it points to never changes, and `owner` keeps it alive.
struct FlatArray<Element: BitwiseCopyable>: @unchecked Sendable {
    private let base: UnsafePointer<Element>
    private let owner: AnyObject
    private let file: RankingFile?
    /// How many there are.
    let count: Int

    /// Takes a copy of an array.
    init(_ elements: [Element]) {
        let memory = Memory(elements)
        base = UnsafePointer(memory.base)
        owner = memory
        file = nil
        count = elements.count
    }

    /// Numbers of a mapped file.
    init(base: UnsafePointer<Element>, count: Int, file: RankingFile) {
        self.base = base
        self.count = count
        owner = file
        self.file = file
    }

    /// A number; traps beyond the end.
    subscript(index: Int) -> Element {
        precondition(index >= 0 && index < count, "number outside of the array")
        return withElements(index..<index + 1) { $0.first } ?? zero
    }

    private var zero: Element {
        withUnsafeTemporaryAllocation(of: Element.self, capacity: 1) { room in
            UnsafeMutableRawBufferPointer(room).initializeMemory(as: UInt8.self, repeating: 0)
            return room[0]
        }
    }

    /// Some of the numbers, checked against the file's checksums when they stand in one; none when
    /// the file turns out to be damaged, so that nothing is reckoned with what it holds.
    func withElements<Result>(
        _ range: Range<Int>, _ body: (UnsafeBufferPointer<Element>) -> Result
    ) -> Result {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count, "numbers outside of the array")
        if let file {
            file.check(
                UnsafeRawPointer(base + range.lowerBound),
                range.count * MemoryLayout<Element>.stride)
            if file.isDamaged { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        }
        return body(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    /// All of them.
    func withElements<Result>(_ body: (UnsafeBufferPointer<Element>) -> Result) -> Result {
        withElements(0..<count, body)
    }

    private final class Memory {
        let base: UnsafeMutablePointer<Element>

        init(_ elements: [Element]) {
            base = .allocate(capacity: max(1, elements.count))
            base.initialize(from: elements, count: elements.count)
        }

        deinit { base.deallocate() }
    }
}

/// Lists of numbers, one behind the other.
struct FlatLists<Element: BitwiseCopyable>: Sendable {
    /// Where each list starts, and one beyond.
    private let starts: FlatArray<UInt32>
    private let elements: FlatArray<Element>

    /// How many lists there are.
    var count: Int { starts.count - 1 }

    init(_ lists: [[Element]]) {
        var starts: [UInt32] = [0]
        var elements: [Element] = []
        for list in lists {
            elements += list
            starts.append(UInt32(elements.count))
        }
        self.starts = FlatArray(starts)
        self.elements = FlatArray(elements)
    }

    /// A list.
    func withList<Result>(_ number: Int, _ body: (UnsafeBufferPointer<Element>) -> Result) -> Result
    {
        let (start, end) = (Int(starts[number]), Int(starts[number + 1]))
        return elements.withElements(start..<max(start, end), body)
    }

    /// A list as an array.
    subscript(number: Int) -> [Element] { withList(number) { Array($0) } }

    func write(to file: inout RankingFile.Writer) {
        file.put(starts)
        file.put(elements)
    }

    init(_ file: inout RankingFile.Reader) throws(RankingFile.Unreadable) {
        starts = try file.array()
        elements = try file.array()
        guard starts.count > 0, Int(starts[starts.count - 1]) <= elements.count else {
            throw .damaged
        }
    }
}

/// Hashes of words, each with its number, found by open addressing.
struct FlatNumbers: Sendable {
    /// A power of two of hashes; 0 where free, as the hash 0 is kept as 1.
    private let hashes: FlatArray<UInt64>
    private let numbers: FlatArray<Int32>

    init(_ known: [UInt64: Int32]) {
        var size = 4
        while size < known.count * 2 { size *= 2 }
        var hashes = [UInt64](repeating: 0, count: size)
        var numbers = [Int32](repeating: 0, count: size)
        // In order, so that the same words make the same table.
        for (hash, number) in known.sorted(by: { $0.key < $1.key }) {
            var slot = Self.slot(hash, size)
            while hashes[slot] != 0 { slot = (slot + 1) & (size - 1) }
            hashes[slot] = max(hash, 1)
            numbers[slot] = number
        }
        self.hashes = FlatArray(hashes)
        self.numbers = FlatArray(numbers)
    }

    private static func slot(_ hash: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: (hash &* 0x9e37_79b9_7f4a_7c15) >> 20) & (size - 1)
    }

    /// The number of a word by its hash.
    subscript(hash: UInt64) -> Int? {
        let size = hashes.count
        var slot = Self.slot(hash, size)
        for _ in 0..<size {
            let known = hashes[slot]
            if known == 0 { return nil }
            if known == max(hash, 1) { return Int(numbers[slot]) }
            slot = (slot + 1) & (size - 1)
        }
        return nil
    }

    func write(to file: inout RankingFile.Writer) {
        file.put(hashes)
        file.put(numbers)
    }

    init(_ file: inout RankingFile.Reader) throws(RankingFile.Unreadable) {
        hashes = try file.array()
        numbers = try file.array()
        guard hashes.count == numbers.count, hashes.count.nonzeroBitCount == 1 else {
            throw .damaged
        }
    }
}

/// Lists of numbers by the hash of a word.
struct FlatIndex<Element: BitwiseCopyable>: Sendable {
    private let numbers: FlatNumbers
    private let lists: FlatLists<Element>

    init(_ lists: [UInt64: [Element]]) {
        let keys = lists.keys.sorted()
        numbers = FlatNumbers(
            Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, Int32($0)) }))
        self.lists = FlatLists(keys.map { lists[$0] ?? [] })
    }

    /// The list of a word; `nil` when it has none.
    subscript(hash: UInt64) -> [Element]? { numbers[hash].map { lists[$0] } }

    func write(to file: inout RankingFile.Writer) {
        numbers.write(to: &file)
        lists.write(to: &file)
    }

    init(_ file: inout RankingFile.Reader) throws(RankingFile.Unreadable) {
        numbers = try FlatNumbers(&file)
        lists = try FlatLists(&file)
    }
}
