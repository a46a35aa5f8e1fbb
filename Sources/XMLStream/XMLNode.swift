/// An element or a run of text in a fragment.
///
/// A node is a number and a reference to its fragment; making and dropping one costs next to
/// nothing.
public struct XMLNode: Sendable {
    let fragment: XMLFragment
    let index: Int

    private var piece: Piece { fragment.pieces[index] }

    /// Whether it is an element; else it is text.
    public var isElement: Bool { fragment.pieces[index].isElement }

    /// The name without prefix; empty for text.
    public var localName: String { isElement ? fragment.names.local(piece.name) : "" }

    /// The number that the reader was given for the local name; 0 when it was given none, and for
    /// text.
    public var word: UInt16 {
        let piece = self.piece
        return piece.isElement ? fragment.names.word(piece.name) : 0
    }

    /// The prefix as written, or empty.
    public var prefix: String { isElement ? fragment.names.prefix(piece.name) : "" }

    /// The namespace; empty when there is none or when the prefix is not declared.
    public var namespace: String { isElement ? fragment.names.namespace(piece.name) : "" }

    /// Where it starts in the document.
    ///
    /// - Complexity: O(bytes from the start of the fragment).
    public var position: XMLPosition { fragment.position(of: index) }

    /// The language in force (`xml:lang`, inherited, also from outside the fragment), when one is
    /// stated.
    public var language: String? {
        let language = piece.language
        guard language > 0 else { return nil }
        let name = fragment.names.local(language - 1)
        return name.isEmpty ? nil : name
    }

    // MARK: Children

    /// The elements in it, in document order.
    public var children: Nodes { Nodes(parent: self, elementsOnly: true, name: nil) }

    /// The elements and texts in it, in document order.
    public var contents: Nodes { Nodes(parent: self, elementsOnly: false, name: nil) }

    /// The elements in it with this local name, whatever their namespace.
    public func all(_ localName: String) -> Nodes {
        Nodes(parent: self, elementsOnly: true, name: localName)
    }

    /// The first element in it with this local name, whatever its namespace.
    ///
    /// - Complexity: O(children).
    public func first(_ localName: String) -> XMLNode? {
        guard isElement else { return nil }
        let key = NameTable.key(localName)
        let end = fragment.behind(index) - 1
        var at = index + 1
        while at < end {
            if fragment.pieces[at].isElement,
                fragment.names.isLocal(fragment.pieces[at].name, localName, key)
            {
                return XMLNode(fragment: fragment, index: at)
            }
            at = fragment.behind(at)
        }
        return nil
    }

    /// Whether there is an element in it.
    public var hasElementChildren: Bool {
        guard isElement else { return false }
        let end = fragment.behind(index) - 1
        return (index + 1..<max(index + 1, end)).contains { fragment.pieces[$0].isElement }
    }

    /// A sequence of the nodes directly in an element.
    public struct Nodes: Sequence, Sendable {
        let parent: XMLNode
        let elementsOnly: Bool
        let name: String?

        /// An iterator from the first one.
        public func makeIterator() -> Iterator {
            let fragment = parent.fragment
            let end = parent.isElement ? fragment.behind(parent.index) - 1 : parent.index
            return Iterator(
                fragment: fragment, at: parent.index + 1, end: end, elementsOnly: elementsOnly,
                name: name, key: name.map(NameTable.key) ?? 0)
        }

        /// Steps from node to node.
        public struct Iterator: IteratorProtocol {
            let fragment: XMLFragment
            var at: Int
            let end: Int
            let elementsOnly: Bool
            let name: String?
            let key: UInt64

            /// The next node.
            public mutating func next() -> XMLNode? {
                while at < end {
                    let index = at
                    at = fragment.behind(index)
                    let piece = fragment.pieces[index]
                    if piece.isElement {
                        if let name, !fragment.names.isLocal(piece.name, name, key) { continue }
                    } else if elementsOnly || piece.kind != .text {
                        continue
                    }
                    return XMLNode(fragment: fragment, index: index)
                }
                return nil
            }
        }
    }

    // MARK: Attributes

    /// The attributes, in document order.
    public var attributes: [XMLAttribute] {
        guard isElement else { return [] }
        return (0..<piece.count).map { i in
            let stored = fragment.attribute(piece.first &+ i)
            return XMLAttribute(
                localName: fragment.names.local(stored.name),
                prefix: fragment.names.prefix(stored.name),
                namespace: fragment.names.namespace(stored.name),
                value: String(
                    decoding: fragment.bytes(stored.first, stored.count), as: UTF8.self))
        }
    }

    /// The value of the attribute with this local name; one without a prefix comes first.
    public func attribute(_ localName: String) -> String? {
        let piece = self.piece
        guard piece.isElement, piece.count > 0 else { return nil }
        let key = NameTable.key(localName)
        var found: StoredAttribute?
        for i in 0..<piece.count {
            let stored = fragment.attribute(piece.first &+ i)
            guard fragment.names.isLocal(stored.name, localName, key) else { continue }
            if fragment.names.prefix(stored.name).isEmpty {
                found = stored
                break
            }
            if found == nil { found = stored }
        }
        return found.map {
            String(decoding: fragment.bytes($0.first, $0.count), as: UTF8.self)
        }
    }

    // MARK: Text

    /// All the text in it, as it stands: that of the elements in it too, CDATA sections and
    /// references resolved.
    public var text: String {
        withText { String(decoding: $0, as: UTF8.self) }
    }

    /// The text without blanks at both ends (no-break spaces among them); nil when nothing is
    /// left.
    public var trimmedText: String? {
        withText { bytes in
            Self.trimmed(bytes).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The text on one line: every run of blanks, line ends and no-break spaces in it is one space,
    /// and none stands at its ends; nil when nothing is left.
    public var foldedText: String? {
        withText { bytes in
            guard let trimmed = Self.trimmed(bytes) else { return nil }
            return Self.isFolded(trimmed)
                ? String(decoding: trimmed, as: UTF8.self) : Self.folded(trimmed)
        }
    }

    /// The bytes without blanks and no-break spaces at both ends; nil when nothing is left.
    private static func trimmed(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        var from = 0
        var to = bytes.count
        while from < to {
            if InputWindow.isBlank(bytes[from]) {
                from += 1
            } else if from + 1 < to, bytes[from] == 0xC2, bytes[from + 1] == 0xA0 {
                from += 2
            } else {
                break
            }
        }
        while to > from {
            if InputWindow.isBlank(bytes[to - 1]) {
                to -= 1
            } else if to - 1 > from, bytes[to - 1] == 0xA0, bytes[to - 2] == 0xC2 {
                to -= 2
            } else {
                break
            }
        }
        return from < to ? UnsafeBufferPointer(rebasing: bytes[from..<to]) : nil
    }

    /// Whether trimmed bytes hold no white space but single spaces.
    private static func isFolded(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for byte in bytes {
            // 0xC2 begins a no-break space, and little else that feeds write.
            if byte == 32 ? previous == 32 : byte < 32 || byte == 0xC2 { return false }
            previous = byte
        }
        return true
    }

    private static func folded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var isPending = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            var isSpace = byte == 32 || 9...13 ~= byte
            if byte == 0xC2, index < bytes.count, bytes[index] == 0xA0 {
                isSpace = true
                index += 1
            }
            if isSpace {
                isPending = !out.isEmpty
            } else {
                if isPending { out.append(32) }
                isPending = false
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        guard isElement else { return body(fragment.bytes(piece.first, piece.count)) }
        let end = fragment.behind(index) - 1
        var only: Piece?
        var joined: [UInt8]?
        for i in index + 1..<max(index + 1, end) {
            let piece = fragment.pieces[i]
            guard piece.kind == .text else { continue }
            guard let first = only else {
                only = piece
                continue
            }
            if joined == nil { joined = Array(fragment.bytes(first.first, first.count)) }
            joined?.append(contentsOf: fragment.bytes(piece.first, piece.count))
        }
        if let joined { return joined.withUnsafeBufferPointer(body) }
        guard let only else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        return body(fragment.bytes(only.first, only.count))
    }

    // MARK: As XML

    /// The element as XML text of its own, with the namespace declarations that it needs; for text,
    /// the text with references.
    public var outerXML: String {
        var result: [UInt8] = []
        var scopes: [String: String] = ["xml": "http://www.w3.org/XML/1998/namespace"]
        write(&result, &scopes)
        return String(decoding: result, as: UTF8.self)
    }

    private func write(_ result: inout [UInt8], _ scopes: inout [String: String]) {
        guard isElement else {
            result += XMLEscape.text(text)
            return
        }
        let outer = scopes
        let qualified = prefix.isEmpty ? localName : prefix + ":" + localName
        result += Array("<\(qualified)".utf8)
        var attributes = self.attributes
        func declare(_ prefix: String, _ namespace: String) {
            guard scopes[prefix] ?? "" != namespace else { return }
            scopes[prefix] = namespace
            result += Array(" \(prefix.isEmpty ? "xmlns" : "xmlns:" + prefix)=\"".utf8)
            result += XMLEscape.attribute(namespace)
            result.append(0x22)
        }
        declare(prefix, namespace)
        for attribute in attributes where !attribute.prefix.isEmpty {
            declare(attribute.prefix, attribute.namespace)
        }
        attributes.reverse()
        while let attribute = attributes.popLast() {
            let name =
                attribute.prefix.isEmpty
                ? attribute.localName : attribute.prefix + ":" + attribute.localName
            result += Array(" \(name)=\"".utf8)
            result += XMLEscape.attribute(attribute.value)
            result.append(0x22)
        }
        var isEmpty = true
        for node in contents {
            if isEmpty { result.append(0x3E) }
            isEmpty = false
            node.write(&result, &scopes)
        }
        result += Array((isEmpty ? "/>" : "</\(qualified)>").utf8)
        scopes = outer
    }
}

extension XMLNode: CustomStringConvertible {
    /// The node as XML.
    public var description: String { outerXML }
}
