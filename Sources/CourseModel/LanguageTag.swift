/// A language, as the primary subtag of BCP 47 in lower case: `nl`, `en`, `fy`.
///
/// Regions and scripts (`nl-BE`) are dropped: no feed that we know tells two texts apart by them.
public struct LanguageTag: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// Two or three lower-case ASCII letters.
    public let code: String

    /// Reads `nl`, `NL`, `nl-NL`, `nl_BE` and the ISO 639-2 codes `dut`, `nld`, `eng`, `deu`, `fra`….
    ///
    /// - Returns: `nil` when the primary subtag is not two or three letters.
    public init?(_ text: some StringProtocol) {
        // The form that nearly every feed uses.
        if text.utf8.count == 2, text.utf8.allSatisfy({ 97...122 ~= $0 }) {
            self.code = String(text)
            return
        }
        let primary = text.prefix { $0 != "-" && $0 != "_" }.lowercased()
        guard (2...3).contains(primary.utf8.count), primary.utf8.allSatisfy({ 97...122 ~= $0 })
        else { return nil }
        self.code = Self.twoLetterCodes[primary] ?? primary
    }

    private init(known code: String) { self.code = code }

    /// Dutch.
    public static let dutch = LanguageTag(known: "nl")
    /// English.
    public static let english = LanguageTag(known: "en")

    /// The ISO 639-2 codes (bibliographic and terminological) of the languages seen in feeds.
    private static let twoLetterCodes = [
        "dut": "nl", "nld": "nl", "eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr",
        "spa": "es", "ita": "it", "por": "pt", "fry": "fy", "tur": "tr", "ara": "ar", "pol": "pl",
        "rus": "ru", "ukr": "uk", "zho": "zh", "chi": "zh",
    ]

    /// Orders languages by code.
    public static func < (first: Self, second: Self) -> Bool { first.code < second.code }

    /// The code.
    public var description: String { code }

    /// Reads the code from a plain string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let tag = LanguageTag(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text)” is not a language code")
        }
        self = tag
    }

    /// Writes the code as a plain string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}
