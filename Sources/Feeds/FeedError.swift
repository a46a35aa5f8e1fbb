import Glibc
import XMLStream

/// Why a feed could not be read or written.
public enum FeedError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such file.
    case notFound(path: String)
    /// The path names a directory.
    case isDirectory(path: String)
    /// The system refused to open or read it.
    case unreadable(name: String, reason: String)
    /// It is compressed, and damaged or larger than a feed may be.
    case cannotUnpack(name: String, reason: String)
    /// A schema cannot be used.
    case badSchema(path: String, reason: String)
    /// There are no bytes in it.
    case empty(name: String)
    /// It is not well-formed XML at a place where nothing can be recovered.
    case malformed(name: String, line: Int?, column: Int?, reason: String)
    /// It is XML, or other text, in no format that is known.
    case unknownFormat(name: String, found: String)
    /// It is not in the format that was asked for.
    case wrongFormat(name: String, expected: String, found: String)
    /// The name of a format that does not exist.
    case noSuchFormat(String, known: [String])
    /// A document that the feed refers to cannot be opened.
    case unresolved(reference: String, from: String, reason: String)
    /// The feed could not be written.
    case cannotWrite(name: String, reason: String)

    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .notFound(let path):
            "There is no file “\(path)”. Check the path."
        case .isDirectory(let path):
            "“\(path)” is a directory. Name the feed's file in it."
        case .unreadable(let name, let reason):
            "“\(name)” cannot be read: \(reason)."
        case .cannotUnpack(let name, let reason):
            "“\(name)” cannot be unpacked: \(reason)."
        case .badSchema(let path, let reason):
            "“\(path)” cannot be used as a schema: \(reason). Name an XML Schema whose parts stand "
                + "in its own folder."
        case .empty(let name):
            "“\(name)” is empty. Ask its sender for the feed again."
        case .malformed(let name, let line, let column, let reason):
            "\(name)\(line.map { ":\($0)" } ?? "")\(column.map { ":\($0)" } ?? ""): \(reason)"
        case .unknownFormat(let name, let found):
            "“\(name)” is in no format that is known: \(found). Name its format with --format."
        case .wrongFormat(let name, let expected, let found):
            "“\(name)” is not \(expected): \(found). Leave --format out to have it recognised."
        case .noSuchFormat(let name, let known):
            "There is no format “\(name)”. Known are \(known.joined(separator: ", "))."
        case .unresolved(let reference, let from, let reason):
            "\(from) refers to “\(reference)”, which cannot be opened: \(reason)."
        case .cannotWrite(let name, let reason):
            "“\(name)” cannot be written: \(reason)."
        }
    }
}

extension FeedError {
    /// Why an XML document could not be read.
    public init(_ error: XMLError) {
        switch error {
        case .io(let path, let number) where number == ENOENT || number == ENOTDIR:
            self = .notFound(path: path)
        case .io(let path, let number):
            self = .unreadable(name: path, reason: String(cString: strerror(number)))
        case .isDirectory(let path):
            self = .isDirectory(path: path)
        case .emptyDocument(let file):
            self = .empty(name: file)
        default:
            self = .malformed(
                name: error.file, line: error.position?.line, column: error.position?.column,
                reason: error.message)
        }
    }

    /// Why a feed could not be written.
    public init(_ error: XMLWriteError, name: String) {
        self = .cannotWrite(name: name, reason: error.description)
    }
}
