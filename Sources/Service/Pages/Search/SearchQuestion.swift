import Answers
import Feeds

/// What a search page was asked, as links to questions that differ a little from it.
struct SearchQuestion {
    /// The page's parameters, in the order in which they are written in addresses.
    static let names = ["q"] + FilterField.all.map(\.name) + ["sort"]

    private var values: [String: [String]]
    private let path: String

    /// The question of a call.
    init(_ call: Call, path: String) {
        values = Dictionary(
            Self.names.map { ($0, call.parameters.all($0)) }, uniquingKeysWith: { $1 })
        self.path = path
    }

    /// A question that asks for nothing.
    init(path: String) {
        values = [:]
        self.path = path
    }

    /// The values of a parameter.
    func values(of name: String) -> [String] { values[name] ?? [] }

    /// The first value of a parameter.
    subscript(name: String) -> String? { values[name]?.first }

    /// The same question with one value for a parameter, or none.
    func setting(_ name: String, _ value: String?) -> SearchQuestion {
        var question = self
        question.values[name] = value.map { [$0] } ?? []
        return question
    }

    /// The same question without some parameters.
    func without(_ names: String...) -> SearchQuestion {
        names.reduce(self) { $0.setting($1, nil) }
    }

    /// The same question with a value more, or without it when it has it.
    func toggling(_ name: String, _ value: String) -> SearchQuestion {
        var question = self
        var list = question.values[name] ?? []
        if let known = list.firstIndex(of: value) {
            list.remove(at: known)
        } else {
            list.append(value)
        }
        question.values[name] = list
        return question
    }

    /// What is given, as names and values.
    var pairs: [(name: String, value: String)] {
        Self.names.flatMap { name in values(of: name).map { (name, $0) } }
    }

    /// Its address.
    ///
    /// - Parameter page: Which page of its answer, from 1.
    func address(page: Int = 1) -> String { address(at: path, page: page) }

    /// The address of the same question at another path.
    func address(at path: String, page: Int = 1) -> String {
        var parts = pairs.map { $0.name + "=" + percentEncoded($0.value) }
        if page > 1 { parts.append("page=\(page)") }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }
}
