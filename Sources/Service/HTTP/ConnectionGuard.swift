import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends connections that would stay open for nothing: those of clients that take no bytes of their
/// answer, and those whose answer says `Connection: close`.
///
/// How long a connection may be silent or take to send a request's head is bounded beside it, by
/// `HTTP1Channel`.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How long a client may go on sending what is not read any more, so that it gets to read the
    /// answer: closing at once would have its system throw the answer away (RFC 9112, 9.6).
    static let lingering = TimeAmount.seconds(2)

    private let sendLimit: TimeAmount
    private let connections: ConnectionCount
    private let refusal: Problem
    private var writesUnderway = 0
    private var deadline: Scheduled<Void>?
    private var isReadingRequest = false
    private var closes = false
    private var isLingering = false

    /// - Parameter refusal: What is told to a client that does not speak HTTP.
    init(sendSeconds: Int, connections: ConnectionCount, refusal: Problem) {
        self.refusal = refusal
        sendLimit = .seconds(Int64(sendSeconds))
        self.connections = connections
    }

    func handlerAdded(context: ChannelHandlerContext) { connections.opened() }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        connections.closed()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isReadingRequest = true
        case .body: break
        case .end:
            isReadingRequest = false
            if isLingering {
                context.close(promise: nil)
                return
            }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part = unwrapOutboundIn(data)
        if case .head(let head) = part, head.status.kind != .informational {
            closes = head.headerFields[.connection]?.lowercased() == "close"
            // What cannot be read as HTTP is answered below the service, without a word.
            if head.status == .badRequest, head.headerFields[.contentType] == nil {
                let body = refusal.json(base: "", requestID: "none")
                var head = head
                head.headerFields[.contentType] = MediaType.problem.text
                head.headerFields[.contentLength] = "\(body.utf8.count)"
                context.write(wrapOutboundOut(.head(head)), promise: promise)
                let buffer = context.channel.allocator.buffer(string: body)
                context.write(wrapOutboundOut(.body(buffer)), promise: nil)
                return
            }
        }
        let isEnd = if case .end = part { true } else { false }
        writesUnderway += 1
        setDeadline(context)
        let written = context.eventLoop.makePromise(of: Void.self)
        let box = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            let (guardian, context) = box.value
            guardian.wrote(context, isEnd: isEnd)
        }
        written.futureResult.cascade(to: promise)
        context.write(data, promise: written)
    }

    private func wrote(_ context: ChannelHandlerContext, isEnd: Bool) {
        writesUnderway -= 1
        deadline?.cancel()
        deadline = nil
        if writesUnderway > 0 { setDeadline(context) }
        guard isEnd, closes, context.channel.isActive else { return }
        if isReadingRequest {
            isLingering = true
            close(context, in: Self.lingering)
        } else {
            context.close(promise: nil)
        }
    }

    private func setDeadline(_ context: ChannelHandlerContext) {
        guard deadline == nil else { return }
        let before = waiting(context)
        let box = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: sendLimit) {
            let (guardian, context) = box.value
            guardian.deadline = nil
            // One large piece can take its time, as long as some of it goes.
            if guardian.waiting(context) < before {
                guardian.setDeadline(context)
            } else {
                context.close(promise: nil)
            }
        }
    }

    /// How many bytes wait for the client to take them.
    private func waiting(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? Int.max
    }

    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
        let box = NIOLoopBound(context, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: time) {
            box.value.close(promise: nil)
        }
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
