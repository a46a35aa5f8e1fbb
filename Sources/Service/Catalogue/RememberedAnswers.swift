import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Answers of one generation that were given before, in memory, so that what many people ask is worked
/// out once.
///
/// They live and end with their generation, so none is ever out of date. Those that were asked for
/// least lately go first: when half of the room is filled with new ones, all that were not asked for
/// since the last time are let go.
final class RememberedAnswers: Sendable {
    /// What tells answers apart.
    struct Question: Hashable {
        var target: String
        var language: String
        var type: String
        var today: Int32
    }

    /// An answer as its operation gave it.
    struct Answer {
        var headers: HTTPFields
        var body: ByteBuffer

        var response: Response {
            Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
        }
    }

    /// Answers above this many bytes are not remembered: one of them would push out many.
    static let largest = 262_144

    private struct State {
        var young: [Question: Answer] = [:]
        var old: [Question: Answer] = [:]
        var bytes = 0
    }

    private let state = Mutex(State())

    /// An answer that is remembered.
    func answer(to question: Question, room: Int) -> Answer? {
        state.withLock { state in
            if let answer = state.young[question] { return answer }
            guard let answer = state.old.removeValue(forKey: question) else { return nil }
            Self.put(answer, question, room, &state)
            return answer
        }
    }

    /// Remembers an answer.
    ///
    /// - Parameter room: How many bytes all answers may take together.
    func remember(_ answer: Answer, to question: Question, room: Int) {
        state.withLock { Self.put(answer, question, room, &$0) }
    }

    /// Lets all go.
    func forget() { state.withLock { $0 = State() } }

    private static func put(
        _ answer: Answer, _ question: Question, _ room: Int, _ state: inout State
    ) {
        let size = answer.body.readableBytes + question.target.utf8.count + 512
        if state.bytes + size > room / 2 {
            state.old = state.young
            state.young = [:]
            state.bytes = 0
        }
        guard size <= room / 2 else { return }
        if state.young.updateValue(answer, forKey: question) == nil { state.bytes += size }
    }
}

/// Collects what a body writes.
final class BodyCollector: ResponseBodyWriter {
    private(set) var buffer = ByteBuffer()

    func write(_ buffer: ByteBuffer) {
        if self.buffer.readableBytes == 0 {
            self.buffer = buffer
        } else {
            self.buffer.writeImmutableBuffer(buffer)
        }
    }

    func finish(_ trailingHeaders: HTTPFields?) {}
}
