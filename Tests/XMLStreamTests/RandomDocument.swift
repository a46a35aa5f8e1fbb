import XMLStream

/// A random well-formed document, with the events that a reader must tell.
struct RandomDocument {
    /// How its characters become bytes.
    enum Encoding: String, CaseIterable, Sendable {
        case utf8 = "UTF-8"
        case utf8WithMark = "utf-8"
        case utf16Little = "UTF-16LE"
        case utf16Big = "UTF-16BE"
        case latin1 = "ISO-8859-1"
        case windows1252 = "windows-1252"
        case latin9 = "ISO-8859-15"

        var mark: [UInt8] {
            switch self {
            case .utf8WithMark: [0xEF, 0xBB, 0xBF]
            case .utf16Little: [0xFF, 0xFE]
            case .utf16Big: [0xFE, 0xFF]
            default: []
            }
        }

        /// Letters beyond ASCII that it has.
        var letters: [Character] {
            switch self {
            case .latin1: ["é", "ü", "ß", "\u{A0}"]
            case .windows1252: ["é", "€", "“", "\u{A0}"]
            case .latin9: ["é", "€", "Œ"]
            default: ["é", "€", "語", "🌱", "\u{A0}"]
            }
        }

        func bytes(_ character: Unicode.Scalar) -> [UInt8] {
            switch self {
            case .utf8, .utf8WithMark: return Array(String(character).utf8)
            case .utf16Little:
                return String(character).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case .utf16Big:
                return String(character).utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            case .latin1: return [UInt8(character.value)]
            case .windows1252:
                let special: [Unicode.Scalar: UInt8] = ["€": 0x80, "“": 0x93]
                return [special[character] ?? UInt8(character.value)]
            case .latin9:
                let special: [Unicode.Scalar: UInt8] = ["€": 0xA4, "Œ": 0xBC]
                return [special[character] ?? UInt8(character.value)]
            }
        }
    }

    private(set) var bytes: [UInt8] = []
    /// The lines that ``EventLog`` must hold.
    private(set) var events: [String] = []

    private let encoding: Encoding
    private var line = 1
    private var column = 1
    private var random: Seeded
    private var text = ""
    private var textPlace = ""
    private var previousEnd = ""

    init(seed: UInt64, encoding: Encoding) {
        self.encoding = encoding
        random = Seeded(seed)
        bytes = encoding.mark
        let name = encoding.rawValue.hasPrefix("UTF-16") ? "UTF-16" : encoding.rawValue
        put("<?xml version=\"1.0\" encoding=\"\(name)\"?>\n<!-- é -->".replacingLetters(encoding))
        element(depth: 1)
        put("\n<!-- end -->\n")
        if case .utf8WithMark = encoding { return }
    }

    private var place: String { "\(line):\(column)+\(bytes.count)" }

    private mutating func put(_ string: String) {
        for scalar in string.unicodeScalars {
            bytes += encoding.bytes(scalar)
            if scalar == "\n" {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
    }

    private mutating func word() -> String {
        let plain: [Character] =
            Array("abc xyz,.;:-_()'\n\t") + ["\r\n", "\r"] + encoding.letters
        return String(
            (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                plain.randomElement(using: &random) ?? "x"
            })
    }

    private mutating func flushText() {
        if !text.isEmpty { events.append("\(textPlace) \(text.debugDescription)") }
        text = ""
    }

    private mutating func beginText() {
        if text.isEmpty { textPlace = place }
    }

    private mutating func element(depth: Int) {
        let name = ["a", "b", "long-name.x", "course", "_1"].randomElement(using: &random) ?? "a"
        let prefix = Bool.random(using: &random) ? "" : "p:"
        flushText()
        let start = place
        put("<\(prefix)\(name)")
        var listed = ""
        if depth == 1 { put(" xmlns='urn:default' xmlns:p='urn:p'") }
        for i in 0..<Int.random(in: 0..<3, using: &random) {
            let value = word().replacingBlanks
            put("\n  k\(i) = \"\(value)&lt;&#38;\"")
            listed += " {}k\(i)=\((value + "<&").debugDescription)"
        }
        events.append(
            "\(start) <{\(prefix.isEmpty ? "urn:default" : "urn:p")}\(name)\(listed)> \(depth)")
        if Int.random(in: 0..<5, using: &random) == 0 {
            let end = place
            put("/>")
            events.append("\(end) </\(name)> \(depth)")
            return
        }
        put(Bool.random(using: &random) ? ">" : "\n>")
        for _ in 0..<Int.random(in: 0..<5, using: &random) {
            switch Int.random(in: 0..<7, using: &random) {
            case 0 where depth < 12, 1 where depth < 12: element(depth: depth + 1)
            case 2:
                put("<!-- & < \(word().filter { $0 != "-" }) -->")
            case 3:
                put("<?target \(word().filter { $0 != "?" })?>")
            case 4:
                beginText()
                let inside = word() + "<&"
                put("<![CDATA[\(inside)]]>")
                text += inside.replacingLineEnds
            case 5:
                beginText()
                put("&amp;&#x41;&#66;&gt;")
                text += "&AB>"
            default:
                let inside = word()
                if !inside.isEmpty { beginText() }
                put(inside)
                text += inside.replacingLineEnds
            }
        }
        flushText()
        let end = place
        put("</\(prefix)\(name)")
        put(Bool.random(using: &random) ? ">" : " \n>")
        events.append("\(end) </\(name)> \(depth)")
    }
}

extension String {
    /// Attribute values come with blanks normalised.
    fileprivate var replacingBlanks: String {
        String(replacingLineEnds.map { $0 == "\n" || $0 == "\t" ? " " : $0 })
    }

    /// XML knows only the line feed.
    fileprivate var replacingLineEnds: String {
        String(map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
    }

    fileprivate func replacingLetters(_ encoding: RandomDocument.Encoding) -> String {
        String(map { $0 == "é" ? encoding.letters[0] : $0 })
    }
}
