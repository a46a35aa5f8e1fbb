import CourseModel
import Feeds

/// A reader that is tried out, by the name that is typed.
struct FuzzedReader: Sendable {
    let name: String
    /// Reads the bytes, and throws what the reader did not keep of its promises.
    ///
    /// An error of the reader itself, which says why these bytes cannot be read, is no breach.
    let tryOut: @Sendable ([UInt8]) throws -> Void

    init(_ name: String, _ tryOut: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.name = name
        self.tryOut = tryOut
    }

    /// Every reader: XML, each feed format and whatever it is recognised as, then what people write.
    static let all: [FuzzedReader] =
        [FuzzedReader("xml", XMLTrial.tryOut)]
        + Feeds.knownFormats.map { format in
            FuzzedReader(format.name) { try FeedTrial.tryOut($0, as: format.name) }
        }
        + [
            FuzzedReader("any-feed") { try FeedTrial.tryOut($0, as: nil) },
            FuzzedReader("html", TextTrials.html),
            FuzzedReader("settings", TextTrials.settings),
            FuzzedReader("profile", TextTrials.profile),
            FuzzedReader("funding", TextTrials.funding),
            FuzzedReader("area", TextTrials.area),
            FuzzedReader("query", QueryTrial.tryOut),
            FuzzedReader("stored-record", StoredTrial.tryOut),
            FuzzedReader("catalogue", TextTrials.catalogue),
            FuzzedReader("oai-pmh", AnswerTrial.tryOut),
            FuzzedReader("json-schema", SchemaTrial.tryOut),
        ]
}

/// A promise that a reader did not keep.
struct BrokenPromise: Error, CustomStringConvertible {
    let description: String
}

/// Breaks off unless a promise was kept.
func require(_ isKept: Bool, _ promise: @autoclosure () -> String) throws {
    guard isKept else { throw BrokenPromise(description: promise()) }
}
