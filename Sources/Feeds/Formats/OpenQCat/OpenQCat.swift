import CourseModel

/// open-Q-cat, the German format for catalogues of further education (KURSNET): 1.x, read only.
///
/// A catalogue is a flat list of services. An *Angebot* is our course, a *Veranstaltung* our
/// offering; it names its Angebot, which may stand behind it. An Angebot with dates of its own is
/// an offering as well.
public enum OpenQCat: FeedFormat {
    /// `open-q-cat`.
    public static let name = "open-q-cat"
    /// `open-Q-cat`.
    public static let title = "open-Q-cat"
    /// It refers to no other documents, and nothing in it depends on the day.
    public static let isSelfContained = true

    /// Whether the root is a catalogue's, or a single service such as editors keep them.
    public static func recognises(_ opening: FeedOpening) -> Bool {
        guard let root = opening.root else { return false }
        if root.localName == "OPENQCAT" { return true }
        guard root.localName == "SERVICE" else { return false }
        let start = String(decoding: opening.bytes, as: UTF8.self)
        return ["<PRODUCT_ID", "<COURSE_TYPE", "<SERVICE_DETAILS"].contains { start.contains($0) }
    }

    /// Reads the services of a document, in two passes.
    public static func read(
        _ input: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary {
        try input.repeatable { input in
            let survey = try OpenQCatSurvey(input)
            var reader = try OpenQCatReader(input, survey)
            return try reader.read(receive)
        }
    }

    /// None: open-Q-cat is only read.
    public static var writer: (any FeedWriter.Type)? { nil }
}
