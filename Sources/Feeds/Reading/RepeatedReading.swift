import CourseModel
import Glibc

extension FeedInput {
    /// Calls `body` with an input that can be read from its start more than once (``rewound()``).
    ///
    /// For formats whose records refer forward: the first reading finds what belongs together, so
    /// that the second holds no more than what is still waited for.
    public func repeatable<Result>(_ body: (FeedInput) throws -> Result) throws -> Result {
        let input = try rewindable(self)
        defer { if case .descriptor(let descriptor) = input.content { close(descriptor) } }
        return try body(input)
    }
}
