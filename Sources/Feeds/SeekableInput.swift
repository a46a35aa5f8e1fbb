import Glibc

/// A feed of which pieces are read again, at any place: for formats in which a record points to
/// others that stand elsewhere.
///
/// It holds no more of the feed than what was asked for last.
final class SeekableInput {
    private let input: FeedInput
    private let descriptor: Int32
    private let ownsDescriptor: Bool

    init(_ input: FeedInput) throws {
        // A pipe's content is kept in a nameless file, so that it can be read more than once.
        let readable = try rewindable(input)
        self.input = readable
        switch readable.content {
        case .bytes:
            descriptor = -1
            ownsDescriptor = false
        case .file(let path):
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            ownsDescriptor = true
            guard descriptor >= 0 else { throw FeedError(.io(path: path, errno: errno)) }
        case .descriptor(let own):
            descriptor = own
            // A copy of the caller's descriptor, or of the pipe: ours to close either way.
            ownsDescriptor = true
        }
    }

    deinit { if ownsDescriptor { close(descriptor) } }

    /// The document from its start.
    func rewound() -> FeedInput { input.rewound() }

    /// The bytes of a range; fewer when the feed became shorter in between.
    func bytes(_ range: Range<Int>) throws(FeedError) -> [UInt8] {
        if case .bytes(let all) = input.content {
            return Array(all[range.clamped(to: all.indices)])
        }
        var result = [UInt8](repeating: 0, count: range.count)
        var filled = 0
        while filled < range.count {
            let got = result.withUnsafeMutableBytes {
                pread(
                    descriptor, $0.baseAddress! + filled, range.count - filled,
                    off_t(range.lowerBound + filled))
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw FeedError(.io(path: input.name, errno: errno)) }
            if got == 0 { break }
            filled += got
        }
        return Array(result[..<filled])
    }
}
