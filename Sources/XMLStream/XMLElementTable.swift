import Glibc

/// Recognises elements that say the same as an earlier one of their document.
///
/// Two elements are the same when their names, attributes, texts and the language in force are;
/// where they stand does not count. Everything is compared, not only a hash.
///
/// Memory is bounded: a fixed number of places, each for one element of at most ``largest`` bytes; a
/// newer element takes the place of an older one.
public struct XMLElementTable {
    private final class Entry {
        let names: NameTable
        let language: UInt32
        /// Kind and name, count, and place of the value, for each piece.
        let pieces: [UInt32]
        /// Name, count, and place of the value, for each attribute.
        let attributes: [UInt32]
        let values: [UInt8]

        init(_ node: XMLNode, _ content: XMLFragment.Content) {
            names = node.fragment.names
            language = node.fragment.pieces[node.index].language
            pieces = Self.flat(content.pieces) { piece in
                (piece.kindAndName, piece.count, content.place(of: piece))
            }
            attributes = Self.flat(content.attributes) { attribute in
                (attribute.name, attribute.count, attribute.first &- content.valueStart)
            }
            values = Array(content.values)
        }

        /// Three numbers for each element, one behind the other.
        @inline(__always)
        private static func flat<Element>(
            _ elements: UnsafeBufferPointer<Element>,
            _ numbers: (Element) -> (UInt32, UInt32, UInt32)
        ) -> [UInt32] {
            guard !elements.isEmpty else { return [] }
            return [UInt32](unsafeUninitializedCapacity: 3 * elements.count) { buffer, count in
                for element in elements {
                    (buffer[count], buffer[count + 1], buffer[count + 2]) = numbers(element)
                    count += 3
                }
            }
        }

        func isSame(_ content: XMLFragment.Content, _ node: XMLNode) -> Bool {
            guard values.count == content.values.count,
                pieces.count == 3 * content.pieces.count,
                attributes.count == 3 * content.attributes.count,
                names === node.fragment.names,
                language == node.fragment.pieces[node.index].language
            else { return false }
            let sameValues = values.withUnsafeBufferPointer { kept in
                guard let mine = kept.baseAddress, let theirs = content.values.baseAddress else {
                    return true
                }
                return memcmp(mine, theirs, kept.count) == 0
            }
            guard sameValues else { return false }
            let samePieces = pieces.withUnsafeBufferPointer { kept in
                var at = 0
                for piece in content.pieces {
                    guard kept[at] == piece.kindAndName, kept[at + 1] == piece.count,
                        kept[at + 2] == content.place(of: piece)
                    else { return false }
                    at += 3
                }
                return true
            }
            guard samePieces else { return false }
            return attributes.withUnsafeBufferPointer { kept in
                var at = 0
                for attribute in content.attributes {
                    guard kept[at] == attribute.name, kept[at + 1] == attribute.count,
                        kept[at + 2] == attribute.first &- content.valueStart
                    else { return false }
                    at += 3
                }
                return true
            }
        }
    }

    private var entries: [Entry?]
    private let mask: Int

    /// The bytes of texts and attributes beyond which an element is not remembered.
    public static var largest: Int { 2048 }
    private static var mostPieces: Int { 256 }

    /// A table that knows no element yet.
    ///
    /// - Parameter places: For how many elements; rounded up to a power of two.
    public init(places: Int = 512) {
        var count = 16
        while count < places { count *= 2 }
        entries = Array(repeating: nil, count: count)
        mask = count - 1
    }

    /// For how many elements there is a place.
    public var places: Int { entries.count }

    /// The place of the element that says the same, 0 and up; nil when there is none.
    ///
    /// - Complexity: O(bytes of the element).
    public func place(of node: XMLNode) -> Int? {
        guard let content = Self.content(of: node) else { return nil }
        let place = hash(content)
        guard let entry = entries[place], entry.isSame(content, node) else { return nil }
        return place
    }

    /// Gives an element a place, which may have been another one's.
    ///
    /// - Returns: nil when it is too large.
    public mutating func keep(_ node: XMLNode) -> Int? {
        guard let content = Self.content(of: node) else { return nil }
        let place = hash(content)
        entries[place] = Entry(node, content)
        return place
    }

    /// The content of an element that is small enough.
    private static func content(of node: XMLNode) -> XMLFragment.Content? {
        guard node.isElement else { return nil }
        let content = node.fragment.content(of: node.index)
        return content.values.count <= largest && content.pieces.count <= mostPieces
            ? content : nil
    }

    private func hash(_ content: XMLFragment.Content) -> Int {
        var state = UInt64(content.pieces[0].kindAndName) << 32 | UInt64(content.values.count)
        let bytes = UnsafeRawBufferPointer(content.values)
        var index = 0
        while index + 8 <= bytes.count {
            state ^= bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            state &*= 0x9E37_79B9_7F4A_7C15
            state ^= state >> 29
            index += 8
        }
        while index < bytes.count {
            state = (state ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3
            index += 1
        }
        state ^= state >> 32
        state &*= 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: state >> 32) & mask
    }
}

extension XMLFragment.Content {
    /// Where the value of a piece stands among the values; that of a start or end, among the
    /// attributes.
    @inline(__always)
    func place(of piece: Piece) -> UInt32 {
        piece.first &- (piece.kind == .start || piece.kind == .end ? attributeStart : valueStart)
    }
}
