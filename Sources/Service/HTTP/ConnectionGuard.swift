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
    private var isAnswering = false
    /// The bytes of bodies that were handed on to be sent.
    private var handed = 0
    private var watcher: Scheduled<Void>?
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
        watcher?.cancel()
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
        if case .body(let bytes) = part { handed += bytes.readableBytes }
        isAnswering = true
        watch(context)
        guard case .end = part else {
            context.write(data, promise: promise)
            return
        }
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        let box = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            let (guardian, context) = box.value
            guardian.finished(context)
        }
        context.write(data, promise: written)
    }

    private func finished(_ context: ChannelHandlerContext) {
        isAnswering = false
        guard closes, context.channel.isActive else { return }
        watcher?.cancel()
        if isReadingRequest {
            isLingering = true
            close(context, in: Self.lingering)
        } else {
            context.close(promise: nil)
        }
    }

    /// Looks in a while whether the client takes its answer.
    ///
    /// One look for all answers in that while: setting and cancelling one for each costs more than the
    /// smallest answers themselves.
    private func watch(_ context: ChannelHandlerContext) {
        guard watcher == nil else { return }
        let taken = taken(context)
        let box = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        watcher = context.eventLoop.scheduleTask(in: sendLimit) {
            let (guardian, context) = box.value
            guardian.watcher = nil
            guard guardian.isAnswering else { return }
            // One large piece can take its time, as long as some of it goes; and what is not made yet
            // is not the client's fault.
            if guardian.waiting(context) > 0, guardian.taken(context) <= taken {
                context.close(promise: nil)
            } else {
                guardian.watch(context)
            }
        }
    }

    /// How many bytes wait for the client to take them.
    private func waiting(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// How many bytes of answers the client took; heads count only while they wait.
    private func taken(_ context: ChannelHandlerContext) -> Int { handed - waiting(context) }

    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
        let box = NIOLoopBound(context, eventLoop: context.eventLoop)
        watcher = context.eventLoop.scheduleTask(in: time) {
            box.value.close(promise: nil)
        }
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
