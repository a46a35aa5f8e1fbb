import HTTPTypes

/// Finds the operation for a method and a path.
struct RouteTable: Sendable {
    private struct Route {
        var pattern: PathPattern
        var operations: [HTTPRequest.Method: Operation]
    }

    /// What was found.
    enum Found {
        case operation(Operation, path: [String: String])
        /// The path is there, for these methods.
        case otherMethods([HTTPRequest.Method])
        case nothing
    }

    private let routes: [Route]
    private let literal: [String: Int]

    init(_ operations: [Operation]) {
        var routes: [Route] = []
        for operation in operations {
            if let known = routes.firstIndex(where: { $0.pattern == operation.path }) {
                precondition(
                    routes[known].operations.updateValue(operation, forKey: operation.method)
                        == nil, "\(operation.path.text) has two operations for one method")
            } else {
                routes.append(
                    Route(pattern: operation.path, operations: [operation.method: operation]))
            }
        }
        routes.sort { $0.pattern.precision.lexicographicallyPrecedes($1.pattern.precision) }
        self.routes = routes
        literal = Dictionary(
            routes.enumerated().filter { $1.pattern.isLiteral }
                .map { ($1.pattern.text, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func find(_ method: HTTPRequest.Method, _ path: String) -> Found {
        if let index = literal[path] { return found(routes[index], method, [:]) }
        for route in routes {
            if let values = route.pattern.match(path) { return found(route, method, values) }
        }
        return .nothing
    }

    private func found(
        _ route: Route, _ method: HTTPRequest.Method, _ values: [String: String]
    ) -> Found {
        if let operation = route.operations[method == .head ? .get : method] {
            return .operation(operation, path: values)
        }
        var methods: [HTTPRequest.Method] = [.options]
        if route.operations[.get] != nil { methods = [.get, .head] + methods }
        if route.operations[.post] != nil { methods.append(.post) }
        return .otherMethods(methods)
    }
}
