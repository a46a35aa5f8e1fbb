import TestSupport
import Testing

@testable import Partnership

@Suite("An answer of OAI-PMH is cut into documents")
struct OAIPageTests {
    @Test(
        "the metadata ends at its own end tag, whatever is said behind it",
        arguments: ["metadata", "/metadata", ":metadata", "&lt;/metadata"])
    func metadata(word: String) throws {
        let scratch = try Scratch()
        defer { withExtendedLifetime(scratch) {} }
        let path = try scratch.write(
            "answer.xml",
            """
            <OAI-PMH><ListRecords><record><header><identifier>a</identifier></header>\
            <metadata><x>1</x></metadata>\
            <about>\(String(repeating: word, count: 100))</about></record></ListRecords></OAI-PMH>
            """)
        var documents: [[UInt8]?] = []
        _ = try OAIPage(path: path, address: "a") { documents.append($0.document) }
        let document = try #require(documents.first ?? nil)
        #expect(String(decoding: document, as: UTF8.self).hasSuffix("<x>1</x>"))
    }

    @Test("an end tag is found with a prefix, too")
    func prefix() throws {
        let scratch = try Scratch()
        defer { withExtendedLifetime(scratch) {} }
        let path = try scratch.write(
            "answer.xml",
            """
            <o:OAI-PMH xmlns:o="http://www.openarchives.org/OAI/2.0/"><o:ListRecords><o:record>\
            <o:header><o:identifier>a</o:identifier></o:header><o:metadata><x>1</x></o:metadata>\
            </o:record></o:ListRecords></o:OAI-PMH>
            """)
        var documents: [[UInt8]?] = []
        _ = try OAIPage(path: path, address: "a") { documents.append($0.document) }
        let document = try #require(documents.first ?? nil)
        #expect(String(decoding: document, as: UTF8.self).hasSuffix(">1</x>"))
    }
}
