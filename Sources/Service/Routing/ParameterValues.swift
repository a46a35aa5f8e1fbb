import Feeds
import Settings

/// The parameters of a request, checked against those of its operation.
public struct ParameterValues: Sendable {
    private let values: [String: [String]]

    /// Reads a query and what stood in the path.
    ///
    /// - Parameters:
    ///   - query: The query as it stood in the address.
    ///   - path: What the placeholders of the path stood for.
    ///   - reading: How it is taken.
    /// - Throws: A ``Problem`` that names everything that is wrong.
    init(
        query: String, path: [String: String], allowed table: ParameterTable,
        reading: Operation.Reading
    ) throws(Problem) {
        var values = path.mapValues { [$0] }
        var unknown: [Problem.Fault] = []
        var faults: [Problem.Fault] = []
        for pair in reading == .own ? [] : query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = parts.count > 1
                    ? PercentEncoding.decode(parts[1], plusIsSpace: true) : .some("")
            else {
                let name = PercentEncoding.decode(parts[0], plusIsSpace: true)
                if reading == .lenient, name.flatMap({ table[$0] }) == nil { continue }
                faults.append(
                    .init(String(pair.prefix(40)), "is not percent-encoded UTF-8"))
                continue
            }
            guard let parameter = table[name], parameter.place == .query else {
                if reading == .lenient { continue }
                unknown.append(.init(String(name.prefix(80)), Self.advice(for: name, table.all)))
                continue
            }
            if value.isEmpty, reading == .lenient { continue }
            if case .flag = parameter.form, parts.count == 1 {
                values[name, default: []].append("true")
            } else {
                values[name, default: []].append(value)
            }
        }
        // Most requests are sound; what is wrong with the others is told in the order of description.
        for parameter in table.isMet(by: values) ? [] : table.all {
            let given = values[parameter.name] ?? []
            if given.isEmpty, parameter.isRequired {
                faults.append(.init(parameter.name, "is missing; \(parameter.help)"))
            }
            let times = parameter.times ?? 0...1
            if !given.isEmpty, !times.contains(given.count) {
                faults.append(
                    .init(
                        parameter.name,
                        parameter.times == nil
                            ? "may be given once only"
                            : "takes \(times.lowerBound) to \(times.upperBound) values, as "
                                + "\(parameter.name)=…&\(parameter.name)=…"))
            } else if let fault = given.lazy.compactMap(parameter.fault).first {
                faults.append(.init(parameter.name, fault))
            }
        }
        if !faults.isEmpty { throw Problem(.malformedRequest, faults: faults + unknown) }
        if !unknown.isEmpty { throw Problem(.unknownParameter, faults: unknown) }
        self.values = values
    }

    private static func advice(for name: String, _ parameters: [Parameter]) -> String {
        let names = parameters.filter { $0.place == .query }.map(\.name)
        if let near = nearest(to: name, among: names) {
            return "is not a parameter here; did you mean “\(near)”?"
        }
        return names.isEmpty
            ? "is not a parameter here; there are none"
            : "is not a parameter here; there are \(names.joined(separator: ", "))"
    }

    /// A value, when it is given.
    public subscript(name: String) -> String? { values[name]?.first }

    /// All values of a parameter that may be repeated.
    public func all(_ name: String) -> [String] { values[name] ?? [] }

    /// Whether a flag is `true`.
    public func flag(_ name: String) -> Bool { self[name] == "true" }

    /// A number, when it is given.
    public func integer(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    /// Everything that is given, in one way of writing, without some parameters.
    func canonical(without left: Set<String>) -> String {
        values.keys.filter { !left.contains($0) }.sorted().map { name in
            name + "=" + (values[name] ?? []).map(percentEncoded).joined(separator: ",")
        }.joined(separator: "&")
    }
}
