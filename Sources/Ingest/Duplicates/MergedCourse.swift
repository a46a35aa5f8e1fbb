import CourseModel

/// A course that several sources give, as one: what the one that was chosen says, filled up where it
/// says nothing with what the others say.
///
/// Offerings are those of the chosen one, which knows best what still takes place; only when it has none
/// are another's taken.
public struct MergedCourse: Sendable {
    /// The course as it is shown and searched.
    public private(set) var record: CourseRecord
    /// Which fields were filled up, and by which course.
    public private(set) var filled: [String: ID<Course>]

    /// A field that can be filled up.
    private struct Field: Sendable {
        let name: String
        let isEmpty: @Sendable (Course) -> Bool
        let take: @Sendable (inout Course, Course) -> Void

        init<Value>(
            _ name: String, _ path: any WritableKeyPath<Course, Value> & Sendable,
            isEmpty: @escaping @Sendable (Value) -> Bool
        ) {
            self.name = name
            self.isEmpty = { isEmpty($0[keyPath: path]) }
            take = { $0[keyPath: path] = $1[keyPath: path] }
        }

        init<Value>(
            _ name: String, _ path: any WritableKeyPath<Course, Value?> & Sendable
        ) {
            self.init(name, path) { $0 == nil }
        }

        init<Value: Collection & SendableMetatype>(
            _ name: String, _ path: any WritableKeyPath<Course, Value> & Sendable
        ) {
            self.init(name, path) { $0.isEmpty }
        }
    }

    private static let fields: [Field] = [
        Field("summary", \.summary) { $0.isEmpty },
        Field("description", \.description) { $0.isEmpty },
        Field("sections", \.sections), Field("level", \.level),
        Field("requiredLevels", \.requiredLevels),
        Field("prerequisites", \.prerequisites) { $0.isEmpty },
        Field("studyLoad", \.studyLoad) { $0 == StudyLoad() }, Field("duration", \.duration),
        Field("qualifications", \.qualifications), Field("codes", \.codes),
        Field("audiences", \.audiences), Field("subjects", \.subjects),
        Field("keywords", \.keywords) { $0.isEmpty }, Field("skills", \.skills),
        Field("modes", \.modes), Field("studyModes", \.studyModes),
        Field("languages", \.languages), Field("funding", \.funding), Field("url", \.url),
        Field("image", \.image), Field("contacts", \.contacts),
    ]

    /// Merges courses.
    ///
    /// - Parameter others: In order of trust.
    public init(_ chosen: CourseRecord, others: [CourseRecord]) {
        var course = chosen.course
        var filled: [String: ID<Course>] = [:]
        for field in Self.fields where field.isEmpty(course) {
            guard let other = others.first(where: { !field.isEmpty($0.course) }) else { continue }
            field.take(&course, other.course)
            filled[field.name] = other.course.id
        }
        var offerings = chosen.offerings
        if offerings.isEmpty, let other = others.first(where: { !$0.offerings.isEmpty }) {
            offerings = other.offerings.map { offering in
                var offering = offering
                offering.course = course.id
                return offering
            }
            filled["offerings"] = other.course.id
        }
        record = CourseRecord(course: course, offerings: offerings) ?? chosen
        self.filled = filled
    }
}
