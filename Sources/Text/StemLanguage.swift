/// A language whose word endings we can take off.
///
/// Adding one is a line here: the names are those of libstemmer.
public enum StemLanguage: String, Hashable, Sendable, CaseIterable {
    /// Dutch.
    case dutch
    /// English.
    case english

    /// The language of a BCP 47 primary subtag, when we can stem it.
    public init?(code: some StringProtocol) {
        switch code {
        case "nl": self = .dutch
        case "en": self = .english
        default: return nil
        }
    }
}
