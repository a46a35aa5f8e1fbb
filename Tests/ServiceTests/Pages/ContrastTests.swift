import Foundation
import Testing

@testable import Service

@Suite("colours of the pages")
struct ContrastTests {
    /// The colours of a theme by their names in the style sheet.
    private static func colours(dark: Bool) -> [String: String] {
        let css = String(decoding: PageAssets.styles.bytes, as: UTF8.self)
        let blocks = css.components(separatedBy: ":root {").dropFirst().map {
            String($0.prefix { $0 != "}" })
        }
        var colours: [String: String] = [:]
        for block in blocks.prefix(dark ? 2 : 1) {
            for declaration in block.components(separatedBy: ";") {
                let parts = declaration.components(separatedBy: ":")
                guard parts.count == 2 else { continue }
                let name = parts[0].trimmingCharacters(in: .whitespacesAndNewlines)
                let value = parts[1].trimmingCharacters(in: .whitespacesAndNewlines)
                if name.hasPrefix("--"), value.hasPrefix("#") {
                    colours[String(name.dropFirst(2))] = value
                }
            }
        }
        return colours
    }

    /// WCAG 2.2, “relative luminance”.
    private static func luminance(_ hex: String) throws -> Double {
        let number = try #require(Int(hex.dropFirst(), radix: 16))
        let channels = [16, 8, 0].map { shift -> Double in
            let share = Double(number >> shift & 255) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    private static func contrast(_ one: String, _ two: String) throws -> Double {
        let (first, second) = (try luminance(one), try luminance(two))
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }

    @Test("text stands out by 4.5 to 1 from whatever it stands on", arguments: [false, true])
    func text(dark: Bool) throws {
        let colours = Self.colours(dark: dark)
        for (text, grounds) in [
            ("ink", ["paper", "surface", "wash", "sunk", "warn-wash", "cell1", "cell2", "cell3"]),
            ("soft", ["paper", "surface", "sunk"]), ("main", ["paper", "surface", "wash", "sunk"]),
            ("main-deep", ["paper", "surface", "wash"]),
            ("warn", ["paper", "surface", "warn-wash"]),
            ("on-main", ["main", "main-deep"]),
        ] {
            for ground in grounds {
                let contrast = try Self.contrast(
                    #require(colours[text]), #require(colours[ground]))
                #expect(contrast >= 4.5, "\(text) on \(ground)")
            }
        }
    }

    @Test("what must be seen to be used stands out by 3 to 1", arguments: [false, true])
    func parts(dark: Bool) throws {
        let colours = Self.colours(dark: dark)
        for (part, grounds) in [
            ("edge", ["surface", "paper", "wash"]),
            ("focus", ["paper", "surface", "wash", "land0", "land1", "land2"]),
            ("main", ["surface", "paper"]), ("pin", ["land0", "land1", "land2"]),
        ] {
            for ground in grounds {
                let contrast = try Self.contrast(
                    #require(colours[part]), #require(colours[ground]))
                #expect(contrast >= 3, "\(part) on \(ground)")
            }
        }
    }
}
