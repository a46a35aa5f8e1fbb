import HTTPClient
import Testing

@Suite("An address is judged before anything is sent to it")
struct AddressTests {
    @Test(
        "machines of private networks, of this machine and of no use are not public",
        arguments: [
            "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
            "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.4", "198.18.0.1",
            "203.0.113.9", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1",
            "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
            "2001:db8::1", "2002:7f00:1::", "2001::1",
        ])
    func inside(text: String) throws {
        #expect(try !#require(IPAddress(text)).isPublic)
    }

    @Test(
        "machines of the internet are public",
        arguments: [
            "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2a00:1450::1",
            "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808",
        ])
    func outside(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.isPublic)
        #expect(IPAddress(address.description) == address)
    }

    @Test(
        "only http and https addresses without a password are taken",
        arguments: [
            "file:///etc/passwd", "ftp://school.example/feed.xml", "gopher://x/", "feed.xml", "",
            "http://", "https://user:geheim@school.example/", "javascript:alert(1)",
            "http://school.example:99999/",
        ])
    func refused(text: String) {
        #expect(throws: HTTPFailure.self) { try WebAddress(text) }
    }

    @Test("an address is normalised, and a reference is taken from where it stands")
    func references() throws {
        let base = try WebAddress("HTTPS://School.Example/feeds/directory.xml?x=1#top")
        #expect(base.host == "school.example" && base.scheme == "https" && base.port == 443)
        #expect(!base.text.contains("#"))
        let next = try base.resolving("programs/a b.xml")
        #expect(next.text == "https://school.example/feeds/programs/a%20b.xml")
        #expect(base.hasOrigin(of: next))
        #expect(try !base.hasOrigin(of: base.resolving("http://school.example/")))
        #expect(try !base.hasOrigin(of: base.resolving("//school.example:444/")))
        #expect(try base.resolving("../../up.xml").text == "https://school.example/up.xml")
    }
}
