import XMLStream

/// A text in a record's original: of an element, or of an attribute.
public struct OriginalText: Hashable, Sendable {
    /// Where it stands: the names of the elements from the record on, `course/presentation/@href`.
    public let path: String
    /// The text, with white space folded.
    public let text: String
}

extension OriginalText {
    /// Every text in the original of a record that is XML, in order.
    ///
    /// Namespace declarations are left out. What is broken in the original is read as far as it
    /// goes.
    ///
    /// - Returns: `nil` when the original is no XML.
    public static func all(in original: [UInt8]) -> [OriginalText]? {
        guard original.first(where: { $0 > 32 }) == UInt8(ascii: "<"),
            var reader = try? XMLReader(bytes: original, name: "original")
        else { return nil }
        var found: [OriginalText] = []
        var path: [String] = []
        // A fault behind which nothing can be read ends the list, as it ended the record.
        while let event = try? reader.next() {
            switch event {
            case .startElement:
                path = path.prefix(reader.depth - 1) + [reader.localName]
                for attribute in reader.attributes where attribute.prefix != "xmlns" {
                    add(attribute.value, path + ["@" + attribute.localName], &found)
                }
            case .text:
                add(reader.text, path, &found)
            case .endElement:
                if !path.isEmpty { path.removeLast() }
            default: break
            }
        }
        return found
    }

    private static func add(_ text: String, _ path: [String], _ found: inout [OriginalText]) {
        let folded = foldedSpaces(text)
        guard !folded.isEmpty else { return }
        found.append(OriginalText(path: path.joined(separator: "/"), text: folded))
    }
}
