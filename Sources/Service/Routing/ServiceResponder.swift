import Answers
import CourseModel
import Glibc
import HTTPTypes
import Hummingbird
import Logging
import Matching
import NIOCore
import SearchIndex
import Storage

/// Answers requests: finds the operation, checks what it is given, and makes whatever goes wrong a
/// ``Problem``.
struct ServiceResponder: HTTPResponder {
    typealias Context = ServiceRequestContext

    let service: RunningService
    private let routes: RouteTable
    private let limits: ServiceSettings.Limits

    init(_ service: RunningService, operations: [Operation]) {
        self.service = service
        routes = RouteTable(operations)
        limits = service.settings.limits
    }

    func respond(to request: Request, context: Context) async throws -> Response {
        let clock = ContinuousClock.now
        let id = requestID(request, context)
        var answer = await answer(request, context, id)
        answer.response.headers[.requestID] = id
        setSecurityHeaders(&answer.response)
        CrossOrigin(service.settings.corsOrigins).allow(request, &answer.response)
        Compression.apply(to: &answer.response, for: request)
        if request.method == .head { answer.response = answer.response.createHeadResponse() }
        note(request, answer, context, since: clock, id: id)
        return answer.response
    }

    /// A response, and what was asked for.
    private struct Answered {
        var response: Response
        var operation = "none"
        var generation: Int?
    }

    // MARK: From request to response

    private func answer(_ request: Request, _ context: Context, _ id: String) async -> Answered {
        var answered = Answered(response: Response(status: .ok))
        do {
            try check(request, context)
            // What HTTP calls the target ends before a fragment, which no client sends.
            let target = request.head.path ?? "/"
            let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            let path = String(parts.first ?? "/")
            let query = parts.count > 1 ? String(parts[1]) : ""
            switch routes.find(request.method, path) {
            case .nothing:
                throw Problem(
                    .notFound,
                    "there is nothing at this path; \(service.base)/openapi.json lists "
                        + "what there is")
            case .otherMethods(let methods):
                answered.operation = "other-method"
                answered.response = try other(request, methods)
            case .operation(let operation, let values):
                answered.operation = operation.id
                try await run(operation, request, query, values, context, &answered)
            }
        } catch {
            let problem = problem(behind: error, context)
            if problem.kind == .tooManyRequests || problem.kind == .unavailable {
                service.metrics.refused(problem.kind)
            }
            answered.response =
                ProblemPage.response(to: request, problem, service: service, requestID: id)
                ?? problem.response(base: service.base, requestID: id)
        }
        return answered
    }

    private func check(_ request: Request, _ context: Context) throws(Problem) {
        guard (request.head.path ?? "").utf8.count <= limits.addressBytes else {
            throw Problem(
                .addressTooLong,
                "the address may be \(limits.addressBytes) bytes long; ask for less at once")
        }
        let headers = request.headers.reduce(0) {
            $0 + $1.name.rawName.utf8.count + $1.value.utf8.count
        }
        guard headers <= limits.headerBytes else {
            throw Problem(
                .headersTooLarge, "the headers may be \(limits.headerBytes) bytes together")
        }
        try take(
            from: service.limiter, request, context,
            "at most \(limits.requestsPerSecond) requests a second in the long run and "
                + "\(limits.burst) at once")
    }

    /// Counts a request against what its client may ask.
    private func take(
        from limiter: RateLimiter?, _ request: Request, _ context: Context, _ rule: String
    ) throws(Problem) {
        guard let limiter else { return }
        let client = RateLimiter.client(
            address: context.address, forwarded: request.headers[.forwardedFor],
            proxies: service.settings.proxies)
        if let seconds = limiter.take(client) {
            var problem = Problem(.tooManyRequests, rule + "; try again after \(seconds) s")
            problem.headers[.retryAfter] = "\(seconds)"
            throw problem
        }
    }

    /// Answers a method that the path has no operation for.
    private func other(
        _ request: Request, _ methods: [HTTPRequest.Method]
    ) throws(Problem) -> Response {
        let allow = methods.map(\.rawValue).joined(separator: ", ")
        guard request.method == .options else {
            var problem = Problem(
                .methodNotAllowed, "\(request.method.rawValue) is not for this path; use \(allow)")
            problem.headers[.allow] = allow
            throw problem
        }
        return Response(status: .noContent, headers: [.allow: allow])
    }

    private func run(
        _ operation: Operation, _ request: Request, _ query: String, _ path: [String: String],
        _ context: Context, _ answered: inout Answered
    ) async throws {
        let parameters = try ParameterValues(
            query: query, path: path, allowed: operation.parameterTable,
            reading: operation.reading)
        let type = try type(of: operation, request, parameters)
        let language = language(of: operation, request, parameters)
        let position = try parameters["cursor"].map { text throws(Problem) in
            try Cursor(text, for: Cursor.question(operation, parameters))
        }
        var opened = try opened(for: operation, at: position)
        answered.generation = opened?.generation.number
        let today = position?.today ?? service.today
        func keeping(of opened: OpenCatalogue?) -> Keeping {
            let isEstimated = opened?.travel.failure != nil
            return Keeping(
                operation, opened, today: today, service: service,
                variant: "\(request.head.path ?? "") \(language.rawValue) \(type.name)"
                    + (isEstimated ? " estimated" : ""))
        }
        let kept = keeping(of: opened)
        guard !kept.isKnown(to: request) else {
            var response = Response(status: .notModified)
            describe(&response, operation, language, kept)
            response.headers[.contentLength] = nil
            answered.response = response
            return
        }
        let question = question(operation, request, language, type, today, position, opened)
        if let question, let opened,
            let answer = opened.answers.answer(to: question, room: limits.rememberedBytes)
        {
            answered.response = answer.response
            describe(&answered.response, operation, language, kept)
            return
        }
        if operation.keepsSomething {
            try take(
                from: service.keepingLimiter, request, context,
                "at most one of these a minute in the long run, and a few at once")
        }
        let body = try await body(of: request, for: operation)
        func handle() async throws -> Response {
            let call = Call(
                request: request, operation: operation, parameters: parameters,
                language: language, type: type, body: body, today: today, position: position,
                service: service, opened: opened)
            // Whoever may have to wait for a router or a server waits where nobody else is kept
            // waiting.
            if operation.effort == .heavy || opened?.travel.hasRouter ?? false {
                return try await service.heavyWork.run { try operation.handle(call) }
            }
            if operation.effort == .lookup, opened?.store is any FollowedStore {
                return try await service.lookups.run { try operation.handle(call) }
            }
            return try operation.handle(call)
        }
        var response: Response
        do {
            response = try await handle()
        } catch let error as IndexError where error.asksForRebuild {
            guard let damaged = opened, let catalogue = service.catalogue else { throw error }
            context.logger.error("\(error)")
            guard let other = catalogue.noteDamage(in: damaged), position == nil else {
                throw Problem.unavailable("the search index is being made again", retryAfter: 10)
            }
            opened = other
            answered.generation = other.generation.number
            response = try await handle()
        }
        if let question, let opened, response.status == .ok,
            response.body.contentLength.map({ $0 <= RememberedAnswers.largest }) ?? false
        {
            let collector = BodyCollector()
            try await response.body.write(collector)
            let answer = RememberedAnswers.Answer(
                headers: response.headers, body: collector.buffer)
            opened.answers.remember(answer, to: question, room: limits.rememberedBytes)
            response.body = ResponseBody(byteBuffer: collector.buffer)
        }
        describe(&response, operation, language, keeping(of: opened))
        answered.response = response
    }

    /// What an answer is remembered by; `nil` where it is not.
    private func question(
        _ operation: Operation, _ request: Request, _ language: AnswerLanguage, _ type: MediaType,
        _ today: CalendarDate, _ position: Cursor?, _ opened: OpenCatalogue?
    ) -> RememberedAnswers.Question? {
        // With a cursor nobody asks twice, and a router's times come and go.
        guard operation.isRemembered, limits.rememberedBytes > 0, position == nil, let opened,
            !opened.travel.hasRouter, let target = request.head.path
        else { return nil }
        return RememberedAnswers.Question(
            target: target, language: language.rawValue, type: type.name,
            today: today.daysSince1970)
    }

    /// Sets the headers that follow from the operation, unless it set them itself.
    private func describe(
        _ response: inout Response, _ operation: Operation, _ language: AnswerLanguage,
        _ keeping: Keeping
    ) {
        if operation.speaks {
            if response.headers[.contentLanguage] == nil {
                response.headers[.contentLanguage] = language.rawValue
            }
            response.headers.addVary("Accept-Language")
        }
        if operation.answer.types.count > 1 { response.headers.addVary("Accept") }
        keeping.describe(&response)
    }

    private func opened(
        for operation: Operation, at position: Cursor?
    ) throws(Problem) -> OpenCatalogue? {
        guard operation.needsCatalogue || service.catalogue != nil else { return nil }
        if let position {
            let opened = service.catalogue?.generation(position.generation, mark: position.mark)
            guard let opened else {
                throw Problem(
                    .gone,
                    "the catalogue has changed since this paging began, and its generation is no "
                        + "longer held; begin again without a cursor")
            }
            return opened
        }
        let opened = service.catalogue?.current
        if opened == nil, operation.needsCatalogue { throw Call.notReady }
        return opened
    }

    // MARK: Form and language

    private func type(
        of operation: Operation, _ request: Request, _ parameters: ParameterValues
    ) throws(Problem) -> MediaType {
        let offered = operation.answer.types
        if let word = parameters["format"],
            let type = offered.first(where: { $0.word == word })
        {
            return type
        }
        let accepted = request.headers[values: .accept].joined(separator: ",")
        // What comes in one form is sent in it, whatever is asked for: harvesters and crawlers can use
        // it under another name (RFC 9110, 12.5.1).
        guard !accepted.isEmpty, offered.count > 1 else { return offered[0] }
        guard let type = AcceptHeader(accepted).choose(among: offered) else {
            throw Problem(
                .notAcceptable,
                "this is offered as " + offered.map(\.name).joined(separator: ", "))
        }
        return type
    }

    private func language(
        of operation: Operation, _ request: Request, _ parameters: ParameterValues
    ) -> AnswerLanguage {
        if let named = parameters["lang"].flatMap(AnswerLanguage.init) { return named }
        let accepted = request.headers[values: .acceptLanguage].joined(separator: ",")
        guard !accepted.isEmpty else { return service.language }
        var best: (language: AnswerLanguage, weight: Int)?
        for member in AcceptHeader(accepted).members {
            guard
                let language = AnswerLanguage(
                    rawValue: String(member.value.prefix { $0 != "-" }).lowercased())
            else { continue }
            if member.weight > best?.weight ?? 0 { best = (language, member.weight) }
        }
        return best?.language ?? service.language
    }

    // MARK: Body

    private func body(of request: Request, for operation: Operation) async throws -> [UInt8] {
        do { return try await readBody(of: request, for: operation) } catch let error
            where !(error is Problem || error is CancellationError)
        {
            // What follows on the connection cannot be told from the body.
            var problem = Problem(
                .malformedRequest, "the body is not as its headers or its chunks say")
            problem.headers[.connection] = "close"
            throw problem
        }
    }

    private func readBody(
        of request: Request, for operation: Operation
    ) async throws -> [UInt8] {
        guard let expected = operation.body else { return [] }
        let given = (request.headers[.contentType] ?? "").prefix { $0 != ";" }.trimming()
        guard given.lowercased() == expected.type.name else {
            var problem = Problem(
                .unsupportedMediaType,
                "the body has to be \(expected.type.name), and the header Content-Type to say so",
                faults: [.init("Content-Type", "has to be \(expected.type.name)")])
            problem.headers[.accept] = expected.type.name
            throw problem
        }
        guard request.headers[.contentEncoding] == nil else {
            throw Problem(.unsupportedMediaType, "the body has to come without Content-Encoding")
        }
        let most = min(limits.bodyBytes, expected.most ?? .max)
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > most {
            throw tooLarge(most)
        }
        let seconds = limits.requestSeconds
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                for try await buffer in request.body {
                    guard bytes.count + buffer.readableBytes <= most else {
                        throw tooLarge(most)
                    }
                    bytes.append(contentsOf: buffer.readableBytesView)
                }
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                var problem = Problem(
                    .requestTimeout, "the body did not arrive within \(seconds) seconds")
                problem.headers[.connection] = "close"
                throw problem
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    private func tooLarge(_ most: Int) -> Problem {
        var problem = Problem(.contentTooLarge, "the body may be \(most) bytes long")
        problem.headers[.connection] = "close"
        return problem
    }

    // MARK: What goes wrong

    private func problem(behind error: any Error, _ context: Context) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let fault as FilterFault:
            // The parameters of the API are the options of the command line without their dashes.
            let name = fault.filter
            return Problem(
                .notUnderstood,
                faults: [
                    .init(name, fault.message.replacing("--", with: ""))
                ])
        case is CancellationError:
            return .unavailable("the service is stopping", retryAfter: 5)
        case StoreError.unavailable:
            context.logger.error("failed: \(error)")
            return .unavailable("the catalogue's store is away; try again", retryAfter: 5)
        case StoreError.busy:
            return .unavailable("the catalogue is being written; try again", retryAfter: 5)
        default:
            context.logger.error("failed: \(error)")
            return Problem(
                .internalError,
                "what went wrong is in the log of the service, under the request’s id")
        }
    }

    // MARK: Around it

    /// The client's own id when it is fit for a log, else a new one.
    private func requestID(_ request: Request, _ context: Context) -> String {
        if let own = request.headers[.requestID], (1...64).contains(own.utf8.count),
            own.utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            })
        {
            return own
        }
        return context.requestID
    }

    private func setSecurityHeaders(_ response: inout Response) {
        func set(_ name: HTTPField.Name, _ value: String) {
            if response.headers[name] == nil { response.headers[name] = value }
        }
        set(.xContentTypeOptions, "nosniff")
        // What is no page runs and loads nothing, should a browser take it for one.
        set(.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'")
        set(.referrerPolicy, "no-referrer")
        set(.crossOriginResourcePolicy, "cross-origin")
        if service.base.hasPrefix("https://") {
            set(.strictTransportSecurity, "max-age=31536000")
        }
    }

    /// Counts the answer and writes a line in the log, without a word of what was asked or by whom.
    private func note(
        _ request: Request, _ answered: Answered, _ context: Context,
        since start: ContinuousClock.Instant, id: String
    ) {
        let duration = ContinuousClock.now - start
        let status = answered.response.status.code
        let method = Self.knownMethods.contains(request.method) ? request.method.rawValue : "other"
        service.metrics.answered(
            answered.operation, method: method, status: status, after: duration)
        if let bytes = answered.response.body.contentLength { service.metrics.sent(bytes: bytes) }
        let (seconds, attoseconds) = duration.components
        // Else it is in the log’s own metadata already.
        let own: Logger.Metadata = id == context.requestID ? [:] : ["client-id": "\(id)"]
        context.logger.info(
            "answered",
            metadata: own.merging([
                "operation": "\(answered.operation)", "method": "\(method)",
                "status": "\(status)",
                "microseconds": "\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)",
                "generation": "\(answered.generation.map(String.init) ?? "-")",
            ]) { $1 })
    }

    private static let knownMethods: Set<HTTPRequest.Method> = [
        .get, .head, .options, .post, .put, .patch, .delete, .trace, .connect,
    ]
}

extension HTTPField.Name {
    /// `X-Request-ID`.
    static let requestID = HTTPField.Name("X-Request-ID")!
    /// `X-Forwarded-For`.
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    /// `Referrer-Policy`.
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
}
