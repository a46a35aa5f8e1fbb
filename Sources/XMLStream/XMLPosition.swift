/// A place in an XML document, as its owner's editor shows it.
public struct XMLPosition: Sendable, Hashable {
    /// The line, from 1; lines end at a line feed.
    public var line: Int

    /// The column, from 1, in Unicode scalars of the original text (a tab counts as one).
    public var column: Int

    /// The offset from 0 in the document's original bytes, before any decoding or repair.
    public var byteOffset: Int

    /// A position from its three numbers.
    public init(line: Int, column: Int, byteOffset: Int) {
        self.line = line
        self.column = column
        self.byteOffset = byteOffset
    }

    /// The first byte of a document.
    public static let start = XMLPosition(line: 1, column: 1, byteOffset: 0)
}

extension XMLPosition: CustomStringConvertible {
    /// `line:column`.
    public var description: String { "\(line):\(column)" }
}
