/// A path with placeholders: `/v1/courses/{id}`.
///
/// The last placeholder takes the rest of the path, slashes included, since ids hold slashes that
/// some proxies refuse to let pass as `%2F`. One that stands within a segment, as in
/// `/sitemap-{number}.xml`, never takes more than that segment.
public struct PathPattern: Hashable, Sendable {
    /// As it is written.
    public let text: String
    private let segments: [Segment]

    private enum Segment: Hashable, Sendable {
        case literal(String)
        case placeholder(String)
        case within(before: String, name: String, after: String)
    }

    /// A pattern.
    public init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/").map { part in
            guard let open = part.firstIndex(of: "{"), let close = part.lastIndex(of: "}"),
                open < close
            else { return .literal(String(part)) }
            let name = String(part[part.index(after: open)..<close])
            let before = String(part[..<open])
            let after = String(part[part.index(after: close)...])
            return before.isEmpty && after.isEmpty
                ? .placeholder(name) : .within(before: before, name: name, after: after)
        }
    }

    /// What the placeholders stand for in a path; `nil` when it does not fit.
    ///
    /// - Parameter path: The path as it stood in the address, still encoded.
    func match(_ path: String) -> [String: String]? {
        guard path.first == "/" else { return nil }
        var rest = path.dropFirst()
        var values: [String: String] = [:]
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            if index > 0 {
                guard rest.first == "/" else { return nil }
                rest = rest.dropFirst()
            }
            switch segment {
            case .literal(let text):
                guard rest.prefix(while: { $0 != "/" }) == text else { return nil }
                rest = rest.dropFirst(text.count)
            case .placeholder(let name):
                let part = isLast ? rest : rest.prefix { $0 != "/" }
                guard !part.isEmpty,
                    let value = PercentEncoding.decode(part, plusIsSpace: false)
                else { return nil }
                values[name] = value
                rest = rest.dropFirst(part.count)
            case .within(let before, let name, let after):
                let part = rest.prefix { $0 != "/" }
                guard part.hasPrefix(before), part.hasSuffix(after),
                    part.count > before.count + after.count,
                    let value = PercentEncoding.decode(
                        part.dropFirst(before.count).dropLast(after.count), plusIsSpace: false)
                else { return nil }
                values[name] = value
                rest = rest.dropFirst(part.count)
            }
        }
        return rest.isEmpty ? values : nil
    }

    /// Orders patterns by how precise they are: literal segments go before placeholders, and what
    /// goes on before what ends, since a last placeholder takes all that follows.
    var precision: [Int] {
        segments.map { segment in
            if case .literal = segment { 0 } else { 1 }
        } + [2]
    }

    /// Whether it stands for one path only.
    var isLiteral: Bool { !precision.contains(1) }
}
