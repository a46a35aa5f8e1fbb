import CourseModel
import Feeds
import Testing

/// A programme with everything that the reader knows, whole or changed in one place.
enum EDUDEXFixture {
    /// The programme as it stands.
    static let whole = String(decoding: Fixture.bytes(Fixture.path("whole.xml")), as: UTF8.self)

    /// The programme with every `old` text replaced.
    static func changed(
        _ old: String, _ new: String, sourceLocation: SourceLocation = #_sourceLocation
    ) -> String {
        let parts = pieces(whole, old)
        if parts.count < 2 {
            Issue.record("“\(old)” is not in the fixture", sourceLocation: sourceLocation)
        }
        return parts.joined(separator: new)
    }

    /// The programme, read.
    static func read(_ xml: String = whole) throws -> ReadFeed { try ReadFeed(xml: xml) }

    /// The line of the first `text` in a document, from 1.
    static func line(of text: String, in xml: String) -> Int {
        pieces(xml, text)[0].filter { $0 == "\n" }.count + 1
    }

    /// The document without the text before `<program`.
    static func element(_ xml: String = whole) -> String {
        "<program" + pieces(xml, "<program ", limit: 2)[1].description.withLeadingSpace
    }

    private static func pieces(_ text: String, _ mark: String, limit: Int = .max) -> [String] {
        var pieces: [String] = []
        var start = text.startIndex
        var index = start
        while index < text.endIndex, pieces.count < limit - 1 {
            if text[index...].hasPrefix(mark) {
                pieces.append(String(text[start..<index]))
                index = text.index(index, offsetBy: mark.count)
                start = index
            } else {
                index = text.index(after: index)
            }
        }
        return pieces + [String(text[start...])]
    }
}

extension String {
    fileprivate var withLeadingSpace: String { " " + self }
}
