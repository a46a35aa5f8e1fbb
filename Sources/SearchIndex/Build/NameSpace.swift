import Text

/// The first byte of a name: what sort of thing it is the name of.
///
/// Words have the language that they are written in, tags their ``TermSpace``.
enum NameSpace {
    /// In which language a word was written.
    static let dutch = TextReader.dutch
    static let english = TextReader.english
    static let unknownLanguage = TextReader.unknownLanguage
    /// A provider's id, and behind a zero byte its name.
    static let provider: UInt8 = 32
    static let partner: UInt8 = 33
    /// Codes of languages, and names of ways to pay, with commas between them.
    static let languageSet: UInt8 = 34
    static let fundingSet: UInt8 = 35
    /// What a venue is called.
    static let label: UInt8 = 36
    /// The regions of a venue, each on a line.
    static let area: UInt8 = 37
    /// Conditions of offerings (``TeachingConditions``).
    static let conditions: UInt8 = 38

    /// Whether names of a space are written words.
    static func isWord(_ space: UInt8) -> Bool { dutch...unknownLanguage ~= space }
    /// Whether names of a space are tags.
    static func isTag(_ space: UInt8) -> Bool {
        space == TermSpace.skill.rawValue || space == TermSpace.subject.rawValue
    }
}
