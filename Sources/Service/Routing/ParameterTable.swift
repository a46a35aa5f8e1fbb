/// The parameters of an operation, found by name: made once, looked into for every request.
struct ParameterTable: Sendable {
    /// All of them, in the order in which they are described.
    let all: [Parameter]
    private let places: [String: Int]
    private let required: [String]

    init(_ parameters: [Parameter]) {
        all = parameters
        places = Dictionary(
            parameters.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        required = parameters.filter(\.isRequired).map(\.name)
    }

    /// The parameter of a name; `nil` for one that is not known.
    subscript(name: String) -> Parameter? { places[name].map { all[$0] } }

    /// Whether values are all known, of their forms, as often as they may be given, and complete.
    func isMet(by values: [String: [String]]) -> Bool {
        for name in required where values[name] == nil { return false }
        for (name, given) in values {
            guard let place = places[name], (all[place].times ?? 0...1).contains(given.count),
                given.allSatisfy({ all[place].fault(in: $0) == nil })
            else { return false }
        }
        return true
    }
}
