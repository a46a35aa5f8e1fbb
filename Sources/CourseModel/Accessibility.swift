/// What a place or its teaching provides, so that people who need it can take part.
public enum Accessibility: String, Hashable, Sendable, Codable, CaseIterable {
    /// One can come in and move about in a wheelchair.
    case wheelchair
    /// A hearing loop.
    case hearingLoop = "hearing-loop"
    /// An interpreter of sign language.
    case signLanguage = "sign-language"
    /// Material for those who see little or nothing: large print, braille, screen readers.
    case sight
    /// A room with little noise and bustle.
    case quiet
    /// Explained in plain words, for those who learn the language or read with difficulty.
    case plainLanguage = "plain-language"

    /// Whether it is about the place, so that who learns from home does not need it there.
    public var isOfThePlace: Bool {
        switch self {
        case .wheelchair, .hearingLoop, .quiet: true
        case .signLanguage, .sight, .plainLanguage: false
        }
    }
}
