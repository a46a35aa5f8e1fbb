/// A mailbox that mail can be sent to: `anna@example.org`, or `Anna <anna@example.org>`.
///
/// It admits what RFC 5321 calls a dot-string at a domain name, and nothing else: no quoted local
/// parts, no comments, no address literals, no line ends. What it admits can stand in a header and on
/// a command line as it is; internationalised domains are written in their ASCII form (`xn--…`).
public struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    /// The person's or organisation's name, when one is written before the address.
    public let name: String?
    /// The address itself: `anna@example.org`.
    public let address: String

    /// The longest address, in bytes (RFC 5321, 4.5.3.1.3, without its angle brackets).
    private static let longest = 254

    /// A mailbox as it is written; `nil` when it is none.
    public init?(_ text: String) {
        var address = text.trimmingSpaces()[...]
        var name: String?
        if let open = address.lastIndex(of: "<") {
            guard address.last == ">" else { return nil }
            let before = String(address[..<open].trimmingSpaces())
            name = before.isEmpty ? nil : before
            address = address[address.index(after: open)...].dropLast()
        }
        guard Self.isAddress(address), name.map(Self.isName) ?? true else { return nil }
        self.name = name
        self.address = String(address)
    }

    /// The domain: what stands behind the `@`.
    public var domain: Substring { address.split(separator: "@", maxSplits: 1)[1] }

    /// `Anna <anna@example.org>`.
    public var description: String { name.map { "\($0) <\(address)>" } ?? address }

    private static func isName(_ name: String) -> Bool {
        name.unicodeScalars.count <= 100
            && name.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control && $0 != "<" && $0 != ">" && $0 != "\""
                    && $0.properties.generalCategory != .lineSeparator
                    && $0.properties.generalCategory != .paragraphSeparator
            }
    }

    private static func isAddress(_ text: Substring) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= longest, 1...64 ~= parts[0].utf8.count,
            // What begins so is an option to many a program.
            parts[0].first != "-"
        else { return false }
        let atoms = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return atoms.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isAtom) }
            && labels.allSatisfy { label in
                1...63 ~= label.utf8.count && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// `atext` of RFC 5322, 3.2.3.
    private static func isAtom(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
}
