/// A piece of the document in the order of the text: the start or end of an element, a run of
/// text, or damage.
struct Piece {
    enum Kind: UInt32 {
        case start = 0
        case end = 1
        case text = 2
        case damage = 3
    }

    /// Where it starts: a clean offset while in the store; in a fragment whose text was decoded or
    /// repaired, an offset in the fragment's original bytes.
    var offset: Int
    /// The kind in the two highest bits, the name's number in the others.
    var kindAndName: UInt32
    // Start: the number of its end, or its own while that is not read. End: that of its start.
    // Text and damage: the number of the next attribute.
    var link: UInt32
    // Start and end: the number of the next attribute. Text: the number of its first byte.
    var first: UInt32
    // Start: attributes. Text: bytes. Damage: its index.
    var count: UInt32
    /// The number of the next byte of values when this piece was made.
    var heap: UInt32
    /// The language in force, as a name's number plus one, or 0.
    var language: UInt32

    static let nameMask: UInt32 = 0x3FFF_FFFF

    @inline(__always)
    var kind: Kind { Kind(rawValue: kindAndName >> 30).unsafelyUnwrapped }
    @inline(__always)
    var name: UInt32 { kindAndName & Self.nameMask }
    @inline(__always)
    var isElement: Bool { kindAndName >> 30 == 0 }
}

/// An attribute in the store.
struct StoredAttribute {
    var name: UInt32
    /// The number of the value's first byte.
    var first: UInt32
    var count: UInt32
}

/// A growing buffer whose elements keep their numbers when those before them are dropped.
///
/// Numbers are 32 bits and wrap around; a buffer never holds as many as that.
struct NumberedBuffer<Element: BitwiseCopyable> {
    private(set) var elements: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int
    /// The number of the first element held.
    private(set) var base: UInt32 = 0

    init(capacity: Int) {
        self.capacity = capacity
        elements = .allocate(capacity: capacity)
    }

    /// The owner calls this once.
    func free() { elements.deallocate() }

    /// The number of the next element.
    @inline(__always)
    var next: UInt32 { base &+ UInt32(truncatingIfNeeded: count) }

    @inline(__always)
    func index(_ number: UInt32) -> Int { Int(number &- base) }

    @inline(__always)
    func holds(_ number: UInt32) -> Bool { Int(number &- base) < count }

    @inline(__always)
    subscript(number: UInt32) -> UnsafeMutablePointer<Element> { elements + index(number) }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(1) }
        (elements + count).initialize(to: element)
        count += 1
    }

    @inline(__always)
    mutating func append(_ source: UnsafePointer<Element>, _ length: Int) {
        if count + length > capacity { grow(length) }
        (elements + count).update(from: source, count: length)
        count += length
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        capacity = max(2 * capacity, count + more)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.update(from: elements, count: count)
        elements.deallocate()
        elements = larger
    }

    /// Drops the elements from a number on.
    mutating func truncate(to number: UInt32) { count = index(number) }

    /// Drops the elements before a number.
    mutating func drop(before number: UInt32) {
        let dropped = index(number)
        guard dropped > 0 else { return }
        elements.update(from: elements + dropped, count: count - dropped)
        count -= dropped
        base = number
    }
}
