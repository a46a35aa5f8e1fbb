import Answers
import CourseModel

/// An offering that an alert found.
public struct AlertFinding: Sendable {
    /// The offering as every output form shows it.
    public var row: ResultRow
    /// Why it fits the learner; none for a search.
    public var reasons: [String]

    /// What machines are told of it.
    public typealias JSON = Beside<ResultRow.JSON, Reasons>

    /// Why it fits.
    public struct Reasons: Encodable, Sendable {
        var reasons: [String]
    }

    /// The finding for machines.
    public var json: JSON { Beside(row.json, Reasons(reasons: reasons)) }
}

/// What an alert finds in one generation of the catalogue.
public struct AlertFindings: Sendable {
    /// The offerings, in the order of the search or the match.
    public var found: [AlertFinding]
    /// The generation of the catalogue.
    public var generation: Int
    /// The language to tell them in.
    public var language: AnswerLanguage
}
