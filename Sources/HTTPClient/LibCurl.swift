internal import CCurl

/// libcurl, loaded when the first address is read.
///
/// Most commands fetch nothing. They need not wait for the libraries that libcurl brings, nor have it
/// on the machine at all.
struct LibCurl: @unchecked Sendable {
    // Sendable: it leads to code, and never changes.

    /// Why libcurl cannot be used.
    struct Missing: Error {
        let reason: String
    }

    /// The name that libcurl has had on Linux since 2006 (its `SONAME`).
    static let fileName = "libcurl.so.4"

    /// libcurl, once and for all threads.
    static let loaded = Result { () throws(Missing) -> LibCurl in try LibCurl(fileName) }

    /// What is called.
    let functions: leerwijzer_curl

    /// Loads the library and makes its global state.
    ///
    /// - Throws: ``Missing`` when it is not there, too old, or has no memory.
    init(_ fileName: String) throws(Missing) {
        var functions = leerwijzer_curl()
        if let reason = leerwijzer_curl_load(fileName, &functions) {
            throw Missing(reason: String(cString: reason))
        }
        guard functions.global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else {
            throw Missing(reason: "it cannot start; there may be no memory left")
        }
        self.functions = functions
    }
}
