internal import CCurl
import Glibc

/// Fetches documents over HTTP, as a stranger's server deserves: with limits on everything.
///
/// libcurl does the talking. It keeps its TLS up to date with the system, and asks before each connection whether it may be opened to
/// the very address that it looked up, which is the only place where private networks can be kept
/// out for certain. URLSession hides that moment, and async-http-client would bring BoringSSL.
/// Redirects are followed here, not in libcurl, so that each hop is judged like the first. Proxies
/// of the environment are not used, since then the proxy would choose the machine.
///
/// Connections stay open between requests. A client belongs to one thread at a time.
public final class HTTPClient {
    /// What the client does between attempts, and how it draws.
    public struct Waiting {
        /// Waits that many seconds.
        public var pause: (Double) -> Void
        /// A number in 0..<1.
        public var random: () -> Double

        /// Waits by the clock and draws at random.
        public init(
            pause: @escaping (Double) -> Void = { usleep(UInt32($0 * 1_000_000)) },
            random: @escaping () -> Double = { Double.random(in: 0..<1) }
        ) {
            self.pause = pause
            self.random = random
        }
    }

    private let limits: HTTPLimits
    private let authorities: String?
    private let waiting: Waiting
    /// Made with the first request.
    private var handle: CurlHandle?

    /// A client.
    ///
    /// - Parameter authorities: A file of certificates (PEM) to trust instead of the system's.
    public init(
        limits: HTTPLimits = HTTPLimits(), authorities: String? = nil, waiting: Waiting = Waiting()
    ) {
        self.limits = limits
        self.authorities = authorities
        self.waiting = waiting
    }

    /// Asks for a document and keeps it in a file.
    ///
    /// - Parameters:
    ///   - path: Written only when the answer is a document; whole when this returns, and to be
    ///     thrown away when it throws.
    /// - Throws: ``HTTPFailure`` after the last attempt, with how many there were.
    public func fetch(
        _ request: HTTPRequest, into path: String
    ) throws(HTTPFailure) -> HTTPAnswer {
        let began = Self.clock()
        let handle = try handle(for: request)
        var attempt = 1
        while true {
            do throws(HTTPFailure) {
                var answer = try follow(request, handle, into: path)
                answer.attempts = attempt
                return answer
            } catch {
                var failure = error
                failure.attempts = attempt
                let pause = pause(after: failure, attempt: attempt)
                guard failure.isTransient, attempt < limits.attempts, let pause,
                    Self.clock() - began + pause < limits.totalSeconds
                else { throw failure }
                waiting.pause(pause)
                attempt += 1
            }
        }
    }

    private func handle(for request: HTTPRequest) throws(HTTPFailure) -> CurlHandle {
        if let handle { return handle }
        do throws(LibCurl.Missing) {
            let made = try CurlHandle()
            handle = made
            return made
        } catch {
            throw HTTPFailure(request.address.text, .noLibrary(reason: error.reason))
        }
    }

    /// How long to wait: what the server asks for, else a random part of a time that doubles, so
    /// that many clients do not come back together.
    ///
    /// - Returns: `nil` when the server asks for more than is waited.
    private func pause(after failure: HTTPFailure, attempt: Int) -> Double? {
        if case .status(_, let seconds?) = failure.kind {
            return Double(seconds) <= limits.longestPause ? Double(seconds) : nil
        }
        let longest = limits.firstPause * Double(1 << min(attempt - 1, 16))
        return min(longest, limits.longestPause) * (0.5 + 0.5 * waiting.random())
    }

    private static func clock() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// A time of change to ask with next time, when the document cannot have changed since without
    /// that time changing, too: it has to be a second old at least (RFC 9110, 8.8.2.2).
    private static func usable(
        _ modified: String?, at date: String?, _ handle: CurlHandle
    ) -> String? {
        guard let modified, let date, case let changed = handle.curl.getdate(modified, nil),
            changed >= 0, handle.curl.getdate(date, nil) > changed
        else { return nil }
        return modified
    }

    /// One attempt, through all redirects.
    private func follow(
        _ request: HTTPRequest, _ handle: CurlHandle, into path: String
    ) throws(HTTPFailure) -> HTTPAnswer {
        var address = request.address
        var seen: Set = [address]
        var permanent: WebAddress?
        var isPermanent = true
        func failed(_ kind: HTTPFailure.Kind) -> HTTPFailure {
            HTTPFailure(request.address.text, kind)
        }
        while true {
            let transfer = Transfer(limits: limits, path: path)
            if let kind = perform(request, at: address, handle, transfer) { throw failed(kind) }
            switch transfer.status {
            case 200, 203,
                200...299 where request.body != nil:
                if let kind = transfer.finish() { throw failed(kind) }
                fallthrough
            case 304:
                if transfer.status == 304, request.validators.isEmpty {
                    throw failed(.notModifiedUnasked)
                }
                return HTTPAnswer(
                    status: transfer.status, address: address, permanentAddress: permanent,
                    contentType: transfer.headers["content-type"],
                    validators: .init(
                        entityTag: transfer.headers["etag"],
                        lastModified: Self.usable(
                            transfer.headers["last-modified"], at: transfer.headers["date"], handle)
                    ),
                    bytes: transfer.bytes, transferred: transfer.transferred, attempts: 1)
            case 301, 302, 303, 307, 308:
                guard let location = transfer.headers["location"], request.body == nil else {
                    throw failed(.status(transfer.status, retryAfter: nil))
                }
                let next = try redirected(from: address, to: location, of: request)
                guard seen.insert(next).inserted else { throw failed(.redirectLoop(next)) }
                guard seen.count <= limits.redirects + 1 else {
                    throw failed(.tooManyRedirects(limit: limits.redirects))
                }
                isPermanent = isPermanent && [301, 308].contains(transfer.status)
                permanent = isPermanent ? next : nil
                address = next
            default:
                throw failed(
                    .status(
                        transfer.status,
                        retryAfter: transfer.headers["retry-after"].flatMap {
                            Self.seconds(retryAfter: $0, handle)
                        }))
            }
        }
    }

    private func redirected(
        from address: WebAddress, to location: String, of request: HTTPRequest
    ) throws(HTTPFailure) -> WebAddress {
        func refused(_ reason: String) -> HTTPFailure {
            HTTPFailure(request.address.text, .badRedirect(location: location, reason: reason))
        }
        let next: WebAddress
        do { next = try address.resolving(location) } catch {
            guard case .badAddress(let reason) = error.kind else { throw error }
            throw refused(reason)
        }
        guard address.scheme == "http" || next.scheme == "https" else {
            throw refused("it leaves TLS")
        }
        return next
    }

    /// `Retry-After` (RFC 9110, section 10.2.3) as seconds from now.
    private static func seconds(retryAfter text: String, _ handle: CurlHandle) -> Int? {
        if let seconds = Int(text) { return max(0, seconds) }
        let moment = handle.curl.getdate(text, nil)
        return moment < 0 ? nil : max(0, moment - time(nil))
    }

    // MARK: One exchange

    private func perform(
        _ request: HTTPRequest, at address: WebAddress, _ handle: CurlHandle, _ transfer: Transfer
    ) -> HTTPFailure.Kind? {
        handle.reset()
        let headers = headerList(request, at: address, handle)
        defer { handle.curl.slist_free_all(headers) }
        var message = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        return message.withUnsafeMutableBufferPointer { room in
            set(address, headers, handle)
            handle.set(CURLOPT_ERRORBUFFER, room.baseAddress)
            setCallbacks(Unmanaged.passUnretained(transfer).toOpaque(), handle)
            let code = withExtendedLifetime(transfer) {
                guard let body = request.body else { return handle.perform() }
                return body.withUnsafeBytes { bytes in
                    handle.set(CURLOPT_POST, 1)
                    handle.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: bytes.count)
                    // libcurl reads it and no more.
                    handle.set(
                        CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
                    return handle.perform()
                }
            }
            let told = room.baseAddress.map { String(cString: $0) } ?? ""
            let reason = told.isEmpty ? handle.meaning(of: code) : told
            return failure(code, reason, transfer, host: address.host)
        }
    }

    private func headerList(
        _ request: HTTPRequest, at address: WebAddress, _ handle: CurlHandle
    ) -> UnsafeMutablePointer<curl_slist>? {
        var lines = request.headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        lines.append("Accept-Encoding: gzip")
        // libcurl would wait for leave to send a body of more than a megabyte.
        lines.append("Expect:")
        if address.hasOrigin(of: request.address) {
            switch request.credentials {
            case .bearer(let token): lines.append("Authorization: Bearer \(token)")
            case .header(let name, let value): lines.append("\(name): \(value)")
            case .basic(let user, let password):
                handle.set(CURLOPT_USERNAME, user)
                handle.set(CURLOPT_PASSWORD, password)
            case nil: break
            }
        }
        if let tag = request.validators.entityTag { lines.append("If-None-Match: \(tag)") }
        if let date = request.validators.lastModified { lines.append("If-Modified-Since: \(date)") }
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines where !line.utf8.contains(where: { $0 == 10 || $0 == 13 }) {
            list = handle.curl.slist_append(list, line) ?? list
        }
        return list
    }

    private func set(
        _ address: WebAddress, _ headers: UnsafeMutablePointer<curl_slist>?, _ handle: CurlHandle
    ) {
        handle.set(CURLOPT_URL, address.text)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_PROXY, "")
        handle.set(CURLOPT_USERAGENT, "Leerwijzer")
        handle.set(CURLOPT_HTTPHEADER, headers)
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.set(CURLOPT_NOSIGNAL, 1)
        handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connectSeconds * 1_000))
        handle.set(CURLOPT_TIMEOUT_MS, Int(limits.seconds * 1_000))
        handle.set(CURLOPT_LOW_SPEED_LIMIT, limits.slowestRate)
        handle.set(CURLOPT_LOW_SPEED_TIME, limits.slowSeconds)
        if let authorities { handle.set(CURLOPT_CAINFO, authorities) }
    }

    private func setCallbacks(_ context: UnsafeMutableRawPointer, _ handle: CurlHandle) {
        handle.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return transfer.body(piece.bindMemory(to: UInt8.self)) ? piece.count : 0
        }
        handle.set(CURLOPT_WRITEDATA, context)
        handle.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return transfer.header(line) ? line.count : 0
        }
        handle.set(CURLOPT_HEADERDATA, context)
        handle.setSocket { context, _, address in
            guard let context, let address else { return -1 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            // The structure goes on behind what C calls its end, for the longer addresses of IPv6.
            let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) ?? 0
            let found = (UnsafeRawPointer(address) + offset).assumingMemoryBound(to: sockaddr.self)
            guard transfer.mayConnect(to: found) else { return -1 }
            return socket(
                address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
                address.pointee.protocol)
        }
        handle.set(CURLOPT_OPENSOCKETDATA, context)
    }

    private func failure(
        _ code: CURLcode, _ reason: String, _ transfer: Transfer, host: String
    ) -> HTTPFailure.Kind? {
        if code == CURLE_OK { return nil }
        if let failure = transfer.failure { return failure }
        switch code {
        case CURLE_WRITE_ERROR where !(200...299 ~= transfer.status):
            // Enough was read of a page that says what is wrong.
            return nil
        case CURLE_COULDNT_RESOLVE_HOST: return .nameUnknown(host: host)
        case CURLE_COULDNT_CONNECT:
            if let refused = transfer.refused { return .privateAddress(refused) }
            return .unreachable(reason: reason)
        case CURLE_OPERATION_TIMEDOUT:
            return reason.contains("too slow")
                ? .tooSlow(
                    rate: limits.slowestRate, seconds: limits.slowSeconds,
                    received: transfer.transferred)
                : .timedOut(
                    seconds: Int(
                        reason.hasPrefix("Operation") ? limits.seconds : limits.connectSeconds),
                    received: transfer.transferred)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            return .certificate(reason: reason)
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2_STREAM,
            CURLE_HTTP2:
            return .cutOff(received: transfer.transferred, reason: reason)
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
            return .notHTTP(reason: reason)
        case CURLE_URL_MALFORMAT: return .badAddress(reason: reason)
        default: return .unreachable(reason: reason)
        }
    }
}
