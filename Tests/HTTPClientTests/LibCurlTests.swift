import Testing

@testable import HTTPClient

@Suite("libcurl is loaded when something is fetched")
struct LibCurlTests {
    @Test("a machine without it is told so, and what to install")
    func missing() throws {
        let error = try #require(throws: LibCurl.Missing.self) {
            try LibCurl("libcurl-that-nobody-has.so.4")
        }
        #expect(error.reason.contains("libcurl-that-nobody-has.so.4"), "\(error.reason)")

        let failure = HTTPFailure("https://feed.example/", .noLibrary(reason: error.reason))
        #expect(!failure.isTransient)
        #expect(
            failure.description
                == "https://feed.example/: nothing can be fetched without libcurl: "
                + "\(error.reason). Install it (on Debian the package libcurl4)")
    }

    @Test("a library that is none is refused")
    func otherLibrary() {
        #expect(throws: LibCurl.Missing.self) { try LibCurl("libm.so.6") }
    }
}
