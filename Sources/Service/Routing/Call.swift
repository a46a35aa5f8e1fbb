import Answers
import CourseModel
import Feeds
import HTTPTypes
import Hummingbird
import Matching
import NIOCore
import SearchIndex

/// A request as an operation gets it: checked, in one language and form, of one generation.
public struct Call: Sendable {
    /// The request as it came.
    public let request: Request
    /// The operation that is asked for.
    public let operation: Operation
    /// The parameters.
    public let parameters: ParameterValues
    /// The language to answer in.
    public let language: AnswerLanguage
    /// The form to answer in, of those that the operation offers.
    public let type: MediaType
    /// The body; empty when the operation takes none.
    public let body: [UInt8]
    /// The day that is taken for today.
    public let today: CalendarDate
    /// Where to go on, when the request has a cursor.
    public let position: Cursor?
    /// The settings, with the addresses filled in.
    public let service: RunningService
    private let opened: OpenCatalogue?

    init(
        request: Request, operation: Operation, parameters: ParameterValues,
        language: AnswerLanguage, type: MediaType, body: [UInt8], today: CalendarDate,
        position: Cursor?, service: RunningService, opened: OpenCatalogue?
    ) {
        self.request = request
        self.operation = operation
        self.parameters = parameters
        self.language = language
        self.type = type
        self.body = body
        self.today = today
        self.position = position
        self.service = service
        self.opened = opened
    }

    /// The catalogue to answer from.
    ///
    /// - Throws: A ``Problem`` when there is none yet; operations that need one are not called then.
    public var catalogue: OpenCatalogue {
        get throws {
            guard let opened else { throw Self.notReady }
            return opened
        }
    }

    static let notReady = Problem.unavailable("there is no catalogue yet; try again", retryAfter: 5)

    /// The address of the service, without a slash at its end.
    public var base: String { service.base }

    /// The filters among the parameters.
    public var filters: Filters {
        var filters = Filters()
        filters.words = parameters["q"] ?? ""
        for field in FilterField.all {
            switch field.value {
            case .text(let path): filters[keyPath: path] = parameters[field.name]
            case .list(let path): filters[keyPath: path] = parameters.all(field.name)
            case .count(let path): filters[keyPath: path] = parameters.integer(field.name)
            case .flag(let path): filters[keyPath: path] = parameters.flag(field.name)
            }
        }
        return filters
    }

    /// Filters as the catalogue understands them, to the letter: for lists and counts.
    ///
    /// - Parameter filters: Those among the parameters unless given.
    /// - Throws: ``FilterFault``; ``IndexError``.
    public func understood(_ filters: Filters? = nil) throws -> UnderstoodFilters {
        try filterReader.query(filters ?? self.filters)
    }

    /// Filters as a learner means them who types words and looks at what comes.
    ///
    /// - Parameters:
    ///   - filters: Those among the parameters unless given.
    ///   - widens: Whether the reach is made wider when there is little in it.
    /// - Throws: ``FilterFault``; ``IndexError``.
    public func learnersQuestion(
        _ filters: Filters? = nil, widens: Bool = false
    ) throws -> UnderstoodFilters {
        try filterReader.learnersQuery(filters ?? self.filters, widens: widens)
    }

    private var filterReader: FilterReader {
        get throws {
            let catalogue = try catalogue
            return FilterReader(
                gazetteer: catalogue.gazetteer, skills: catalogue.skills, index: catalogue.index,
                synonyms: catalogue.synonyms, travel: catalogue.travel, today: today)
        }
    }

    /// A cursor to the same question, from another place in its answer on.
    ///
    /// - Parameter key: The id of the last result, where results are ordered by id.
    public func cursor(at offset: Int, key: String? = nil) throws -> String {
        let catalogue = try catalogue
        return Cursor(
            generation: catalogue.generation.number, mark: catalogue.mark, today: today,
            offset: offset, key: key ?? "", question: Cursor.question(operation, parameters)
        ).text
    }

    /// The address of a path of the service with parameters.
    public func address(_ path: String, _ query: [(String, String)] = []) -> String {
        let pairs = query.map { "\($0)=\(percentEncoded($1))" }
        return base + path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }
}

extension Parameter {
    /// A filter as a parameter.
    init(_ field: FilterField) {
        switch field.value {
        case .text:
            // An outline takes more than a name; the length of the address bounds it.
            self.init(
                field.name, .text(upTo: field.name == "area" ? 4_000 : 200), field.help,
                examples: field.examples)
        case .list:
            self.init(
                field.name, .text(upTo: 300), field.help, times: 0...20,
                examples: field.examples)
        case .count: self.init(field.name, .integer(1...5_000), field.help)
        case .flag: self.init(field.name, .flag, field.help, usual: "false")
        }
    }

    /// All filters.
    public static var filters: [Parameter] { FilterField.all.map { Parameter($0) } }

    /// What to look for.
    public static let words = Parameter(
        "q", .text(upTo: 500),
        "What to look for; -word excludes, \"two words\" is a phrase.",
        examples: ["boomverzorging", "\"groene school\" -gras"])
}
