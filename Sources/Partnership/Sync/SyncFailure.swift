import Glibc
import HTTPClient

/// Why a source's feed was not taken over from its address; the last good state stays.
public enum SyncFailure: Error, Sendable, Hashable {
    /// The document was not fetched.
    case http(HTTPFailure)
    /// What came is a page for people.
    case webPage(address: String, title: String?)
    /// Nothing came.
    case empty(address: String)
    /// The document stops before its end.
    case cutOff(address: String, bytes: Int, missing: String)
    /// So many of a directory's documents could not be had that the server is left alone.
    case manyMissing(address: String, fetched: Int, last: HTTPFailure)
    /// A round over a directory's documents took too long; the next one goes on.
    case tooLong(address: String, fetched: Int, seconds: Int)
    /// A directory names more documents than is sane.
    case tooManyDocuments(address: String, limit: Int)
    /// The repository answered with an error of OAI-PMH.
    case repository(address: String, code: String, message: String)
    /// What came is no answer of OAI-PMH.
    case notOAI(address: String, reason: String)
    /// The secret that the source refers to is not there.
    case noSecret(reference: String)
    /// A file of the mirror cannot be written.
    case cannotWrite(path: String, errno: Int32)

    /// Whether the server, not what it sent, is at fault.
    public var isUnavailable: Bool {
        switch self {
        case .http, .manyMissing, .tooLong: true
        default: false
        }
    }
}

extension SyncFailure: CustomStringConvertible {
    /// The address, what happened, and what to do.
    public var description: String {
        switch self {
        case .http(let failure): failure.description
        case .webPage(let address, let title):
            "\(address): a web page came instead of a feed"
                + (title.map { " (“\($0)”)" } ?? "")
                + ". Open it: it may ask to log in, or say that the feed has moved"
        case .empty(let address):
            "\(address): the answer is empty. Tell the feed's owner"
        case .cutOff(let address, let bytes, let missing):
            "\(address): the document stops after \(bytes) bytes without \(missing): it was cut off "
                + "on the way, or its maker stopped halfway. It is tried again at the next sync; "
                + "when it stays, tell the feed's owner"
        case .manyMissing(let address, let fetched, let last):
            "\(address): \(fetched) documents were fetched, then too many in a row were not to be "
                + "had; the last one: \(last) The next sync goes on where this one stopped"
        case .tooLong(let address, let fetched, let seconds):
            "\(address): after \(seconds) s \(fetched) documents had been fetched, and more are to "
                + "come. The next sync goes on where this one stopped"
        case .tooManyDocuments(let address, let limit):
            "\(address): it names more than \(limit) documents. Tell the feed's owner"
        case .repository(let address, let code, let message):
            "\(address): the repository answered \(code)"
                + (message.isEmpty ? "" : " (\(message))")
                + ". Correct prefix and set under oai-pmh in catalog.toml, or tell its owner"
        case .notOAI(let address, let reason):
            "\(address): this is no answer of OAI-PMH: \(reason). Check the address, or leave "
                + "oai-pmh out at the source in catalog.toml"
        case .noSecret(let reference):
            "the secret “\(reference)” is not there; set the variable, or make the file, that "
                + "catalog.toml names"
        case .cannotWrite(let path, let errno):
            "cannot write \(path): \(String(cString: strerror(errno))). Make room, or give this "
                + "user write access"
        }
    }
}
