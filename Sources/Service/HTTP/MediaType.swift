/// The forms of bodies that the service gives and takes.
public struct MediaType: Hashable, Sendable {
    /// The type and subtype in lower case: `text/csv`.
    public let name: String
    /// The value of the header `Content-Type`, with its parameters.
    public let text: String
    /// The word for it in the parameter `format`; `nil` when it cannot be asked for so.
    public let word: String?

    /// A form.
    public init(_ name: String, parameters: String = "", word: String? = nil) {
        self.name = name
        text = name + parameters
        self.word = word
    }

    /// JSON.
    public static let json = MediaType("application/json", word: "json")
    /// JSON texts, one a line.
    public static let ndjson = MediaType("application/x-ndjson", word: "ndjson")
    /// Comma-separated values with a heading (RFC 4180).
    public static let csv = MediaType(
        "text/csv", parameters: "; charset=utf-8; header=present", word: "csv")
    /// GeoJSON (RFC 7946).
    public static let geoJSON = MediaType("application/geo+json", word: "geojson")
    /// iCalendar (RFC 5545).
    public static let calendar = MediaType(
        "text/calendar", parameters: "; charset=utf-8", word: "ics")
    /// Plain text.
    public static let plain = MediaType("text/plain", parameters: "; charset=utf-8")
    /// A page.
    public static let html = MediaType("text/html", parameters: "; charset=utf-8")
    /// XML, as protocols of its own send it.
    public static let xml = MediaType("text/xml", parameters: "; charset=utf-8")
    /// Something compressed with gzip (RFC 6713).
    public static let gzip = MediaType("application/gzip")
    /// A problem (RFC 9457).
    public static let problem = MediaType("application/problem+json")
    /// An OpenAPI document as JSON.
    public static let openAPI = MediaType(
        "application/vnd.oai.openapi+json", parameters: ";version=3.1")
    /// Metrics in the text form of Prometheus.
    public static let metrics = MediaType(
        "text/plain", parameters: "; version=0.0.4; charset=utf-8")

    /// Whether it is JSON (RFC 6839, 3.1).
    var isJSON: Bool { name == "application/json" || name.hasSuffix("+json") }

    /// Whether gzip makes it smaller.
    static func isCompressible(_ contentType: String) -> Bool {
        let name = contentType.prefix { $0 != ";" }
        return name.hasPrefix("text/") || name.hasSuffix("json") || name.hasSuffix("xml")
            || name.hasSuffix("javascript")
    }
}
