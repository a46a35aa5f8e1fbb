import CourseModel

/// The XML import format of educations.com: 2.0 and 3.0, read only.
///
/// 2.0 has *institutes* with *educations*, 3.0 *providers* with *courses*; both have *events*, our
/// offerings. Events name locations of their provider, which may stand behind the courses.
public enum EducationsCom: FeedFormat {
    /// `educations-com`.
    public static let name = "educations-com"
    /// `educations.com`.
    public static let title = "educations.com"
    /// It refers to no other documents, and nothing in it depends on the day.
    public static let isSelfContained = true

    /// Whether the root is a batch of 2.0 or an import of 3.0.
    public static func recognises(_ opening: FeedOpening) -> Bool {
        guard let root = opening.root else { return false }
        if root.localName == "informationUpdateBatch" { return true }
        return root.localName == "import" && root.namespace.contains("educations.com")
    }

    /// Reads the courses of a document, in two passes.
    public static func read(
        _ input: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary {
        try input.repeatable { input in
            let survey = try EducationsSurvey(input)
            var reader = try EducationsReader(input, survey)
            return try reader.read(receive)
        }
    }

    /// None: the format is only read.
    public static var writer: (any FeedWriter.Type)? { nil }

    /// The elements that hold a provider, its courses and their events, in 2.0 and in 3.0.
    static let providers: Set<String> = ["institute", "provider"]
    static let courses: Set<String> = ["education", "course"]
    static let courseLists: Set<String> = ["educations", "courses"]
}
