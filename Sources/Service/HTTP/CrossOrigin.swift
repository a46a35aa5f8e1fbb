import HTTPTypes
import Hummingbird

/// Lets pages of other origins read answers, as the operator decided (the CORS protocol of the
/// Fetch standard).
struct CrossOrigin {
    private let origins: [String]

    /// - Parameter origins: `https://example.org`, or `*` for all.
    init(_ origins: [String]) { self.origins = origins }

    /// Adds the headers of an answer, and those of an answer to a preflight.
    func allow(_ request: Request, _ response: inout Response) {
        guard !origins.isEmpty else { return }
        let isForAll = origins.contains("*")
        if !isForAll { response.headers.addVary("Origin") }
        guard let origin = request.headers[.origin], isForAll || origins.contains(origin)
        else { return }
        response.headers[.accessControlAllowOrigin] = isForAll ? "*" : origin
        response.headers[.accessControlExposeHeaders] = "ETag, Retry-After, X-Request-ID"
        guard request.method == .options,
            request.headers[.accessControlRequestMethod] != nil
        else { return }
        response.headers[.accessControlAllowMethods] = response.headers[.allow] ?? "GET, HEAD"
        response.headers[.accessControlAllowHeaders] =
            "Accept, Accept-Language, Content-Type, If-None-Match, X-Request-ID"
        response.headers[.accessControlMaxAge] = "86400"
    }
}
