import CourseModel
import Foundation
import Quality
import Testing

@Suite("The catalogue of faults")
struct CatalogueTests {
    /// Every code that is declared in the program's own sources.
    private func declared() throws -> Set<String> {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Sources")
        let files = try #require(
            FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        let code = /let\s+\w+\s*:\s*DiagnosticCode\s*=\s*"([^"]*)"/
        let nameless = /DiagnosticCode\("([^"]*)"\)/
        let markup = /static let \w+ = Self\(rawValue: "([^"]*)"\)/
        var found: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: code) { found.insert(String(match.1)) }
            for match in text.matches(of: nameless) { found.insert(String(match.1)) }
            if file.lastPathComponent == "XMLDiagnostic.swift" {
                for match in text.matches(of: markup) { found.insert(String(match.1)) }
            }
        }
        return found
    }

    @Test("explains every code that the program can tell, and no other")
    func complete() throws {
        let declared = try declared()
        let explained = Set(DiagnosticCatalogue.all.map(\.code.name))
        #expect(declared.count > 100)
        #expect(
            declared.subtracting(explained).isEmpty,
            "explain these in Sources/Quality/Explanations")
        #expect(explained.subtracting(declared).isEmpty, "these are told nowhere")
    }

    @Test("explains each code once, in both languages, with an example")
    func sound() {
        let codes = DiagnosticCatalogue.all.map(\.code)
        #expect(Set(codes).count == codes.count)
        for known in DiagnosticCatalogue.all {
            #expect(known.code.name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(known.code)")
            for text in [known.title, known.reason] {
                #expect(!text.dutch.isEmpty && !text.english.isEmpty, "\(known.code)")
                #expect(text.dutch != text.english, "\(known.code)")
            }
            #expect(!known.wrong.isEmpty && !known.right.isEmpty, "\(known.code)")
            #expect(known.title.english.count <= 60, "\(known.code)")
            #expect(DiagnosticCatalogue.explanation(of: known.code)?.code == known.code)
        }
    }

    @Test("suggests what was probably meant")
    func suggestions() {
        #expect(DiagnosticCatalogue.suggestions(for: "price_zero").contains("price-zero"))
        #expect(DiagnosticCatalogue.suggestions(for: "qqq").isEmpty)
    }
}
