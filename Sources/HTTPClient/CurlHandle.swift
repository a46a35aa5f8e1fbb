internal import CCurl

/// One of libcurl's easy handles: options, and the connections that stay open between requests.
final class CurlHandle {
    /// What else of libcurl is called.
    let curl: leerwijzer_curl
    private let handle: UnsafeMutableRawPointer

    /// A handle with no options set.
    init() throws(LibCurl.Missing) {
        curl = try LibCurl.loaded.get().functions
        guard let handle = curl.easy_init() else {
            throw LibCurl.Missing(reason: "there is no memory left")
        }
        self.handle = handle
    }

    deinit { curl.easy_cleanup(handle) }

    /// Puts options back to their defaults; open connections stay.
    func reset() { curl.easy_reset(handle) }

    /// Sends the request that the options describe.
    func perform() -> CURLcode { curl.easy_perform(handle) }

    /// A code in words.
    func meaning(of code: CURLcode) -> String {
        curl.easy_strerror(code).map { String(cString: $0) } ?? "code \(code.rawValue)"
    }

    func set(_ option: CURLoption, _ value: Int) {
        leerwijzer_curl_set_long(curl.easy_setopt, handle, option, value)
    }

    func set(_ option: CURLoption, offset: Int) {
        leerwijzer_curl_set_offset(curl.easy_setopt, handle, option, curl_off_t(offset))
    }

    /// Sets a text, which libcurl copies.
    func set(_ option: CURLoption, _ text: String) {
        leerwijzer_curl_set_text(curl.easy_setopt, handle, option, text)
    }

    /// Sets a pointer, which must stay good until ``perform()`` has returned.
    func set(_ option: CURLoption, _ pointer: UnsafeMutableRawPointer?) {
        leerwijzer_curl_set_pointer(curl.easy_setopt, handle, option, pointer)
    }

    func set(_ option: CURLoption, _ callback: leerwijzer_curl_bytes) {
        leerwijzer_curl_set_bytes(curl.easy_setopt, handle, option, callback)
    }

    func setSocket(_ callback: leerwijzer_curl_socket) {
        leerwijzer_curl_set_socket(curl.easy_setopt, handle, callback)
    }
}
