import HTTPTypes

/// The kinds of failure that clients can tell apart: the `type` of a problem (RFC 9457, 3.1.1).
public enum ProblemKind: String, CaseIterable, Sendable {
    /// A parameter or a header that breaks its own form: no number, not one of the choices.
    case malformedRequest = "malformed-request"
    /// A parameter that the operation does not have.
    case unknownParameter = "unknown-parameter"
    /// A cursor that this service did not give, or gave for another question.
    case unusableCursor = "unusable-cursor"
    /// No such page, course, offering, …
    case notFound = "not-found"
    /// The address is there, but not for this method.
    case methodNotAllowed = "method-not-allowed"
    /// None of the forms that the client takes is offered.
    case notAcceptable = "not-acceptable"
    /// The client took too long to send its request.
    case requestTimeout = "request-timeout"
    /// It was there and is not any more: a cursor of a generation that is no longer held.
    case gone
    /// The body is larger than the service takes.
    case contentTooLarge = "content-too-large"
    /// The address is longer than the service takes.
    case addressTooLong = "address-too-long"
    /// The body is in a form that the operation does not take.
    case unsupportedMediaType = "unsupported-media-type"
    /// Well-formed, but a name or a value means nothing here: no such place, no such region.
    case notUnderstood = "not-understood"
    /// More requests than one client may send.
    case tooManyRequests = "too-many-requests"
    /// The headers together are larger than the service takes.
    case headersTooLarge = "headers-too-large"
    /// A fault of the service's own.
    case internalError = "internal-error"
    /// The service has no catalogue yet, is stopping, or has too much to do.
    case unavailable

    /// The status of the answer.
    public var status: HTTPResponse.Status {
        switch self {
        case .malformedRequest, .unknownParameter: .badRequest
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .requestTimeout: .requestTimeout
        case .gone: .gone
        case .contentTooLarge: .contentTooLarge
        case .addressTooLong: .uriTooLong
        case .unsupportedMediaType: .unsupportedMediaType
        case .notUnderstood, .unusableCursor: .unprocessableContent
        case .tooManyRequests: .tooManyRequests
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .internalError: .internalServerError
        case .unavailable: .serviceUnavailable
        }
    }

    /// What it is, the same for every occurrence.
    public var title: String {
        switch self {
        case .malformedRequest: "The request is malformed"
        case .unknownParameter: "There is no such parameter"
        case .unusableCursor: "The cursor cannot be used"
        case .notFound: "There is nothing at this address"
        case .methodNotAllowed: "The method is not allowed here"
        case .notAcceptable: "No acceptable form is offered"
        case .requestTimeout: "The request took too long to arrive"
        case .gone: "It is not held any more"
        case .contentTooLarge: "The body is too large"
        case .addressTooLong: "The address is too long"
        case .unsupportedMediaType: "The form of the body is not supported"
        case .notUnderstood: "A value is not understood"
        case .tooManyRequests: "Too many requests"
        case .headersTooLarge: "The headers are too large"
        case .internalError: "The service failed"
        case .unavailable: "The service cannot answer now"
        }
    }
}
