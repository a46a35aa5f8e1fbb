import CourseModel

/// Names of our own where a format wants a URI: `urn:leerwijzer:course:C1%2F2`.
///
/// Ids of other systems that are URIs stay as they are.
public enum OwnURN {
    private static let start = "urn:leerwijzer:"

    /// A name made of parts.
    public static func urn(_ kind: String, _ parts: String...) -> String { urn(kind, parts) }

    /// A name made of any number of parts.
    static func urn(_ kind: String, _ parts: [String]) -> String {
        var urn = start + kind
        for part in parts {
            urn += ":"
            urn += percentEncoded(part)
        }
        return urn
    }

    /// The parts of a name of our own of that kind; `nil` for any other URI.
    public static func parts(_ uri: String, of kind: String) -> [String]? {
        let mark = start + kind + ":"
        guard uri.hasPrefix(mark) else { return nil }
        return uri.dropFirst(mark.count).split(separator: ":", omittingEmptySubsequences: false)
            .map { percentDecoded(String($0)) }
    }

    /// Whether a text can stand as a URI without change.
    static func isURI(_ text: String) -> Bool {
        (text.hasPrefix("http://") || text.hasPrefix("https://")) && cleanURL(text) == text
    }
}
