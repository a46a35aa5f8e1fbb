import CourseModel
import Feeds

/// Where a course's page is.
public enum CourseAddress {
    /// The part of the path between the language and the course's id.
    public static func word(in language: AnswerLanguage) -> String {
        language(nl: "cursus", en: "course")
    }

    /// The page's address.
    ///
    /// - Parameter base: The address of the service, without a slash at its end.
    public static func page(
        of course: ID<Course>, in language: AnswerLanguage, base: String
    ) -> String {
        "\(base)/\(language.rawValue)/\(word(in: language))/\(percentEncoded(course.value))"
    }
}
