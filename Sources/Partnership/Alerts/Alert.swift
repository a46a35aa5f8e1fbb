import Answers
import CourseModel
import Ingest
import Matching

/// A question that is asked again and again, and where what is new in its answer goes: a file in
/// `alerts/`.
///
/// An alert tells each offering once. It asks as `search` and `match` ask, so that it never tells
/// what these would not show: nothing past, full, closed or cancelled.
public struct Alert: Sendable {
    /// What is asked.
    public enum Question: Sendable {
        /// A search.
        case search
        /// What fits the profile in a file that the learner chose to keep.
        case profile(file: String, best: Int)
    }

    /// Mail to people.
    public struct Mail: Sendable {
        /// To whom.
        public var to: [MailAddress]
        /// The folder that messages are written to instead of being sent; `nil` to send them.
        public var folder: String?
    }

    /// A message to a program.
    public struct Webhook: Sendable {
        /// Where it is posted.
        public var url: String
        /// What it is signed with.
        public var secret: FetchSettings.SecretReference
        /// Whether that may be on a private network, and without TLS.
        public var allowsPrivateAddresses = false
    }

    /// The ways in which news leaves.
    public enum Channel: String, Sendable, CaseIterable, Codable {
        /// A file for feed readers.
        case atom
        /// Mail.
        case mail
        /// A message to a program.
        case webhook
    }

    /// Its name: that of its file without `.toml`.
    public let name: String
    /// What it is called in messages.
    public var title: String
    /// The language of its messages; `nil` for the learner's or the catalogue's.
    public var language: AnswerLanguage?
    /// What is asked.
    public var question: Question
    /// The filters of the search, or those that narrow what may fit.
    public var filters: Filters
    /// Whether what is there when the alert begins is told, too.
    public var tellsExisting: Bool
    /// The feed for feed readers.
    public var atomFile: String?
    /// Mail.
    public var mail: Mail?
    /// A message to a program.
    public var webhook: Webhook?

    /// The ways in which its news leaves.
    public var channels: [Channel] {
        Channel.allCases.filter { channel in
            switch channel {
            case .atom: atomFile != nil
            case .mail: mail != nil
            case .webhook: webhook != nil
            }
        }
    }
}
