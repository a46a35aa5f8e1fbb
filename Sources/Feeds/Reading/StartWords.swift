import CourseModel

/// When an offering starts, in words instead of a day.
enum StartWords {
    /// What the words say: at any time, on request, or what nobody but a reader understands.
    static func start(_ words: String) -> Start { XCRIStart.start(words) ?? .unstated(raw: words) }

    /// The words where they say more than ``start(_:)`` keeps.
    static func stated(_ words: String, for start: Start) -> String? {
        let isOwn = words == XCRIStart.rollingText || words == XCRIStart.onRequestText
        return start.isContinuous && !isOwn ? words : nil
    }
}
