import HTTPTypes
import Hummingbird

/// Something that can be asked of the service: one method at one path, what it takes, what it
/// answers, and how it is answered.
///
/// Requests are checked by it, and the OpenAPI document is made of it.
public struct Operation: Sendable {
    /// How long an answer stays true.
    public enum Caching: Sendable {
        /// Until the next generation, or the next day: with `ETag` and `Last-Modified`.
        case byGeneration
        /// As long as this program runs unchanged: assets, descriptions of itself.
        case byProgram
        /// It is never kept.
        case never
    }

    /// How much work an answer takes.
    public enum Effort: Sendable {
        /// Milliseconds: answered at once.
        case light
        /// Milliseconds, too, but something is looked up in the store: where that is a server, which
        /// may keep one waiting, done apart.
        case lookup
        /// More: done apart and in limited number, so that the light ones go on.
        case heavy
    }

    /// How the query of a request is taken.
    public enum Reading: Sendable {
        /// To the letter: what is not known is refused, so that a misspelt filter is not lost.
        case strict
        /// As it comes from forms and links: an empty value counts as none, and what is not known,
        /// such as the tags that mailings hang on links, is passed over.
        case lenient
        /// Not at all: the operation reads it by a protocol of its own.
        case own
    }

    /// What a request's body is.
    public struct Body: Sendable {
        /// What it means, in a sentence.
        public let help: String
        /// The form it is in.
        public let type: MediaType
        /// Its JSON schema.
        public let schema: JSONValue
        /// A body that works.
        public let example: JSONValue
        /// The most bytes that it may have, where that is less than the service takes.
        public let most: Int?

        /// A body.
        public init(
            _ help: String, type: MediaType = .json, schema: JSONValue, example: JSONValue,
            most: Int? = nil
        ) {
            self.help = help
            self.most = most
            self.type = type
            self.schema = schema
            self.example = example
        }
    }

    /// What an answer is.
    public struct Answer: Sendable {
        /// What it holds, in a sentence.
        public let help: String
        /// The forms that it comes in, the usual one first.
        public let types: [MediaType]
        /// The JSON schema of its JSON form.
        public let schema: JSONValue
        /// Its status.
        public let status: HTTPResponse.Status

        /// An answer.
        public init(
            _ help: String, as types: [MediaType] = [.json], schema: JSONValue = [:],
            status: HTTPResponse.Status = .ok
        ) {
            self.help = help
            self.status = status
            self.types = types
            self.schema = schema
        }
    }

    /// The method: `GET` (which includes `HEAD`) or `POST`.
    public let method: HTTPRequest.Method
    /// The path.
    public let path: PathPattern
    /// Its name in the OpenAPI document and the log; unique.
    public let id: String
    /// What it does, in a few words.
    public let summary: String
    /// More about it.
    public let detail: String
    /// What it takes, the parameters `lang` and `format` included.
    public var parameters: [Parameter] { parameterTable.all }
    let parameterTable: ParameterTable
    /// What its body is.
    public let body: Body?
    /// What it answers.
    public let answer: Answer
    /// What may go wrong, beside what can go wrong with every request.
    public let problems: [ProblemKind]
    /// How long an answer stays true.
    public let caching: Caching
    /// How much work an answer takes.
    public let effort: Effort
    /// Whether it keeps something of what is sent: then one client may ask it only now and then.
    public let keepsSomething: Bool
    /// Whether it needs a catalogue.
    public let needsCatalogue: Bool
    /// Whether it has an answer in each language.
    public let speaks: Bool
    /// How its query is taken.
    public let reading: Reading
    /// Whether its answers follow from the index alone and are asked for so often that they are kept in
    /// memory.
    public let isRemembered: Bool
    /// Whether it stands in the OpenAPI document.
    public let isDocumented: Bool
    /// Answers a request.
    let handle: @Sendable (Call) throws -> Response

    /// An operation.
    ///
    /// - Parameters:
    ///   - speaks: Whether it has an answer in each language; adds the parameter `lang`.
    ///   - handle: Answers a request; what it throws becomes a ``Problem``.
    public init(
        _ method: HTTPRequest.Method, _ path: String, id: String, _ summary: String,
        detail: String = "", parameters: [Parameter] = [], body: Body? = nil,
        answer: Answer, problems: [ProblemKind] = [], caching: Caching = .byGeneration,
        effort: Effort = .light, keepsSomething: Bool = false, needsCatalogue: Bool = true,
        speaks: Bool = false, reading: Reading = .strict, isRemembered: Bool = false,
        isDocumented: Bool = true,
        handle: @escaping @Sendable (Call) throws -> Response
    ) {
        self.method = method
        self.path = PathPattern(path)
        self.id = id
        self.summary = summary
        self.detail = detail
        var parameters = parameters
        if speaks { parameters.append(.language) }
        let words = answer.types.compactMap(\.word)
        if words.count > 1 {
            parameters.append(
                Parameter(
                    "format", .choice(words),
                    "The form of the answer; goes before the header Accept.", usual: words[0]))
        }
        parameterTable = ParameterTable(parameters)
        self.body = body
        self.answer = answer
        self.problems = problems
        self.caching = caching
        self.effort = effort
        self.keepsSomething = keepsSomething
        self.needsCatalogue = needsCatalogue
        self.speaks = speaks
        self.reading = reading
        self.isRemembered = isRemembered
        self.isDocumented = isDocumented
        self.handle = handle
    }
}

extension Parameter {
    /// The language of an answer.
    static let language = Parameter(
        "lang", .choice(["nl", "en"]),
        "The language of the answer; goes before the header Accept-Language.")
}
