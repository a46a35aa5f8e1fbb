/// A text with the places in it that a query found.
public struct MarkedText: Hashable, Sendable {
    /// A piece of the text.
    public struct Segment: Hashable, Sendable {
        /// The piece, as plain text: whoever puts it into a page still has to escape it.
        public let text: String
        /// Whether the query found it.
        public let isMarked: Bool
    }

    /// The text in pieces; together they are the whole.
    public let segments: [Segment]

    /// The text without marks.
    public var text: String { segments.map(\.text).joined() }
    /// Whether the query found anything in it.
    public var hasMarks: Bool { segments.contains(where: \.isMarked) }

    /// A text and where it is marked.
    ///
    /// - Parameter marks: UTF-8 offsets, ascending, on the bounds of characters.
    init(_ text: Substring, marks: [Range<Int>]) {
        var segments: [Segment] = []
        let bytes = text.utf8
        var last = bytes.startIndex
        func index(_ offset: Int) -> String.Index {
            bytes.index(bytes.startIndex, offsetBy: offset)
        }
        for mark in marks where !mark.isEmpty {
            let (start, end) = (index(mark.lowerBound), index(mark.upperBound))
            if last < start {
                segments.append(Segment(text: String(text[last..<start]), isMarked: false))
            }
            segments.append(Segment(text: String(text[start..<end]), isMarked: true))
            last = end
        }
        if last < bytes.endIndex {
            segments.append(Segment(text: String(text[last...]), isMarked: false))
        }
        self.segments = segments
    }

    /// A text in which nothing is marked.
    public init(unmarked text: String) { self.init(text[...], marks: []) }

    init(segments: [Segment]) { self.segments = segments }

    /// The same marks with something done to the marked pieces, such as bold type.
    public func text(marking style: (String) -> String) -> String {
        segments.map { $0.isMarked ? style($0.text) : $0.text }.joined()
    }
}
