import Glibc

/// Why a document cannot be read any further.
///
/// Each case names the file; where there is a place in it, that too.
public enum XMLError: Error, Sendable, Hashable {
    /// The file cannot be opened or read; `errno` is the system's error number.
    case io(path: String, errno: Int32)
    /// The path is a folder.
    case isDirectory(path: String)
    /// There is nothing in it but blanks.
    case emptyDocument(file: String)
    /// It is something else than XML; `found` says what it looks like.
    case notXML(file: String, found: String)
    /// The declared encoding is not one this reader knows.
    case unsupportedEncoding(name: String, file: String)
    /// The document ends while `open` elements (outermost first) are open.
    case truncated(open: [String], file: String, at: XMLPosition)
    /// A fault that cannot be repaired, where no record could be given up instead.
    case malformed(message: String, file: String, at: XMLPosition)
    /// Entities of the DOCTYPE yield more text than ``XMLLimits/entityAmplification`` allows, or
    /// contain themselves ("billion laughs").
    case entityAmplification(limit: Int, file: String, at: XMLPosition)
    /// More open elements than ``XMLLimits/depth``.
    case tooDeep(limit: Int, file: String, at: XMLPosition)
    /// A name longer than ``XMLLimits/nameBytes``.
    case nameTooLong(limit: Int, file: String, at: XMLPosition)
    /// More different names than ``XMLLimits/distinctNames``.
    case tooManyNames(limit: Int, file: String, at: XMLPosition)
    /// More attributes on one element than ``XMLLimits/attributesPerElement``.
    case tooManyAttributes(limit: Int, file: String, at: XMLPosition)
    /// An attribute value longer than ``XMLLimits/attributeBytes``.
    case attributeTooLong(limit: Int, file: String, at: XMLPosition)
    /// Text, or a comment, longer than ``XMLLimits/textBytes``.
    case textTooLong(limit: Int, file: String, at: XMLPosition)
    /// An element that is held whole is larger than ``XMLLimits/recordBytes``.
    case recordTooLarge(limit: Int, file: String, at: XMLPosition)
    /// The document is larger than ``XMLLimits/totalBytes``.
    case documentTooLarge(limit: Int, file: String)
    /// libxml2 could not get memory.
    case outOfMemory(file: String)
}

extension XMLError {
    /// The file, as it was named to the reader.
    public var file: String {
        switch self {
        case .io(let path, _), .isDirectory(let path): path
        case .emptyDocument(let file), .notXML(let file, _), .unsupportedEncoding(_, let file),
            .truncated(_, let file, _), .malformed(_, let file, _),
            .entityAmplification(_, let file, _), .tooDeep(_, let file, _),
            .nameTooLong(_, let file, _), .tooManyNames(_, let file, _),
            .tooManyAttributes(_, let file, _), .attributeTooLong(_, let file, _),
            .textTooLong(_, let file, _), .recordTooLarge(_, let file, _),
            .documentTooLarge(_, let file), .outOfMemory(let file):
            file
        }
    }

    /// Where in the file, when the error has a place.
    public var position: XMLPosition? {
        switch self {
        case .io, .isDirectory, .emptyDocument, .notXML, .unsupportedEncoding, .documentTooLarge,
            .outOfMemory:
            nil
        case .truncated(_, _, let at), .malformed(_, _, let at),
            .entityAmplification(_, _, let at), .tooDeep(_, _, let at), .nameTooLong(_, _, let at),
            .tooManyNames(_, _, let at), .tooManyAttributes(_, _, let at),
            .attributeTooLong(_, _, let at), .textTooLong(_, _, let at),
            .recordTooLarge(_, _, let at):
            at
        }
    }

    /// A stable name in kebab case.
    public var code: String {
        switch self {
        case .io: "cannot-read"
        case .isDirectory: "is-a-folder"
        case .emptyDocument: "empty-document"
        case .notXML: "not-xml"
        case .unsupportedEncoding: "unsupported-encoding"
        case .truncated: "truncated"
        case .malformed: "malformed"
        case .entityAmplification: "entity-amplification"
        case .tooDeep: "too-deep"
        case .nameTooLong: "name-too-long"
        case .tooManyNames: "too-many-names"
        case .tooManyAttributes: "too-many-attributes"
        case .attributeTooLong: "attribute-too-long"
        case .textTooLong: "text-too-long"
        case .recordTooLarge: "record-too-large"
        case .documentTooLarge: "document-too-large"
        case .outOfMemory: "out-of-memory"
        }
    }

    /// What is wrong and what to do, without the file and the place.
    public var message: String {
        switch self {
        case .io(_, let number):
            "cannot be read: \(String(cString: strerror(number))); check the path and its rights"
        case .isDirectory:
            "is a folder, not a file; name a file in it"
        case .emptyDocument:
            "is empty; ask its owner to export it again"
        case .notXML(_, let found):
            "is not XML: \(found); check that this is the right file"
        case .unsupportedEncoding(let name, _):
            "is declared to be in \(name), which cannot be read; save it as UTF-8"
        case .truncated(let open, _, _):
            "ends too early, inside <\(open.joined(separator: "> <"))>; fetch it again"
        case .malformed(let message, _, _):
            "\(message); correct the markup here"
        case .entityAmplification(let limit, _, _):
            "the entities of its DOCTYPE grow without measure (more than \(limit) times the "
                + "document, or a loop); remove the DOCTYPE"
        case .tooDeep(let limit, _, _):
            "elements are nested more than \(limit) deep; check for missing end tags"
        case .nameTooLong(let limit, _, _):
            "a name is longer than \(limit) bytes; check for a missing blank or quote"
        case .tooManyNames(let limit, _, _):
            "there are more than \(limit) different names; this is no course feed"
        case .tooManyAttributes(let limit, _, _):
            "an element has more than \(limit) attributes; this is no course feed"
        case .attributeTooLong(let limit, _, _):
            "an attribute is longer than \(limit) bytes; check for a missing quote"
        case .textTooLong(let limit, _, _):
            "a text is longer than \(limit) bytes; check for a missing end tag or \"-->\""
        case .recordTooLarge(let limit, _, _):
            "an element is larger than \(limit) bytes; check for a missing end tag"
        case .documentTooLarge(let limit, _):
            "is larger than \(limit) bytes; split it"
        case .outOfMemory:
            "needs more memory than there is"
        }
    }
}

extension XMLError: CustomStringConvertible {
    /// What, where, and what to do: `file:line:column: message`.
    public var description: String {
        guard let position else { return "\(file): \(message)" }
        return "\(file):\(position): \(message)"
    }
}
