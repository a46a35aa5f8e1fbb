import CourseModel
import Feeds

/// A place in the answer to a question, to go on from: bound to the generation and the day of the
/// first page, so that whoever pages to the end sees everything once.
public struct Cursor: Hashable, Sendable {
    /// The generation.
    public let generation: Int
    /// What tells it from others of the same number.
    public let mark: UInt64
    /// The day that was taken for today.
    public let today: CalendarDate
    /// How many results lie before.
    public let offset: Int
    /// The id of the last result before, where results are ordered by id; else empty.
    public let key: String
    /// The question that it belongs to, as a hash.
    let question: UInt64

    init(
        generation: Int, mark: UInt64, today: CalendarDate, offset: Int, key: String = "",
        question: UInt64
    ) {
        self.generation = generation
        self.mark = mark
        self.today = today
        self.offset = offset
        self.key = key
        self.question = question
    }

    /// Reads a cursor.
    ///
    /// - Throws: A ``Problem`` when it is none, or belongs to another question.
    init(_ text: String, for question: UInt64) throws(Problem) {
        let fault = Problem(
            .unusableCursor,
            faults: [
                .init(
                    "cursor",
                    "is not one of this service for this question; take “next” of the page before, "
                        + "with the same filters")
            ])
        let parts = text.split(separator: ".", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, let generation = Int(parts[0], radix: 36), generation >= 0,
            let mark = UInt64(parts[1], radix: 36),
            let day = Int32(parts[2], radix: 36), (0..<1_000_000).contains(day),
            let offset = Int(parts[3], radix: 36), (0...1_000_000_000).contains(offset),
            let own = UInt64(parts[4], radix: 36), own == question,
            let key = PercentEncoding.decode(parts[5], plusIsSpace: false)
        else { throw fault }
        self.init(
            generation: generation, mark: mark, today: CalendarDate(daysSince1970: day),
            offset: offset, key: key, question: own)
    }

    /// The cursor as clients hand it back.
    var text: String {
        [
            String(generation, radix: 36), String(mark, radix: 36),
            String(today.daysSince1970, radix: 36), String(offset, radix: 36),
            String(question, radix: 36), percentEncoded(key),
        ].joined(separator: ".")
    }

    /// The hash of a question: its operation and its parameters, but for those that only say how
    /// much of the answer to give and in which form.
    static func question(_ operation: Operation, _ parameters: ParameterValues) -> UInt64 {
        StableHash.of(
            operation.id + "?"
                + parameters.canonical(without: ["cursor", "limit", "page", "format", "lang"]))
    }
}

/// A hash that is the same in every process (64-bit FNV-1a).
enum StableHash {
    static func of(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
