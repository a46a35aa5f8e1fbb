/// The themes of a course's texts and the elements that hold them.
enum XCRITheme {
    /// Elements of their own, in the order that the schema demands; `mlo` tells the namespace.
    static let elements: [(theme: String, element: String, mlo: Bool)] = [
        ("application", "applicationProcedure", false),
        ("assessment", "assessment", true),
        ("learningOutcome", "learningOutcome", false),
        ("objectives", "objective", true),
        ("regulations", "regulations", false),
    ]

    /// Refinements of `dc:description` by `xsi:type`, as the terms schema defines them.
    static let refinements: [(theme: String, type: String)] = [
        ("job perspective", "careerOutcome"), ("scheduled hours", "contactHours"),
        ("contactPattern", "contactPattern"), ("events", "events"),
        ("indicativeResource", "indicativeResource"), ("after graduation", "leadsTo"),
        ("policy", "policy"), ("providedResource", "providedResource"),
        ("requiredResource", "requiredResource"), ("specialFeature", "specialFeature"),
        ("support", "support"), ("curriculum", "structure"), ("study load", "studyHours"),
        ("instruction modes", "teachingStrategy"), ("topic", "topic"),
    ]

    /// The theme of a refinement, by its local name in lower case.
    static let themeOfType: [String: String] = {
        var table: [String: String] = [:]
        for (theme, type) in refinements { table[type.lowercased()] = theme }
        return table
    }()

    /// The refinement that holds a theme.
    static let typeOfTheme: [String: String] = {
        var table: [String: String] = [:]
        for (theme, type) in refinements { table[theme] = type }
        return table
    }()

    /// The theme of an element, by its local name.
    static let themeOfElement: [String: String] = {
        var table: [String: String] = [:]
        for (theme, element, _) in elements { table[element] = theme }
        return table
    }()

    /// Where a theme stands when a record is written: refinements and free themes come with the
    /// descriptions, the others in the schema's order.
    static func rank(_ theme: String) -> Int {
        (elements.firstIndex { $0.theme == theme } ?? -1) + 1
    }
}
