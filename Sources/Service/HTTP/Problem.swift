import Answers
import HTTPTypes
import Hummingbird

/// Why a request is not answered as it was meant, as every error of the service is told
/// (`application/problem+json`, RFC 9457).
///
/// It never says more than the client already knows or may know: no paths, no queries of others, no
/// inner errors.
public struct Problem: Error, Sendable {
    /// A parameter, a header or a field of the body that is at fault.
    public struct Fault: Encodable, Hashable, Sendable {
        /// What is at fault: the name of a parameter, or `body`.
        public let parameter: String
        /// What is wrong and what to do.
        public let detail: String

        /// A fault of a parameter.
        public init(_ parameter: String, _ detail: String) {
            self.parameter = parameter
            self.detail = detail
        }
    }

    /// What kind of problem it is.
    public let kind: ProblemKind
    /// What happened this time and what to do.
    public let detail: String
    /// What is at fault, when it lies in the request.
    public let faults: [Fault]
    /// Headers that belong to the answer: `Allow`, `Retry-After`.
    public var headers: HTTPFields = [:]

    /// A problem.
    public init(_ kind: ProblemKind, _ detail: String, faults: [Fault] = []) {
        self.kind = kind
        self.detail = detail
        self.faults = faults
    }

    /// A problem that lies in parameters of the request.
    public init(_ kind: ProblemKind, faults: [Fault]) {
        self.init(
            kind, faults.map { "\($0.parameter): \($0.detail)" }.joined(separator: "; "),
            faults: faults)
    }

    /// Too much to do, or not ready: to be tried again.
    public static func unavailable(_ detail: String, retryAfter seconds: Int) -> Problem {
        var problem = Problem(.unavailable, detail)
        problem.headers[.retryAfter] = "\(seconds)"
        return problem
    }

    private struct JSON: Encodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var requestId: String
        var errors: [Fault]?
    }

    /// The answer.
    ///
    /// - Parameter base: The address of the service, below which the kinds are explained.
    func response(base: String, requestID: String) -> Response {
        var headers = headers
        headers[.contentType] = MediaType.problem.text
        headers[.contentLanguage] = "en"
        headers[.cacheControl] = "no-store"
        let text = json(base: base, requestID: requestID)
        return Response(
            status: kind.status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// The body of the answer.
    func json(base: String, requestID: String) -> String {
        let json = JSON(
            type: "\(base)/problems/\(kind.rawValue)", title: kind.title,
            status: kind.status.code, detail: detail, requestId: requestID,
            errors: faults.isEmpty ? nil : faults)
        // Strings and numbers always encode.
        return ((try? JSONOutput.line(json)) ?? "{}") + "\n"
    }
}
