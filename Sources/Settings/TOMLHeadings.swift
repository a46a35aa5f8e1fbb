/// Looks at the headings of tables before the parser does.
///
/// toml++ 3.4 asserts that a heading's name begins with what a name may hold, where it should say that it
/// does not, and ends the process at `[élan]` or `[=]`, in release builds, too: packages are built with
/// the assertions of C++. (A fuzzer found it.) Remove once TOMLKit brings a parser that says it.
enum TOMLHeadings {
    /// The 1-based line of the first heading that the parser would not survive; `nil` when there is none.
    ///
    /// Where a text is no TOML in another way, the parser stops at that, and what is found behind it is
    /// wrong as well.
    static func lineOfUnreadable(in text: String) -> Int? {
        var scanner = Scanner(text: Array(text.unicodeScalars))
        return scanner.run()
    }

    private struct Scanner {
        let text: [Unicode.Scalar]
        private var index = 0
        private var line = 1
        /// Arrays and inline tables that are open.
        private var depth = 0
        private var isLineStart = true

        init(text: [Unicode.Scalar]) { self.text = text }

        mutating func run() -> Int? {
            while index < text.count {
                switch text[index] {
                case "\n":
                    line += 1
                    isLineStart = true
                    index += 1
                    continue
                case "#":
                    index = text[index...].firstIndex(of: "\n") ?? text.count
                    continue
                case "\"", "'": skipString()
                case "[" where isLineStart && depth == 0:
                    guard isReadableHeading() else { return line }
                case "[", "{": depth += 1
                case "]", "}": depth = max(0, depth - 1)
                case let scalar where scalar.properties.isWhitespace:
                    index += 1
                    continue
                default: break
                }
                isLineStart = false
                index += 1
            }
            return nil
        }

        /// Whether a name, or nothing, stands behind the brackets of a heading; goes to the last of them.
        private mutating func isReadableHeading() -> Bool {
            if index + 1 < text.count, text[index + 1] == "[" { index += 1 }
            let name = text[(index + 1)...].first { !$0.properties.isWhitespace || $0 == "\n" }
            guard let name else { return true }
            switch name.value {
            case 0x22, 0x27, 0x5D, 0x2D, 0x5F: return true
            default:
                return name.isASCII && name.properties.isAlphabetic || 0x30...0x39 ~= name.value
            }
        }

        /// Goes to the last quote of a string, or to its end when it has none.
        private mutating func skipString() {
            let quote = text[index]
            let isLong =
                text[index...].prefix(3).count == 3
                && text[index...].prefix(3).allSatisfy { $0 == quote }
            index += isLong ? 3 : 1
            while index < text.count {
                switch text[index] {
                case "\\" where quote == "\"": index += 1
                case "\n" where !isLong:
                    // No string goes on there; the parser says so.
                    index -= 1
                    return
                case "\n": line += 1
                case quote where !isLong: return
                case quote where text[index...].prefix(3).allSatisfy({ $0 == quote }):
                    // One or two more may belong to the text.
                    index += 2
                    while index + 1 < text.count, text[index + 1] == quote { index += 1 }
                    return
                default: break
                }
                index += 1
            }
        }
    }
}
