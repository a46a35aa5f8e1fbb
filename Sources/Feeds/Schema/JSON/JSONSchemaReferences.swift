/// Where the schemas of a document are, by the names and pointers that references use.
struct JSONSchemaReferences {
    private let root: JSONNode
    private let dialect: JSONSchemaDialect
    /// Schemas that have a URI, and anchors in them.
    private var named: [String: JSONNode] = [:]
    /// The schemas that have a dynamic anchor, by its name; a recursive one's is empty.
    private var dynamicAnchors: [String: [(resource: Int, schema: JSONNode)]] = [:]
    /// The URI against which a schema's references are meant, by where it stands.
    private var bases: [Int: String] = [:]
    /// The number of a resource, by its URI.
    private var resources: [String: Int] = [:]

    /// Members that hold values, in which nothing is a schema.
    private static let plain: Set<String> = ["enum", "const", "default", "examples", "example"]

    init(_ root: JSONNode, _ dialect: JSONSchemaDialect) {
        self.root = root
        self.dialect = dialect
        named[""] = root
        note(root, base: "", isNames: false)
    }

    /// - Parameter isNames: Whether its members are named by the schema's author, as in `properties`.
    private mutating func note(_ node: JSONNode, base: String, isNames: Bool) {
        if case .array(let elements) = node.value {
            for element in elements { note(element, base: base, isNames: false) }
            return
        }
        guard node.isObject else { return }
        var base = base
        let isHidden = dialect.referencesStandAlone && node["$ref"] != nil
        if !isNames, !isHidden {
            if let id = node[dialect.idMember]?.text {
                if id.hasPrefix("#") {
                    named[base + id] = node
                } else {
                    base = Self.resolved(id, against: base)
                    if base.hasSuffix("#") { base.removeLast() }
                    named[base] = node
                }
            }
            let resource = resources[base] ?? resources.count
            resources[base] = resource
            if let anchor = dynamicAnchor(of: node) {
                dynamicAnchors[anchor, default: []].append((resource, node))
            }
            for member in ["$anchor", "$dynamicAnchor"] {
                if let anchor = node[member]?.text { named[base + "#" + anchor] = node }
            }
        }
        bases[node.offset] = base
        for (key, inner) in node.members where isNames || !Self.plain.contains(key) {
            let names = ["properties", "patternProperties", "$defs", "definitions", "schemas"]
            note(inner, base: base, isNames: !isNames && names.contains(key))
        }
    }

    /// The anchor by which a schema is found from outside (`$dynamicAnchor`); empty for a
    /// `$recursiveAnchor`, which has no name.
    private func dynamicAnchor(of node: JSONNode) -> String? {
        switch dialect {
        case .of2020: node["$dynamicAnchor"]?.text
        case .of2019: node["$recursiveAnchor"]?.boolean == true ? "" : nil
        case .draft4, .draft7: nil
        }
    }

    /// The resource that a schema belongs to; `nil` for `true` and `false`, which refer to nothing.
    func resource(of schema: JSONNode) -> Int? { bases[schema.offset].flatMap { resources[$0] } }

    /// The schemas that a `$dynamicRef` or `$recursiveRef` may mean beside its own target: those
    /// with the same anchor, where the target has the anchor by which it was named (JSON Schema
    /// 2020-12, 8.2.3.2; 2019-09, 8.2.4.2).
    func anchored(
        like target: JSONNode, in reference: String
    ) -> [(resource: Int, schema: JSONNode)] {
        let anchor = reference.split(separator: "#", omittingEmptySubsequences: false).dropFirst()
        let name = anchor.first.map { percentDecoded(String($0)) } ?? ""
        return dynamicAnchor(of: target) == name ? dynamicAnchors[name] ?? [] : []
    }

    /// What a reference in a schema means; `nil` when it is not in the document.
    func target(of reference: String, in schema: JSONNode) -> JSONNode? {
        let base = bases[schema.offset] ?? ""
        let uri =
            reference.hasPrefix("#") ? base + reference : Self.resolved(reference, against: base)
        if let node = named[uri] { return node }
        guard let mark = uri.firstIndex(of: "#") else { return nil }
        guard let resource = named[String(uri[..<mark])] else { return nil }
        let pointer = percentDecoded(String(uri[uri.index(after: mark)...]))
        guard pointer.isEmpty || pointer.hasPrefix("/") else { return nil }
        return resource.value(at: pointer)
    }

    /// A reference as a whole URI (RFC 3986, section 5), as far as schemas write them.
    private static func resolved(_ reference: String, against base: String) -> String {
        let scheme = reference.prefix { $0 != ":" && $0 != "/" && $0 != "#" && $0 != "?" }
        if scheme.count < reference.count, reference.dropFirst(scheme.count).first == ":" {
            return reference
        }
        let plain = base.prefix { $0 != "#" && $0 != "?" }
        if reference.isEmpty { return String(plain) }
        guard let marks = plain.firstRange(of: "://") else { return reference }
        let path = plain[marks.upperBound...].firstIndex(of: "/") ?? plain.endIndex
        if reference.hasPrefix("/") { return plain[..<path] + reference }
        let folder =
            plain[path...].lastIndex(of: "/").map { plain[...$0] } ?? plain + "/"
        return folder + reference
    }
}

extension JSONNode {
    /// The value at a JSON pointer (RFC 6901).
    func value(at pointer: String) -> JSONNode? {
        var node = self
        for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let key = token.replacing("~1", with: "/").replacing("~0", with: "~")
            switch node.value {
            case .object(let members):
                guard let next = members.first(where: { $0.key == key }) else { return nil }
                node = next.node
            case .array(let elements):
                guard let index = Int(key), elements.indices.contains(index) else { return nil }
                node = elements[index]
            default: return nil
            }
        }
        return node
    }
}
