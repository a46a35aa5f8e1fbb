import Glibc
import TestSupport
import Testing
import XMLStream

@Suite("Real feeds", .enabled(if: SharedFiles.root != nil, "the shared feeds are not here"))
struct RealFeedTests {
    struct Reading {
        var elements: [String: Int] = [:]
        var damage = 0
        var codes: [String: Int] = [:]
        var error: XMLError?
    }

    private func read(_ path: String, records: Set<String> = ["course", "program"]) -> Reading {
        var reading = Reading()
        do throws(XMLError) {
            var reader = try XMLReader(path: path, records: records)
            do throws(XMLError) {
                while let event = try reader.next() {
                    switch event {
                    case .startElement: reading.elements[reader.localName, default: 0] += 1
                    case .damage: reading.damage += 1
                    default: break
                    }
                }
            } catch {
                reading.error = error
            }
            for diagnostic in reader.takeDiagnostics() {
                reading.codes[diagnostic.code.rawValue, default: 0] += diagnostic.count
            }
        } catch {
            reading.error = error
        }
        return reading
    }

    @Test("of XCRI-CAP are read whole, with the doubled quote repaired")
    func xcri() throws {
        let folder = try #require(SharedFiles.path("feeds/xcri"))
        let courses = [
            "2016-11-04T1005.xml": 1, "2016-11-05T1005.xml": 1, "2016-11-06T1005.xml": 1,
            "2016-11-10T1005.xml": 1, "2016-11-11T1005.xml": 1, "adam_smith_charset_issue.xml": 0,
            "ou-example.xml": 0, "oxford-conted.xcricap.xml": 0, "scottbw-1.2-test.xml": 0,
            "wychwolf-moodle.xml": 0,
        ]
        for (file, doubledQuotes) in courses {
            let reading = read("\(folder)/\(file)")
            #expect(reading.error == nil, "\(file)")
            #expect(reading.damage == 0, "\(file)")
            #expect(reading.codes["malformed-start-tag", default: 0] == doubledQuotes, "\(file)")
            #expect(reading.elements["catalog"] == 1, "\(file)")
            #expect(reading.elements["course", default: 0] > 0, "\(file)")
        }
    }

    /// What the reader makes of each sample of a fault: the diagnostics' codes, or the error's.
    private static let samples: [(String, [String])] = [
        ("01-bom-utf8", []), ("02-blank-line-before-decl", ["blank-before-declaration"]),
        ("03-bom-then-blank-line", ["blank-before-declaration"]), ("04-utf16le-bom", []),
        ("05-utf16be-bom", []), ("06-declared-utf8-is-cp1252", ["encoding-misdeclared"]),
        ("07-declared-utf16-is-utf8", ["encoding-misdeclared"]), ("08-iso8859-15-euro", []),
        ("09-latin1-declared-cp1252-bytes", ["encoding-misdeclared"]),
        ("10-doubled-quote-root", ["malformed-start-tag"]),
        ("11-undeclared-prefix", ["undeclared-prefix"]), ("12-xsitype-undeclared-prefix", []),
        ("13-bare-ampersand", ["bare-ampersand"]), ("14-html-entity", ["html-entity"]),
        ("15-truncated", ["truncated"]), ("16-control-char", ["control-character"]),
        ("17-mismatched-end-tag", ["mismatched-end-tag"]),
        ("18-junk-before-root", ["second-root"]),
        ("19-php-warning-before-decl", ["text-before-declaration"]),
        ("20-small-entity-expansion", ["doctype"]),
        ("21-external-entity", ["doctype", "external-entity"]), ("22-empty", ["empty-document"]),
        ("23-html-error-page", ["doctype"]), ("24-two-roots", ["second-root"]),
        ("25-nul-bytes-at-end", ["nul-byte"]), ("26-deep-nesting-2000", ["too-deep"]),
    ]

    @Test("with a known fault each are read as well as can be")
    func robust() throws {
        let folder = try #require(SharedFiles.path("feeds/samples/robust"))
        for (file, codes) in Self.samples {
            let reading = read("\(folder)/\(file).xml")
            #expect(
                reading.codes.keys.sorted() + [reading.error?.code].compactMap { $0 } == codes,
                "\(file)")
        }
    }

    @Test("of EDU-DEX and the other formats are read without an error")
    func others() throws {
        let root = try #require(SharedFiles.path("feeds"))
        for folder in ["edudex", "edudex/faulty", "hodex", "lheo", "loq", "openqcat", "samples"] {
            guard let listing = opendir("\(root)/\(folder)") else { continue }
            defer { closedir(listing) }
            while let entry = readdir(listing) {
                let file = withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                guard file.hasSuffix(".xml") else { continue }
                let reading = read("\(root)/\(folder)/\(file)", records: ["program"])
                #expect(reading.error == nil, "\(folder)/\(file)")
                #expect(reading.damage == 0, "\(folder)/\(file)")
            }
        }
    }
}
