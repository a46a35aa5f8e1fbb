/// One element of a document with all it holds, independent of its reader.
///
/// `@unchecked Sendable`: nothing changes after `init`, and the memory is this object's own.
public final class XMLFragment: @unchecked Sendable {
    let names: NameTable
    let pieces: UnsafeMutablePointer<Piece>
    let pieceCount: Int
    private let pieceBase: UInt32
    private let storage: MemoryBlocks.Block
    private let blocks: MemoryBlocks
    private let attributes: UnsafeMutablePointer<StoredAttribute>
    private let attributeBase: UInt32
    private let heap: UnsafeMutablePointer<UInt8>
    private let heapBase: UInt32
    private let source: UnsafeMutablePointer<UInt8>
    private let sourceCount: Int
    private let offsetBase: Int
    private let encoding: TextEncoding
    private let start: XMLPosition

    /// Copies the pieces from a start to its end, both whole in the engine's store.
    init(engine: XMLEngine, from first: UInt32, to last: UInt32) {
        let state = engine.state
        names = engine.names
        pieceBase = first
        pieceCount = Int(last &- first) + 1
        let startPiece = state.pointee.pieces[first]
        let endPiece = state.pointee.pieces[last].pointee
        attributeBase = startPiece.pointee.first
        let attributeCount = Int(endPiece.first &- attributeBase)
        heapBase = startPiece.pointee.heap
        let heapCount = Int(endPiece.heap &- heapBase)

        let from = startPiece.pointee.offset
        let to = engine.endOffset(of: last)
        let isOriginal = engine.window.isOriginal(from..<to)
        let repaired = isOriginal ? [] : engine.window.originalBytes(from..<to)
        sourceCount = isOriginal ? to - from : repaired.count
        start = engine.window.position(at: from)
        encoding = engine.window.encoding

        // One block of memory: pieces, attributes, values, original bytes.
        let attributeOffset = pieceCount * MemoryLayout<Piece>.stride
        let heapOffset = attributeOffset + attributeCount * MemoryLayout<StoredAttribute>.stride
        let sourceOffset = heapOffset + heapCount
        blocks = engine.blocks
        storage = blocks.take(sourceOffset + sourceCount)
        let memory = storage.start
        pieces = memory.bindMemory(to: Piece.self, capacity: pieceCount)
        attributes = (memory + attributeOffset).bindMemory(
            to: StoredAttribute.self, capacity: attributeCount)
        heap = (memory + heapOffset).bindMemory(to: UInt8.self, capacity: heapCount)
        source = (memory + sourceOffset).bindMemory(to: UInt8.self, capacity: sourceCount)
        pieces.update(from: startPiece, count: pieceCount)
        if attributeCount > 0 {
            attributes.update(
                from: state.pointee.attributes[attributeBase], count: attributeCount)
        }
        if heapCount > 0 { heap.update(from: state.pointee.heap[heapBase], count: heapCount) }
        if isOriginal {
            offsetBase = from
            source.update(from: engine.window.pointer(at: from), count: sourceCount)
        } else {
            offsetBase = 0
            repaired.withUnsafeBufferPointer { bytes in
                if let base = bytes.baseAddress { source.update(from: base, count: sourceCount) }
            }
            let originalStart = start.byteOffset
            var last: InputWindow.CountedOffset?
            for i in 0..<pieceCount {
                pieces[i].offset =
                    engine.window.originalOffset(of: pieces[i].offset, from: &last)
                    - originalStart
            }
        }
    }

    deinit { blocks.giveBack(storage) }

    /// The element.
    public var root: XMLNode { XMLNode(fragment: self, index: 0) }

    /// Exactly the bytes of the element in the document, before any decoding or repair.
    public var original: [UInt8] {
        Array(UnsafeBufferPointer(start: source, count: sourceCount))
    }

    /// Calls a function with the bytes of ``original``, without a copy.
    public func withOriginal<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: source, count: sourceCount))
    }

    /// Where the element lies in the document's original bytes.
    public var byteRange: Range<Int> { start.byteOffset..<start.byteOffset + sourceCount }

    // MARK: For nodes

    /// The index of the piece behind the element or text at an index.
    @inline(__always)
    func behind(_ index: Int) -> Int {
        pieces[index].isElement ? Int(pieces[index].link &- pieceBase) + 1 : index + 1
    }

    func attribute(_ number: UInt32) -> StoredAttribute {
        attributes[Int(number &- attributeBase)]
    }

    func bytes(_ first: UInt32, _ count: UInt32) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: heap + Int(first &- heapBase), count: Int(count))
    }

    func position(of index: Int) -> XMLPosition {
        var position = start
        advance(&position, from: 0, to: pieces[index].offset - offsetBase)
        return position
    }

    private func advance(_ position: inout XMLPosition, from: Int, to: Int) {
        guard to > from else { return }
        var from = from
        if case .utf8 = encoding {
            // Only the last line decides on the column.
            let lines = LineCount.lineFeeds(source + from, to - from)
            if lines > 0 {
                let last = from + LineCount.lastLineFeed(source + from, to - from) + 1
                position.line += lines
                position.column = 1
                position.byteOffset += last - from
                from = last
            }
        }
        encoding.advance(
            &position, over: UnsafeBufferPointer(start: source + from, count: to - from))
    }

    // MARK: Elements of a word

    /// Where the elements stand that have a word as their name, in document order.
    ///
    /// - Complexity: O(bytes), in all.
    public func positions(of word: UInt16) -> [XMLPosition] {
        var positions: [XMLPosition] = []
        var position = start
        var reached = 0
        for index in 0..<pieceCount where isElement(index, word) {
            let offset = pieces[index].offset - offsetBase
            // What an entity yields stands where its reference does.
            if offset < reached {
                position = start
                reached = 0
            }
            advance(&position, from: reached, to: offset)
            reached = offset
            positions.append(position)
        }
        return positions
    }

    @inline(__always)
    private func isElement(_ index: Int, _ word: UInt16) -> Bool {
        pieces[index].isElement && names.word(pieces[index].name) == word
    }
}

extension XMLFragment {
    /// All that an element says, apart from where it stands.
    struct Content {
        let pieces: UnsafeBufferPointer<Piece>
        let attributes: UnsafeBufferPointer<StoredAttribute>
        let values: UnsafeBufferPointer<UInt8>
        /// The numbers of the first attribute and the first byte of values.
        let attributeStart: UInt32
        let valueStart: UInt32
    }

    /// The content of the element at an index.
    func content(of index: Int) -> Content {
        let end = behind(index) - 1
        let first = pieces[index]
        let last = pieces[end]
        return Content(
            pieces: UnsafeBufferPointer(start: pieces + index, count: end - index + 1),
            attributes: UnsafeBufferPointer(
                start: attributes + Int(first.first &- attributeBase),
                count: Int(last.first &- first.first)),
            values: UnsafeBufferPointer(
                start: heap + Int(first.heap &- heapBase), count: Int(last.heap &- first.heap)),
            attributeStart: first.first, valueStart: first.heap)
    }
}
